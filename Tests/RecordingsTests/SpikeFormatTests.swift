import Foundation
import HDF5Storage
import RandomStreams
import RecordingSupport
import Recordings
import SpikingNetwork
import TestSupport
import Testing

@Suite("Formats of spikes")
struct SpikeFormatTests {
  private let simulation: Simulation
  private let run: SimulationResult
  private let spikes: SampleSpikes

  init() throws {
    simulation = try Simulation(SpikeReading.network, timing: SpikeReading.timing)
    run = simulation.run(key: StreamKey(seed: 9), keepsSpikes: true)
    let times = try #require(run.spikes)
    spikes = SampleSpikes(grid: times.grid, neurons: times.neurons, excitatory: 400, inhibitory: 100)
  }

  @Test(
    "all give the histograms and the activity of the run that made the spikes",
    arguments: SampleSpikeFormat.allCases)
  func same(format: SampleSpikeFormat) throws {
    let folder = try TemporaryFolder()
    try format.write(spikes, to: folder)
    let found = try SpikeReading.read(
      format.files, in: folder, SpikeReading.options(format.arguments(spikes)))
    #expect(found.spikes == run.spikes)
    let result = simulation.result(of: found.spikes)
    #expect(result.excitatoryHistogram == run.excitatoryHistogram)
    #expect(result.inhibitoryHistogram == run.inhibitoryHistogram)
    #expect(result.activity == run.activity)
    #expect(found.late == 0 && result.activity.spikes > 1000)
    #expect(found.excitatory.spikes == run.excitatoryHistogram.reduce(0) { $0 + Int($1) })
    #expect(found.inhibitory.spikes == run.inhibitoryHistogram.reduce(0) { $0 + Int($1) })
    #expect(found.excitatory.firing == Set(spikes.neurons.filter { $0 < 400 }).count)
    // Ids are assumed of NEST's files alone.
    let assumptions = found.notes.filter {
      $0.contains("ids 1-400 are taken to be excitatory, 401-500 inhibitory neurons")
    }
    #expect(assumptions.count == ([.nest, .nest30, .nestThreads].contains(format) ? 1 : 0))
    #expect(found.notes.count == assumptions.count, "\(found.notes)")
  }

  @Test("finer bins and steps", arguments: [(0.1, 0.1), (0.5, 0.1), (1, 0.05), (0.5, 0.02)])
  func bins(bin: Double, step: Double) throws {
    let folder = try TemporaryFolder()
    try SampleSpikeFormat.nest.write(spikes, to: folder)
    let timing = SimulationTiming(duration: 300, transient: 50, timeStep: step, bin: bin)
    let found = try SpikeReading.read(SampleSpikeFormat.nest.files, in: folder, .init(), timing: timing)
    let result = try Simulation(SpikeReading.network, timing: timing).result(of: found.spikes)
    let perBin = Int((bin * 10).rounded())
    var expected = [UInt32](repeating: 0, count: Int((300 / bin).rounded()))
    for (time, neuron) in zip(spikes.grid, spikes.neurons) where neuron < 400 {
      expected[Int(time) / perBin] += 1
    }
    #expect(result.excitatoryHistogram == expected)
    #expect(abs(result.activity.coefficientOfVariation - run.activity.coefficientOfVariation) < 1e-12)
  }

  @Test("times between steps are in the bins that they lie in, those at the end in none")
  func between() throws {
    let folder = try TemporaryFolder()
    let times = ["0", "0.9999999", "0.95", "1.99", "2.00001", "299.96", "299.9999", "300", "1e3", "1e300"]
    let lines = times.enumerated().map { "\($0.offset + 1),\($0.element)\n" }.joined() + "401,7\n"
    try folder.write("id,time_ms\n" + lines, to: "a.csv")
    let found = try SpikeReading.read(["a.csv"], in: folder, SpikeReading.options(["--first-id", "1"]))
    let histogram = simulation.result(of: found.spikes).excitatoryHistogram
    #expect(Array(histogram.prefix(3)) == [2, 2, 1] && histogram[299] == 1 && histogram.reduce(0, +) == 6)
    #expect(found.late == 4 && found.excitatory.spikes == 6 && found.excitatory.firing == 6)
    #expect(found.notes.contains("4 spikes at 300 ms or later are left out"))
    #expect(
      found.notes.contains { $0.hasPrefix("3 spikes lie between time steps of 0.1 ms") }, "\(found.notes)")
    #expect(found.notes.contains { $0.hasPrefix("only 6 of 400 excitatory neurons have spikes") })
    #expect(found.notes.contains { $0.hasPrefix("only 1 of 100 inhibitory neurons have spikes") })
  }

  @Test("a recording that ends early is noticed")
  func early() throws {
    let folder = try TemporaryFolder()
    try folder.write("id,time_ms\n1,5\n401,7\n", to: "a.csv")
    let found = try SpikeReading.read(["a.csv"], in: folder, SpikeReading.options(["--first-id", "1"]))
    #expect(found.notes.contains { $0.hasPrefix("the last spike is at 7 ms: from there to 300 ms") })
  }

  private static let first = ["--first-id", "1"]
  private static let nest = "# NEST version: 3.6.0\n# RecordingBackendASCII version: 2\n"

  @Test(
    "say what is wrong",
    arguments: [
      ("id,time\n1,5\n", first, "column 2: tells no unit of its times, --time-unit has to (s or ms)"),
      (
        "id,time_ms\n1,5\n", ["--first-id", "1", "--time-unit", "s"],
        "column 2: has times in ms, which contradicts --time-unit s"
      ),
      ("id,time (h)\n1,5\n", first, "column 2: has times in \"h\", expected s, ms or us"),
      (
        "id,time_ms\n1,5\n", [],
        "tells no populations: --first-id, or --excitatory-ids and --inhibitory-ids, have to"
      ),
      (
        "id,time_ms\n1,5\n2,-0.2\n", first,
        "spike 1, counted from 0, is at -0.2 ms, expected a time from 0 on"
      ),
      ("id,time_ms\n1,nan\n", first, "spike 0, counted from 0, is at nan ms"),
      ("id,time_ms\n1,inf\n", first, "line 2: column 2 is \"inf\""),
      (
        "id,time_ms\n1,5\n501,6\n0,7\n", first,
        "spike 1, counted from 0, has the id 501, expected 1-400 for excitatory, 401-500 for inhibitory neurons (2 of 3 are others)"
      ),
      ("id,time_ms\n1.5,5\n", first, "spike 0, counted from 0, has the id 1.5"),
      ("id,time_ms\n1e300,5\n", first, "has the id 1e+300"),
      ("id,time_ms\n1,5\n1,5\n401,6\n", first, "excitatory neuron 0, counted from 0, fires twice at 5.0 ms"),
      (
        "id,time_ms\n402,5\n1,5\n402,5\n", first, "inhibitory neuron 1, counted from 0, fires twice at 5.0 ms"
      ),
      (
        "id,time_ms\n1,5\n", first,
        "no inhibitory neuron has a spike before 300 ms; --allow-silence if that is so"
      ),
      ("id,time_ms\n401,5\n1,300\n", first, "no excitatory neuron has a spike before 300 ms"),
      ("id,time_ms\n", first, "no excitatory neuron has a spike"),
      ("1,5,6\n", first, "has 3 columns without names, expected two, ids of neurons and times"),
      ("a,b\n1,5\n", first, "header: names the columns a, b, expected one with ids of neurons"),
      ("id,b\n1,5\n", first, "header: names the columns id, b, expected one with times"),
      ("id,sender,t\n1,1,5\n", first, "header: names the columns id, sender, t, expected one with ids"),
      (
        nest + "sender\ttime_step\ttime_offset\n1\t50\t0.0\n", [],
        "has the columns sender, time_step, time_offset, times in steps"
      ),
      (nest + "# sender\ttime_step\ttime_offset\n1\t50\t0.0\n", [], "times in steps of an unknown length"),
      (nest + "sender\ttime_ms\tV_m\n1\t5.0\t-70.0\n", [], "expected sender and time_ms alone"),
      (nest + "sender\ttime_ms\n", [], "no excitatory neuron has a spike"),
      (nest, [], "no excitatory neuron has a spike"),
      ("# a text\n", first, "holds no spikes"),
      (
        "id,time_ms\n1,5\n", ["--excitatory-population", "a"],
        "is a text file, for which --excitatory-population has no meaning"
      ),
      ("%PDF\u{1}", first, "is of no known format of spikes"), ("", first, "is empty"),
    ])
  func refused(text: String, arguments: [String], expected: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a")
    let found = SpikeReading.problem("a", in: folder, SpikeReading.options(arguments))
    #expect(found.hasPrefix(expected) || found.contains(expected), "\(found)")
    #expect(!found.contains("\n"))
  }

  @Test("a silent population can be meant")
  func silence() throws {
    let folder = try TemporaryFolder()
    try folder.write("id,time_ms\n1,5\n", to: "a")
    var options = SpikeReading.options(Self.first)
    options.allowsSilence = true
    let inhibitory = try SpikeReading.read(["a"], in: folder, options).inhibitory
    #expect(inhibitory.spikes == 0 && inhibitory.firing == 0)
  }

  @Test("matrices of other shapes, and times that single precision blurs, are refused")
  func npy() throws {
    let folder = try TemporaryFolder()
    for (shape, count) in [([2, 3], 6), ([4], 4), ([2, 2, 1], 4)] {
      try folder.write(npyFile("<f8", Array(repeating: 1, count: count), isFortran: false, shape), to: "a")
      #expect(throws: (any Error).self) {
        try SpikeReading.read(
          ["a"], in: folder, SpikeReading.options(["--first-id", "1", "--time-unit", "ms"]))
      }
    }
    let timing = SimulationTiming(duration: 3_000_000, transient: 50)
    try folder.write(
      npyHeader("<f4", isFortran: false, [1, 2]) + bytes([Float(1), 2_000_000].map(\.bitPattern)), to: "a")
    do {
      _ = try SpikeReading.read(
        ["a"], in: folder, SpikeReading.options(["--first-id", "1", "--time-unit", "ms"]), timing: timing)
      Issue.record("read")
    } catch {
      #expect("\(error)".contains("single precision, which does not tell steps of 0.1 ms apart"), "\(error)")
    }
  }

  @Test(
    "ids are read as they are written",
    arguments: [
      ("1-3", 3), ("5", 1), ("0-9,20-29,40", 21), ("", nil), ("3-1", nil), ("1-3,3-5", nil), ("-1", nil),
      ("1,,2", nil),
      ("a", nil), ("1-2-3", nil), ("0-281474976710656", nil),
    ] as [(String, Int?)])
  func ids(text: String, count: Int?) {
    let ids = NeuronIDs(text)
    #expect(ids?.count == count)
    if let ids { #expect(ids.description == text) }
    #expect(NeuronIDs("10-12,3-4")?.number(of: 3) == 3 && NeuronIDs("10-12,3-4")?.number(of: 5) == nil)
  }
}
