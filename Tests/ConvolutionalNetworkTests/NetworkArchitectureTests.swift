import ConvolutionalNetwork
import Foundation
import Testing

@Suite("Network architecture") struct NetworkArchitectureTests {
  @Test("the paper's network has 300 flattened features and 60,064 parameters")
  func paper() throws {
    let architecture = try NetworkArchitecture.paper()
    #expect(architecture.parameterCount == 60_064)
    #expect(
      architecture.outputs.map { [$0.positions, $0.channels] } == [
        [140, 20], [70, 20], [67, 20], [33, 20], [30, 20], [15, 20], [1, 300], [1, 128], [1, 128], [1, 3],
      ])
    #expect(
      architecture.parameters.map(\.name) == [
        "convolution_1/kernel", "convolution_2/kernel", "convolution_3/kernel", "dense_1/kernel",
        "dense_1/bias", "dense_2/kernel", "dense_2/bias", "dense_3/kernel",
      ])
    #expect(
      architecture.parameters.map(\.shape) == [
        [12, 6, 20], [4, 20, 20], [4, 20, 20], [300, 128], [128], [128, 128], [128], [128, 3],
      ])
    var end = 0
    for tensor in architecture.parameters {
      #expect(tensor.range == end..<end + tensor.shape.reduce(1, *))
      end = tensor.range.upperBound
    }
    #expect(end == 60_064)
  }

  @Test("channels, width and outputs can be chosen")
  func otherSizes() throws {
    let architecture = try NetworkArchitecture.paper(channels: 1, width: 60, outputs: 7)
    // 60 → 49 → 24 → 21 → 10 → 7 → 3
    #expect(architecture.outputs[6] == FeatureShape(positions: 1, channels: 60))
    #expect(architecture.output == FeatureShape(positions: 1, channels: 7))
    #expect(architecture.parameterCount == 240 + 1600 + 1600 + 61 * 128 + 129 * 128 + 128 * 7)
  }

  @Test("layers that do not fit are refused with the reason")
  func refusals() {
    let dense = LayerSpecification.dense(outputs: 3, bias: true, activation: .linear)
    func convolution(_ width: Int, _ filters: Int) -> LayerSpecification {
      .convolution(width: width, filters: filters, bias: false, activation: .linear)
    }
    func error(_ layers: [LayerSpecification], positions: Int = 10, channels: Int = 2) -> ArchitectureError? {
      do {
        _ = try NetworkArchitecture(
          input: FeatureShape(positions: positions, channels: channels), layers: layers)
        return nil
      } catch { return error }
    }
    let range = NetworkArchitecture.extentRange
    #expect(error([convolution(10, 3)]) == nil)
    #expect(error([convolution(11, 3)]) == .windowWiderThanInput(layer: 0, width: 11, positions: 10))
    #expect(
      error([convolution(8, 3), .maxPooling(width: 4)])
        == .windowWiderThanInput(layer: 1, width: 4, positions: 3))
    #expect(error([dense]) == .denseNeedsFlatInput(layer: 0, input: .init(positions: 10, channels: 2)))
    #expect(error([.flatten, dense]) == nil)
    #expect(error([dense], positions: 1) == nil)
    #expect(error([]) == .noLayers)
    #expect(error([.maxPooling(width: 2), .flatten]) == .noParameters)
    #expect(
      error([convolution(0, 3)])
        == .outOfRange(layer: 0, quantity: "convolution width", value: 0, allowed: range))
    #expect(
      error([convolution(3, -1)]) == .outOfRange(layer: 0, quantity: "filters", value: -1, allowed: range))
    #expect(
      error([.maxPooling(width: 0)])
        == .outOfRange(layer: 0, quantity: "pooling width", value: 0, allowed: range))
    #expect(
      error([.flatten, .dense(outputs: .max, bias: true, activation: .linear)])
        == .outOfRange(layer: 1, quantity: "outputs", value: .max, allowed: range))
    #expect(
      error([dense], channels: 0)
        == .outOfRange(layer: nil, quantity: "input channels", value: 0, allowed: range))
    let large = LayerSpecification.dense(outputs: 1 << 20, bias: false, activation: .linear)
    #expect(
      error([.flatten, large, large])
        == .tooManyParameters(
          atLeast: 20 << 20 + 1 << 40, allowed: NetworkArchitecture.maximumParameterCount))
    #expect(
      error([convolution(11, 3)])?.description
        == "layer 0: a window of width 11 does not fit into 10 positions")
  }

  @Test("an architecture survives being stored as JSON, and a wrong one is refused on reading")
  func coding() throws {
    let architecture = try NetworkArchitecture.paper(outputs: 4)
    let json = try JSONEncoder().encode(architecture)
    #expect(try JSONDecoder().decode(NetworkArchitecture.self, from: json) == architecture)
    let wrong = String(decoding: json, as: UTF8.self).replacingOccurrences(
      of: "\"positions\":151", with: "\"positions\":11")
    #expect(throws: ArchitectureError.windowWiderThanInput(layer: 0, width: 12, positions: 11)) {
      try JSONDecoder().decode(NetworkArchitecture.self, from: Data(wrong.utf8))
    }
  }
}
