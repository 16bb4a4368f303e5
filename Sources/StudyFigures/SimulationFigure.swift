import Figures

/// One simulation at a glance: spikes, population rates, LFP and its spectra, as in a column of Fig. 5 of
/// Skaar et al. (2020), https://doi.org/10.1371/journal.pcbi.1007725.
package struct SimulationFigure: Sendable {
  /// Spikes of some neurons of one population.
  package struct Spikes: Sendable {
    /// Spike times in ms.
    package var times: [Double]
    /// Row of the neuron of each spike, from 0.
    package var rows: [Int]

    /// Spikes; both arrays have one element a spike.
    package init(times: [Double], rows: [Int]) {
      self.times = times
      self.rows = rows
    }
  }

  /// What the simulation was, above all panels.
  package var title: String
  /// The times shown, in ms.
  package var window: ClosedRange<Double>
  /// Spikes of some excitatory neurons.
  package var spikesE: Spikes
  /// Spikes of some inhibitory neurons, drawn above the excitatory ones.
  package var spikesI: Spikes
  /// Times of the samples of rates and LFP, in ms.
  package var time: [Double]
  /// Firing rate per excitatory neuron in Hz, [time].
  package var rateE: [Double]
  /// Firing rate per inhibitory neuron in Hz, [time].
  package var rateI: [Double]
  /// Potential in mV, [channel][time].
  package var lfp: [[Double]]
  /// Depth of the channels in µm.
  package var depths: [Double]
  /// Frequencies of the spectra in Hz.
  package var frequencies: [Double]
  /// Power spectral density of the potentials in mV²/Hz, [channel][frequency].
  package var psd: [[Double]]
  /// Power spectral density of the rates in Hz, E and I, [population][frequency].
  package var ratePSD: [[Double]]
  /// The potential of single spikes through cells placed one by one, [channel][time], and its spectra, [channel][frequency].
  package var replay: (lfp: [[Double]], psd: [[Double]])?

  /// A figure of one simulation.
  package init(
    title: String = "", window: ClosedRange<Double>, spikesE: Spikes, spikesI: Spikes, time: [Double],
    rateE: [Double], rateI: [Double], lfp: [[Double]], depths: [Double], frequencies: [Double],
    psd: [[Double]], ratePSD: [[Double]] = [], replay: (lfp: [[Double]], psd: [[Double]])? = nil
  ) {
    self.title = title
    self.window = window
    self.spikesE = spikesE
    self.spikesI = spikesI
    self.time = time
    self.rateE = rateE
    self.rateI = rateI
    self.lfp = lfp
    self.depths = depths
    self.frequencies = frequencies
    self.psd = psd
    self.ratePSD = ratePSD
    self.replay = replay
  }

  /// The figure: raster, rates of both populations, LFP and spectra below each other.
  package var figure: Figure {
    Figure(
      title: title,
      rows: [
        Figure.Row(height: 28, [rasterPanel]),
        Figure.Row(height: 14, [ratePanel("rate E (Hz)", rateE, .blue)]),
        Figure.Row(height: 14, [ratePanel("rate I (Hz)", rateI, .vermilion)]),
        Figure.Row(height: 38, [lfpPanel]),
      ] + (ratePSD.isEmpty ? [] : [Figure.Row(height: 24, [rateSpectrumPanel])]) + [
        Figure.Row(height: 38, [spectrumPanel])
      ])
  }

  private func timeAxis(isLabelled: Bool) -> Axis {
    Axis(
      isLabelled ? "time (ms)" : "", from: window.lowerBound, to: window.upperBound, showsLabels: isLabelled)
  }

  private var rasterPanel: Panel {
    let rowsE = (spikesE.rows.max() ?? -1) + 1
    let rowsI = (spikesI.rows.max() ?? -1) + 1
    func raster(_ spikes: Spikes, firstRow: Int, color: Color, label: String) -> Layer {
      let shown = zip(spikes.times, spikes.rows).filter { window.contains($0.0) }
      return .raster(
        times: shown.map(\.0), rows: shown.map { $0.1 + firstRow }, color: color, label: label)
    }
    return Panel(
      x: timeAxis(isLabelled: false), y: Axis("neuron", from: -1, to: Double(max(rowsE + rowsI, 1))),
      layers: [
        raster(spikesE, firstRow: 0, color: .blue, label: "E"),
        raster(spikesI, firstRow: rowsE, color: .vermilion, label: "I"),
      ], legend: .above, emptyText: "no spikes")
  }

  private func ratePanel(_ name: String, _ rate: [Double], _ color: Color) -> Panel {
    Panel(
      x: timeAxis(isLabelled: false), y: Axis(name, includesZero: true, padding: 0.05),
      layers: [.line(x: shownTime, y: shown(rate), color: color, width: 0.6)], legend: .none)
  }

  private var rateSpectrumPanel: Panel {
    precondition(ratePSD.count == 2, "spectra of both populations' rates")
    // The excitatory spectrum is a wide pale line, so that the other one on it hides nothing.
    return Panel(
      title: "rate spectra", x: Axis("frequency (Hz)", .logarithmic),
      y: Axis("PSD (Hz)", .logarithmic, padding: 0.04),
      layers: [
        line(ratePSD[0], color: .sky, width: 2, label: "E"),
        line(ratePSD[1], color: .vermilion, width: 0.6, label: "I"),
      ], legend: .right, emptyText: "no power")
  }

  /// A spectrum. Detrending takes the power out of frequency 0, which has no place on the axis anyway.
  private func line(
    _ psd: [Double], color: Color, width: Double = 1, style: LineStyle = .solid, label: String? = nil
  ) -> Layer {
    let pairs = zip(frequencies, psd).filter { $0.0 > 0 }
    return .line(
      x: pairs.map(\.0), y: pairs.map(\.1), color: color, width: width, style: style, label: label)
  }

  private var lfpPanel: Panel {
    let traces = StackedTraces(
      x: shownTime, traces: lfp.map(shown), depths: depths, unit: "mV", isCentred: true,
      others: replay?.lfp.map(shown))
    return Panel(
      title: replay == nil ? "LFP" : "LFP (dashed: of single spikes)", x: timeAxis(isLabelled: true),
      y: traces.axis, layers: traces.layers)
  }

  private var spectrumPanel: Panel {
    precondition(psd.count == depths.count, "a simulation figure needs a spectrum for each channel")
    let colors = ColorMap.viridis.lineColors(count: psd.count)
    return Panel(
      title: replay == nil ? "LFP spectra" : "LFP spectra (dashed: of single spikes)",
      x: Axis("frequency (Hz)", .logarithmic), y: Axis("PSD (mV^{2}/Hz)", .logarithmic, padding: 0.04),
      layers: psd.indices.map { channel in
        line(
          psd[channel], color: colors[channel],
          label: "\(Ticks.decimalText(Int(depths[channel].rounded()), power: 0)) µm")
      }
        + (replay?.psd.map { line($0, color: .vermilion, width: 0.5, style: .dashed) } ?? []), legend: .right,
      emptyText: psd.joined().contains(0) ? "no power" : "no data")
  }

  private var shownTime: [Double] { time.filter { window.contains($0) } }

  /// The samples of `series` within the window.
  private func shown(_ series: [Double]) -> [Double] {
    precondition(series.count == time.count, "a simulation figure needs a value for each time")
    return zip(time, series).filter { window.contains($0.0) }.map(\.1)
  }
}
