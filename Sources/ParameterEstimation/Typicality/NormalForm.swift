import Foundation
import Numerics

/// A normal distribution of vectors, as a measure of how far one is from the others.
public struct NormalForm: Sendable, Equatable {
  /// Means [element].
  public let mean: [Float]
  /// The inverse of the covariance's lower Cholesky factor, [row][column], whose upper triangle is 0.
  public let whitening: [Float]

  /// Takes stored parts.
  public init(mean: [Float], whitening: [Float]) {
    precondition(whitening.count == mean.count * mean.count, "a square matrix")
    (self.mean, self.whitening) = (mean, whitening)
  }

  /// The distribution of vectors [vector][element], at least two. `ridge` times their mean variance is added to each variance, so
  /// that what never varies does not count without end.
  package init(_ vectors: [Float], length: Int, ridge: Double) {
    let (mean, covariance) = Self.moments(vectors, length: length)
    var matrix = Matrix(rows: length, columns: length, covariance)
    let trace = (0..<length).reduce(0) { $0 + matrix[$1, $1] }
    // Where nothing varies at all any deviation is far.
    let least = max(ridge * trace / Double(length), 1e-12)
    for i in 0..<length { matrix[i, i] += least }
    guard let factor = CholeskyFactorisation(matrix) else { preconditionFailure("a covariance with a ridge") }
    var whitening = [Float](repeating: 0, count: length * length)
    for column in 0..<length {
      var unit = [Double](repeating: 0, count: length)
      unit[column] = 1
      for (row, value) in factor.solveLower(unit).enumerated() {
        whitening[row * length + column] = Float(value)
      }
    }
    self.init(mean: mean.map(Float.init), whitening: whitening)
  }

  /// Means [element] and covariances [element][element] of vectors [vector][element].
  static func moments(_ vectors: [Float], length: Int) -> (mean: [Double], covariance: [Double]) {
    let count = vectors.count / length
    precondition(count > 1 && vectors.count == count * length, "whole vectors")
    var mean = [Double](repeating: 0, count: length)
    for start in stride(from: 0, to: vectors.count, by: length) {
      for i in 0..<length { mean[i] += Double(vectors[start + i]) / Double(count) }
    }
    var covariance = [Double](repeating: 0, count: length * length)
    var difference = mean
    covariance.withUnsafeMutableBufferPointer { covariance in
      for start in stride(from: 0, to: vectors.count, by: length) {
        for i in 0..<length { difference[i] = Double(vectors[start + i]) - mean[i] }
        difference.withUnsafeBufferPointer { difference in
          for i in 0..<length {
            let factor = difference[i]
            for j in 0...i { covariance[i * length + j] += factor * difference[j] }
          }
        }
      }
    }
    for i in 0..<length {
      for j in 0...i {
        covariance[i * length + j] /= Double(count - 1)
        covariance[j * length + i] = covariance[i * length + j]
      }
    }
    return (mean, covariance)
  }

  /// The squared Mahalanobis distance of a vector from the mean.
  package func squaredDistance(_ vector: ArraySlice<Float>) -> Double {
    let length = mean.count
    let difference = zip(vector, mean).map { $0 - $1 }
    return difference.withUnsafeBufferPointer { difference in
      whitening.withUnsafeBufferPointer { whitening in
        var sum = 0.0
        for row in 0..<length {
          var value = 0.0
          for column in 0...row { value += Double(whitening[row * length + column] * difference[column]) }
          sum += value * value
        }
        return sum
      }
    }
  }
}
