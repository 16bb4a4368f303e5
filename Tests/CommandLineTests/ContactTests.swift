import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Where contacts lie")
struct ContactTests {
  /// Contacts at the same depths: on the axis, or beside it.
  private static let study = TinyStudy.configuration(kernel: "  contacts_um: [0, -100]")
  private static let beside = TinyStudy.configuration(kernel: "  contacts_um: [[50, 20, 0], -100]")

  private func folder() async throws -> TemporaryFolder {
    let folder = try TinyStudy.folder(Self.study)
    try folder.write(Self.beside, to: "beside.yaml")
    for name in ["study", "beside"] {
      for command in [
        "generate \(name).yaml --output \(name)-shards", "merge \(name)-shards --output \(name).h5",
        "simulate --config \(name).yaml --output \(name)-run.h5",
      ] {
        let outcome = try await Program.run(command, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
    }
    return folder
  }

  @Test("all files hold x and y, and a model is applied to the positions of its training only")
  func positions() async throws {
    let folder = try await folder()
    for command in [
      "train --dataset beside.h5 --output model.h5", "kernel --config beside.yaml --output kernels.h5",
    ] { #expect(try await Program.run(command, in: folder).status == 0) }
    for file in ["beside.h5", "beside-run.h5", "kernels.h5", "model.h5"] {
      let root = try HDF5File.open(folder.path(file)).root
      for (name, values) in [
        ("channel_depth", [0.0, -100]), ("channel_x", [50, 0]), ("channel_y", [20, 0]),
      ] {
        let dataset = try root.dataset(name)
        #expect(try dataset.read() == values, "\(file) \(name)")
        #expect(try dataset.attributes.read("units", as: String.self) == "um")
        #expect(try dataset.dimensionNames == ["channel"])
      }
    }
    let time = try HDF5File.open(folder.path("beside-run.h5")).root.dataset("time")
    #expect(try time.attributes.read("position", as: String.self) == "centre of the bin")

    for command in [
      "evaluate --model model.h5 --dataset beside.h5 --output own",
      "estimate --model model.h5 --input beside-run.h5",
    ] { #expect(try await Program.run(command, in: folder).status == 0) }
    for command in [
      "evaluate --model model.h5 --dataset study.h5 --output new",
      "estimate --model model.h5 --input study-run.h5",
    ] {
      let refused = try await Program.run(command, in: folder)
      #expect(refused.status == 65)
      #expect(
        refused.errors.contains(
          "channels at depths [0.0, -100.0] µm, the model was trained on (x, y, z) = [[50.0, 20.0, 0.0],"),
        "\(refused.errors)")
    }
  }

  @Test("a file with depths alone is taken if these agree")
  func depthsAlone() async throws {
    let folder = try await folder()
    #expect(try await Program.run("train --dataset beside.h5 --output model.h5", in: folder).status == 0)
    let run = try HDF5File.open(folder.path("beside-run.h5")).root
    let file = try HDF5File.create(folder.path("depths.h5"))
    for name in ["channel_depth", "frequency"] {
      try file.root.createDataset(name, try run.dataset(name).read(as: Double.self))
    }
    try file.root.createDataset(
      "psd", try run.dataset("psd").read(as: Double.self), shape: try run.dataset("psd").shape)
    try file.close()
    let whole = try await Program.run("estimate --model model.h5 --input beside-run.h5", in: folder)
    let depths = try await Program.run("estimate --model model.h5 --input depths.h5", in: folder)
    #expect(depths.status == 0 && depths.output == whole.output)
  }

  @Test("a contact above the surface is noticed")
  func aboveTheSurface() async throws {
    let folder = try TinyStudy.folder(TinyStudy.configuration(kernel: "  contacts_um: [50, 0, -100]"))
    let outcome = try await Program.run("kernel --config study.yaml --output kernels.h5", in: folder)
    #expect(outcome.status == 0)
    #expect(
      outcome.errorLines == [
        "brunel-lfp: note: the contact at z = 50.0 µm lies above the surface; depths are negative"
      ])
  }
}
