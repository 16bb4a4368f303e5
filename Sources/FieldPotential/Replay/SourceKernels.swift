import Dispatch
import RandomStreams

/// What a spike of each single neuron does to the field: cells stand one by one in the cylinder, and every synapse lies on a segment
/// of its own, in proportion to membrane area, and has a neuron of its own as its source.
///
/// Membranes are passive, so that the potential of a neuron's spike is the sum over its synapses, exactly (Eq. 9 of Skaar et al.
/// 2020, doi:10.1371/journal.pcbi.1007725, where the population is simulated cell by cell instead). As in hybridLFPy
/// (doi:10.1093/cercor/bhw237), sources are drawn anew; they are not those of the network that fires. ``FieldKernels`` are what is
/// expected of these kernels.
public struct SourceKernels: Sendable {
  /// The neurons, excitatory first.
  public let network: SourceNetwork
  /// Time courses, of which kernels are sums.
  let basis: ResponseBasis
  /// [neuron][channel][component], in mV for an efficacy of 1 mV of either sign.
  package let amplitudes: [Double]
  let channels: Int
  let binsPerSample: Int

  /// How many parts of the cells are summed up for themselves, so that sums are the same with any number of threads.
  public static let parts = 16

  /// Places the cells and draws the synapses of a population of each kind.
  ///
  /// - Parameters:
  ///   - kernels: whose cells, tissue and contacts; its morphologies are given again.
  ///   - binsPerSample: Bins of histograms from one sample of the potential to the next.
  ///   - filter: As for ``FieldKernels/binned(perSample:filter:)``; one tap of 1 for none.
  ///   - key: of the placement.
  ///   - progress: is called before each of ``parts`` of the cells; kernels are useless once it says false.
  /// - Throws: `KernelError`.
  public init(
    _ kernels: FieldKernels, excitatoryMorphology: CellMorphology, inhibitoryMorphology: CellMorphology,
    binsPerSample: Int = 1, filter: [Double] = [1], key: StreamKey, threads: Int = 1,
    progress: @Sendable () -> Bool = { true }
  ) throws(KernelError) {
    let (parameters, network) = (kernels.parameters, kernels.network)
    let cables = [
      Population.excitatory: try PassiveCable(excitatoryMorphology, parameters: parameters),
      .inhibitory: try PassiveCable(inhibitoryMorphology, parameters: parameters),
    ]
    basis = try ResponseBasis(
      excitatory: cables[.excitatory]!, inhibitory: cables[.inhibitory]!, parameters: parameters,
      delay: network.delay, binsPerSample: binsPerSample, filter: filter)
    self.network = network
    self.binsPerSample = binsPerSample
    let basis = basis
    channels = parameters.contacts.count
    let populations = Population.allCases.map { population in
      SynapticCells(
        population, cable: cables[population]!, basis: basis, parameters: parameters, network: network)
    }
    let neurons = network.excitatoryNeurons + network.inhibitoryNeurons
    let length = channels * basis.count
    let parts = Self.parts
    let workers = max(1, min(threads, parts))
    let sums = [[Double]](unsafeUninitializedCapacity: parts) { sums, initialised in
      nonisolated(unsafe) let sums = sums
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for part in stride(from: worker, to: parts, by: workers) {
          var sum = [Double](repeating: 0, count: neurons * length)
          let goesOn = progress()
          for cells in populations where goesOn {
            let count = network.neurons(in: cells.population)
            for cell in count * part / parts..<count * (part + 1) / parts {
              cells.addCell(cell, to: &sum, key: key)
            }
          }
          sums.initializeElement(at: part, to: sum)
        }
      }
      initialised = parts
    }
    var total = sums[0]
    for sum in sums.dropFirst() { for i in total.indices { total[i] += sum[i] } }
    amplitudes = total
  }

  /// The response to one spike of a neuron by bin, [channel][lag], in mV for J = 1 mV, or g·J = 1 mV.
  public func kernel(of neuron: Int) -> ChannelSeries {
    series { amplitudes[neuron * channels * basis.count + $0] }
  }

  /// The mean over the neurons of a population.
  public func meanKernel(of population: Population) -> ChannelSeries {
    let length = channels * basis.count
    let neurons =
      population == .excitatory
      ? 0..<network.excitatoryNeurons
      : network.excitatoryNeurons..<network.excitatoryNeurons + network.inhibitoryNeurons
    return series { index in
      neurons.reduce(0) { $0 + amplitudes[$1 * length + index] } / Double(neurons.count)
    }
  }

  /// The sum of the components with an amplitude for each [channel][component].
  private func series(_ amplitude: (Int) -> Double) -> ChannelSeries {
    let lags = basis.components.sampleCount
    var values = [Double](repeating: 0, count: channels * lags)
    for channel in 0..<channels {
      for component in 0..<basis.count {
        let size = amplitude(channel * basis.count + component)
        for lag in 0..<lags { values[channel * lags + lag] += size * basis.components[component, lag] }
      }
    }
    return ChannelSeries(channelCount: channels, sampleCount: lags, values: values)
  }
}
