import RecordingSupport
import Recordings
import SpikingNetwork
import TestSupport

/// Reads spikes as those of a network of 400 and 100 neurons.
enum SpikeReading {
  static let timing = SimulationTiming(duration: 300, transient: 50)
  static var network: NetworkParameters {
    var network = NetworkParameters()
    (network.excitatoryNeurons, network.inhibitoryNeurons, network.efficacy) = (400, 100, 0.5)
    return network
  }

  /// Options as on the command line.
  static func options(_ arguments: [String]) -> SpikeOptions {
    var options = SpikeOptions()
    for (name, value) in zip(arguments, arguments.dropFirst()) {
      switch name {
      case "--time-unit": options.timeUnit = value
      case "--first-id": options.firstID = Int(value)
      case "--excitatory-ids": options.excitatoryIDs = NeuronIDs(value)
      case "--inhibitory-ids": options.inhibitoryIDs = NeuronIDs(value)
      case "--excitatory-population": options.excitatoryPopulation = value
      case "--inhibitory-population": options.inhibitoryPopulation = value
      default: break
      }
    }
    return options
  }

  static func read(
    _ files: [String], in folder: TemporaryFolder, _ options: SpikeOptions, timing: SimulationTiming = timing
  ) throws -> NetworkSpikes {
    try NetworkSpikes(files: files.map(folder.path), options, network: network, timing: timing)
  }

  /// What reading fails with, without the file's name.
  static func problem(
    _ file: String, in folder: TemporaryFolder, _ options: SpikeOptions, timing: SimulationTiming = timing
  ) -> String {
    do {
      return "read \(try read([file], in: folder, options, timing: timing).spikes.grid.count) spikes"
    } catch {
      return "\(error)".replacing("\(folder.path(file)): ", with: "")
    }
  }
}
