import Foundation
import HDF5Storage
import RecordingSupport
import TestSupport
import Testing

@Suite("Spikes of other programs", .finishedStudy)
struct SpikeFileTests {
  private static let command = ["lfp", "--config", "study.yaml", "--seed", "7"]
  private static let parameters = ["--g", "5", "--J", "0.3"]

  /// A folder with what made the finished study's run and what applies to it, and the run's spikes.
  private func folder() throws -> (TemporaryFolder, SampleSpikes) {
    let (folder, study) = (try TemporaryFolder(), try #require(FinishedStudy.folder))
    for name in ["study.yaml", "model.h5", "run.h5", "spikes.h5"] {
      try FileManager.default.copyItem(atPath: study.path(name), toPath: folder.path(name))
    }
    return (folder, try SampleSpikes(sonata: folder.path("spikes.h5"), excitatory: 400, inhibitory: 100))
  }

  private func lfp(
    _ files: [String], _ options: [String], in folder: TemporaryFolder, output: String = "lfp.h5"
  ) async throws -> Program.Outcome {
    try await Program.run(
      Self.command + files.flatMap { ["--spikes", $0] } + ["--output", output] + options, in: folder)
  }

  /// Requires histograms, activity, LFP and spectra to be those of another file, bit for bit.
  private func requireSame(_ name: String, as other: String, in folder: TemporaryFolder) throws {
    let root = try HDF5File.open(folder.path(name)).root
    let expected = try HDF5File.open(folder.path(other)).root
    for path in ["histogram/E", "histogram/I"] {
      let counts: [UInt32] = try root.dataset(path).read()
      #expect(try counts == expected.dataset(path).read() && counts.contains { $0 > 0 }, "\(name): \(path)")
    }
    for path in [
      "lfp", "psd", "time", "frequency", "channel_depth", "activity/rate_E", "activity/rate_I",
      "activity/cv_isi",
    ] {
      let values: [Double] = try root.dataset(path).read()
      let others: [Double] = try expected.dataset(path).read()
      #expect(
        values.map(\.bitPattern) == others.map(\.bitPattern) && values.allSatisfy(\.isFinite),
        "\(name): \(path)")
      #expect(try root.dataset(path).shape == expected.dataset(path).shape)
    }
  }

  @Test("of every format give histograms, LFP and spectra of the run that made them, and the same estimate")
  func same() async throws {
    let (folder, spikes) = try folder()
    let simulated = try #require(try FinishedStudy.stages?.simulate.json() as? [String: Any])
    let estimate = try await Program.run("estimate --model model.h5 --input run.h5", in: folder)
    #expect(estimate.status == 0)
    for format in SampleSpikeFormat.allCases {
      try format.write(spikes, to: folder)
      let output = "\(format).h5"
      let outcome = try await lfp(
        format.files, format.arguments(spikes) + Self.parameters + ["--json"], in: folder, output: output)
      #expect(outcome.status == 0, "\(format): \(outcome.errors)")
      try requireSame(output, as: "run.h5", in: folder)
      let figures = try #require(try outcome.json() as? [String: Any])
      for key in ["rate_E_Hz", "rate_I_Hz", "cv_isi", "cv_isi_neurons", "spikes", "duration_ms", "g", "J"] {
        #expect(figures[key] as? NSNumber == simulated[key] as? NSNumber, "\(format): \(key)")
      }
      #expect(figures["spikes_left_out"] as? Int == 0 && figures["eta"] == nil)
      let isAssumed = [.nest, .nest30, .nestThreads].contains(format)
      #expect(
        outcome.errors.contains("note: ids 1-400 are taken to be excitatory") == isAssumed
      )
      #expect(outcome.errors.isEmpty == !isAssumed, "\(outcome.errors)")
      let same = try await Program.run("estimate --model model.h5 --input \(output)", in: folder)
      #expect(same.status == 0 && same.output == estimate.output)
    }
  }

  @Test("finer bins and what an electrode adds are those of the run, too")
  func measured() async throws {
    let (folder, _) = try folder()
    let settings =
      "--config study.yaml --eta 2 --g 5 --J 0.3 --seed 3 --set simulation.bin_ms=0.1 --set measurement.noise_uV=1"
    let simulate = try await Program.run(
      "simulate \(settings) --output fine.h5 --spikes fine-spikes.h5 --quiet", in: folder)
    #expect(simulate.status == 0, "\(simulate.errors)")
    let lfp = try await Program.run(
      "lfp \(settings) --spikes fine-spikes.h5 --output lfp.h5 --figure lfp.svg --json", in: folder)
    #expect(lfp.status == 0 && lfp.errors.isEmpty, "\(lfp.errors)")
    try requireSame("lfp.h5", as: "fine.h5", in: folder)
    #expect(try (lfp.json() as? [String: Any])?["eta"] as? Double == 2)
    #expect(try folder.contains("lfp.svg") && folder.bytes("lfp.svg").count > 10_000)
  }

  @Test("η is stored only if it is known")
  func eta() async throws {
    let (folder, _) = try folder()
    for (options, output) in [
      ([], "unknown.h5"), (["--eta", "2"], "known.h5"), (["--set", "network.eta=2"], "set.h5"),
    ] {
      let outcome = try await lfp(["spikes.h5"], Self.parameters + options, in: folder, output: output)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let unknown = try HDF5File.open(folder.path("unknown.h5")).root.attributes
    #expect(try !unknown.contains("eta"))
    #expect(try !unknown.read("configuration", as: String.self).contains("\n  eta: 2"))
    #expect(try unknown.read("spike_files", as: [String].self) == ["spikes.h5"])
    for name in ["known.h5", "set.h5"] {
      let known = try HDF5File.open(folder.path(name)).root.attributes
      let eta: Double = try known.read("eta")
      #expect(eta == 2)
      #expect(try known.read("configuration", as: String.self).contains("\n  eta: 2.0\n"))
    }
    #expect(try !HDF5File.open(folder.path("run.h5")).root.attributes.contains("spike_files"))
  }

  @Test("a shorter time is that of the spikes in it, with a note on the others")
  func shorter() async throws {
    let (folder, spikes) = try folder()
    let outcome = try await lfp(["spikes.h5"], Self.parameters + ["--duration-ms", "200"], in: folder)
    #expect(outcome.status == 0)
    let late = spikes.grid.count { $0 >= 2000 }
    #expect(outcome.errorLines == ["brunel-lfp: note: \(late) spikes at 200 ms or later are left out"])
    let histogram: [UInt32] = try HDF5File.open(folder.path("lfp.h5")).root.dataset("histogram/E").read()
    let whole: [UInt32] = try HDF5File.open(folder.path("run.h5")).root.dataset("histogram/E").read()
    #expect(histogram == Array(whole.prefix(200)))
    #expect(
      outcome.output.hasPrefix("rate E  ")
        && outcome.output.contains("after the transient, of 200 ms in all"))
  }

  private static let refusals: [(arguments: String, status: Int32, expected: String)] = [
    ("--spikes spikes.h5 --J 0.3", 64, "--g: is not given, nor is network.g"),
    ("--spikes spikes.h5 --g 5", 64, "--J: is not given, nor is network.J_mV"),
    ("--spikes spikes.h5 --spikes ./spikes.h5 @", 64, "--spikes: got ./spikes.h5"),
    ("--spikes spikes.h5 --time-unit mV @", 64, "--time-unit: got mV, expected s or ms"),
    ("--spikes nest.spikes --first-id -1 @", 64, "--first-id: got -1, expected a number from 0"),
    (
      "--spikes nest.spikes --excitatory-ids 1-400 @", 64,
      "--excitatory-ids: got 1-400, expected --inhibitory-ids beside it"
    ),
    (
      "--spikes nest.spikes --excitatory-ids 1-40 --inhibitory-ids 41-140 @", 64,
      "--excitatory-ids: got 40 ids, expected 400, as network.excitatory_neurons says"
    ),
    (
      "--spikes nest.spikes --excitatory-ids 1-400 --inhibitory-ids 400-499 @", 64,
      "--inhibitory-ids: got 400-499, expected none of the excitatory ids 1-400"
    ),
    (
      "--spikes nest.spikes --first-id 1 --excitatory-ids 1-400 @", 64,
      "--first-id: got 1, expected either it or the ids of both populations"
    ),
    ("--spikes spikes.h5 --inhibitory-population E @", 64, "--inhibitory-population: got E"),
    ("--spikes none.dat @", 66, "none.dat: cannot open"),
    ("--spikes spikes.h5 --output run.h5 @", 73, "run.h5: exists already"),
    ("--spikes others.csv --first-id 1 @", 65, "others.csv: spike 1, counted from 0, has the id 600"),
    ("--spikes npy.spikes --first-id 0 @", 65, "npy.spikes: tells no unit of its times"),
    ("--spikes plain.spikes --time-unit s @", 65, "plain.spikes: tells no populations"),
    ("--spikes run.h5 @", 65, "run.h5: /spikes: does not exist"), ("--spikes cut.h5 @", 65, "cut.h5: "),
    ("--spikes spikes.h5 --spikes nest.spikes @", 65, "fires twice at"),
    ("--spikes nest.spikes --set network.excitatory_neurons=500 @", 65, "no inhibitory neuron"),
  ]

  @Test("are refused in one line, and nothing is written")
  func refused() async throws {
    let (folder, spikes) = try folder()
    for format in [SampleSpikeFormat.nest, .npy, .plain] { try format.write(spikes, to: folder) }
    try folder.write("id,time_ms\n1,5\n600,6\n", to: "others.csv")
    try folder.write(try folder.bytes("spikes.h5").prefix(3000), to: "cut.h5")
    let before = try folder.snapshot()
    for (arguments, status, expected) in Self.refusals {
      let words = arguments.split(separator: " ").map(String.init).flatMap {
        $0 == "@" ? Self.parameters : [$0]
      }
      let output = words.contains("--output") ? [] : ["--output", "new.h5"]
      let outcome = try await Program.run(Self.command + words + output, in: folder)
      #expect(outcome.status == status && outcome.output.isEmpty, "\(arguments): \(outcome.errors)")
      #expect(
        outcome.errorLines.count == 1 && outcome.errors.contains(expected), "\(arguments): \(outcome.errors)")
      #expect(try folder.snapshot() == before)
    }
  }
}
