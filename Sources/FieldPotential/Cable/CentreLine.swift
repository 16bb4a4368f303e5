/// A section's centre line, measured along its length.
struct CentreLine {
  private let points: [CellMorphology.Point]
  /// Distance along the line from its first point to each point, in µm.
  private let distances: [Double]

  init(_ points: [CellMorphology.Point]) {
    self.points = points
    var distances = [0.0]
    for (a, b) in zip(points, points.dropFirst()) {
      distances.append(distances.last! + (b.position - a.position).length)
    }
    self.distances = distances
  }

  var length: Double { distances.last! }

  /// The integral of 1/sqrt(diameter) along the line, as NEURON's `lambda_f` takes it, in µm^½.
  var inverseRootDiameterIntegral: Double {
    var sum = 0.0
    for index in 1..<points.count {
      sum +=
        (distances[index] - distances[index - 1])
        / ((points[index - 1].diameter + points[index].diameter) / 2).squareRoot()
    }
    return sum
  }

  func position(at distance: Double) -> SIMD3<Double> {
    let (piece, fraction) = locate(distance)
    return points[piece].position + fraction * (points[piece + 1].position - points[piece].position)
  }

  /// The membrane area in µm² and the integral of 1/(cross-section) in 1/µm between two distances.
  func measure(from start: Double, to end: Double) -> (area: Double, inverseSectionIntegral: Double) {
    var area = 0.0
    var integral = 0.0
    for piece in 0..<points.count - 1 {
      let low = max(start, distances[piece])
      let high = min(end, distances[piece + 1])
      if high <= low { continue }
      let frustum = Frustum(
        length: high - low, diameters: (diameter(at: low, in: piece), diameter(at: high, in: piece)))
      area += frustum.area
      integral += frustum.inverseSectionIntegral
    }
    return (area, integral)
  }

  private func diameter(at distance: Double, in piece: Int) -> Double {
    let fraction = (distance - distances[piece]) / (distances[piece + 1] - distances[piece])
    return points[piece].diameter + fraction * (points[piece + 1].diameter - points[piece].diameter)
  }

  /// The piece between two points that holds `distance`, and where in it.
  private func locate(_ distance: Double) -> (piece: Int, fraction: Double) {
    var piece = 0
    while piece < points.count - 2 && distances[piece + 1] < distance { piece += 1 }
    let extent = distances[piece + 1] - distances[piece]
    return (piece, extent > 0 ? min(1, (distance - distances[piece]) / extent) : 0)
  }
}
