import ConvolutionalNetwork
import Testing

extension Network {
  /// A network whose outputs are its inputs: the loss is then a function of given outputs.
  static func identity(_ outputs: Int) throws -> Network {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: outputs),
      layers: [.dense(outputs: outputs, bias: true, activation: .linear)])
    let unit = (0..<outputs * outputs).map { Float($0 / outputs == $0 % outputs ? 1 : 0) }
    return try Network(architecture: architecture, parameters: unit + [Float](repeating: 0, count: outputs))
  }
}

/// Checks the derivatives of a loss by a network's outputs against its differences.
func expectDerivatives(of loss: Loss, targets: Int) throws {
  let count = loss.outputCount(targets: targets)
  let network = try Network.identity(count)
  let outputs = uniformNumbers(3 * count, seed: 21).map { 2 * $0 }
  let truth = uniformNumbers(3 * targets, seed: 22)
  func samples(_ outputs: [Float]) throws -> SampleSet {
    try SampleSet(architecture: network.architecture, loss: loss, inputs: outputs, targets: truth)
  }
  let gradient = try network.lossGradient(loss, on: samples(outputs)).gradient
  // With one input at a time, the derivative by a bias is the derivative by an output, averaged over the samples.
  let step: Float = 1.0 / 256
  for output in 0..<count {
    var (above, below) = (outputs, outputs)
    for sample in 0..<3 {
      above[sample * count + output] += step
      below[sample * count + output] -= step
    }
    let difference = try network.loss(loss, on: samples(above)) - network.loss(loss, on: samples(below))
    let slope = difference / Double(2 * step)
    // The error of a central difference is of the order of step², here 1.5e-5, times the third derivative.
    #expect(abs(Double(gradient[count * count + output]) - slope) < 2e-3 * max(1, abs(slope)))
  }
}
