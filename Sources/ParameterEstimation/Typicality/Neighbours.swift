import Foundation

/// Points among which others are, or are not, at home: how far the nearest of them are, measured by how far these are from their own
/// nearest ones.
///
/// That is the local outlier factor (Breunig et al. 2000, doi:10.1145/342009.335388) with mean distances: where the points are
/// dense a small distance tells, where they are rare a large one does not.
public struct Neighbours: Sendable, Equatable {
  /// Coordinates [point][dimension], multiples of ``step``.
  package let points: [Float]
  /// Number of dimensions.
  let dimensions: Int
  /// Logarithm of the mean distance of each point to its nearest others.
  let spacings: [Double]

  /// How many of the nearest count.
  static let nearest = 10
  /// Coordinates are rounded to multiples of this: files compress, and scores are the same from a file.
  static let step: Float = 1 / 32

  /// Takes stored parts.
  init(points: [Float], dimensions: Int, spacings: [Double]) {
    precondition(points.count == spacings.count * dimensions, "whole points")
    (self.points, self.dimensions, self.spacings) = (points, dimensions, spacings)
  }

  /// More than ``nearest`` points [point][dimension].
  package init(_ points: [Float], dimensions: Int, threads: Int) {
    let rounded = points.map { ($0 / Self.step).rounded() * Self.step }
    let count = points.count / dimensions
    let unmeasured = Neighbours(
      points: rounded, dimensions: dimensions, spacings: Array(repeating: 0, count: count))
    let spacings = unmeasured.values(count, threads: threads) { index in
      Self.logMean(
        unmeasured.nearest(to: rounded[index * dimensions..<(index + 1) * dimensions], but: index))
    }
    self.init(points: rounded, dimensions: dimensions, spacings: spacings)
  }

  /// How thinly other points [point][dimension] are surrounded: about 0 for one among those stored.
  package func sparsity(of others: [Float], threads: Int) -> [Double] {
    values(others.count / dimensions, threads: threads) { index in
      let found = nearest(to: others[index * dimensions..<(index + 1) * dimensions], but: nil)
      let expected = found.reduce(0) { $0 + spacings[$1.index] } / Double(found.count)
      return Self.logMean(found) - expected
    }
  }

  private typealias Neighbour = (squaredDistance: Float, index: Int)

  private static func logMean(_ found: [Neighbour]) -> Double {
    log(max(found.reduce(0) { $0 + Double($1.squaredDistance).squareRoot() } / Double(found.count), 1e-6))
  }

  /// The nearest points, ascending, without the one at `excluded`.
  private func nearest(to point: ArraySlice<Float>, but excluded: Int?) -> [Neighbour] {
    var found = [Neighbour](repeating: (.infinity, -1), count: min(Self.nearest, spacings.count - 1))
    points.withUnsafeBytes { points in
      point.withUnsafeBytes { point in
        for index in spacings.indices where index != excluded {
          let distance = Self.squaredDistance(
            points.baseAddress! + index * dimensions * MemoryLayout<Float>.stride, point.baseAddress!,
            dimensions)
          guard distance < found[found.count - 1].squaredDistance else { continue }
          var place = found.count - 1
          while place > 0 && found[place - 1].squaredDistance > distance {
            found[place] = found[place - 1]
            place -= 1
          }
          found[place] = (distance, index)
        }
      }
    }
    return found
  }

  /// Of two points' coordinates in memory.
  private static func squaredDistance(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Float {
    func lanes<Lanes>(_ coordinates: UnsafeRawPointer, _ index: Int, as type: Lanes.Type) -> Lanes {
      coordinates.loadUnaligned(fromByteOffset: index * MemoryLayout<Float>.stride, as: type)
    }
    var sum = SIMD16<Float>.zero
    let whole = count & ~15
    for index in stride(from: 0, to: whole, by: 16) {
      let difference = lanes(a, index, as: SIMD16<Float>.self) - lanes(b, index, as: SIMD16<Float>.self)
      sum += difference * difference
    }
    return (whole..<count).reduce(sum.sum()) { rest, index in
      let difference = lanes(a, index, as: Float.self) - lanes(b, index, as: Float.self)
      return rest + difference * difference
    }
  }

  /// A value for each index, in parallel.
  private func values(_ count: Int, threads: Int, _ value: @Sendable (Int) -> Double) -> [Double] {
    let parts = max(1, min(threads, count))
    return [Double](unsafeUninitializedCapacity: count) { values, initialised in
      nonisolated(unsafe) let values = values
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        for index in count * part / parts..<count * (part + 1) / parts {
          values.initializeElement(at: index, to: value(index))
        }
      }
      initialised = count
    }
  }
}
