// A network is simulated; its local field potential and the power spectrum of that at each contact.
import FieldPotential
import RandomStreams
import SpectralAnalysis
import SpikingNetwork

let network = NetworkParameters()  // that of Skaar et al. (2020) at η = 2, g = 5, J = 0.1 mV
let run = try Simulation(network, timing: SimulationTiming(duration: 1000, transient: 150))
  .run(key: StreamKey(seed: 1))
let potential = try FieldKernels().fieldPotential(
  excitatory: run.excitatoryHistogram, inhibitory: run.inhibitoryHistogram,
  efficacy: network.efficacy, relativeInhibition: network.g, after: 150)
let welch = try Welch(segmentLength: 300, samplingRate: 1000)
for channel in 0..<potential.channelCount {
  let power = try welch.powerSpectralDensity(of: Array(potential[channel: channel]))
  let strongest = power.indices.max { power[$0] < power[$1] }!
  print(channel, welch.frequencies[strongest], "Hz", power[strongest], "mV²/Hz")
}
