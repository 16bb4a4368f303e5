import Foundation
import RandomStreams
import Testing

import FieldPotential

@Suite("Kernels of single neurons")
struct SourceKernelTests {
  /// A small network with the in-degrees of a tenth of the paper's.
  private static let network = {
    var network = SourceNetwork()
    (network.excitatoryNeurons, network.inhibitoryNeurons) = (80, 20)
    (network.excitatoryInDegree, network.inhibitoryInDegree) = (100, 25)
    return network
  }()

  private static func expected(_ change: (inout KernelParameters) -> Void = { _ in }) throws -> FieldKernels {
    var parameters = KernelParameters()
    change(&parameters)
    return try FieldKernels(parameters: parameters, network: network)
  }

  private static func sources(
    _ kernels: FieldKernels, seed: UInt64, threads: Int = 1, bins: Int = 1, filter: [Double] = [1]
  ) throws -> SourceKernels {
    try SourceKernels(
      kernels, excitatoryMorphology: .stickPyramid, inhibitoryMorphology: .stickInterneuron,
      binsPerSample: bins, filter: filter, key: StreamKey(seed: seed), threads: threads)
  }

  @Test("their mean over placements is the kernel of the population, and comes nearer as 1/√n")
  func mean() throws {
    let kernels = try Self.expected()
    let placements = 200
    let means = try (0..<placements).map { seed in
      let sources = try Self.sources(kernels, seed: UInt64(seed))
      return [sources.meanKernel(of: .excitatory), sources.meanKernel(of: .inhibitory)]
    }
    for (index, expected) in [kernels.excitatory, kernels.inhibitory].enumerated() {
      var scores: [Double] = []
      for channel in 0..<expected.channelCount {
        for lag in [5, 10, 20, 40] {
          let values = means.map { $0[index][channel, lag] }
          let mean = values.reduce(0, +) / Double(placements)
          let variance =
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(placements * (placements - 1))
          scores.append((mean - expected[channel, lag]) / variance.squareRoot())
        }
      }
      // 24 correlated numbers.
      #expect(scores.allSatisfy { abs($0) < 4 }, "\(scores)")
      // The distance from the population's kernel, of means over 1, 4, 16 … placements.
      func distance(_ count: Int) -> Double {
        let groups = placements / count
        let squares = (0..<groups).map { group in
          let part = means[group * count..<(group + 1) * count]
          return (0..<expected.channelCount).reduce(0) { sum, channel in
            let mean = part.reduce(0) { $0 + $1[index][channel, 10] } / Double(count)
            return sum + (mean - expected[channel, 10]) * (mean - expected[channel, 10])
          }
        }
        return (squares.reduce(0, +) / Double(groups)).squareRoot()
      }
      let gain = distance(1) / distance(16)
      #expect((2.5...6).contains(gain), "\(gain), 4 expected")
    }
  }

  @Test("the field of spikes is the sum of their neurons' kernels, whatever the threads")
  func field() throws {
    let kernels = try Self.expected()
    let sources = try Self.sources(kernels, seed: 3)
    #expect(try Self.sources(kernels, seed: 3, threads: 3).amplitudes == sources.amplitudes)
    #expect(try Self.sources(kernels, seed: 4).amplitudes != sources.amplitudes)
    let spikes: [(neuron: Int, bin: Int)] = [(0, 0), (3, 17), (3, 18), (85, 18), (79, 60), (99, 119)]
    let field = sources.fieldPotential(bins: 120, efficacy: 0.2, relativeInhibition: 6) { add in
      for spike in spikes { add(spike.neuron, spike.bin) }
    }
    let kernelsOfSpikes = spikes.map { sources.kernel(of: $0.neuron) }
    for channel in 0..<6 {
      for bin in 0..<120 {
        let expected = zip(spikes, kernelsOfSpikes).reduce(0) { sum, part in
          let lag = bin - part.0.bin
          guard (0..<100).contains(lag) else { return sum }
          return sum + (part.0.neuron < 80 ? 0.2 : 1.2) * part.1[channel, lag]
        }
        #expect(abs(field[channel, bin] - expected) < 1e-12)
      }
    }
  }

  @Test("time courses of modes are sums of the components")
  func basis() throws {
    let parameters = KernelParameters()
    let cables = try [CellMorphology.stickPyramid, .stickInterneuron].map {
      try PassiveCable($0, parameters: parameters)
    }
    let basis = try ResponseBasis(
      excitatory: cables[0], inhibitory: cables[1], parameters: parameters, delay: 1.5, binsPerSample: 1,
      filter: [1])
    #expect(basis.count < 25)
    let times = (0..<1000).map { Double($0) / 10 - 1.5 }
    for (cable, shares) in zip(cables, [basis.excitatory, basis.inhibitory]) {
      let courses = FieldKernels.binMeans(
        ChannelSeries(channelCount: cable.count, sampleCount: 1000, values: cable.modeResponses(at: times)),
        steps: 10)
      for mode in 0..<cable.count {
        let size = courses[channel: mode].map(abs).max()!
        for lag in 0..<100 {
          let sum = (0..<basis.count).reduce(0) {
            $0 + shares[mode * basis.count + $1] * basis.components[$1, lag]
          }
          #expect(abs(sum - courses[mode, lag]) < 1e-6 * size)
        }
      }
    }
  }

  private static func vector(_ contact: Contact) -> SIMD3<Double> { [contact.x, contact.y, contact.z] }

  @Test("a single cell's field is that of its currents as line sources, turned and moved as the cell is")
  func single() throws {
    // Cells around the vertical have the same field wherever the angle; a contact on the axis sees only the distance.
    let parameters = KernelParameters()
    var stream = StreamKey(seed: 5).generator()
    for population in Population.allCases {
      for _ in 0..<50 {
        let cell = PlacedCell(of: population, parameters: parameters, stream: &stream)
        let first = Self.vector(cell.contacts[0])
        // Contacts lie on a straight line along the cell's own direction that points up.
        for (index, contact) in cell.contacts.enumerated() {
          let expected = first - 100 * Double(index) * cell.placement.up
          let difference = Self.vector(contact) - expected
          #expect((difference * difference).sum() < 1e-18)
        }
        let height = -(first * cell.placement.up).sum()
        #expect(abs(height - cell.placement.somaHeight) < 1e-9)
        #expect((-450...(-350)).contains(cell.placement.somaHeight))
        let across = first + height * cell.placement.up
        let lateral = (across * across).sum().squareRoot()
        #expect((10 - 1e-9...565).contains(lateral))
      }
    }
  }

  @Test("populations left out have no kernels, fine bins those of the filter")
  func variants() throws {
    let excitatory = try Self.sources(try Self.expected { $0.populations = [.excitatory] }, seed: 1)
    #expect(excitatory.kernel(of: 90).values.allSatisfy { $0 == 0 })
    #expect(excitatory.kernel(of: 1).values.contains { $0 != 0 })
    // Two bins per sample and no filter: the kernel twice as fine.
    let coarse = try Self.sources(try Self.expected(), seed: 2)
    let fine = try Self.sources(try Self.expected(), seed: 2, bins: 5)
    let (a, b) = (coarse.kernel(of: 7), fine.kernel(of: 7))
    #expect(b.sampleCount == 500)
    for lag in [10, 20, 50] { #expect(abs(a[2, lag] - b[2, 5 * lag]) < 0.01 * abs(a[2, lag])) }
  }
}
