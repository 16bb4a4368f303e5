import ConvolutionalNetwork
import Foundation
import RandomStreams
import Testing

@Suite("Inputs in a scratch file") final class MappedInputsTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("inputs-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

  /// Maps values that are written in blocks of `size`.
  private func mapped(_ values: [Float], blocks size: Int) throws -> MappedInputs {
    try MappedInputs(in: folder) { append in
      try append([])
      for start in stride(from: 0, to: values.count, by: size) {
        try append(Array(values[start..<min(start + size, values.count)]))
      }
    }
  }

  @Test(
    "they give the losses, gradients and networks of an array, to the bit", arguments: [1000, 906, 1 << 20])
  func sameBits(blockSize: Int) throws {
    let architecture = try NetworkArchitecture.paper()
    let array = try uniformSamples(architecture, 290, seed: 41)
    let inputs = array.withInputs(Array.init)
    let file = try SampleSet(
      architecture: architecture, inputs: try mapped(inputs, blocks: blockSize), targets: array.targets)
    #expect(file.count == 290)
    #expect(file.withInputs(Array.init) == inputs)
    let network = Network(architecture: architecture, key: StreamKey(seed: 42))
    #expect(try network.loss(on: file) == network.loss(on: array))
    let (expected, actual) = (try network.lossGradient(on: array), try network.lossGradient(on: file))
    #expect(actual.loss == expected.loss && actual.gradient == expected.gradient)
    let trainer = try Trainer(architecture: architecture, epochs: 2, key: StreamKey(seed: 43), threads: 2)
    #expect(
      try trainer.train(training: file, validation: file)
        == trainer.train(training: array, validation: array))
  }

  @Test("the file has no name, during use and after failures")
  func noName() throws {
    let inputs = try MappedInputs(in: folder) { append in
      #expect(try names().isEmpty)
      try append([1, 2])
    }
    #expect(try names().isEmpty)
    withExtendedLifetime(inputs) {}
    #expect(throws: CancellationError.self) {
      try MappedInputs(in: folder) { append in
        try append([1, 2])
        throw CancellationError()
      }
    }
    #expect(try names().isEmpty)
  }

  @Test("samples with NaN, infinity or missing values are refused, none are an empty set")
  func refusedSamples() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 2, channels: 1),
      layers: [.flatten, .dense(outputs: 1, bias: true, activation: .linear)])
    for value in [Float.nan, .infinity] {
      #expect(throws: SampleError.nonFinite("inputs", sample: 1, element: 0)) {
        try SampleSet(
          architecture: architecture, inputs: try mapped([1, 2, value, 4], blocks: 3), targets: [1, 2])
      }
    }
    #expect(throws: SampleError.partialSample("inputs", 3, perSample: 2)) {
      try SampleSet(architecture: architecture, inputs: try mapped([1, 2, 3], blocks: 2), targets: [1])
    }
    let empty = try SampleSet(architecture: architecture, inputs: try mapped([], blocks: 1), targets: [])
    #expect(empty.count == 0)
    let network = try Network(architecture: architecture, parameters: [1, 1, 0])
    #expect(throws: TrainingError.noSamples("samples")) { try network.loss(on: empty) }
  }

  @Test("a folder in which no file can be made is named with the reason", arguments: ["missing", "file"])
  func noFolder(name: String) throws {
    try Data().write(to: URL(fileURLWithPath: folder + "/file"))
    let path = folder + "/" + name
    let reason = name == "file" ? "Not a directory" : "No such file or directory"
    let error = try #require(throws: ScratchFileError.self) { try MappedInputs(in: path) { _ in } }
    #expect(error == .cannotCreate(folder: path, reason: reason))
    #expect(error.description == "\(path): cannot create a scratch file (\(reason))")
  }

  @Test("a full disk is named with the reason")
  func fullDisk() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let error = try #require(throws: ScratchFileError.self) {
      try MappedInputs.append([1, 2, 3], to: full, in: "out")
    }
    #expect(error == .failed(operation: "write", folder: "out", reason: "No space left on device"))
    #expect(error.description == "out: cannot write a scratch file (No space left on device)")
  }
}
