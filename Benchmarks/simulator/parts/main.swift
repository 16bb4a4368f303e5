// Times the parts of the simulator on the paper's network, beside what memory and arithmetic of this machine allow.
// One thread; to be run on an idle machine. Prints Markdown.

import Foundation
import RandomStreams
import SpikingNetwork

/// Prints one row of a table.
func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }
func digits(_ value: Double, _ places: Int = 2) -> String { String(format: "%.\(places)f", value) }

/// The networks of Fig. 5 alone, or also the machine and the parts of a step.
let onlyNetworks = CommandLine.arguments.contains("--networks")
if onlyNetworks {
  try timeNetworks()
  exit(0)
}
let machine = Machine()
row("instructions", InstructionSet.chosen.description)
row("---", "---")
print()
row("machine, one thread", "bytes/ns")
row("---", "---")
for level in machine.readBandwidth { row("read \(level.name)", digits(level.rate, 1)) }
row("triad, memory", digits(machine.triadBandwidth, 1))
print()
row("machine, one thread", "per ns")
row("---", "---")
row("operations on 256 bits", digits(machine.vectorOperations, 1))
row("single-precision multiplications and additions", digits(machine.floatOperations, 1))
print()

let parameters = NetworkParameters()
let key = StreamKey(seed: 1)
var parts = try StepParts(parameters, key: key)
let neurons = Double(parts.neurons)
let synapses = neurons * Double(parameters.excitatoryInDegree + parameters.inhibitoryInDegree)
var random = key.generator()

row("part", "unit", "ns", "bound (ns)", "what bounds", "ratio")
row("---", "---", "---", "---", "---", "---")
func report(_ part: String, _ unit: String, _ found: Double, _ bound: Double, _ what: String) {
  row(part, unit, digits(found, 3), digits(bound, 3), what, digits(found / bound, 1))
}

let steps = 5000
for (eta, efficacy) in [(0.9, 0.25), (4, 0.02), (2, 0.1)] {
  var driven = parameters
  (driven.eta, driven.efficacy) = (eta, efficacy)
  let parts = try StepParts(driven, key: key)
  let drawing = best { parts.draw(steps: 0..<steps) }
  // Per 32 draws: 13 operations on 512 bits of the generator; per 16 a comparison and a subtraction per cell.
  let operations = 26.0 / 32 + 2 * Double(parts.driveCells) / 16
  report(
    "drive, mean \(digits(driven.externalSpikes(in: SimulationTiming().timeStep)))", "draw",
    drawing * 1e9 / (Double(steps) * neurons),
    operations / machine.vectorOperations, "\(digits(operations)) vector operations")
}

var quiet = parameters
quiet.eta = 1.1
let resting = try StepParts(quiet, key: key)
var fired = 0
let alone = best { fired = resting.advance(steps: 0..<steps) } - best { resting.draw(steps: 0..<steps) }
let excited = best { _ = parts.advance(steps: 0..<steps) }
// Per 16 neurons: twice 2 products and a sum, 4 conversions, 8 selections and comparisons, 2 of refractoriness.
report(
  "update without recurrent input, \(digits(Double(fired) / (Double(steps) * neurons) * 1e4, 0)) Hz",
  "neuron step",
  alone * 1e9 / (Double(steps) * neurons), 20 / 16 / machine.vectorOperations,
  "1.25 vector operations")

// Once there is a spike of each population, sums have to be turned into counts and both added; the rest is per spike.
@MainActor func spikes(_ perStep: Int, steps: Int) -> [[UInt32]] {
  let excitatory = UInt32(parameters.excitatoryNeurons), neurons = UInt32(parts.neurons)
  return (0..<steps).map { _ in
    let others = (2..<perStep).map { _ in UInt32.random(in: 0..<neurons, using: &random) }
    return
      ([.random(in: 0..<excitatory, using: &random), .random(in: excitatory..<neurons, using: &random)]
      + others)
      .sorted()
  }
}
let fewest = spikes(2, steps: 5000)
let perStep = best { parts.step(arriving: fewest) } / 5000
report(
  "counts", "neuron step", (perStep - excited / Double(steps)) * 1e9 / neurons,
  1.2 / machine.vectorOperations,
  "1.2 vector operations: a transposition, 0.3 more, a conversion, a product and a sum")
for count in [10, 50, 200, 1000] {
  let steps = spikes(count, steps: 100_000 / count)
  let seconds = best { parts.step(arriving: steps) } - perStep * Double(steps.count)
  report(
    "delivery, \(count) spikes per step", "spike", seconds * 1e9 / Double(steps.count * (count - 2)),
    nanosecondsPerRow(steps.flatMap { $0 }, of: parts.matrix), "reading one bit row")
}

let memory = SimulationMemory()
let moment = try Simulation(parameters, timing: SimulationTiming(duration: 1, transient: 0))
let wiring = (0..<5).map { _ in moment.run(key: key, memory: memory).buildSeconds }.min()!
let sources = (0..<(1 << 20)).map { _ in UInt32.random(in: 0..<UInt32(parts.neurons), using: &random) }
report(
  "wiring", "synapse", wiring * 1e9 / synapses, nanosecondsPerBit(neurons: parts.neurons, sources: sources),
  "setting a bit in second-level cache")

print()
try timeNetworks()
