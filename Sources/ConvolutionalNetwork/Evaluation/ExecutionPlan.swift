/// An architecture lowered to the stages that are computed; flattening needs no work in this memory layout.
struct ExecutionPlan {
  enum Stage {
    case affine(AffineStage)
    case pooling(PoolingStage)
  }

  let stages: [Stage]
  /// Shape of the input and of each stage's output.
  let shapes: [FeatureShape]
  let parameterCount: Int
  /// Floats of the packed weights of all stages.
  let packedCount: Int

  init(_ architecture: NetworkArchitecture) {
    var stages: [Stage] = []
    var shapes = [architecture.input]
    var packedCount = 0
    var tensors = architecture.parameters[...]
    var previousIsRectified = false
    var needsInputGradient = false

    func addAffine(_ input: FeatureShape, _ output: FeatureShape, width: Int, bias: Bool, rectified: Bool) {
      let kernel = tensors.removeFirst()
      let biasOffset = bias ? tensors.removeFirst().range.lowerBound : nil
      let forwardPanels = packedCount
      packedCount +=
        PanelProduct.panelCount(columns: output.channels)
        * PanelProduct.panelSize(depth: width * input.channels)
      let backwardPanels = packedCount
      if needsInputGradient {
        packedCount +=
          PanelProduct.panelCount(columns: input.channels)
          * PanelProduct.panelSize(depth: width * output.channels)
      }
      stages.append(
        .affine(
          AffineStage(
            input: input, output: output, width: width, kernelOffset: kernel.range.lowerBound,
            biasOffset: biasOffset, isRectified: rectified, inputIsRectified: previousIsRectified,
            needsInputGradient: needsInputGradient, forwardPanels: forwardPanels,
            backwardPanels: backwardPanels)))
      needsInputGradient = true
      previousIsRectified = rectified
    }

    var input = architecture.input
    for (layer, output) in zip(architecture.layers, architecture.outputs) {
      switch layer {
      case .convolution(let width, _, let bias, let activation):
        addAffine(input, output, width: width, bias: bias, rectified: activation == .rectifiedLinear)
        shapes.append(output)
      case .dense(_, let bias, let activation):
        addAffine(input, output, width: 1, bias: bias, rectified: activation == .rectifiedLinear)
        shapes.append(output)
      case .maxPooling(let width):
        stages.append(
          .pooling(
            PoolingStage(
              input: input, output: output, width: width, inputIsRectified: previousIsRectified)))
        previousIsRectified = false
        shapes.append(output)
      case .flatten:
        break
      }
      input = output
    }
    self.stages = stages
    self.shapes = shapes
    parameterCount = architecture.parameterCount
    self.packedCount = packedCount
  }

  var inputCount: Int { shapes[0].count }
  var outputCount: Int { shapes[shapes.count - 1].count }
}
