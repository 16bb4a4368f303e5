import FieldPotential
import Figures
import SimulationData
import StudyFigures

extension SimulatedRun {
  /// Raster of some neurons, rates, LFP and spectra.
  var figure: Figure {
    let transient = Double(study.configuration.simulation.transient)
    let duration = Double(study.configuration.simulation.duration)
    let window = transient...min(duration, transient + 300)
    let frequencies = study.welch.frequencies
    let rates = [
      rate(result.excitatoryHistogram, network.excitatoryNeurons),
      rate(result.inhibitoryHistogram, network.inhibitoryNeurons),
    ]
    func rows(_ spectra: [Double]) -> [[Double]] {
      stride(from: 0, to: spectra.count, by: frequencies.count).map {
        Array(spectra[$0..<$0 + frequencies.count])
      }
    }
    func channels(_ series: ChannelSeries) -> [[Double]] {
      (0..<series.channelCount).map { Array(series[channel: $0].dropFirst(delay)) }
    }
    let rateSpectra = try? study.spectra(
      of: rates.flatMap { $0.dropFirst(study.configuration.simulation.transient) }, channels: 2)
    return SimulationFigure(
      title: title, window: window,
      spikesE: raster(neurons: 0..<min(80, network.excitatoryNeurons), window),
      spikesI: raster(
        neurons: network.excitatoryNeurons..<(network.excitatoryNeurons + min(20, network.inhibitoryNeurons)),
        window),
      time: Array(time.dropFirst(delay)), rateE: rates[0], rateI: rates[1], lfp: channels(lfp),
      depths: contacts.map(\.z), frequencies: frequencies, psd: rows(spectra),
      ratePSD: rateSpectra.map(rows) ?? [],
      replay: replay.map { (channels($0.lfp), rows($0.spectra)) }
    ).figure
  }

  /// The network's parameters to four digits.
  private var title: String {
    [eta.map { ("η", $0, "") }, ("g", network.g, ""), ("J", network.efficacy, " mV")].compactMap { $0 }.map {
      "\($0.0) = \(String(format: "%.4g", $0.1))\($0.2)"
    }.joined(separator: ", ")
  }

  /// Rate in Hz in each millisecond of which there is a potential.
  private func rate(_ histogram: [UInt32], _ neurons: Int) -> [Double] {
    let bins = study.configuration.simulation.binsPerMillisecond
    return (0..<(lfp.sampleCount - delay)).map { time in
      let spikes = histogram[(time * bins)..<((time + 1) * bins)].reduce(0) { $0 + Double($1) }
      return spikes * 1000 / Double(neurons)
    }
  }

  private func raster(neurons: Range<Int>, _ window: ClosedRange<Double>) -> SimulationFigure.Spikes {
    var times: [Double] = [], rows: [Int] = []
    if let spikes = result.spikes {
      for (grid, neuron) in zip(spikes.grid, spikes.neurons) where neurons.contains(Int(neuron)) {
        let time = Double(grid) * study.configuration.simulation.timeStep
        guard window.contains(time) else { continue }
        times.append(time)
        rows.append(Int(neuron) - neurons.lowerBound)
      }
    }
    return SimulationFigure.Spikes(times: times, rows: rows)
  }
}
