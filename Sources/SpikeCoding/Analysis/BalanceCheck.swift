import RandomStreams

/// Eqs. 4 and 6 of Brendel et al. 2020 in a network.
package struct BalanceCheck: Sendable, Equatable, Codable {
  /// Slope of ⟨β(V + μr)⟩ before spikes on −(Ω + μI): 1 where Eq. 6 stands still.
  package let stationarity: Double
  /// Correlation of voltages with F (x − x̂), averaged over neurons: Eq. 4.
  package let correlationWithError: Double

  enum CodingKeys: String, CodingKey {
    case stationarity = "eq6_slope"
    case correlationWithError = "eq4_correlation"
  }

  /// Tests a network on a piece of input of `steps`.
  package init(_ network: CodingNetwork, _ input: any InputSource, _ test: TestParameters, key: StreamKey) {
    let decoder = network.decoder(input, steps: test.fittingSteps, key: key)
    let piece = input.sequence(key: key.derived(.codingBalance), steps: 4 * test.fittingSteps)
    var observer = BalanceObserver(
      network, decoder: decoder, signals: piece.filtered(network.parameters))
    var noise = DrawnNoise(key: key.derived(.codingBalance, 1))
    var copy = network.atRest
    copy.run(piece, noise: &noise, learning: [], observer: &observer)
    stationarity = observer.stationarity
    correlationWithError = observer.correlationWithError
  }
}

extension StreamPurpose {
  package static let codingBalance = StreamPurpose("spike coding: Eqs. 4 and 6")
}
