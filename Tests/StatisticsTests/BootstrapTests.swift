import RandomStreams
import Statistics
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  private func bootstrap(_ resamples: Int, _ confidence: Double = 0.95, seed: UInt64 = 4) -> Bootstrap {
    Bootstrap(BootstrapParameters(resamples: resamples, confidence: confidence), seed: seed)
  }

  @Test("by default 1000 resamples give intervals of 95 %")
  func defaults() {
    #expect(BootstrapParameters() == BootstrapParameters(resamples: 1000, confidence: 0.95))
  }

  @Test("ends of intervals are quantiles of the finite resampled values")
  func interval() {
    let values: [Double] = [.nan, 4, 3, .infinity, 2, 1, 0, -.infinity]
    #expect(
      bootstrap(5, 0.5).interval(7, values) == IntervalEstimate(value: 7, lower: 1, upper: 3))
    let none = bootstrap(5).interval(7, [.nan])
    #expect(none.value == 7 && none.lower.isNaN && none.upper.isNaN)
  }

  @Test("statistics that draw alike see the same resamples, whichever comes first")
  func paired() {
    let bootstrap = bootstrap(50)
    let draws = bootstrap.resampled { $0.resample(of: 20) }
    #expect(draws.count == 50 && Set(draws).count == 50)
    #expect(draws.allSatisfy { $0.count == 20 && $0.allSatisfy { (0..<20).contains($0) } })
    #expect(bootstrap.resampled { $0.resample(of: 20) } == draws)
    #expect(self.bootstrap(50, seed: 5).resampled { $0.resample(of: 20) } != draws)
  }

  @Test("resampled means have the standard error of the mean")
  func standardError() {
    let values = (0..<100).map { Double($0 * $0) }
    let means = bootstrap(2000).resampled { Moments(values, at: $0.resample(of: 100)).mean }
    let (found, whole) = (Moments(means), Moments(values))
    // The standard error of the 2000 means' deviation is 1.6 %.
    #expect(abs(found.standardDeviation / (whole.standardDeviation / 10) - 1) < 0.07)
    #expect(abs(found.mean - whole.mean) < 5 * whole.standardDeviation / 10 / 2000.0.squareRoot())
  }

  @Test("an estimate is written with its interval, and scaled with it")
  func text() {
    let estimate = IntervalEstimate(value: 0.5, lower: -0.25, upper: 1)
    #expect(estimate.text("%.2f") == "0.50 [-0.25, 1.00]")
    #expect(estimate.scaled(by: 4) == IntervalEstimate(value: 2, lower: -1, upper: 4))
  }
}
