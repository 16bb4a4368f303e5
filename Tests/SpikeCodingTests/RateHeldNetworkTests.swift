import RandomStreams
import SpikeCoding
import Testing

@Suite("Rates held by the amplitude of the input") struct RateHeldNetworkTests {
  private let key = StreamKey(seed: 3)

  private func network() -> BalancedNetwork {
    var parameters = BalancedParameters()
    (parameters.excitatory, parameters.inhibitory, parameters.signals) = (20, 10, 2)
    parameters.plasticity.recurrentRate = 1e-2
    parameters.plasticity.feedforwardRate = 2e-3
    return BalancedNetwork(drawn: parameters, key: key)
  }

  /// Learns for some pieces of 100 ms and returns what the amplitude was after each.
  private func amplitudes(_ held: inout RateHeldNetwork, pieces: Range<Int>) -> [Double] {
    let source = SmoothedNoise(InputParameters(), signals: 2)
    return pieces.map { index in
      let pieceKey = key.derived(.codingInput, UInt64(index))
      _ = held.learn(
        from: source.sequence(key: pieceKey, steps: 1000), .all, key: pieceKey.derived(.codingNoise))
      return held.amplitude
    }
  }

  @Test(
    "the amplitude settles where the rate is, from ten times too small and too large", arguments: [0.1, 10])
  func settles(start: Double) {
    let rate = 6.0, gain = 0.2
    var held = RateHeldNetwork(network(), amplitude: start, rate: rate, gain: gain)
    _ = amplitudes(&held, pieces: 0..<1500)
    let source = SmoothedNoise(InputParameters(), signals: 2)
    let rates = (0..<200).map { index in
      let pieceKey = key.derived(.codingTest, UInt64(index))
      let piece = source.sequence(key: pieceKey, steps: 1000).scaled(by: held.amplitude)
      return BalancedTestRun(held.network, piece, key: pieceKey).E.rate(stepInSeconds: 1e-4)
    }
    #expect(abs(rates.reduce(0, +) / 200 / rate - 1) < 0.1, "\(rates.reduce(0, +) / 200) Hz")
    let course = amplitudes(&held, pieces: 1500..<2000)
    #expect(course.max()! / course.min()! < 1.6)
  }

  @Test("learning goes on from stored arrays")
  func stored() {
    var whole = RateHeldNetwork(network(), rate: 6, gain: 0.2)
    _ = amplitudes(&whole, pieces: 0..<20)
    var part = RateHeldNetwork(network(), rate: 6, gain: 0.2).with(whole.arrays)
    #expect(part.amplitude == whole.amplitude && part.arrays == whole.arrays)
    #expect(amplitudes(&part, pieces: 20..<30) == amplitudes(&whole, pieces: 20..<30))
  }
}
