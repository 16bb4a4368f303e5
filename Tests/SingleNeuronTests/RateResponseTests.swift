import Foundation
import Numerics
import SingleNeuron
import Testing

@Suite("Linear response of the rate")
struct RateResponseTests {
  private struct Row: Decodable {
    let mu, sigma, frequency_hz, growth_per_s: Double
    let n_mu, n_s: [Double]
  }
  private let neuron = NoisyNeuron(LIFNeuron())

  @Test("Responses are those by Hermite functions with 30 digits to 1e-9")
  func hermite() throws {
    let rows: [Row] = try reference("response")
    #expect(rows.count == 43)
    for row in rows {
      let lambda = Complex(row.growth_per_s, 2 * Double.pi * row.frequency_hz) / 1000
      let response = neuron.response(WhiteNoise(mean: row.mu, deviation: row.sigma), lambda)
      let mean = row.sigma * response.mean, variance = row.sigma * row.sigma * response.variance
      for (value, expected) in [(mean, row.n_mu), (variance, row.n_s)] {
        let expected = Complex(expected[0], expected[1])
        #expect(
          (value - expected).magnitude < 1e-9 * expected.magnitude,
          "\(row.mu) \(row.sigma) \(row.frequency_hz) Hz")
      }
    }
  }

  @Test(
    "At low frequencies the response is the slope of the rate", arguments: [(18.0, 4.0), (25, 3), (5, 9)])
  func slow(mean: Double, deviation: Double) {
    let input = WhiteNoise(mean: mean, deviation: deviation)
    let response = neuron.response(input, Complex(0, 1e-7))
    let (slopes, rate) = (neuron.slopes(input), neuron.rate(input))
    #expect(agrees(response.mean.real, slopes.mean / rate, to: 1e-8))
    #expect(agrees(response.variance.real, slopes.variance / rate, to: 1e-8))
    #expect(abs(response.mean.imaginary) < 1e-4 * response.mean.real)
  }

  @Test("Under fast changes the response to the mean falls as 1/√ω and that to the noise stays")
  func fast() {
    let input = WhiteNoise(mean: 18, deviation: 4)
    func response(_ frequency: Double) -> RateResponse {
      neuron.response(input, Complex(0, 2 * Double.pi * frequency / 1000))
    }
    let (one, two) = (response(20_000), response(80_000))
    #expect(agrees(one.mean.magnitude / two.mean.magnitude, 2, to: 0.03))
    #expect(abs(two.mean.phase + Double.pi / 4) < 0.03)
    #expect(agrees(one.variance.magnitude / two.variance.magnitude, 1, to: 0.03))
    // Both limits are known: n_μ → σ⁻¹ √(2/(ωτ))… with a phase of −45°, n_s → σ⁻².
    #expect(agrees(two.variance.magnitude * 16, 1, to: 0.05))
  }

  @Test("A neuron that fires regularly resonates at its rate")
  func resonance() {
    let input = WhiteNoise(mean: 30, deviation: 0.7)
    let rate = neuron.rate(input)
    func gain(_ factor: Double) -> Double {
      neuron.response(input, Complex(0, 2 * Double.pi * factor * rate / 1000)).mean.magnitude
    }
    #expect(gain(1) > 3 * gain(0.6) && gain(1) > 3 * gain(1.4))
  }
}
