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
  func forward<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, y: UnsafeMutablePointer<Layout.Register>,
    packed: UnsafePointer<Float>, crew: Crew
  ) {
    if isRectified {
      PanelProduct.forEach(
        Layout.self, rows: output.positions, rowStride: input.channels, input: x, depth: depth,
        columns: columns, panels: packed + forwardPanels, crew: crew
      ) { y[$0] = $1.rectified }
    } else {
      PanelProduct.forEach(
        Layout.self, rows: output.positions, rowStride: input.channels, input: x, depth: depth,
        columns: columns, panels: packed + forwardPanels, crew: crew
      ) { y[$0] = $1 }
    }
  }

  /// Puts zeros around dy, which `inputGradient` reads.
  @inline(__always)
  func clearMargins<Layout: LaneLayout>(_: Layout.Type, of dy: UnsafeMutablePointer<Layout.Register>) {
    let zero = Layout.Register(repeating: 0)
    (dy - margin * Layout.registers).update(repeating: zero, count: margin * Layout.registers)
    (dy + output.count * Layout.registers).update(repeating: zero, count: margin * Layout.registers)
  }

  /// dx[t, c] = Σ_{k, f} dy[t − k, f] · w[k, c, f]: a forward pass over dy between its margins, with the kernel
  /// reversed and its channels and filters exchanged.
  @inline(__always)
  func inputGradient<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, dy: UnsafeMutablePointer<Layout.Register>,
    dx: UnsafeMutablePointer<Layout.Register>,
    packed: UnsafePointer<Float>, crew: Crew
  ) {
    let padded = UnsafePointer(dy - margin * Layout.registers)
    if inputIsRectified {
      PanelProduct.forEach(
        Layout.self, rows: input.positions, rowStride: columns, input: padded, depth: backwardDepth,
        columns: input.channels, panels: packed + backwardPanels, crew: crew
      ) { dx[$0] = $1.kept(wherePositive: x[$0]) }
    } else {
      PanelProduct.forEach(
        Layout.self, rows: input.positions, rowStride: columns, input: padded, depth: backwardDepth,
        columns: input.channels, panels: packed + backwardPanels, crew: crew
      ) { dx[$0] = $1 }
    }
  }

  /// Writes dw[j, f] = Σ_{lanes, t} x[t · channels + j] · dy[t, f] and db[f] = Σ_{lanes, t} dy[t, f].
  @inline(__always)
  func parameterGradient<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, dy: UnsafePointer<Layout.Register>,
    scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    if output.positions == 1 {
      OuterProduct.overLanes(
        Layout.self, x: UnsafeRawPointer(x).assumingMemoryBound(to: Float.self), depth: depth,
        dy: UnsafeRawPointer(dy).assumingMemoryBound(to: Float.self), columns: columns,
        transposed: scratch.assumingMemoryBound(to: Float.self),
        gradient: gradient + kernelOffset, crew: crew)
    } else {
      OuterProduct.overPositions(
        Layout.self, x: x, channels: input.channels, width: width, dy: dy, positions: output.positions,
        columns: columns, sums: scratch.assumingMemoryBound(to: Layout.Register.self),
        gradient: gradient + kernelOffset, crew: crew)
    }
    guard let biasOffset else { return }
    let sums = scratch.assumingMemoryBound(to: Layout.Register.self)
    for column in crew.part(of: columns) {
      for register in 0..<Layout.registers {
        var sum = Layout.Register(repeating: 0)
        for t in 0..<output.positions { sum = sum + dy[(t * columns + column) * Layout.registers + register] }
        sums[register] = sum
      }
      gradient[biasOffset + column] = Layout.Register.laneSum(of: sums, Layout.registers)
    }
  }

  /// Bytes that `parameterGradient` needs as scratch.
  var scratchBytes: Int {
    let vectorBytes = ChunkWorkspace.capacity * MemoryLayout<Float>.stride
    return output.positions > 1
      ? depth * columns * vectorBytes : OuterProduct.rowLength(columns: columns) * vectorBytes
  }
}
