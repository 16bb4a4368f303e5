import ConvolutionalNetwork
import Foundation
import Numerics

/// Where what the networks' hidden dense layers make of inputs is among what they make of the training's: networks of parameters or
/// of a kind that were not trained on show here first.
public struct HiddenActivity: Sendable, Equatable {
  /// Activities of the hidden dense layers of one network, behind one another, as some coordinates.
  struct View: Sendable, Equatable {
    /// Mean of each activity.
    let mean: [Float]
    /// Directions [direction][activity] along which activities vary most, scaled so that coordinates have variance 1.
    let directions: [Float]
  }

  /// One for each network.
  let views: [View]
  /// The training's coordinates of all views, behind one another.
  let training: Neighbours

  /// Number of coordinates of all views together.
  private static let coordinates = 60
  /// The most samples of the training that are kept.
  static let mostReferences = 10_000
  /// The most samples that directions are fitted to.
  private static let mostFitted = 4000

  /// Takes stored parts.
  init(views: [View], training: Neighbours) { (self.views, self.training) = (views, training) }

  /// Fits to what networks make of inputs, more than a hundred.
  init(of networks: [Network], inputs: [Float], threads: Int) throws {
    let kept = Self.coordinates / networks.count
    let samples = inputs.count / networks[0].architecture.input.count
    views = try networks.map { network in
      let length = Self.length(of: network)
      let count = min(samples, Self.mostFitted)
      let fitted = Array(inputs[..<(count * network.architecture.input.count)])
      return View(
        try Self.activities(of: network, inputs: fitted, threads: threads), length: length,
        kept: min(kept, length, count / 4))
    }
    let coordinates = try Self.coordinates(networks, views, inputs: inputs, threads: threads)
    training = Neighbours(
      coordinates, dimensions: coordinates.count / samples, threads: threads)
  }

  /// Number of activities; 0 if the network has no hidden dense layer.
  static func length(of network: Network) -> Int {
    layers(of: network.architecture).reduce(0) { $0 + network.architecture.outputs[$1].count }
  }

  /// Where each sample's activities are among the training's.
  func places(of networks: [Network], inputs: [Float], threads: Int) throws -> [Neighbours.Place] {
    training.places(
      of: try Self.coordinates(networks, views, inputs: inputs, threads: threads), threads: threads)
  }

  /// The layers that count: dense ones before the last.
  private static func layers(of architecture: NetworkArchitecture) -> [Int] {
    architecture.layers.indices.dropLast().filter {
      if case .dense = architecture.layers[$0] { true } else { false }
    }
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

  /// [sample][coordinate of all views].
  private static func coordinates(
    _ networks: [Network], _ views: [View], inputs: [Float], threads: Int
  ) throws -> [Float] {
    let samples = inputs.count / networks[0].architecture.input.count
    let parts = try zip(networks, views).map { network, view in
      view.coordinates(try activities(of: network, inputs: inputs, threads: threads))
    }
    return (0..<samples).flatMap { sample in
      parts.flatMap { part in
        let count = part.count / samples
        return part[sample * count..<(sample + 1) * count]
      }
    }
  }
}

extension HiddenActivity.View {
  /// Fits to activities [sample][activity]: the leading principal components, each activity in units of its standard deviation.
  init(_ activities: [Float], length: Int, kept: Int) {
    var (mean, covariance) = NormalForm.moments(activities, length: length)
    // An activity that never varies has no direction.
    let scales = (0..<length).map { i in
      covariance[i * length + i] > 1e-12 ? 1 / covariance[i * length + i].squareRoot() : 0
    }
    for i in 0..<length { for j in 0..<length { covariance[i * length + j] *= scales[i] * scales[j] } }
    guard let system = try? SymmetricEigensystem(Matrix(rows: length, columns: length, covariance)) else {
      preconditionFailure("finite covariances")
    }
    let least = 1e-6 * max(system.values[length - 1], 1e-12)
    let directions = (0..<kept).flatMap { number -> [Float] in
      let row = length - 1 - number
      let size = 1 / max(system.values[row], least).squareRoot()
      return (0..<length).map { Float(system.vectors[row, $0] * scales[$0] * size) }
    }
    self.init(mean: mean.map(Float.init), directions: directions)
  }

  /// [sample][coordinate] of activities [sample][activity].
  func coordinates(_ activities: [Float]) -> [Float] {
    let length = mean.count
    let kept = directions.count / length
    return directions.withUnsafeBufferPointer { directions in
      stride(from: 0, to: activities.count, by: length).flatMap { start in
        let difference = (0..<length).map { activities[start + $0] - mean[$0] }
        return (0..<kept).map { direction in
          var sum = 0.0
          for i in 0..<length { sum += Double(directions[direction * length + i] * difference[i]) }
          return Float(sum)
        }
      }
    }
  }
}
