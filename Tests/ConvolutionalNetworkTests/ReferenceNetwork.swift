import ConvolutionalNetwork

/// The network as written down in its definition: one sample at a time, plain loops, Float64. Differences of its
/// loss are exact enough to check derivatives.
struct ReferenceNetwork {
  let architecture: NetworkArchitecture
  var parameters: [Double]

  init(_ network: Network) {
    architecture = network.architecture
    parameters = network.parameters.map(Double.init)
  }

  /// Outputs of one sample given as [position][channel].
  func outputs(_ input: [Double]) -> [Double] {
    var x = input
    var shape = architecture.input
    var offset = 0
    for (layer, output) in zip(architecture.layers, architecture.outputs) {
      switch layer {
      case .convolution(let width, let filters, let bias, let activation):
        x = affine(
          x, shape, width: width, columns: filters, positions: output.positions, bias: bias, activation,
          &offset)
      case .dense(let units, let bias, let activation):
        x = affine(x, shape, width: 1, columns: units, positions: 1, bias: bias, activation, &offset)
      case .maxPooling(let width):
        var y: [Double] = []
        for t in 0..<output.positions {
          for c in 0..<shape.channels {
            y.append((0..<width).map { x[(t * width + $0) * shape.channels + c] }.max()!)
          }
        }
        x = y
      case .flatten:
        break
      }
      shape = output
    }
    return x
  }

  private func affine(
    _ x: [Double], _ shape: FeatureShape, width: Int, columns: Int, positions: Int, bias: Bool,
    _ activation: Activation, _ offset: inout Int
  ) -> [Double] {
    let kernel = offset
    let biases = kernel + width * shape.channels * columns
    offset = biases + (bias ? columns : 0)
    var y: [Double] = []
    for t in 0..<positions {
      for f in 0..<columns {
        var sum = bias ? parameters[biases + f] : 0
        for k in 0..<width {
          for c in 0..<shape.channels {
            sum +=
              x[(t + k) * shape.channels + c] * parameters[kernel + (k * shape.channels + c) * columns + f]
          }
        }
        y.append(activation == .rectifiedLinear ? max(sum, 0) : sum)
      }
    }
    return y
  }

  /// Mean squared error over samples and outputs.
  func loss(_ samples: SampleSet) -> Double {
    let inputs = samples.withInputs(Array.init)
    var sum = 0.0
    for s in 0..<samples.count {
      let input = inputs[s * samples.inputCount..<(s + 1) * samples.inputCount]
      for (o, y) in outputs(input.map(Double.init)).enumerated() {
        let error = y - Double(samples.targets[s * samples.targetCount + o])
        sum += error * error
      }
    }
    return sum / Double(samples.count * samples.targetCount)
  }

  /// Derivative of the loss along `direction`, by central differences. The step must be so small that no
  /// rectified or pooled value changes its mind.
  func slope(_ samples: SampleSet, along direction: [Double], step: Double) -> Double {
    var (above, below) = (self, self)
    for i in parameters.indices {
      above.parameters[i] += step * direction[i]
      below.parameters[i] -= step * direction[i]
    }
    return (above.loss(samples) - below.loss(samples)) / (2 * step)
  }

  /// All derivatives of the loss.
  func gradient(_ samples: SampleSet) -> [Double] {
    parameters.indices.map { i in
      var unit = [Double](repeating: 0, count: parameters.count)
      unit[i] = 1
      return slope(samples, along: unit, step: 1e-6)
    }
  }
}
