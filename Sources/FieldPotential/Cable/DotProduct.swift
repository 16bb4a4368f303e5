/// The inner product of a row of one row-major matrix with a row of another, both `count` wide.
func dotProduct(_ a: [Double], row i: Int, _ b: [Double], row j: Int, count: Int) -> Double {
  precondition(a.count >= (i + 1) * count && b.count >= (j + 1) * count, "rows lie within the matrices")
  return a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      let stride = MemoryLayout<Double>.stride
      let (startA, startB) = (i * count * stride, j * count * stride)
      // Eight sums side by side: a single one would wait for each addition.
      var lanes = SIMD8<Double>.zero
      let wholeVectors = count & ~7
      for index in Swift.stride(from: 0, to: wholeVectors, by: 8) {
        lanes +=
          a.loadUnaligned(fromByteOffset: startA + index * stride, as: SIMD8<Double>.self)
          * b.loadUnaligned(fromByteOffset: startB + index * stride, as: SIMD8<Double>.self)
      }
      var sum = lanes.sum()
      for index in wholeVectors..<count {
        sum +=
          a.load(fromByteOffset: startA + index * stride, as: Double.self)
          * b.load(fromByteOffset: startB + index * stride, as: Double.self)
      }
      return sum
    }
  }
}
