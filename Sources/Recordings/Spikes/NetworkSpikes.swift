import Foundation
import SpikingNetwork

/// The spikes of a whole network that another program simulated, on the time grid of this one.
///
/// A time within a hundredth of a time step of a grid point is meant to be that point, as simulators on a grid and decimals
/// have it; all others are counted at the grid point before them, and so in the bin that they lie in.
package struct NetworkSpikes: Sendable {
  /// What was found of a population.
  package struct Count: Sendable, Equatable {
    /// Spikes before the end of the time that is looked at.
    package var spikes = 0
    /// Neurons that have such spikes.
    package var firing = 0
  }

  /// Spikes before the end, in order of time, then of neuron.
  package let spikes: SpikeTimes
  /// What was found of each population.
  package let excitatory, inhibitory: Count
  /// Spikes at the end or later, which are left out.
  package let late: Int
  /// What a user should know of how the files were read.
  package let notes: [String]

  /// Reads files in any of the formats of spikes, each of which holds a part of the network's.
  ///
  /// - Parameters:
  ///   - files: Paths.
  ///   - options: What the files do not say.
  ///   - network: Sizes of the populations.
  ///   - timing: Duration and time step.
  /// - Throws: ``RecordingError`` for spikes of unknown neurons or at impossible times, for a neuron that fires twice at once, and
  ///   for a population without spikes unless `options` allow that; `HDF5Error` or `FileError` for what cannot be read.
  package init(
    files: [String], _ options: SpikeOptions, network: NetworkParameters, timing: SimulationTiming
  ) throws {
    let grid = try SpikeGrid(timing, file: files.joined(separator: ", "))
    var gathered = GatheredSpikes()
    for file in files {
      let (lists, notes) = try SpikeFormats.lists(in: file, options)
      gathered.notes += notes
      for list in lists {
        try gathered.add(list, Membership(of: list, options, network), grid)
      }
    }
    let sorted = gathered.keys.sorted()
    if let index = sorted.indices.dropFirst().first(where: { sorted[$0] == sorted[$0 - 1] }) {
      let (time, neuron) = grid.spike(sorted[index])
      let isInhibitory = neuron >= network.excitatoryNeurons
      let population = isInhibitory ? Population.inhibitory : .excitatory
      throw RecordingError(
        file: files.joined(separator: ", "), "",
        "\(population.name) neuron \(neuron - (isInhibitory ? network.excitatoryNeurons : 0)), counted from 0, fires twice at"
          + " \(time) ms: a spike stands there twice?")
    }
    spikes = SpikeTimes(grid: sorted.map(SpikeGrid.time), neurons: sorted.map(SpikeGrid.neuron))
    (excitatory, inhibitory) = Self.counts(spikes, network)
    late = gathered.late
    let last = gathered.late > 0 ? nil : sorted.last.map { grid.spike($0).time }
    notes =
      gathered.notes + Self.notes(excitatory, inhibitory, late, last: last, gathered.between, network, timing)
    if options.allowsSilence { return }
    for (population, count) in [(Population.excitatory, excitatory), (.inhibitory, inhibitory)]
    where count.spikes == 0 {
      throw RecordingError(
        file: files.joined(separator: ", "), "",
        "no \(population.name) neuron has a spike before \(timing.duration) ms; \(SpikeOption.allowsSilence.rawValue) if that is so"
      )
    }
  }

  private static func counts(
    _ spikes: SpikeTimes, _ network: NetworkParameters
  ) -> (excitatory: Count, inhibitory: Count) {
    var fires = [Bool](repeating: false, count: network.neurons)
    var (excitatory, inhibitory) = (Count(), Count())
    for neuron in spikes.neurons.lazy.map(Int.init) {
      let new = fires[neuron] ? 0 : 1
      fires[neuron] = true
      if neuron < network.excitatoryNeurons {
        excitatory.spikes += 1
        excitatory.firing += new
      } else {
        inhibitory.spikes += 1
        inhibitory.firing += new
      }
    }
    return (excitatory, inhibitory)
  }

  private static func notes(
    _ excitatory: Count, _ inhibitory: Count, _ late: Int, last: Double?, _ between: Int,
    _ network: NetworkParameters,
    _ timing: SimulationTiming
  ) -> [String] {
    var notes: [String] = []
    if late > 0 { notes.append("\(late) spikes at \(timing.duration) ms or later are left out") }
    if let last, last < 0.9 * Double(timing.duration) {
      notes.append(
        String(
          format: "the last spike is at %g ms: from there to %d ms the network is taken to be silent", last,
          timing.duration))
    }
    for (population, count, size) in [
      (Population.excitatory, excitatory, network.excitatoryNeurons),
      (.inhibitory, inhibitory, network.inhibitoryNeurons),
    ] where 2 * count.firing < size {
      notes.append(
        "only \(count.firing) of \(size) \(population.name) neurons have spikes: the LFP is right if all of them were recorded"
      )
    }
    if between > 0 {
      notes.append(
        "\(between) spikes lie between time steps of \(timing.timeStep) ms: bins are exact, intervals are whole steps"
      )
    }
    return notes
  }
}
