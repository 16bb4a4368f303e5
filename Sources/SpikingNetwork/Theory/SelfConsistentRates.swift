import Foundation
import Numerics

/// The solutions of ν = Φ(ν) with 0 ≤ ν < `limit`, in Hz.
///
/// ln(Φ/ν) is looked at on a grid that is fine near both ends. Where it changes sign there is a solution between; where it
/// comes near 0 between three points without changing sign, its extremum decides whether there are two.
struct SelfConsistentRates {
  private let limit: Double
  private let response: (Double) -> Double

  /// The rates below a limit that a response function in Hz maps onto themselves.
  init(below limit: Double, response: @escaping (Double) -> Double) {
    self.limit = limit
    self.response = response
  }

  /// Grid points, of x = ln(ν/(limit − ν)): from 10⁻⁹ of the limit to all but 10⁻⁵ of it.
  private static let grid = stride(from: -21, through: 11.5, by: 0.25).map { $0 }

  /// The highest solution, looking from above.
  var highest: Double {
    var upper = (x: 0.0, excess: -Double.infinity)
    for (index, x) in Self.grid.enumerated().reversed() {
      let excess = excess(x)
      if excess >= 0 {
        return index == Self.grid.count - 1 ? rate(x) : solution(from: (x, excess), to: upper)
      }
      upper = (x, excess)
    }
    return lowest
  }

  /// All solutions in increasing order.
  var all: [Double] {
    var points = Self.grid.map { (x: $0, excess: excess($0)) }
    var index = 1
    while index < points.count - 1 {
      let (a, b, c) = (points[index - 1], points[index], points[index + 1])
      let sign = b.excess < 0 ? -1.0 : 1
      if sign * a.excess > sign * b.excess, sign * c.excess > sign * b.excess, sign * b.excess > 0 {
        let x = goldenSection(a.x...c.x, absolute: 1e-6) { sign * self.excess($0) }
        let extremum = (x: x, excess: excess(x))
        if sign * extremum.excess < 0 {
          points.insert(extremum, at: x < b.x ? index : index + 1)
          index += 1
        }
      }
      index += 1
    }
    let first = points[0].excess < 0 ? [lowest] : []
    return first
      + zip(points, points.dropFirst()).compactMap { a, b in
        (a.excess < 0) == (b.excess < 0) ? nil : solution(from: a, to: b)
      }
  }

  /// A solution below the grid: rates that low change nothing about the input.
  private var lowest: Double { response(response(0)) }

  private func rate(_ x: Double) -> Double { limit / (1 + exp(-x)) }

  /// ln(Φ/ν).
  private func excess(_ x: Double) -> Double { log(response(rate(x)) / rate(x)) }

  /// The solution between two points of opposite signs, by secants with bisection (the Illinois rule).
  private func solution(from a: (x: Double, excess: Double), to b: (x: Double, excess: Double)) -> Double {
    var (a, b) = (a, b)
    for _ in 0..<80 where abs(b.x - a.x) > 1e-15 * max(1, abs(a.x)) && b.excess != 0 {
      var x = (a.x * b.excess - b.x * a.excess) / (b.excess - a.excess)
      if !(min(a.x, b.x)...max(a.x, b.x)).contains(x) || !a.excess.isFinite { x = (a.x + b.x) / 2 }
      let new = (x: x, excess: excess(x))
      if (new.excess < 0) == (b.excess < 0) { a.excess /= 2 } else { a = b }
      if abs(new.excess) <= 1e-14 { return rate(x) }
      b = new
    }
    return rate(b.x)
  }
}
