/// The argument in `range` that minimises a function with one valley, by golden sections.
///
/// - Parameters:
///   - absolute: Width of the last range.
///   - relative: What is added to that width, in units of the range's upper end.
package func goldenSection(
  _ range: ClosedRange<Double>, absolute: Double = 0, relative: Double = 0, _ function: (Double) -> Double
) -> Double {
  let ratio = (5.0.squareRoot() - 1) / 2
  var (lower, upper) = (range.lowerBound, range.upperBound)
  var (a, b) = (upper - ratio * (upper - lower), lower + ratio * (upper - lower))
  var (valueA, valueB) = (function(a), function(b))
  while upper - lower > absolute + relative * abs(upper) {
    if valueA < valueB {
      (upper, b, valueB) = (b, a, valueA)
      a = upper - ratio * (upper - lower)
      valueA = function(a)
    } else {
      (lower, a, valueA) = (a, b, valueB)
      b = lower + ratio * (upper - lower)
      valueB = function(b)
    }
  }
  return (lower + upper) / 2
}
