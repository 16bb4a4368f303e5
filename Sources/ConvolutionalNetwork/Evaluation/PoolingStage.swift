/// A max-pooling layer. Shapes of the lane arrays: x [input positions][channels], y [positions][channels].
struct PoolingStage {
  let input: FeatureShape
  let output: FeatureShape
  let width: Int
  /// Whether x comes straight from a rectified stage, whose derivative then multiplies the gradient of x.
  let inputIsRectified: Bool

  /// y[t, c] = max over i of x[t · width + i, c], for a crew member's part of the positions t.
  @inline(__always)
  func forward<Lanes: LaneVector>(x: UnsafePointer<Lanes>, y: UnsafeMutablePointer<Lanes>, crew: Crew) {
    let channels = input.channels
    for t in crew.part(of: output.positions) {
      let window = x + t * width * channels
      for c in 0..<channels {
        var largest = window[c]
        for i in 1..<width { largest = largest.maximum(window[i * channels + c]) }
        y[t * channels + c] = largest
      }
    }
  }

  /// dx is dy at the first maximum of each window and zero elsewhere, for a crew member's part of the windows.
  @inline(__always)
  func backward<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, y: UnsafePointer<Lanes>, dy: UnsafePointer<Lanes>,
    dx: UnsafeMutablePointer<Lanes>, crew: Crew
  ) {
    let channels = input.channels
    for t in crew.part(of: output.positions) {
      let first = t * width * channels
      for c in 0..<channels {
        let largest = y[t * channels + c]
        var remaining = dy[t * channels + c]
        if inputIsRectified { remaining = remaining.kept(wherePositive: largest) }
        for i in 0..<width {
          let index = first + i * channels + c
          let taken = remaining.kept(where: x[index], equals: largest)
          dx[index] = taken
          remaining = remaining - taken
        }
      }
    }
    guard crew.isFirst else { return }
    let pooled = output.positions * width * channels
    (dx + pooled).update(repeating: Lanes(repeating: 0), count: input.count - pooled)
  }
}
