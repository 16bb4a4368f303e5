import HDF5Storage
import RecordingSupport
import Recordings
import TestSupport
import Testing

@Suite("Spikes in SONATA files")
struct SONATASpikeTests {
  @Test("say what is wrong")
  func sonata() throws {
    func problem(_ options: SpikeOptions = .init(), _ write: (HDF5Group) throws -> Void) throws -> String {
      let folder = try TemporaryFolder()
      let file = try HDF5File.create(folder.path("a"))
      try write(file.root)
      try file.close()
      return SpikeReading.problem("a", in: folder, options)
    }
    func spikes(_ name: String, _ times: [Double], _ ids: [Int64], unit: String? = "ms") -> (HDF5Group) throws
      -> Void
    {
      { root in
        let stamps = try root.createDataset("spikes/\(name)/timestamps", times)
        if let unit { try stamps.attributes.write(unit, named: "units") }
        try root.createDataset("spikes/\(name)/node_ids", ids)
      }
    }
    #expect(try problem { _ in } == "/spikes: does not exist, expected the layout of SONATA")
    #expect(
      try problem { try $0.createGroup("spikes") }.hasPrefix("/spikes: holds no population, expected E or I"))
    #expect(
      try problem(.init(), spikes("cortex", [1], [0])).hasPrefix(
        "/spikes: holds the population cortex, expected E or I (--excitatory-population and --inhibitory-population name"
      ))
    #expect(
      try problem(.init(), spikes("E", [1, 2], [0])).hasPrefix(
        "/spikes/E: has timestamps of shape [2] and node_ids"))
    #expect(
      try problem(.init(), spikes("E", [1], [0], unit: nil)).hasPrefix(
        "/spikes/E/timestamps: tells no unit of its times"))
    #expect(
      try problem(.init(), spikes("E", [1], [0], unit: "h")).hasPrefix(
        "/spikes/E/timestamps: has times in \"h\""))
    #expect(
      try problem(SpikeReading.options(["--time-unit", "s"]), spikes("E", [1], [0])).hasSuffix(
        "in ms, which contradicts --time-unit s"))
    #expect(
      try problem(.init(), spikes("I", [1, 2], [0, 100]))
        == "/spikes/I: spike 1, counted from 0, has the id 100, expected 0 to 99, as there are 100 inhibitory neurons (1 of 2 are others)"
    )
    #expect(try problem(.init(), spikes("E", [1], [-1])).contains("has the id -1, expected 0 to 399"))
    #expect(try problem(.init(), spikes("E", [1], [1])).hasPrefix("no inhibitory neuron has a spike"))
    #expect(
      try problem(SpikeReading.options(["--first-id", "1"]), spikes("E", [1], [1]))
        == "is a SONATA file, for which --first-id has no meaning")
    #expect(
      try problem(.init()) { try $0.createDataset("spikes/E", [1.0]) }.hasPrefix(
        "/spikes: holds no population"))
  }

  @Test("other populations are left out, with a note")
  func others() throws {
    let folder = try TemporaryFolder()
    let file = try HDF5File.create(folder.path("a"))
    for name in ["E", "I", "thalamus"] {
      let stamps = try file.root.createDataset("spikes/\(name)/timestamps", [250.0, 299])
      try stamps.attributes.write("milliseconds", named: "units")
      try file.root.createDataset("spikes/\(name)/node_ids", [UInt64(7), 8])
    }
    try file.close()
    let found = try SpikeReading.read(["a"], in: folder, .init())
    #expect(found.spikes.neurons == [7, 407, 8, 408])
    #expect(found.notes.first == "\(folder.path("a")): /spikes: thalamus is left out")
  }
}
