import FieldPotential
import Figures
import HDF5Storage
import SpikingNetwork

/// One simulation with its LFP and spectra: the file `run.h5` and its figure.
struct SimulatedRun {
  private let study: Study
  private let network: NetworkParameters
  private let result: SimulationResult
  private let lfp: ChannelSeries
  private let spectra: [Double]

  init(_ study: Study, _ network: NetworkParameters, _ result: SimulationResult, _ kernels: FieldKernels)
    throws
  {
    self.study = study
    self.network = network
    self.result = result
    lfp = kernels.fieldPotential(
      excitatory: result.excitatoryHistogram, inhibitory: result.inhibitoryHistogram,
      efficacy: network.efficacy,
      relativeInhibition: network.g)
    spectra = try study.spectra(of: lfp, after: study.configuration.simulation.transient)
  }

  private var depths: [Double] { study.configuration.kernel.contacts.map(\.z) }
  /// Centres of the bins in ms, at which LFP samples are taken.
  private var time: [Double] { (0..<lfp.sampleCount).map { Double($0) + 0.5 } }

  func write(to path: String) throws {
    let file = try HDF5File.create(path)
    let root = file.root
    try root.attributes.write("brunel-lfp simulation", named: "format")
    try root.attributes.write(Int64(1), named: "schema_version")
    try root.attributes.write(study.configuration.yaml, named: "configuration")
    try root.attributes.write(softwareVersion, named: "software_version")
    let numbers: [(String, Double)] = [
      ("duration_ms", Double(study.configuration.simulation.duration)),
      ("transient_ms", Double(study.configuration.simulation.transient)), ("dt_ms", network.timeStep),
      ("bin_ms", 1), ("eta", network.eta), ("g", network.g), ("J_mV", network.efficacy),
    ]
    for (name, value) in numbers { try root.attributes.write(value, named: name) }
    try root.attributes.write(study.configuration.seed, named: "seed")
    let activity = result.activity
    for (name, value, units) in [
      ("rate_E", activity.excitatoryRate, "Hz"), ("rate_I", activity.inhibitoryRate, "Hz"),
      ("cv_isi", activity.coefficientOfVariation, "1"),
    ] {
      try root.createDataset("activity/\(name)", [value], shape: []).attributes.write(units, named: "units")
    }
    func coordinate(_ name: String, _ values: [Double], _ units: String) throws -> HDF5Dataset {
      let dataset = try root.createDataset(name, values)
      try dataset.attributes.write(units, named: "units")
      try dataset.makeScale()
      return dataset
    }
    let channel = try root.createDimension("channel", count: depths.count)
    let frequency = try coordinate("frequency", study.welch.frequencies, "Hz")
    let times = try coordinate("time", time, "ms")
    try times.attributes.write("centre of the bin", named: "long_name")
    let depth = try root.createDataset("channel_depth", depths)
    try depth.attributes.write("um", named: "units")
    try depth.attachScales([channel])
    for (name, histogram) in [("E", result.excitatoryHistogram), ("I", result.inhibitoryHistogram)] {
      try root.createDataset("histogram/\(name)", histogram).attachScales([times])
    }
    func series(_ name: String, _ values: [Double], _ units: String, _ scale: HDF5Dataset) throws {
      let count = values.count / depths.count
      let dataset = try root.createDataset(name, values, shape: [depths.count, count])
      try dataset.attributes.write(units, named: "units")
      try dataset.attributes.write("channel_depth", named: "coordinates")
      try dataset.attachScales([channel, scale])
    }
    try series("lfp", lfp.values, "mV", times)
    try series("psd", spectra, "mV²/Hz", frequency)
    try file.close()
  }

  /// Raster of some neurons, rates, LFP and spectra.
  var figure: Figure {
    let transient = Double(study.configuration.simulation.transient)
    let duration = Double(study.configuration.simulation.duration)
    let window = transient...min(duration, transient + 300)
    let frequencies = study.welch.frequencies
    return SimulationFigure(
      title: "η = \(network.eta), g = \(network.g), J = \(network.efficacy) mV", window: window,
      spikesE: raster(neurons: 0..<min(80, network.excitatoryNeurons), window),
      spikesI: raster(
        neurons: network.excitatoryNeurons..<(network.excitatoryNeurons + min(20, network.inhibitoryNeurons)),
        window),
      time: time, rateE: rate(result.excitatoryHistogram, network.excitatoryNeurons),
      rateI: rate(result.inhibitoryHistogram, network.inhibitoryNeurons),
      lfp: (0..<lfp.channelCount).map { Array(lfp[channel: $0]) }, depths: depths, frequencies: frequencies,
      psd: (0..<lfp.channelCount).map {
        Array(spectra[($0 * frequencies.count)..<(($0 + 1) * frequencies.count)])
      }
    ).figure
  }

  private func rate(_ histogram: [UInt32], _ neurons: Int) -> [Double] {
    histogram.map { Double($0) * 1000 / Double(neurons) }
  }

  private func raster(neurons: Range<Int>, _ window: ClosedRange<Double>) -> SimulationFigure.Spikes {
    var times: [Double] = [], rows: [Int] = []
    if let spikes = result.spikes {
      for (grid, neuron) in zip(spikes.grid, spikes.neurons) where neurons.contains(Int(neuron)) {
        let time = Double(grid) * network.timeStep
        guard window.contains(time) else { continue }
        times.append(time)
        rows.append(Int(neuron) - neurons.lowerBound)
      }
    }
    return SimulationFigure.Spikes(times: times, rows: rows)
  }
}
