import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("From a configuration to estimates", .finishedStudy)
struct WholePathTests {
  private let folder: TemporaryFolder
  private let stages: FinishedStudy.Stages

  init() throws {
    folder = try #require(FinishedStudy.folder)
    stages = try #require(FinishedStudy.stages)
  }

  @Test("every stage ends well and prints one line of JSON")
  func stagesSucceed() throws {
    for stage in stages.all {
      #expect(stage.status == 0, "\(stage.errors)")
      #expect(stage.output.hasSuffix("\n"))
      #expect(stage.output.split(separator: "\n").count == 1)
    }
  }

  @Test("generate, status, merge and verify count all samples")
  func counts() throws {
    let generated = try stages.generate.members()
    #expect(generated["simulated"] as? Int == TinyStudy.samples)
    #expect(generated["new_shards"] as? Int == TinyStudy.shards)
    let status = try stages.status.members()
    #expect(status["done"] as? Int == TinyStudy.samples)
    #expect(status["missing_shards"] as? Int == 0)
    let merged = try stages.merge.members()
    #expect(merged["samples"] as? Int == TinyStudy.samples)
    #expect(merged["missing"] as? Int == 0)
    let verified = try stages.verify.members()
    #expect(verified["samples"] as? Int == TinyStudy.samples)
    #expect(verified["resimulated"] as? Int == 5)
    #expect((verified["problems"] as? [String])?.isEmpty == true)
  }

  @Test("a merged data set is verified like its folder")
  func mergedFile() async throws {
    let outcome = try await Program.run("verify dataset.h5 --resimulate 3 --json --quiet", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(try outcome.members()["resimulated"] as? Int == 3)
  }

  @Test("train and simulate answer with the documented figures")
  func figures() throws {
    let training = try stages.train.members()
    func trained(_ key: String) throws -> Double { try #require(training[key] as? Double, "\(key)") }
    #expect(training["epochs"] as? Int == TinyStudy.epochs)
    for key in ["samples_per_s", "seconds"] { #expect(try trained(key) > 0, "\(key)") }
    let model = try HDF5File.open(folder.path("model.h5")).root
    let best = try model.attributes.read("best_epoch", as: Int64.self)
    #expect(try trained("best_epoch") == Double(best))
    for key in ["training_loss", "validation_loss"] {
      let history: [Double] = try model.dataset("history/\(key)").read()
      // Foundation reads decimal numbers up to the last bit only.
      #expect(try abs(trained(key) / history[Int(best) - 1] - 1) < 1e-15, "\(key)")
    }
    let weights = try model.group("weights")
    let count = try weights.names.reduce(0) { sum, layer in
      let group = try weights.group(layer)
      return try group.names.reduce(sum) { try $0 + group.dataset($1).shape.reduce(1, *) }
    }
    #expect(training["parameters"] as? Int == count && count > 0)

    let simulation = try stages.simulate.members()
    func simulated(_ key: String) throws -> Double { try #require(simulation[key] as? Double, "\(key)") }
    for (key, value) in [("eta", 2), ("g", 5), ("J", 0.3), ("seed", 7)] {
      #expect(try simulated(key) == value, "\(key)")
    }
    #expect(simulation["duration_ms"] as? Int == TinyStudy.duration)
    // Rates and spikes are compared with the histograms below.
    for key in ["cv_isi", "build_s", "simulate_s"] { #expect(try simulated(key) > 0, "\(key)") }
  }

  @Test("rates are those of the histograms after the transient")
  func rates() throws {
    let summary = try stages.simulate.members()
    let file = try HDF5File.open(folder.path("run.h5"))
    var total = 0
    for (name, neurons) in [("E", 400), ("I", 100)] {
      let histogram: [UInt32] = try file.root.dataset("histogram/\(name)").read()
      let spikes = histogram.dropFirst(50).reduce(0) { $0 + Int($1) }
      total += spikes
      let rate = try #require(summary["rate_\(name)_Hz"] as? Double)
      #expect(abs(rate - Double(spikes) / Double(neurons) / 0.25) < 1e-9)
    }
    #expect(summary["spikes"] as? Int == total)
  }

  @Test(
    "data sets have the documented shape, type and dimensions",
    arguments: [
      ("parameters", [24, 3], HDF5ElementType.float(bits: 64), ["sample", "parameter"]),
      ("psd", [24, 6, 63], .float(bits: 32), ["sample", "channel", "frequency"]),
      ("histogram/E", [24, 300], .integer(bits: 32, signed: false), ["sample", "time"]),
      ("histogram/I", [24, 300], .integer(bits: 32, signed: false), ["sample", "time"]),
      ("activity/rate_E", [24], .float(bits: 32), ["sample"]),
      ("activity/rate_I", [24], .float(bits: 32), ["sample"]),
      ("activity/cv_isi", [24], .float(bits: 32), ["sample"]),
      ("sample_index", [24], .integer(bits: 64, signed: false), ["sample"]),
      ("seed_key", [24], .integer(bits: 64, signed: false), ["sample"]),
      ("split", [24], .integer(bits: 8, signed: false), ["sample"]),
      ("kernels/E", [6, 100], .float(bits: 64), ["channel", "lag"]),
      ("kernels/I", [6, 100], .float(bits: 64), ["channel", "lag"]),
      ("channel_depth", [6], .float(bits: 64), ["channel"]),
    ])
  func datasetLayout(name: String, shape: [Int], type: HDF5ElementType, dimensions: [String]) throws {
    let dataset = try HDF5File.open(folder.path("dataset.h5")).root.dataset(name)
    #expect(try dataset.shape == shape)
    #expect(try dataset.elementType == type)
    #expect(try dataset.dimensionNames == dimensions)
  }

  @Test("a data set says what it is and how it came about")
  func datasetAttributes() throws {
    let root = try HDF5File.open(folder.path("dataset.h5")).root
    #expect(try root.attributes.read("format", as: String.self) == "brunel-lfp dataset")
    #expect(try root.attributes.read("schema_version", as: Int64.self) == 1)
    #expect(try root.attributes.read("configuration", as: String.self).contains("shard_size: 4\n"))
    #expect(try !root.attributes.read("software_version", as: String.self).isEmpty)
    for (name, value) in [("duration_ms", 300), ("transient_ms", 50), ("dt_ms", 0.1), ("bin_ms", 1)] {
      #expect(try root.attributes.read(name, as: Double.self) == value)
    }
    for (name, units) in [("psd", "mV²/Hz"), ("frequency", "Hz"), ("time", "ms"), ("channel_depth", "um")] {
      #expect(try root.dataset(name).attributes.read("units", as: String.self) == units)
    }
    let index: [UInt64] = try root.dataset("sample_index").read()
    #expect(index == (0..<24).map(UInt64.init))
  }

  @Test("kernel files have the documented data sets")
  func kernelLayout() throws {
    let root = try HDF5File.open(folder.path("kernels.h5")).root
    #expect(try root.dataset("E").shape == [6, 100])
    #expect(try root.dataset("I").shape == [6, 100])
    let fine = try root.dataset("E_0p1ms").shape
    #expect(fine[0] == 6 && fine[1] >= 1000)
    #expect(try root.dataset("I_0p1ms").shape == fine)
    #expect(try root.dataset("time").shape == [100])
    #expect(try root.dataset("channel_depth").shape == [6])
    #expect(try root.attributes.read("morphology_E", as: String.self).isEmpty == false)
    let stored: [Double] = try HDF5File.open(folder.path("dataset.h5")).root.dataset("kernels/E").read()
    #expect(try root.dataset("E").read() == stored)
  }

  @Test("an evaluation leaves tables and figures")
  func evaluation() throws {
    let names = try folder.names(in: "evaluation")
    for name in ["errors.md", "errors.tex", "errors.csv", "errors.json", "estimates.csv", "estimates.svg"] {
      #expect(names.contains(name))
    }
    let table = try #require(
      JSONSerialization.jsonObject(with: folder.bytes("evaluation/errors.json")) as? [String: Any])
    #expect((table["rows"] as? [Any])?.count == 3)
    #expect(try folder.text("evaluation/errors.csv").split(separator: "\n").count == 4)
    let lines = try folder.text("evaluation/estimates.csv").split(separator: "\n")
    #expect(lines[0] == "sample_index,true_eta,true_g,true_J,estimated_eta,estimated_g,estimated_J")
    let root = try HDF5File.open(folder.path("dataset.h5")).root
    let splits: [UInt8] = try root.dataset("split").read()
    let tested = splits.indices.filter { splits[$0] == 2 }
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == tested.map { "\($0)" })
    let parameters: [Double] = try root.dataset("parameters").read()
    for (line, sample) in zip(lines.dropFirst(), tested) {
      let values = line.split(separator: ",")[1...3].map { Double($0) }
      #expect(values == parameters[(3 * sample)..<(3 * sample + 3)].map { $0 })
    }
    for figure in ["run.svg", "kernels.svg"] {
      #expect(try folder.text(figure).hasSuffix("</svg>\n"))
    }
  }

  @Test("estimates come from data sets, from the spectra of a simulation, and from potentials alone")
  func estimates() async throws {
    func estimates(_ file: String) async throws -> [[String: Double]] {
      let outcome = try await Program.run("estimate --model model.h5 --input \(file) --json", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let rows = try outcome.json() as? [[String: Any]] ?? []
      return rows.compactMap { $0["estimates"] as? [String: Double] }
    }
    #expect(try await estimates("dataset.h5").count == TinyStudy.samples)
    let text = try await Program.run("estimate --model model.h5 --input run.h5", in: folder).output
    #expect(text.split(separator: " ").filter { ["eta", "g", "J"].contains($0) } == ["eta", "g", "J"])
    let fromSpectra = try #require(try await estimates("run.h5").first)
    #expect(fromSpectra.keys.sorted() == ["J", "eta", "g"])

    let other = try TemporaryFolder(copying: folder)
    let run = try HDF5File.open(folder.path("run.h5")).root
    let recording = try HDF5File.create(other.path("recording.h5"))
    let lfp: [Double] = try run.dataset("lfp").read()
    let transient = 50
    let samples = TinyStudy.duration - transient
    let kept = (0..<TinyStudy.channels).flatMap {
      lfp[($0 * TinyStudy.duration + transient)..<(($0 + 1) * TinyStudy.duration)]
    }
    try recording.root.createDataset("lfp", kept, shape: [TinyStudy.channels, samples])
    try recording.root.createDataset("time", (0..<samples).map(Double.init))
    try recording.root.createDataset("channel_depth", try run.dataset("channel_depth").read(as: Double.self))
    try recording.close()
    let outcome = try await Program.run("estimate --model model.h5 --input recording.h5 --json", in: other)
    let row = try #require((try outcome.json() as? [[String: Any]])?.first)
    let fromPotential = try #require(row["estimates"] as? [String: Double])
    // The spectra are stored in single precision, and so are the network's sums.
    for (name, value) in fromSpectra {
      #expect(abs(fromPotential[name]! - value) < 1e-5 * max(1, abs(value)))
    }
  }

  @Test("a quiet command says nothing on standard error")
  func quiet() async throws {
    let other = try TemporaryFolder(copying: folder)
    for arguments in [
      "generate study.yaml --output again", "merge again --output again.h5",
      "train --dataset again.h5 --output again-model.h5",
      "kernel --config study.yaml --output again-kernels.h5",
    ] {
      let outcome = try await Program.run("\(arguments) --quiet", in: other)
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmpty)
    }
  }

  @Test("only the populations asked for contribute to the LFP")
  func populations() async throws {
    let other = try TinyStudy.folder(TinyStudy.configuration(samples: 4, kernel: "  populations: [E]"))
    for arguments in [
      "kernel --config study.yaml --output kernels.h5", "generate study.yaml --output shards",
      "merge shards --output dataset.h5",
    ] {
      #expect(try await Program.run(arguments, in: other).status == 0)
    }
    let (all, some) = (
      try HDF5File.open(folder.path("kernels.h5")).root, try HDF5File.open(other.path("kernels.h5")).root
    )
    for name in ["E", "E_0p1ms"] {
      let (a, b): ([Double], [Double]) = (try all.dataset(name).read(), try some.dataset(name).read())
      #expect(a == b)
    }
    for name in ["I", "I_0p1ms"] {
      #expect(try some.dataset(name).read(as: Double.self).allSatisfy { $0 == 0 })
      #expect(try all.dataset(name).read(as: Double.self).contains { $0 != 0 })
    }
    let (full, part) = (
      try HDF5File.open(folder.path("dataset.h5")).root, try HDF5File.open(other.path("dataset.h5")).root
    )
    #expect(try part.dataset("kernels/I").read(as: Double.self).allSatisfy { $0 == 0 })
    // The same spikes with another LFP.
    let rows = 0..<4
    #expect(
      try full.dataset("histogram/I").read(as: UInt32.self, rows: rows)
        == part.dataset("histogram/I").read(as: UInt32.self, rows: rows))
    #expect(
      try full.dataset("psd").read(as: Float.self, rows: rows)
        != part.dataset("psd").read(as: Float.self, rows: rows))
  }

  @Test("spike files hold every spike of the simulation")
  func spikes() throws {
    let file = try HDF5File.open(folder.path("spikes.h5"))
    let run = try HDF5File.open(folder.path("run.h5"))
    for (name, neurons) in [("E", 400), ("I", 100)] {
      let times: [Double] = try file.root.dataset("spikes/\(name)/timestamps").read()
      let nodes: [UInt64] = try file.root.dataset("spikes/\(name)/node_ids").read()
      let histogram: [UInt32] = try run.root.dataset("histogram/\(name)").read()
      #expect(times.count == nodes.count)
      #expect(times == times.sorted())
      #expect(nodes.allSatisfy { $0 < UInt64(neurons) })
      var counts = [UInt32](repeating: 0, count: TinyStudy.duration)
      // A spike at the very end, at 300 ms, lies in no bin [k, k + 1) of the histogram.
      for time in times where time < Double(TinyStudy.duration) { counts[Int(time)] += 1 }
      #expect(counts == histogram)
    }
  }
}
