import RandomStreams

/// How a quantity varies between neurons or synapses: a normal distribution around the nominal value, cut off at bounds.
public struct Spread: Sendable, Equatable {
  /// Standard deviation before the cut, in the quantity's unit (ms or mV); 0 gives the nominal value everywhere.
  public var standardDeviation: Double
  /// All values lie within these bounds, in the quantity's unit (ms or mV).
  public var bounds: ClosedRange<Double>

  /// A spread with the given standard deviation and bounds, in the quantity's unit.
  public init(standardDeviation: Double, bounds: ClosedRange<Double>) {
    self.standardDeviation = standardDeviation
    self.bounds = bounds
  }
}

extension Spread? {
  /// The distribution around `nominal`, which is all there is without a spread.
  func distribution(around nominal: Double) -> TruncatedNormal {
    TruncatedNormal(
      mean: nominal, standardDeviation: self?.standardDeviation ?? 0,
      bounds: self?.bounds ?? nominal...nominal)
  }
}

/// Quantities of a network that differ between neurons, or, the delay, between synapses: the section `network.spread` of a
/// configuration. Nil where all have the nominal value.
public struct NetworkSpread: Sendable, Equatable {
  /// Of the membrane time constant, in ms, between neurons.
  public var membraneTimeConstant: Spread?
  /// Of the refractory period, in ms, between neurons; drawn values are rounded to time steps.
  public var refractoryPeriod: Spread?
  /// Of the threshold, in mV, between neurons.
  public var threshold: Spread?
  /// Of the delay, in ms, between synapses; drawn values are rounded to time steps and at least one step.
  public var delay: Spread?

  /// None.
  public init() {}
}
