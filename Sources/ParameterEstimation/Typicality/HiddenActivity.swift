import ConvolutionalNetwork
import Foundation

/// How unusual what a network's hidden dense layers make of inputs is, as a Mahalanobis distance (Lee et al. 2018,
/// arXiv:1807.03888): networks of parameters or of a kind that were not trained on show here first.
public struct HiddenActivity: Sendable, Equatable {
  /// The activities of the training, all layers' behind one another.
  let form: NormalForm

  /// What is added to variances, relative to their mean.
  private static let ridge = 1e-3

  /// Takes a stored part.
  init(form: NormalForm) { self.form = form }

  /// Fits to what a network makes of inputs.
  init(of network: Network, inputs: [Float], threads: Int) throws {
    form = NormalForm(
      try Self.activities(of: network, inputs: inputs, threads: threads), length: Self.length(of: network),
      ridge: Self.ridge)
  }

  /// The layers that count: dense ones before the last.
  private static func layers(of architecture: NetworkArchitecture) -> [Int] {
    architecture.layers.indices.dropLast().filter {
      if case .dense = architecture.layers[$0] { true } else { false }
    }
  }

  /// Number of activities; 0 if the network has no hidden dense layer.
  static func length(of network: Network) -> Int {
    layers(of: network.architecture).reduce(0) { $0 + network.architecture.outputs[$1].count }
  }

  /// [sample][activity].
  private static func activities(of network: Network, inputs: [Float], threads: Int) throws -> [Float] {
    var (next, values) = (0, inputs)
    let parts = try layers(of: network.architecture).map { layer in
      values = try network.layers(next..<layer + 1).outputs(for: values, threads: threads)
      next = layer + 1
      return (values: values, count: network.architecture.outputs[layer].count)
    }
    let samples = inputs.count / network.architecture.input.count
    return (0..<samples).flatMap { sample in
      parts.flatMap { $0.values[sample * $0.count..<(sample + 1) * $0.count] }
    }
  }

  /// The squared distance of each sample's activities.
  func squaredDistances(of network: Network, inputs: [Float], threads: Int) throws -> [Double] {
    let activities = try Self.activities(of: network, inputs: inputs, threads: threads)
    let length = form.mean.count
    return stride(from: 0, to: activities.count, by: length).map {
      form.squaredDistance(activities[$0..<$0 + length])
    }
  }
}
