/// The largest number without its sign; infinite if any is not a number.
func largestMagnitude(_ vectors: ArraySlice<SIMD8<Double>>) -> Double {
  var largest = SIMD8<Double>.zero
  for vector in vectors {
    // A comparison with a number that is none is false.
    largest.replace(with: .infinity, where: .!(vector .>= -.greatestFiniteMagnitude))
    largest.replace(with: vector, where: vector .> largest)
    largest.replace(with: -vector, where: -vector .> largest)
  }
  return largest.max()
}
