/// The weights of all stages in the panels that `PanelProduct` reads, renewed after every change of the
/// parameters.
final class PackedWeights {
  let pointer: UnsafeMutablePointer<Float>

  init(count: Int) {
    pointer = .allocate(capacity: count)
    pointer.initialize(repeating: 0, count: count)
  }

  deinit { pointer.deallocate() }

  /// Packs one of every `threads` panels, starting with number `thread`.
  func load(_ parameters: UnsafePointer<Float>, plan: ExecutionPlan, thread: Int, of threads: Int) {
    for case .affine(let stage) in plan.stages {
      for panel in stride(
        from: thread, to: PanelProduct.panelCount(columns: stage.columns), by: threads)
      {
        loadForward(panel, of: stage, parameters)
      }
      guard stage.needsInputGradient else { continue }
      for panel in stride(
        from: thread, to: PanelProduct.panelCount(columns: stage.input.channels), by: threads)
      {
        loadBackward(panel, of: stage, parameters)
      }
    }
  }

  /// Five filters: start values are the biases, the depth runs over (width, input channel).
  private func loadForward(_ panel: Int, of stage: AffineStage, _ parameters: UnsafePointer<Float>) {
    let first = panel * PanelProduct.columns
    let count = min(PanelProduct.columns, stage.columns - first)
    var output = pointer + stage.forwardPanels + panel * PanelProduct.panelSize(depth: stage.depth)
    if let biasOffset = stage.biasOffset {
      for i in 0..<count { output[i] = parameters[biasOffset + first + i] }
    }
    var kernel = parameters + stage.kernelOffset + first
    for _ in 0..<stage.depth {
      output += PanelProduct.columns
      for i in 0..<count { output[i] = kernel[i] }
      kernel += stage.columns
    }
  }

  /// Five input channels: the depth runs over (width reversed, filter).
  private func loadBackward(_ panel: Int, of stage: AffineStage, _ parameters: UnsafePointer<Float>) {
    let first = panel * PanelProduct.columns
    let count = min(PanelProduct.columns, stage.input.channels - first)
    var output = pointer + stage.backwardPanels + panel * PanelProduct.panelSize(depth: stage.backwardDepth)
    for k in (0..<stage.width).reversed() {
      let kernel = parameters + stage.kernelOffset + (k * stage.input.channels + first) * stage.columns
      for filter in 0..<stage.columns {
        output += PanelProduct.columns
        for i in 0..<count { output[i] = kernel[i * stage.columns + filter] }
      }
    }
  }
}
