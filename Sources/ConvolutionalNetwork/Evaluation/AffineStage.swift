/// A convolution or dense layer lowered to offsets and extents; a dense layer is a convolution of width 1 over
/// one position.
///
/// Shapes of the lane arrays: x [input positions][input channels], y and its gradient [positions][columns].
/// Row t of the sliding window is the `depth` = width · channels consecutive values from x[t · channels] on.
struct AffineStage {
  let input: FeatureShape
  let output: FeatureShape
  let width: Int
  let kernelOffset: Int
  let biasOffset: Int?
  let isRectified: Bool
  /// Whether x comes straight from a rectified stage, whose derivative then multiplies the gradient of x.
  let inputIsRectified: Bool
  /// Whether an earlier stage has parameters.
  let needsInputGradient: Bool
  /// Offsets into the packed weights.
  let forwardPanels: Int
  let backwardPanels: Int

  var depth: Int { width * input.channels }
  var columns: Int { output.channels }
  var backwardDepth: Int { width * columns }
  /// Zeros needed before and after y's gradient, where windows of the transposed convolution overhang.
  var margin: Int { needsInputGradient ? (width - 1) * columns : 0 }

  /// y = b + x ∗ w, rectified if the layer is.
  @inline(__always)
  func forward<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, y: UnsafeMutablePointer<Lanes>, packed: UnsafePointer<Float>, crew: Crew
  ) {
    if isRectified {
      PanelProduct.forEach(
        rows: output.positions, rowStride: input.channels, input: x, depth: depth, columns: columns,
        panels: packed + forwardPanels, crew: crew
      ) { y[$0] = $1.rectified }
    } else {
      PanelProduct.forEach(
        rows: output.positions, rowStride: input.channels, input: x, depth: depth, columns: columns,
        panels: packed + forwardPanels, crew: crew
      ) { y[$0] = $1 }
    }
  }

  /// Puts zeros around dy, which `inputGradient` reads.
  @inline(__always)
  func clearMargins<Lanes: LaneVector>(of dy: UnsafeMutablePointer<Lanes>) {
    (dy - margin).update(repeating: Lanes(repeating: 0), count: margin)
    (dy + output.count).update(repeating: Lanes(repeating: 0), count: margin)
  }

  /// dx[t, c] = Σ_{k, f} dy[t − k, f] · w[k, c, f]: a forward pass over dy between its margins, with the kernel
  /// reversed and its channels and filters exchanged.
  @inline(__always)
  func inputGradient<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, dy: UnsafeMutablePointer<Lanes>, dx: UnsafeMutablePointer<Lanes>,
    packed: UnsafePointer<Float>, crew: Crew
  ) {
    let padded = UnsafePointer(dy - margin)
    if inputIsRectified {
      PanelProduct.forEach(
        rows: input.positions, rowStride: columns, input: padded, depth: backwardDepth,
        columns: input.channels, panels: packed + backwardPanels, crew: crew
      ) { dx[$0] = $1.kept(wherePositive: x[$0]) }
    } else {
      PanelProduct.forEach(
        rows: input.positions, rowStride: columns, input: padded, depth: backwardDepth,
        columns: input.channels, panels: packed + backwardPanels, crew: crew
      ) { dx[$0] = $1 }
    }
  }

  /// Writes dw[j, f] = Σ_{lanes, t} x[t · channels + j] · dy[t, f] and db[f] = Σ_{lanes, t} dy[t, f].
  @inline(__always)
  func parameterGradient<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, dy: UnsafePointer<Lanes>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    if output.positions == 1 {
      OuterProduct.overLanes(
        x: x, depth: depth, dy: dy, columns: columns, transposed: scratch, gradient: gradient + kernelOffset,
        crew: crew)
    } else {
      OuterProduct.overPositions(
        x: x, rowStride: input.channels, depth: depth, dy: dy, positions: output.positions,
        columns: columns, sums: scratch.bindMemory(to: Lanes.self, capacity: depth * columns),
        gradient: gradient + kernelOffset, crew: crew)
    }
    guard let biasOffset else { return }
    for column in crew.part(of: columns) {
      var sum = Lanes(repeating: 0)
      for t in 0..<output.positions { sum = sum + dy[t * columns + column] }
      gradient[biasOffset + column] = sum.laneSum
    }
  }

  /// Bytes that `parameterGradient` needs as scratch.
  var scratchBytes: Int {
    let bytesPerVector = MemoryLayout<SIMD16<Float>>.stride
    if output.positions > 1 { return depth * columns * bytesPerVector }
    return SIMD16<Float>.scalarCount * OuterProduct.vectors(columns: columns) * bytesPerVector
  }
}
