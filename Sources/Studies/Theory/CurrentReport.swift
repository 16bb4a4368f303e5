import SingleNeuron

/// What a neuron does under one current: whether and when it fires, how often, and what each parameter does to that.
package struct CurrentReport: Sendable, Encodable {
  /// The current in nA.
  package let current: Double
  /// Where the membrane would come to rest, in mV.
  package let asymptote: Double
  /// The potential in mV that the neuron starts from.
  package let start: Double
  /// When it fires first, in ms; nil if never.
  package let firstSpike: Double?
  /// The time between spikes in ms; nil if there are none.
  package let period: Double?
  /// In Hz.
  package let rate: Double
  /// Derivatives of the rate in Hz per unit, by the parameters' names.
  package let derivatives: [String: Double]

  enum CodingKeys: String, CodingKey {
    case current = "I_nA"
    case asymptote = "V_inf_mV"
    case start = "V_start_mV"
    case firstSpike = "first_spike_ms"
    case period = "period_ms"
    case rate = "rate_Hz"
    case derivatives = "derivatives_Hz"
  }

  /// The report of a neuron under a current in nA from a potential in mV.
  package init(_ neuron: LIFNeuron, current: Double, start: Double) {
    self.current = current
    self.start = start
    asymptote = neuron.asymptote(current)
    firstSpike = neuron.timeToThreshold(from: start, current: current)
    period = neuron.period(current)
    rate = neuron.rate(current)
    derivatives = Dictionary(
      uniqueKeysWithValues: NeuronParameter.allCases.map {
        ($0.rawValue, neuron.sensitivity(to: $0, current: current))
      })
  }
}
