import Foundation
import RandomStreams
import SpikeCoding
import Testing

@Suite("Inputs") struct SmoothedNoiseTests {
  @Test("normal pairs have the moments of independent standard normal numbers")
  func normalPairs() {
    var lanes = XoshiroLanes(key: StreamKey(seed: 11))
    var sums = [Double](repeating: 0, count: 6), tail = 0
    let count = 200_000
    for _ in 0..<(count / 8) {
      let (first, second) = lanes.normalPair()
      for lane in 0..<8 {
        let (x, y) = (Double(first[lane]), Double(second[lane]))
        for (index, value) in [x, y, x * x, y * y, x * y, x * x * x * x].enumerated() { sums[index] += value }
        if abs(x) > 3 { tail += 1 }
      }
    }
    // Standard errors are 0.0022, twice 0.0032, 0.0022 and 0.022; four of them are allowed.
    let means = sums.map { $0 / Double(count) }
    #expect(abs(means[0]) < 0.009 && abs(means[1]) < 0.009)
    #expect(abs(means[2] - 1) < 0.013 && abs(means[3] - 1) < 0.013)
    #expect(abs(means[4]) < 0.009)
    #expect(abs(means[5] - 3) < 0.09)
    // 0.27 % lie beyond 3.
    #expect(abs(Double(tail) - 540) < 4 * 540.0.squareRoot())
  }

  @Test("noise has the standard deviation and correlation in time of a smoothed white noise, and weaker ends")
  func moments() {
    var parameters = InputParameters()
    parameters.sequenceLength = 200_000
    let c = SmoothedNoise(parameters, signals: 1).sequence(key: StreamKey(seed: 3)).currents
    let middle = c[1000..<199_000]
    let variance = middle.reduce(0) { $0 + $1 * $1 } / Double(middle.count)
    // Σ w² = 1/(2 √π 30); 1900 independent values give 3.2 % for the variance.
    let expected = 2000 * 2000 / (2 * Double.pi.squareRoot() * 30)
    #expect(abs(variance / expected - 1) < 0.13)
    let lag = middle.indices.dropLast(60).reduce(0) { $0 + c[$1] * c[$1 + 60] } / Double(middle.count)
    #expect(abs(lag / variance - exp(-60.0 * 60 / (4 * 30 * 30))) < 0.1)
    // Half of the kernel lies outside at the ends.
    let ends = (0..<400).map { seed in
      SmoothedNoise(InputParameters(), signals: 1).sequence(key: StreamKey(seed: seed)).currents[0]
    }
    #expect(abs(ends.reduce(0) { $0 + $1 * $1 } / 400 / expected - 0.5) < 0.15)
  }

  @Test("signals are correlated as asked")
  func correlation() {
    var parameters = InputParameters()
    parameters.correlation = 0.8
    let input = SmoothedNoise(parameters, signals: 2).sequence(key: StreamKey(seed: 4), steps: 300_000)
    let c = input.currents
    let a = stride(from: 0, to: c.count, by: 2).map { c[$0] },
      b = stride(from: 1, to: c.count, by: 2).map { c[$0] }
    // (1 − ρ²)/√2800 = 0.007.
    #expect(abs(Variability.correlation(a, b)! - 0.8) < 0.03)
  }

  @Test("currents that follow a signal give it back when filtered")
  func following() {
    let parameters = CodingParameters()
    let input = InputSequence(steps: 3000, signals: 2, parameters: parameters) { [sin(3 * $0), 1 + cos($0)] }
    let x = input.filtered(parameters)
    // The start is forgotten with e^(−50 t).
    for step in 1000..<3000 {
      let time = Double(step) * 1e-3
      #expect(abs(x[2 * step] - sin(3 * time)) < 1e-12 && abs(x[2 * step + 1] - 1 - cos(time)) < 1e-12)
    }
  }
}
