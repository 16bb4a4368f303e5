/// The quantile of a probability in [0, 1], interpolated linearly between the `sorted` values; NaN of none.
package func quantile(_ probability: Double, of sorted: [Double]) -> Double {
  guard let last = sorted.indices.last else { return .nan }
  let position = probability * Double(last)
  let lower = Int(position)
  let upper = min(lower + 1, last)
  return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}
