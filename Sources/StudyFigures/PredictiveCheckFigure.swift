import Figures
import Foundation
import Statistics

/// A spectrum among those of simulations with estimated parameters.
package struct PredictiveCheckFigure: Sendable {
  /// The title above all panels.
  package var title: String
  /// In Hz.
  package var frequencies: [Double]
  /// Decadic logarithm of the recording's density in mV²/Hz, [channel][frequency].
  package var recorded: [[Double]]
  /// Those of the simulations, [simulation][channel][frequency].
  package var simulated: [[[Double]]]
  /// Bands in Hz in which the recording is unlike the simulations, [channel][band].
  package var outliers: [[ClosedRange<Double>]]

  /// A figure of one check.
  package init(
    title: String, frequencies: [Double], recorded: [[Double]], simulated: [[[Double]]],
    outliers: [[ClosedRange<Double>]]
  ) {
    (self.title, self.frequencies, self.recorded) = (title, frequencies, recorded)
    (self.simulated, self.outliers) = (simulated, outliers)
  }

  /// A panel for each channel: the recording (black) over the central 50 and 90 % of the simulations at each frequency; red
  /// where it is unlike them.
  package var figure: Figure {
    Figure(
      title: title, width: .doubleColumn,
      rows: recorded.indices.map { $0 }.inRowsOfThree().map { columns, channels in
        Figure.Row(height: 38, columns: columns, channels.map(panel))
      })
  }

  private func panel(_ channel: Int) -> Panel {
    let shown = frequencies.indices.filter { frequencies[$0] > 0 }
    let x = shown.map { frequencies[$0] }
    let sorted = shown.map { place in simulated.map { $0[channel][place] }.sorted() }
    func curve(_ probability: Double) -> [Double] { sorted.map { pow(10, quantile(probability, of: $0)) } }
    let own = shown.map { pow(10, recorded[channel][$0]) }
    let unlike = shown.map { place in
      outliers[channel].contains { $0.contains(frequencies[place]) }
        ? pow(10, recorded[channel][place]) : .nan
    }
    return Panel(
      title: "channel \(channel + 1)", x: Axis("frequency (Hz)", .logarithmic),
      y: Axis("PSD (mV^{2}/Hz)", .logarithmic, padding: 0.04),
      layers: [
        .band(x: x, lower: curve(0.05), upper: curve(0.95), color: .sky, opacity: 0.3, label: "90 %"),
        .band(x: x, lower: curve(0.25), upper: curve(0.75), color: .blue, opacity: 0.35, label: "50 %"),
        .line(x: x, y: own, color: .ink, label: "recording"),
      ]
        + (outliers[channel].isEmpty
          ? [] : [.line(x: x, y: unlike, color: .vermilion, width: 1.2, label: "unlike")]),
      legend: channel == 0 ? .above : .none)
  }
}
