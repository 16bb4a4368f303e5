// Times training and inference of the paper's network beside the multiplications and additions that one core of this
// machine can do. To be run on an idle machine. Prints Markdown, see docs/training.md.

import CVectorPrimitives
import ConvolutionalNetwork
import Foundation
import RandomStreams

/// Seconds that `work` takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(work) / .seconds(1)
}

/// Prints one row of a table.
func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }
func digits(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }

let registerFloats = Int(VECTOR_REGISTER_FLOATS)

/// Where results go so that they are not optimised away.
nonisolated(unsafe) var sink: Float = 0

/// Runs `rounds` multiplications and additions of ten vectors that do not depend on each other.
@inline(never)
func multiplyAdd<Lanes: SIMD>(rounds: Int, _ a: Lanes, _ b: Lanes) -> Float where Lanes.Scalar == Float {
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
  return (((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + (s8 + s9)).sum()
}

/// Single-precision multiplications and additions per second, each counted, in vectors that fill a register.
func multiplyAddRate() -> Double {
  let rounds = 2_000_000
  func rate<Lanes: SIMD>(_: Lanes.Type) -> Double where Lanes.Scalar == Float {
    let seconds = seconds {
      // Depends on the run before, so that none is left out.
      let start = Lanes(repeating: 0.25 + 1e-9 * sink)
      sink = multiplyAdd(rounds: rounds, Lanes(repeating: 0.499), start)
    }
    return Double(10 * Lanes.scalarCount * 2 * rounds) / seconds
  }
  return switch registerFloats {
  case 4: rate(SIMD4<Float>.self)
  case 8: rate(SIMD8<Float>.self)
  default: rate(SIMD16<Float>.self)
  }
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

/// What is timed, and its multiplications and additions per sample.
let work = operations(architecture)
let parts: [(name: String, operations: Double, run: @MainActor (_ threads: Int) throws -> Void)] = [
  (
    "training step, batches of 100", work.step,
    { threads in
      let trainer = try Trainer(
        architecture: architecture, epochs: 1, key: StreamKey(seed: 3), threads: threads)
      sink += try trainer.train(training: samples, validation: one).parameters[0]
    }
  ),
  ("inference", work.forward, { sink += try network.outputs(for: inputs, threads: $0)[0] }),
]

// By turns, and the best of each, since a machine's speed can change from one second to the next.
var peak = 0.0
var rates = parts.map { _ in [1: 0.0, 2: 0.0] }
for _ in 0..<20 {
  peak = max(peak, multiplyAddRate())
  for (index, part) in parts.enumerated() {
    for threads in [1, 2] {
      let rate = try Double(count) / seconds { try part.run(threads) }
      rates[index][threads] = max(rates[index][threads]!, rate)
    }
  }
}

print("Multiplications and additions of one core: \(digits(peak * 1e-9, 1)) per ns.\n")
row(
  "part", "threads", "samples/s", "operations per sample", "share of the threads' peak", "against one thread")
row("---", "---", "---", "---", "---", "---")
for (part, rates) in zip(parts, rates) {
  for threads in [1, 2] {
    let rate = rates[threads]!
    row(
      part.name, "\(threads)", digits(rate, 0), digits(part.operations, 0),
      digits(100 * rate * part.operations / (peak * Double(threads)), 0) + " %", digits(rate / rates[1]!, 2))
  }
}
