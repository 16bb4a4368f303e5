/// The share of magnitudes up to each value, in a few hundred steps from 0 to a limit.
struct CumulativeShares {
  /// The values.
  let values: [Double]
  /// The shares, from 0 to 1.
  let shares: [Double]

  /// Of at least one magnitude, in ascending order.
  init(_ magnitudes: [Double], limit: Double) {
    values = (0...300).map { limit * Double($0) / 300 }
    var passed = 0
    shares = values.map { value in
      while passed < magnitudes.count && magnitudes[passed] <= value { passed += 1 }
      return Double(passed) / Double(magnitudes.count)
    }
  }
}
