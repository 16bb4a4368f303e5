import RandomStreams

extension StreamPurpose {
  static let encoder = StreamPurpose("encoder")
  static let intercept = StreamPurpose("intercept")
  static let maximumRate = StreamPurpose("maximum rate")
}

/// Neurons that together represent one number x: the current into each is J = α e x + β.
package struct Population: Sendable, Equatable {
  /// What all neurons have in common.
  package let neuron: LeakyNeuron
  /// e of each neuron, 1 or −1: whether it fires more for larger or for smaller x.
  package let encoders: [Double]
  /// e x at which each neuron begins to fire.
  package let intercepts: [Double]
  /// The rate of each neuron at e x = 1 in Hz.
  package let maximumRates: [Double]
  /// α of each neuron.
  package let gains: [Double]
  /// β of each neuron.
  package let biases: [Double]

  /// Neurons with given properties, one of each list for every neuron.
  package init(
    neuron: LeakyNeuron, encoders: [Double], intercepts: [Double], maximumRates: [Double]
  ) throws(PopulationError) {
    precondition(
      encoders.count == intercepts.count && encoders.count == maximumRates.count, "a value for each neuron")
    if let encoder = encoders.first(where: { abs($0) != 1 }) { throw .encoder(encoder) }
    self.neuron = neuron
    self.encoders = encoders
    self.intercepts = intercepts
    self.maximumRates = maximumRates
    var (gains, biases): ([Double], [Double]) = ([], [])
    for index in encoders.indices {
      let (gain, bias) = try neuron.gainAndBias(
        intercept: intercepts[index], maximumRate: maximumRates[index])
      gains.append(gain)
      biases.append(bias)
    }
    (self.gains, self.biases) = (gains, biases)
  }

  /// Draws the neurons: encoders with equal chance, intercepts and maximum rates uniform in their ranges without the upper ends.
  package init(_ parameters: PopulationParameters, neuron: LeakyNeuron, key: StreamKey)
    throws(PopulationError)
  {
    func draw(_ purpose: StreamPurpose, _ range: ClosedRange<Double>) -> [Double] {
      var random = key.derived(purpose).generator()
      let (lower, upper) = (range.lowerBound, range.upperBound)
      return (0..<parameters.neurons).map { _ in
        lower < upper ? random.uniform(in: lower..<upper) : lower
      }
    }
    var signs = key.derived(.encoder).generator()
    try self.init(
      neuron: neuron, encoders: (0..<parameters.neurons).map { _ in signs.next() >> 63 == 0 ? 1 : -1 },
      intercepts: draw(.intercept, parameters.intercepts),
      maximumRates: draw(.maximumRate, parameters.maximumRates))
  }

  /// Number of neurons.
  package var count: Int { encoders.count }
}

/// How a population is drawn.
package struct PopulationParameters: Sendable, Equatable {
  /// Number of neurons.
  package var neurons: Int
  /// Range of e x at which neurons begin to fire, without its upper end.
  package var intercepts: ClosedRange<Double>
  /// Range of the rates at e x = 1 in Hz, without its upper end.
  package var maximumRates: ClosedRange<Double>

  /// A population; intercepts lie by default from −1 to 1.
  package init(neurons: Int, intercepts: ClosedRange<Double> = -1...1, maximumRates: ClosedRange<Double>) {
    self.neurons = neurons
    self.intercepts = intercepts
    self.maximumRates = maximumRates
  }
}
