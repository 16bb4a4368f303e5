import Foundation

/// erfcx x = e^{x²} erfc x for x ≥ 0, without overflow or underflow and to a few units in the last place.
package func scaledComplementaryErrorFunction(_ x: Double) -> Double {
  precondition(!(x < 0), "for negative arguments it overflows")
  guard x < 25 else {
    // 1/(x √π) Σ (−1)ⁿ (2n − 1)!!/(2x²)ⁿ; the first term left out is below 10⁻¹⁶.
    let y = 1 / (2 * x * x)
    let series = 1 - y * (1 - y * (3 - y * (15 - y * (105 - y * (945 - y * 10_395)))))
    return series / (x * Double.pi.squareRoot())
  }
  // x² in two parts, the first of which is exact: the exponential would magnify what rounding leaves of it.
  let upper = Double(Float(x))
  return exp(upper * upper) * exp((x - upper) * (x + upper)) * erfc(x)
}
