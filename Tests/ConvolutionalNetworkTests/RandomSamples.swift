import ConvolutionalNetwork
import RandomStreams

/// Uniform numbers in [−1, 1).
func uniformNumbers(_ count: Int, seed: UInt64) -> [Float] {
  var stream = StreamKey(seed: seed).generator()
  return (0..<count).map { _ in Float(stream.uniform(in: -1..<1)) }
}

/// Samples with unrelated uniform inputs and targets.
func uniformSamples(
  _ architecture: NetworkArchitecture, _ count: Int, seed: UInt64
) throws -> SampleSet {
  try SampleSet(
    architecture: architecture, inputs: uniformNumbers(count * architecture.input.count, seed: seed),
    targets: uniformNumbers(count * architecture.output.count, seed: seed + 1000))
}

/// A network with all parameters, biases too, uniform in [−scale, scale).
func uniformNetwork(
  _ architecture: NetworkArchitecture, scale: Float = 0.5, seed: UInt64
) throws -> Network {
  try Network(
    architecture: architecture,
    parameters: uniformNumbers(architecture.parameterCount, seed: seed).map { $0 * scale })
}
