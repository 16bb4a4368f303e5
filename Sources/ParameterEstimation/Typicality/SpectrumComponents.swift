import Foundation
import Numerics

/// Spectra of the training as a few principal components and what these leave: how far a spectrum is from the others along the
/// components, and how large its rest is, at each frequency measured by how the rests of all channels vary together. What all
/// contacts see alike hardly counts in the rest; what tells them apart otherwise than in training does.
public struct SpectrumComponents: Sendable, Equatable {
  /// Number of channels.
  let channels: Int
  /// Means of the inputs [frequency][channel].
  let mean: [Float]
  /// The components [component][frequency][channel], of unit length.
  let components: [Float]
  /// Variance along each component.
  let variances: [Double]
  /// How rests vary, for each frequency.
  let rests: [NormalForm]

  /// The most components; more bring nothing on spectra of this package's networks (docs/trust.md).
  private static let mostComponents = 30
  /// What is added to variances of rests, relative to their mean over the channels.
  static let ridge = 1e-4

  /// Takes stored parts.
  init(channels: Int, mean: [Float], components: [Float], variances: [Double], rests: [NormalForm]) {
    precondition(mean.count == rests.count * channels && components.count == variances.count * mean.count)
    (self.channels, self.mean, self.components) = (channels, mean, components)
    (self.variances, self.rests) = (variances, rests)
  }

  /// Fits to inputs [sample][frequency][channel], more than twice as many samples as components.
  init(_ inputs: [Float], channels: Int, frequencies: Int) {
    let length = channels * frequencies
    let count = inputs.count / length
    let (mean, covariance) = NormalForm.moments(inputs, length: length)
    guard let system = try? SymmetricEigensystem(Matrix(rows: length, columns: length, covariance)) else {
      preconditionFailure("finite covariances")
    }
    let kept = min(Self.mostComponents, length / 2, count / 2)
    let rows = (0..<kept).map { length - 1 - $0 }
    // A spectrum that never varies along a component must not be infinitely far.
    let least = 1e-6 * (system.values.last ?? 0) + 1e-12
    let components = rows.flatMap { row in
      system.vectors.elements[row * length..<(row + 1) * length].map(Float.init)
    }
    let part = SpectrumComponents(
      channels: channels, mean: mean.map(Float.init), components: components,
      variances: rows.map { max(system.values[$0], least) },
      rests: Array(
        repeating: NormalForm(
          mean: Array(repeating: 0, count: channels),
          whitening: Array(repeating: 0, count: channels * channels)),
        count: frequencies))
    let rests = (0..<count).map { part.split(inputs[$0 * length..<($0 + 1) * length]).rest }
    self.init(
      channels: channels, mean: part.mean, components: components, variances: part.variances,
      rests: (0..<frequencies).map { frequency in
        NormalForm(
          rests.flatMap { $0[frequency * channels..<(frequency + 1) * channels] }, length: channels,
          ridge: Self.ridge)
      })
  }

  /// The squared distance along the components, and what they leave of the inputs [frequency][channel].
  func split(_ inputs: ArraySlice<Float>) -> (squaredDistance: Double, rest: [Float]) {
    var rest = zip(inputs, mean).map { $0 - $1 }
    let length = rest.count
    var distance = 0.0
    components.withUnsafeBufferPointer { components in
      rest.withUnsafeMutableBufferPointer { rest in
        // Components are orthogonal, so that each can be taken away in turn.
        for (number, variance) in variances.enumerated() {
          let component = UnsafeBufferPointer(rebasing: components[number * length..<(number + 1) * length])
          var product = 0.0
          for i in 0..<length { product += Double(component[i] * rest[i]) }
          distance += product * product / variance
          for i in 0..<length { rest[i] -= Float(product) * component[i] }
        }
      }
    }
    return (distance, rest)
  }

  /// The squared distance of the rest at each frequency.
  func squaredDistances(ofRest rest: [Float]) -> [Double] {
    rests.enumerated().map { $1.squaredDistance(rest[$0 * channels..<($0 + 1) * channels]) }
  }

  /// How far the density of each channel at each frequency is from what those of the other channels let expect, squared, in units
  /// of the training's variance: [frequency][channel].
  ///
  /// - Parameter deviations: Standard deviations [channel][frequency] that the inputs, logarithms of the first channel and of the
  ///   ratio of each other one to that before, were divided by.
  func squaredDistances(ofChannelsOfRest rest: [Float], deviations: [Double]) -> [Double] {
    rests.enumerated().flatMap { frequency, form in
      func whitened(_ vector: [Double]) -> [Double] {
        (0..<channels).map { row in
          (0...row).reduce(0) { $0 + Double(form.whitening[row * channels + $1]) * vector[$1] }
        }
      }
      let white = whitened((0..<channels).map { Double(rest[frequency * channels + $0] - form.mean[$0]) })
      return (0..<channels).map { channel in
        // A change of one channel's logarithm changes two inputs. With u this change, whitened, the deviation from the conditional
        // mean over its standard deviation is u·w/|u|.
        var change = [Double](repeating: 0, count: channels)
        for (place, sign) in [(channel, 1.0), (channel + 1, -1)] where place < channels {
          change[place] = sign / deviations[place * rests.count + frequency]
        }
        let direction = whitened(change)
        let (product, norm) = zip(direction, white).reduce((0, 0)) {
          ($0.0 + $1.0 * $1.1, $0.1 + $1.0 * $1.0)
        }
        return product * product / max(norm, 1e-300)
      }
    }
  }
}
