import SpikingNetwork
import RandomStreams
var p = NetworkParameters()
let a = CommandLine.arguments.dropFirst().map { Double($0)! }
p.eta = a[0]; p.g = a[1]; p.efficacy = a[2]
let s = try Simulation(parameters: p, duration: a[3], transient: 200)
let r = s.run(key: StreamKey(seed: UInt64(a[4])), bits: a.count > 5)
print(r.activity, r.buildSeconds, r.simulateSeconds)
