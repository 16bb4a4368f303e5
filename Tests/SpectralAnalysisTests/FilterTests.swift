import Foundation
import SpectralAnalysis
import Testing

@Suite("Filters")
struct FilterTests {
  private struct Reference: Decodable {
    struct Recursive: Decodable {
      let kind: String
      let order: Int
      let corner: Double
      let power, filtered: [Double]

      var filter: CascadedFilter {
        kind == "lowpass"
          ? CascadedFilter(lowPass: corner, order: order) : CascadedFilter(highPass: corner, order: order)
      }
    }
    struct Finite: Decodable {
      let cutoff: Double
      let halfLength: Int
      let attenuation: Double
      let taps: [Double]
    }
    let samples: Int
    let frequencies: [Double]
    let recursive: [Recursive]
    let finite: [Finite]
  }

  private let reference: Reference
  private let signal: [Double]

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "filters", withExtension: "json", subdirectory: "Reference"))
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    // The formula of make_filters.py.
    signal = (0..<reference.samples).map { n in
      let wave = sin(2 * .pi * 0.083 * Double(n)) + 0.3 * cos(2 * .pi * 0.31 * Double(n))
      return wave + 0.002 * Double(n) + 5.0
    }
  }

  @Test("Butterworth filters have the gains of scipy.signal.butter")
  func gains() {
    #expect(reference.recursive.count == 24)
    for expected in reference.recursive {
      for (frequency, power) in zip(reference.frequencies, expected.power) {
        let deviation = abs(expected.filter.power(at: frequency) - power)
        #expect(deviation <= 1e-10, "\(expected.kind) \(expected.order) \(expected.corner) at \(frequency)")
      }
    }
  }

  @Test("Filtered signals are those of scipy.signal.sosfilt from the rest at their mean")
  func filtered() {
    for expected in reference.recursive {
      let filtered = expected.filter.applied(to: signal)
      #expect(filtered.count == expected.filtered.count)
      let deviation = zip(filtered, expected.filtered).map { abs($0 - $1) }.max() ?? .infinity
      #expect(deviation <= 1e-10, "\(expected.kind) \(expected.order) \(expected.corner)")
    }
  }

  @Test("A corner is where half the power passes", arguments: 1...8)
  func corner(order: Int) {
    for corner in [0.001, 0.1, 0.49] {
      let (low, high) = (
        CascadedFilter(lowPass: corner, order: order), CascadedFilter(highPass: corner, order: order)
      )
      #expect(abs(low.power(at: corner) - 0.5) < 1e-9)
      #expect(abs(high.power(at: corner) - 0.5) < 1e-9)
      // Both let through everything between them: Butterworth's powers are complements.
      for frequency in [0.01, 0.2, 0.4] {
        #expect(abs(low.power(at: frequency) + high.power(at: frequency) - 1) < 1e-9)
      }
    }
  }

  @Test("A constant passes a low-pass and not a high-pass, from the first sample on")
  func constant() {
    let constant = [Double](repeating: 3, count: 50)
    for order in 1...5 {
      let low = CascadedFilter(lowPass: 0.1, order: order).applied(to: constant)
      #expect(low.allSatisfy { abs($0 - 3) < 1e-12 })
      let high = CascadedFilter(highPass: 0.1, order: order).applied(to: constant)
      #expect(high.allSatisfy { abs($0) < 1e-12 })
    }
    #expect(CascadedFilter(lowPass: 0.1, order: 2).applied(to: []).isEmpty)
  }

  @Test("The low-pass before decimation is that of scipy.signal.firwin")
  func finite() {
    #expect(reference.finite.count == 5)
    for expected in reference.finite {
      let filter = LowPassFilter(
        cutoff: expected.cutoff, halfLength: expected.halfLength, attenuation: expected.attenuation)
      #expect(filter.delay == expected.halfLength && filter.taps.count == 2 * expected.halfLength + 1)
      #expect(filter.taps == filter.taps.reversed())
      let half = filter.taps[expected.halfLength...]
      #expect(zip(half, expected.taps).allSatisfy { abs($0 - $1) <= 1e-12 })
    }
    for (factor, index) in [(2, 0), (5, 1), (10, 2)] {
      let same = reference.finite[index]
      #expect(
        LowPassFilter.beforeDecimation(by: factor)
          == LowPassFilter(
            cutoff: same.cutoff, halfLength: same.halfLength, attenuation: same.attenuation))
    }
  }

  @Test(
    "Before decimation all is flat to 0.4 of the new rate and 120 dB down from 0.6 of it",
    arguments: [2, 5, 10])
  func bands(factor: Int) {
    let filter = LowPassFilter.beforeDecimation(by: factor)
    func gain(_ frequency: Double) -> Double {
      filter.taps.enumerated().reduce(0) {
        $0 + $1.element * cos(2 * .pi * frequency * Double($1.offset - filter.delay))
      }
    }
    let steps = 2000
    for step in 0...steps {
      let pass = 0.4 / Double(factor) * Double(step) / Double(steps)
      #expect(abs(gain(pass) - 1) <= 1e-6)
      let stop = 0.6 / Double(factor)
      #expect(abs(gain(stop + (0.5 - stop) * Double(step) / Double(steps))) <= 1e-6)
    }
    #expect(abs(gain(0.5 / Double(factor)) - 0.5) < 1e-6)
  }
}
