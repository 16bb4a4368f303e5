// Times training and inference of the paper's network beside the multiplications and additions that one core of this
// machine can do. To be run on an idle machine. Prints Markdown, see docs/training.md.

import ConvolutionalNetwork
import Foundation
import RandomStreams

/// The least number of seconds of five runs.
func best(_ work: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  return try (0..<5).map { _ in try clock.measure(work) / .seconds(1) }.min() ?? .nan
}

/// Prints one row of a table.
func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }
func digits(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }

/// Where results go so that they are not optimised away.
nonisolated(unsafe) var sink: Float = 0

/// Runs `rounds` multiplications and additions of ten vectors that do not depend on each other.
@inline(never)
func multiplyAdd(rounds: Int, _ a: SIMD16<Float>, _ b: SIMD16<Float>) -> SIMD16<Float> {
  var (s0, s1, s2, s3, s4) = (b, b + 1, b + 2, b + 3, b + 4)
  var (s5, s6, s7, s8, s9) = (b + 5, b + 6, b + 7, b + 8, b + 9)
  for _ in 0..<rounds {
    s0 = s0 * a + b
    s1 = s1 * a + b
    s2 = s2 * a + b
    s3 = s3 * a + b
    s4 = s4 * a + b
    s5 = s5 * a + b
    s6 = s6 * a + b
    s7 = s7 * a + b
    s8 = s8 * a + b
    s9 = s9 * a + b
  }
  return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + (s8 + s9)
}

/// Single-precision multiplications and additions per second, each counted.
func multiplyAddRate() -> Double {
  let rounds = 20_000_000
  let seconds = best {
    // Depends on the run before, so that none is left out.
    let start = SIMD16<Float>(repeating: 0.25 + 1e-9 * sink)
    sink = multiplyAdd(rounds: rounds, SIMD16(repeating: 0.499), start).sum()
  }
  return Double(10 * 16 * 2 * rounds) / seconds
}

/// Multiplications and additions per sample: forward, and forward and back. Going back, weights and inputs of each layer
/// get their derivatives, except the first layer's inputs; those of a convolution are one themselves, over all positions
/// of its input.
func operations(_ architecture: NetworkArchitecture) -> (forward: Double, step: Double) {
  var (forward, step) = (0, 0)
  var input = architecture.input
  for (layer, output) in zip(architecture.layers, architecture.outputs) {
    var width = 1
    switch layer {
    case .convolution(let kernel, _, _, _): width = kernel
    case .dense: break
    case .maxPooling, .flatten:
      input = output
      continue
    }
    let products = output.count * width * input.channels
    forward += products
    step += 2 * products
    if step > 2 * products { step += input.count * width * output.channels }
    input = output
  }
  return (Double(2 * forward), Double(2 * step))
}

let architecture = try NetworkArchitecture.paper()
let count = 4000
var random = StreamKey(seed: 1).generator()
@MainActor func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.uniform()) } }
let inputs = numbers(count * architecture.input.count)
let samples = try SampleSet(architecture: architecture, inputs: inputs, targets: numbers(count * 3))
let one = try SampleSet(
  architecture: architecture, inputs: numbers(architecture.input.count), targets: numbers(3))
let network = Network(architecture: architecture, key: StreamKey(seed: 2))

let peak = multiplyAddRate()
let work = operations(architecture)
print("Multiplications and additions of one core: \(digits(peak * 1e-9, 1)) per ns.\n")
row(
  "part", "threads", "samples/s", "operations per sample", "share of the threads' peak", "against one thread")
row("---", "---", "---", "---", "---", "---")
var rates: [String: Double] = [:]
for (name, operations) in [("training step, batches of 100", work.step), ("inference", work.forward)] {
  for threads in [1, 2] {
    let seconds =
      name == "inference"
      ? try best { sink += try network.outputs(for: inputs, threads: threads)[0] }
      : try best {
        let trainer = try Trainer(
          architecture: architecture, epochs: 1, key: StreamKey(seed: 3), threads: threads)
        sink += try trainer.train(training: samples, validation: one).parameters[0]
      }
    let rate = Double(count) / seconds
    if threads == 1 { rates[name] = rate }
    row(
      name, "\(threads)", digits(rate, 0), digits(operations, 0),
      digits(100 * rate * operations / (peak * Double(threads)), 0) + " %", digits(rate / rates[name]!, 2))
  }
}
