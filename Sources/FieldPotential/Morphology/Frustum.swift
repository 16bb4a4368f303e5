/// A truncated cone between two points of a centre line.
struct Frustum {
  /// In µm.
  var length: Double
  /// At both ends, in µm.
  var diameters: (Double, Double)

  /// Lateral area in µm²; none where the diameter jumps at one spot.
  var area: Double {
    if length == 0 { return 0 }
    let slant = (length * length + (diameters.1 - diameters.0) * (diameters.1 - diameters.0) / 4).squareRoot()
    return .pi * (diameters.0 + diameters.1) / 2 * slant
  }

  /// The integral of 1/(cross-section) along the axis, in 1/µm.
  var inverseSectionIntegral: Double { 4 * length / (.pi * diameters.0 * diameters.1) }
}
