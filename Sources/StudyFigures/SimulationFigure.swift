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

  /// A figure of one simulation.
  package init(
    title: String = "", window: ClosedRange<Double>, spikesE: Spikes, spikesI: Spikes, time: [Double],
    rateE: [Double], rateI: [Double], lfp: [[Double]], depths: [Double], frequencies: [Double],
    psd: [[Double]]
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
  }

  /// The figure: raster, rates, LFP and spectra below each other.
  package var figure: Figure {
    Figure(
      title: title,
      rows: [
        Figure.Row(height: 28, [rasterPanel]), Figure.Row(height: 20, [ratePanel]),
        Figure.Row(height: 38, [lfpPanel]), Figure.Row(height: 38, [spectrumPanel]),
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

  private var ratePanel: Panel {
    Panel(
      x: timeAxis(isLabelled: false), y: Axis("rate (Hz)", includesZero: true, padding: 0.05),
      layers: [
        .line(x: shownTime, y: shown(rateI), color: .vermilion, width: 0.6, label: "I"),
        .line(x: shownTime, y: shown(rateE), color: .blue, width: 0.6, label: "E"),
      ], legend: .none)
  }

  private var lfpPanel: Panel {
    let traces = StackedTraces(
      x: shownTime, traces: lfp.map(shown), depths: depths, unit: "mV", isCentred: true)
    return Panel(title: "LFP", x: timeAxis(isLabelled: true), y: traces.axis, layers: traces.layers)
  }

  private var spectrumPanel: Panel {
    precondition(psd.count == depths.count, "a simulation figure needs a spectrum for each channel")
    let colors = ColorMap.viridis.lineColors(count: psd.count)
    return Panel(
      title: "LFP spectra", x: Axis("frequency (Hz)", .logarithmic),
      y: Axis("PSD (mV^{2}/Hz)", .logarithmic, padding: 0.04),
      layers: psd.indices.map { channel in
        // Detrending takes the power out of frequency 0, which has no place on the axis anyway.
        let pairs = zip(frequencies, psd[channel]).filter { $0.0 > 0 }
        return .line(
          x: pairs.map(\.0), y: pairs.map(\.1), color: colors[channel],
          label: "\(Ticks.decimalText(Int(depths[channel].rounded()), power: 0)) µm")
      }, legend: .right, emptyText: psd.joined().contains(0) ? "no power" : "no data")
  }

  private var shownTime: [Double] { time.filter { window.contains($0) } }

  /// The samples of `series` within the window.
  private func shown(_ series: [Double]) -> [Double] {
    precondition(series.count == time.count, "a simulation figure needs a value for each time")
    return zip(time, series).filter { window.contains($0.0) }.map(\.1)
  }
}
