import Configuration
import FieldPotential
import HDF5Storage
import RandomStreams
import SpectralAnalysis
import SpikingNetwork

/// One simulation with its LFP and spectra, as the file `run.h5` holds them.
package struct SimulatedRun {
  /// Where spikes come from that another program simulated.
  package struct SpikeOrigin: Sendable {
    /// Names of their files.
    package let files: [String]
    /// Whether η of the study is that of the network; if not, it is not stored.
    package let knowsEta: Bool

    /// Files, and whether η is known.
    package init(files: [String], knowsEta: Bool) {
      (self.files, self.knowsEta) = (files, knowsEta)
    }
  }

  package let study: Study
  package let network: NetworkParameters
  package let result: SimulationResult
  /// What is recorded of the potential at each contact, against a distant electrode, in mV; the recording begins after the
  /// transient, as in data sets, and until then it is the potential.
  package let lfp: ChannelSeries
  /// Its spectra after the transient, [channel][frequency].
  package let spectra: [Double]
  /// The same of the potential of single spikes through cells placed one by one (Eq. 9); nil if it was not computed.
  package let replay: (lfp: ChannelSeries, spectra: [Double])?
  package let contacts: [Contact]
  /// Delay of the potential by the filter before sampling, in ms.
  package let delay: Int
  /// Where spikes come from; nil if they were simulated here.
  package let origin: SpikeOrigin?

  package init(
    _ study: Study, _ network: NetworkParameters, _ result: SimulationResult, _ kernels: FieldKernels,
    key: StreamKey, spikesFrom origin: SpikeOrigin? = nil, sources: SourceKernels? = nil
  ) throws {
    self.study = study
    self.origin = origin
    self.network = network
    self.result = result
    let binned = study.binned(kernels)
    delay = binned.delay
    contacts = kernels.parameters.contacts
    let measurement = Measurement(study.configuration.measurement, contacts: contacts.count, key: key)
    let transient = study.configuration.simulation.transient
    func recorded(_ potential: ChannelSeries) throws -> (lfp: ChannelSeries, spectra: [Double]) {
      let lfp = potential.replacingValues(from: transient) {
        measurement.unreferenced($0, samplingRate: Study.samplingRate)
      }
      return (lfp, try study.spectra(of: lfp.dropFirst(transient).values, channels: lfp.channelCount))
    }
    (lfp, spectra) = try recorded(
      binned.fieldPotential(
        excitatory: result.excitatoryHistogram, inhibitory: result.inhibitoryHistogram,
        efficacy: network.efficacy, relativeInhibition: network.g))
    let timing = study.configuration.simulation
    let steps = timing.steps / timing.binCount
    replay = try sources.map { sources in
      try recorded(
        sources.fieldPotential(
          bins: timing.binCount, efficacy: network.efficacy, relativeInhibition: network.g
        ) { add in
          guard let spikes = result.spikes else { preconditionFailure("spikes to replay") }
          for (grid, neuron) in zip(spikes.grid, spikes.neurons) { add(Int(neuron), Int(grid) / steps) }
        })
    }
  }

  /// The times that LFP samples belong to, in ms: the centres of milliseconds.
  package var time: [Double] { (0..<lfp.sampleCount).map { Double($0 - delay) + 0.5 } }

  /// Centres of the histograms' bins in ms.
  package var binCentres: [Double] {
    let timing = study.configuration.simulation
    return (0..<timing.binCount).map { (Double($0) + 0.5) / Double(timing.binsPerMillisecond) }
  }

  /// η of the network; nil if it is not known.
  package var eta: Double? { origin?.knowsEta ?? true ? network.eta : nil }

  package func write(to path: String) throws {
    let file = try HDF5File.create(path, isSealed: true)
    let root = file.root
    try root.attributes.writeHeader(
      format: "brunel-lfp simulation",
      configuration: study.configuration.yaml(without: eta == nil ? ["network.eta"] : []),
      softwareVersion: softwareVersion)
    if let origin { try root.attributes.write(origin.files, named: "spike_files") }
    let numbers: [(String, Double)] = [
      ("duration_ms", Double(study.configuration.simulation.duration)),
      ("transient_ms", Double(study.configuration.simulation.transient)),
      ("dt_ms", study.configuration.simulation.timeStep),
      ("bin_ms", study.configuration.simulation.bin), ("g", network.g), ("J_mV", network.efficacy),
    ]
    for (name, value) in numbers + (eta.map { [("eta", $0)] } ?? []) {
      try root.attributes.write(value, named: name)
    }
    if delay > 0 { try root.attributes.write(Double(delay), named: "filter_delay_ms") }
    try root.attributes.write(study.configuration.seed, named: "seed")
    let activity = result.activity
    for (name, value, units) in [
      ("rate_E", activity.excitatoryRate, "Hz"), ("rate_I", activity.inhibitoryRate, "Hz"),
      ("cv_isi", activity.coefficientOfVariation, "1"),
    ] {
      try root.createDataset("activity/\(name)", [value], shape: []).attributes.write(units, named: "units")
    }
    let channel = try root.createChannels(contacts)
    let frequency = try root.createCoordinate("frequency", study.welch.frequencies, units: "Hz")
    let times = try root.createTime(time, .centre)
    let isFine = study.configuration.simulation.bin < 1
    let bins = try isFine ? root.createTime(binCentres, .centre, named: "histogram/time") : times
    for (name, histogram) in [("E", result.excitatoryHistogram), ("I", result.inhibitoryHistogram)] {
      try root.createDataset("histogram/\(name)", histogram).attachScales([bins])
    }
    func series(_ name: String, _ values: [Double], _ units: String, _ scale: HDF5Dataset) throws {
      let count = values.count / contacts.count
      let dataset = try root.createDataset(name, values, shape: [contacts.count, count])
      try dataset.attributes.write(units, named: "units")
      try dataset.attributes.write(HDF5Group.channelCoordinates, named: "coordinates")
      try dataset.attachScales([channel, scale])
    }
    try series("lfp", lfp.values, "mV", times)
    try series("psd", spectra, "mV²/Hz", frequency)
    if let replay {
      try series("lfp_replay", replay.lfp.values, "mV", times)
      try series("psd_replay", replay.spectra, "mV²/Hz", frequency)
    }
    try file.close()
  }
}
