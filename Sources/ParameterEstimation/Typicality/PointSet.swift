/// Points among which the nearest to others are sought.
public struct PointSet: Sendable, Equatable {
  /// Coordinates [point][dimension], multiples of the step that they were rounded to.
  package let coordinates: [Float]
  /// Number of dimensions.
  let dimensions: Int
  /// Number of points.
  var count: Int { coordinates.count / dimensions }

  /// One of the nearest points.
  typealias Neighbour = (squaredDistance: Float, index: Int)

  /// Takes whole points [point][dimension].
  package init(_ coordinates: [Float], dimensions: Int) {
    precondition(dimensions > 0 && coordinates.count % dimensions == 0, "whole points")
    (self.coordinates, self.dimensions) = (coordinates, dimensions)
  }

  /// Coordinates of one point.
  subscript(index: Int) -> ArraySlice<Float> {
    coordinates[index * dimensions..<(index + 1) * dimensions]
  }

  /// Multiples of a step, a power of two: files compress, and numbers are the same from a file.
  static func rounded(_ coordinates: some Sequence<Float>, to step: Float) -> [Float] {
    coordinates.map { ($0 / step).rounded(.toNearestOrEven) * step }
  }

  /// The nearest points, ascending, of two as far the first, without the one at `excluded`. To what is no number all are
  /// infinitely far.
  func nearest(_ wanted: Int, to point: ArraySlice<Float>, but excluded: Int? = nil) -> [Neighbour] {
    var found = [Neighbour](repeating: (.infinity, 0), count: wanted)
    coordinates.withUnsafeBytes { points in
      point.withUnsafeBytes { point in
        for index in 0..<count where index != excluded {
          let distance = Self.squaredDistance(
            points.baseAddress! + index * dimensions * MemoryLayout<Float>.stride, point.baseAddress!,
            dimensions)
          guard distance < found[wanted - 1].squaredDistance else { continue }
          var place = wanted - 1
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
}
