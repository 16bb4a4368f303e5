/// The potential of a unit point current averaged over somata that are uniform in a horizontal annulus.
///
/// A source in a cell sits at a fixed lateral offset from its soma. Seen from a contact on the annulus's
/// axis, averaging over soma positions is averaging 1/r over an annulus around a point at that offset. The
/// integral over a disc has a closed form in complete elliptic integrals (Lass & Blitzer 1983,
/// Celestial Mechanics 30:225); an annulus is the difference of two discs.
package struct AnnulusPotential: Sendable {
  /// Radii of the annulus in µm: outer, inner.
  private let radii: SIMD2<Double>
  private let factor: Double

  /// An annulus with radii in µm in a medium with the given conductivity in S/m.
  package init(innerRadius: Double, outerRadius: Double, conductivity: Double) {
    radii = SIMD2(outerRadius, innerRadius)
    let area = Double.pi * (outerRadius * outerRadius - innerRadius * innerRadius)
    factor = 1 / (4 * .pi * conductivity * area)
  }

  /// Mean potential in mV/nA at a lateral distance and a height, in µm, from the annulus's centre.
  package func callAsFunction(lateral: Double, height: Double) -> Double {
    let integrals = Self.discIntegrals(radii: radii, lateral: lateral, height: height)
    return factor * (integrals.x - integrals.y)
  }

  /// The integrals of 1/r over two discs, in µm.
  ///
  /// With q = (a+b)² + h², k² = 4ab/q and n = 4ab/(a+b)² for a disc of radius b,
  ///
  ///     2/√q · [q E(k) + (b²-a²) K(k) + (b-a)/(b+a) h² Π(n, k)] - 2π|h| [a ≤ b].
  ///
  /// The sums of integrals are evaluated as Bulirsch's `cel` (1969, doi:10.1007/BF02165405), both in one loop
  /// of arithmetic-geometric means: it stays accurate where a → b and h → 0.
  private static func discIntegrals(radii: SIMD2<Double>, lateral: Double, height: Double) -> SIMD2<Double> {
    let tiny = SIMD2(repeating: 1e-30)
    let heightSquared = height * height
    let sum = radii + lateral
    let difference = radii - lateral
    let q = pointwiseMax(sum * sum + heightSquared, tiny)
    let nearSquared = difference * difference + heightSquared
    var edge = difference / pointwiseMax(sum, tiny)
    let magnitude = pointwiseMax(edge.replacing(with: -edge, where: edge .< 0), tiny)
    edge = magnitude.replacing(with: -magnitude, where: edge .< 0)

    var mean = SIMD2<Double>(repeating: 1)
    var k = pointwiseMax((nearSquared / q).squareRoot(), SIMD2(repeating: 1e-14))
    var product = k
    // First and second kind: weights q + (b²-a²) on cos² and q (1-k²) + (b²-a²) on sin².
    var a = q + sum * difference
    var b = nearSquared + sum * difference
    // Third kind with 1 - n = edge².
    var c = SIMD2<Double>(repeating: 1)
    var p = magnitude
    var d = 1 / p
    while true {
      let nextA = a + b / mean
      b = 2 * (b + a * k)
      a = nextA
      let ratio = product / p
      let nextC = c + d / p
      d = 2 * (d + c * ratio)
      c = nextC
      p += ratio
      let previous = mean
      mean += k
      if all((previous - k).replacing(with: k - previous, where: previous .< k) .<= 1e-8 * previous) { break }
      k = 2 * product.squareRoot()
      product = k * mean
    }
    let firstAndSecond = (b + a * mean) / (2 * mean * mean)
    let third = (d + c * mean) / (mean * (mean + p))
    let inside = SIMD2(repeating: 2 * .pi * abs(height)).replacing(with: 0, where: edge .< 0)
    return .pi / q.squareRoot() * (firstAndSecond + edge * heightSquared * third) - inside
  }
}
