import Foundation
import SpikingNetwork
import Testing

@Suite("Mean-field theory")
struct MeanFieldTests {
  /// Rates that NEST 3.10 gives for the paper's network, over 1 s or more, as in Benchmarks/validation.
  @Test(
    "Rates of asynchronous networks are those of simulations to 10 %",
    arguments: [(2.0, 5.0, 0.1, 37.3), (2.8, 5.5, 0.05, 69.0), (4.0, 7.0, 0.15, 30.2)])
  func rates(eta: Double, g: Double, efficacy: Double, rate: Double) {
    var p = NetworkParameters()
    (p.eta, p.g, p.efficacy) = (eta, g, efficacy)
    #expect(abs(MeanField(p).rate / rate - 1) < 0.1)
  }

  @Test("Where excitation prevails the rate is near the refractory limit")
  func synchronous() {
    var p = NetworkParameters()
    (p.eta, p.g, p.efficacy) = (2, 3.5, 0.25)
    #expect((250...500).contains(MeanField(p).rate))
  }

  @Test("Without recurrence a strong drive gives the rate of a neuron without noise")
  func noiseless() {
    var p = NetworkParameters()
    p.connectivity = .fixedInDegrees(excitatory: 0, inhibitory: 0)
    // So many small inputs that they are a constant current: V(t) = ηθ(1 − exp(−t/τ)) from reset to threshold.
    (p.eta, p.efficacy) = (2, 1e-5)
    let mean = p.eta * p.threshold
    let period =
      p.refractoryPeriod
      + p.membraneTimeConstant * log((mean - p.resetPotential) / (mean - p.threshold))
    #expect(abs(MeanField(p).rate / (1000 / period) - 1) < 0.003)
  }

  @Test("A network far below threshold is silent")
  func silent() {
    var p = NetworkParameters()
    (p.eta, p.g, p.efficacy) = (0.3, 6, 0.01)
    #expect(MeanField(p).rate < 1e-3)
  }

  @Test("The rate grows with the drive and falls with inhibition")
  func monotonic() {
    func rate(_ eta: Double, _ g: Double) -> Double {
      var p = NetworkParameters()
      (p.eta, p.g) = (eta, g)
      return MeanField(p).rate
    }
    #expect(rate(1.5, 5) < rate(2, 5) && rate(2, 5) < rate(3, 5))
    #expect(rate(2, 4.5) > rate(2, 5) && rate(2, 5) > rate(2, 7))
  }
}
