import Foundation
import SingleNeuron
import Testing

@Suite("A neuron under white noise")
struct WhiteNoiseTests {
  private let neuron = NoisyNeuron(LIFNeuron())
  private let file: WhiteNoiseReference

  init() throws { file = try reference("white_noise") }

  @Test("Rates and CVs of twelve drives are those with 30 digits")
  func drives() {
    #expect(file.poisson_drive_diffusion_limit.count == 12)
    for drive in file.poisson_drive_diffusion_limit {
      let noise = drive.input.whiteNoise(membraneTimeConstant: 20)
      #expect(agrees(noise.mean, drive.mu, to: 1e-14) && agrees(noise.deviation, drive.sigma, to: 1e-14))
      #expect(agrees(neuron.rate(noise), drive.rate_hz, to: 1e-10), "\(drive.mu)")
      #expect(agrees(neuron.coefficientOfVariation(noise), drive.cv, to: 1e-8), "\(drive.mu)")
    }
  }

  @Test("Ten extreme arguments neither overflow nor lose digits")
  func extremes() {
    #expect(file.extreme_arguments.count == 10)
    for row in file.extreme_arguments {
      let noise = WhiteNoise(mean: row.mu, deviation: row.sigma)
      #expect(agrees(neuron.rate(noise), row.rate_hz, to: 1e-10), "\(row.mu) \(row.sigma)")
      let variation = neuron.coefficientOfVariation(noise), slopes = neuron.slopes(noise)
      #expect(variation.isFinite && variation > 0)
      #expect(slopes.mean.isFinite && slopes.mean >= 0 && slopes.variance.isFinite)
    }
  }

  @Test("Rates grow with the mean over all magnitudes of arguments, without gaps")
  func monotonic() {
    for sigma in [1e-6, 1e-3, 0.01, 0.1, 0.37, 1, 5, 40, 1e4, 1e7] {
      var previous = 0.0
      for mean in stride(from: -60.0, through: 60, by: 0.25) {
        let rate = neuron.rate(WhiteNoise(mean: mean, deviation: sigma))
        #expect(rate.isFinite && rate >= previous * (1 - 1e-13) && rate < 500, "\(mean) \(sigma)")
        previous = rate
      }
    }
  }

  @Test("Without noise the rate is that under a constant current, and there is no variation")
  func noiseless() {
    var plain = LIFNeuron()
    plain.resistance = 1
    for mean in [10.0, 20, 20.5, 30, 200] {
      let noise = WhiteNoise(mean: mean, deviation: 0)
      #expect(agrees(neuron.rate(noise), plain.rate(mean), to: 1e-14))
      #expect(neuron.coefficientOfVariation(noise) == 0)
      let little = WhiteNoise(mean: mean, deviation: 1e-5)
      if mean > 20 { #expect(agrees(neuron.rate(little), plain.rate(mean), to: 1e-9)) }
    }
    #expect(neuron.rate(WhiteNoise(mean: 19, deviation: 1e-5)) == 0)
  }

  @Test("Far below threshold spikes are a Poisson process, far above they are regular")
  func variation() {
    #expect(
      abs(neuron.coefficientOfVariation(WhiteNoise(mean: 0, deviation: 3)) - 1) < 1e-6)
    // There the first-passage time has the variance σ²τ³(1/(μ−θ)² − 1/(μ−V_r)²)/2τ² of a linearised path.
    let noise = WhiteNoise(mean: 60, deviation: 0.01)
    let rate = neuron.rate(noise)
    let spread = 0.01 * 20 * ((1 / 1600.0 - 1 / 2500.0) / 2).squareRoot()
    #expect(agrees(neuron.coefficientOfVariation(noise), spread * rate / 1000, to: 1e-4))
  }

  @Test(
    "Slopes of the rate are differences of rates",
    arguments: [(18.0, 1.3), (25, 3), (10, 10), (200, 15), (-4, 16), (16, 1.2)])
  func slopes(mean: Double, deviation: Double) {
    let slopes = neuron.slopes(WhiteNoise(mean: mean, deviation: deviation))
    func rate(_ mean: Double, _ variance: Double) -> Double {
      neuron.rate(WhiteNoise(mean: mean, deviation: variance.squareRoot()))
    }
    let (step, variance) = (1e-4, deviation * deviation)
    let byMean = (rate(mean + step, variance) - rate(mean - step, variance)) / (2 * step)
    let byVariance =
      (rate(mean, variance * (1 + step)) - rate(mean, variance * (1 - step))) / (2 * step * variance)
    #expect(agrees(slopes.mean, byMean, to: 1e-6))
    #expect(agrees(slopes.variance, byVariance, to: 1e-6))
  }

  @Test("Other units of potential give the same rates")
  func units() {
    let scaled = NoisyNeuron(membraneTimeConstant: 20, refractoryPeriod: 2, threshold: 1, reset: 0.5)
    for (mean, deviation) in [(18.0, 1.3), (25, 3), (-10, 20)] {
      let one = neuron.rate(WhiteNoise(mean: mean, deviation: deviation))
      let other = scaled.rate(WhiteNoise(mean: mean / 20, deviation: deviation / 20))
      #expect(agrees(one, other, to: 1e-12))
    }
  }
}
