import RandomStreams
import SpikingNetwork

/// Times the five networks of Skaar et al. 2020, Fig. 5.
@MainActor func timeNetworks() throws {
  let memory = SimulationMemory()
  row("network of Fig. 5", "η, g, J (mV)", "wiring (s)", "s per biological s", "spikes")
  row("---", "---", "---", "---", "---")
  for (name, eta, g, efficacy) in [
    ("a", 2, 3.5, 0.25), ("b", 4, 7, 0.15), ("c", 0.9, 7, 0.25), ("d", 2.8, 5.5, 0.05), ("e", 2, 4.5, 0.35),
  ] {
    var network = NetworkParameters()
    (network.eta, network.g, network.efficacy) = (eta, g, efficacy)
    let simulation = try Simulation(network, timing: SimulationTiming())
    let runs = (0..<3).map { simulation.run(key: StreamKey(seed: $0), memory: memory) }
    row(
      name, "\(eta), \(g), \(efficacy)", digits(runs.map(\.buildSeconds).min()!, 4),
      digits(runs.map(\.simulateSeconds).min()! / (Double(simulation.timing.duration) / 1000), 4),
      runs.map { String($0.activity.spikes) }.joined(separator: " "))
  }
}
