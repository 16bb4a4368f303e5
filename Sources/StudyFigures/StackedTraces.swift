import Figures
import Foundation
import Statistics

/// Traces of several channels one below the other, all on one scale.
struct StackedTraces {
  /// Lines from the first channel at the top, and the scale bar.
  let layers: [Layer]
  /// The vertical axis, on which each trace is named by the depth of its channel.
  let axis: Axis

  /// - Parameters:
  ///   - traces: `traces[channel][sample]`
  ///   - depths: of the channels, in µm
  ///   - unit: of the traces, for the scale bar
  ///   - isCentred: whether each trace is drawn around its mean rather than around zero
  ///   - others: further traces on the same places, dashed
  init(
    x: [Double], traces: [[Double]], depths: [Double], unit: String, isCentred: Bool,
    others: [[Double]]? = nil
  ) {
    precondition(traces.count == depths.count, "stacked traces need a depth for each channel")
    func centred(_ trace: [Double]) -> [Double] {
      let mean = isCentred ? Moments(trace.filter(\.isFinite)).mean : 0
      return trace.map { $0 - mean }
    }
    let others = others?.map(centred)
    let centred = traces.map(centred)
    let extents = centred.map { Extent($0) }
    let reach = extents.map { max(abs($0.lower ?? 0), abs($0.upper ?? 0)) }.max() ?? 0
    // Neighbours touch only where both are near their extremes.
    let spacing = reach > 0 ? 1.3 * reach : 1
    let offsets = centred.indices.map { -Double($0) * spacing }
    let colors = ColorMap.viridis.lineColors(count: traces.count)
    var layers: [Layer] = centred.indices.map { channel in
      .line(x: x, y: centred[channel].map { $0 + offsets[channel] }, color: colors[channel], width: 0.6)
    }
    layers +=
      others?.enumerated().map { channel, trace in
        .line(x: x, y: trace.map { $0 + offsets[channel] }, color: .vermilion, width: 0.5, style: .dashed)
      } ?? []
    if reach > 0 {
      let bar = Self.roundLength(below: spacing)
      layers.append(.scaleBar(length: bar.value, label: "\(bar.label) \(unit)"))
    }
    self.layers = layers
    axis = Axis(
      "channel depth (µm)", from: (offsets.last ?? 0) - 0.85 * spacing, to: 0.85 * spacing,
      marks: .at(zip(offsets, depths).map { Tick($0, Ticks.decimalText(Int($1.rounded()), power: 0)) }))
  }

  /// The greatest 1, 2 or 5 times a power of ten that is not above `limit`.
  static func roundLength(below limit: Double) -> Tick {
    let power = Int(floor(log10(limit)))
    let factor = [5, 2, 1].first { Double($0) * powerOfTen(power) <= limit * (1 + 1e-9) } ?? 1
    let isPlain = (-4...3).contains(power)
    let label =
      isPlain
      ? Ticks.decimalText(factor, power: power)
      : "\(factor)·10^{\(Ticks.decimalText(power, power: 0))}"
    return Tick(Double(factor) * powerOfTen(power), label)
  }
}
