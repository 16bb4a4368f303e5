import Foundation

/// A recursive filter as a cascade of sections of second order, as amplifiers have them: Butterworth high- and low-pass, by
/// the bilinear transform with the corners where they should be (as `scipy.signal.butter` designs them).
public struct CascadedFilter: Sendable, Equatable {
  /// A section: y[n] = b₀x[n] + b₁x[n-1] + b₂x[n-2] − a₁y[n-1] − a₂y[n-2].
  struct Section: Sendable, Equatable {
    var b0, b1, b2, a1, a2: Double
  }

  let sections: [Section]

  /// A Butterworth filter of some order whose gain at the corner, in units of the sampling rate, is √½.
  public init(lowPass corner: Double, order: Int) {
    sections = Self.butterworth(corner, order, isHigh: false)
  }

  /// A Butterworth filter that lets through what is above its corner.
  public init(highPass corner: Double, order: Int) {
    sections = Self.butterworth(corner, order, isHigh: true)
  }

  /// The filters of an amplifier, one after the other.
  init(_ parameters: MeasurementParameters, samplingRate: Double) {
    sections =
      (parameters.highPass > 0
        ? Self.butterworth(parameters.highPass / samplingRate, parameters.highPassOrder, isHigh: true) : [])
      + (parameters.lowPass > 0
        ? Self.butterworth(parameters.lowPass / samplingRate, parameters.lowPassOrder, isHigh: false) : [])
  }

  private static func butterworth(_ corner: Double, _ order: Int, isHigh: Bool) -> [Section] {
    precondition(corner > 0 && corner < 0.5 && order >= 1, "a corner below half the sampling rate")
    // With k = tan(πf_c), an analogue pair of poles s² + 2cos(φ)s + 1 becomes a section, a single pole half of one.
    let k = tan(.pi * corner)
    var sections: [Section] = []
    for pair in 0..<order / 2 {
      let angle = .pi * Double(2 * pair + 1) / Double(2 * order)
      let damping = 2 * sin(angle) * k
      let a0 = 1 + damping + k * k
      let (b0, b1) = isHigh ? (1 / a0, -2 / a0) : (k * k / a0, 2 * k * k / a0)
      sections.append(
        Section(b0: b0, b1: b1, b2: b0, a1: 2 * (k * k - 1) / a0, a2: (1 - damping + k * k) / a0))
    }
    if !order.isMultiple(of: 2) {
      let (b0, b1) = isHigh ? (1 / (1 + k), -1 / (1 + k)) : (k / (1 + k), k / (1 + k))
      sections.append(Section(b0: b0, b1: b1, b2: 0, a1: (k - 1) / (k + 1), a2: 0))
    }
    return sections
  }

  /// The filtered signal. It begins in the state that the filter would have if the signal had had its mean for long.
  public func applied(to signal: [Double]) -> [Double] {
    guard !sections.isEmpty, !signal.isEmpty else { return signal }
    var signal = signal
    var level = signal.reduce(0, +) / Double(signal.count)
    for s in sections {
      let gain = (s.b0 + s.b1 + s.b2) / (1 + s.a1 + s.a2)
      // Transposed direct form II at rest.
      var z2 = (s.b2 - s.a2 * gain) * level
      var z1 = (s.b1 - s.a1 * gain) * level + z2
      for i in signal.indices {
        let x = signal[i]
        let y = s.b0 * x + z1
        z1 = s.b1 * x - s.a1 * y + z2
        z2 = s.b2 * x - s.a2 * y
        signal[i] = y
      }
      level *= gain
    }
    return signal
  }

  /// The squared gain at a frequency in units of the sampling rate.
  public func power(at frequency: Double) -> Double {
    let (c1, s1) = (cos(2 * .pi * frequency), sin(2 * .pi * frequency))
    let (c2, s2) = (cos(4 * .pi * frequency), sin(4 * .pi * frequency))
    return sections.reduce(1) { product, s in
      let (nr, ni) = (s.b0 + s.b1 * c1 + s.b2 * c2, s.b1 * s1 + s.b2 * s2)
      let (dr, di) = (1 + s.a1 * c1 + s.a2 * c2, s.a1 * s1 + s.a2 * s2)
      return product * (nr * nr + ni * ni) / (dr * dr + di * di)
    }
  }
}
