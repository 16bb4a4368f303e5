import Foundation

extension Welch.Window {
  /// The weights of a segment of `count` samples. A Hann window of one sample is 1, as in SciPy.
  func weights(count: Int) -> [Double] {
    switch self {
    case .hann where count > 1:
      (0..<count).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(count)) }
    case .hann, .boxcar: [Double](repeating: 1, count: count)
    }
  }
}
