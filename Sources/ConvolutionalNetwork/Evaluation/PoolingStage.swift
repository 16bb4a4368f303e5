/// A max-pooling layer. Shapes of the lane arrays: x [input positions][channels], y [positions][channels].
struct PoolingStage {
  let input: FeatureShape
  let output: FeatureShape
  let width: Int
  /// Whether x comes straight from a rectified stage, whose derivative then multiplies the gradient of x.
  let inputIsRectified: Bool

  /// y[t, c] = max over i of x[t · width + i, c], for a crew member's part of the positions t.
  @inline(__always)
  func forward<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, y: UnsafeMutablePointer<Layout.Register>, crew: Crew
  ) {
    let row = input.channels * Layout.registers
    for t in crew.part(of: output.positions) {
      let window = x + t * width * row
      for c in 0..<row {
        var largest = window[c]
        for i in 1..<width { largest = largest.maximum(window[i * row + c]) }
        y[t * row + c] = largest
      }
    }
  }

  /// dx is dy at the first maximum of each window and zero elsewhere, for a crew member's part of the windows.
  @inline(__always)
  func backward<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, y: UnsafePointer<Layout.Register>,
    dy: UnsafePointer<Layout.Register>,
    dx: UnsafeMutablePointer<Layout.Register>, crew: Crew
  ) {
    let row = input.channels * Layout.registers
    for t in crew.part(of: output.positions) {
      let first = t * width * row
      for c in 0..<row {
        let largest = y[t * row + c]
        var remaining = dy[t * row + c]
        if inputIsRectified { remaining = remaining.kept(wherePositive: largest) }
        for i in 0..<width {
          let index = first + i * row + c
          let taken = remaining.kept(where: x[index], equals: largest)
          dx[index] = taken
          remaining = remaining - taken
        }
      }
    }
    guard crew.isFirst else { return }
    let pooled = output.positions * width * row
    (dx + pooled).update(
      repeating: Layout.Register(repeating: 0), count: input.count * Layout.registers - pooled)
  }
}
