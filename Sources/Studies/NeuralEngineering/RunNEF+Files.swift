import Configuration
import DurableFiles
import Figures
import Foundation
import HDF5Storage
import NeuralEngineering
import SimulationData
import Statistics
import StudyFigures

extension RunNEF {
  /// The kinds of files that a run is written to, by the endings of their names.
  package enum FileFormat: String, Sendable, CaseIterable {
    case csv, h5
  }

  /// Writes the run.
  ///
  /// - Throws: `FileError`, `HDF5Error`, also if the file exists.
  func write(to path: String, as format: FileFormat) throws {
    switch format {
    case .csv: try AtomicFile.write(table.csv, to: path)
    case .h5: try AtomicFile.write(to: path) { try writeHDF5(to: $0) }
    }
  }

  private var times: [Double] { result.input.indices.map(network.parameters.time(ofStep:)) }

  /// What is shown over time.
  private var signals: [(name: String, values: [Double])] {
    [
      ("input", result.input), ("ideal", result.ideal), ("output", result.output),
      ("ideal_of_A", result.idealOfA), ("decoded_by_A", result.activity.decodedByA),
    ]
  }

  /// A line for each time step.
  private var table: Table {
    let columns = [("time_s", times)] + signals
    return Table(
      header: columns.map(\.0),
      rows: result.input.indices.map { step in columns.map { "\($0.1[step])" } })
  }

  /// Signals over `time`, and a group for each population: its neurons, tuning curves, decoders and spikes.
  private func writeHDF5(to path: String) throws {
    let file = try HDF5File.create(path, isSealed: true)
    let root = file.root
    try root.attributes.writeHeader(
      format: "brunel-lfp nef", configuration: configuration, softwareVersion: softwareVersion)
    let time = try root.createCoordinate("time", times, units: "s")
    let sample = try root.createCoordinate("x", network.curvesA.samples, units: "1")
    for (name, values) in signals { try root.createDataset(name, values).attachScales([time]) }
    let populations = network.populations
    let neurons = try [("A", populations.a), ("B", populations.b)].map { name, population in
      try root.createDimension("neuron_\(name)", count: population.count)
    }
    try write(
      populations.a, network.curvesA, network.decodersA, result.activity.spikesA, to: root.createGroup("A"),
      neuron: neurons[0], sample: sample)
    try write(
      populations.b, network.curvesB, network.decodersB, result.activity.spikesB, to: root.createGroup("B"),
      neuron: neurons[1], sample: sample)
    try root.createDataset(
      "weights", populations.weights.flatMap { $0 }, shape: [populations.a.count, populations.b.count]
    ).attachScales(neurons)
    try file.close()
  }

  private func write(
    _ population: Population, _ curves: TuningCurves, _ decoders: Decoders,
    _ spikes: [CoupledPopulations.Spike], to group: HDF5Group, neuron: HDF5Dataset, sample: HDF5Dataset
  ) throws {
    for (name, values, units) in [
      ("encoder", population.encoders, "1"), ("intercept", population.intercepts, "1"),
      ("max_rate", population.maximumRates, "Hz"), ("gain", population.gains, "1"),
      ("bias", population.biases, "1"), ("decoder", decoders.weights, "1"),
    ] {
      let dataset = try group.createDataset(name, values)
      try dataset.attributes.write(units, named: "units")
      try dataset.attachScales([neuron])
    }
    let rates = try group.createDataset(
      "rate", curves.rates.elements, shape: [population.count, curves.samples.count])
    try rates.attributes.write("Hz", named: "units")
    try rates.attachScales([neuron, sample])
    let times = try group.createDataset(
      "spikes/timestamps", spikes.map { network.parameters.time(ofStep: Int($0.step)) })
    try times.attributes.write("s", named: "units")
    try group.createDataset("spikes/node_ids", spikes.map { UInt64($0.neuron) })
  }

  /// The command that makes the run.
  private var configuration: String {
    "brunel-lfp nef --function '\(network.function)' --input '\(input)' \(network.parameters.options)"
  }

  /// Tuning curves and signals.
  var figure: Figure {
    let (parameters, curvesA, curvesB) = (network.parameters, network.curvesA, network.curvesB)
    func curves(_ curves: TuningCurves) -> [[Double]] {
      (0..<curves.rates.rows).map { Array(curves.curve(of: $0)) }
    }
    return NEFFigure(
      title: "\(network.function) of \(input)", x: curvesA.samples, ratesA: curves(curvesA),
      ratesB: curves(curvesB), interceptsA: network.populations.a.intercepts,
      interceptsB: network.populations.b.intercepts,
      time: result.input.indices.map(parameters.time(ofStep:)), input: result.input, ideal: result.ideal,
      output: result.output
    ).figure
  }
}
