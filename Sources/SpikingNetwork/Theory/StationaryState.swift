/// A state of the network in mean-field theory: all neurons fire at the rate that this rate brings about.
public struct StationaryState: Sendable, Equatable {
  /// Firing rate ν of all neurons in Hz.
  public let rate: Double
  /// Mean input μ in mV above rest.
  public let mean: Double
  /// Standard deviation σ of the input in mV; that of the free potential is σ/√2.
  public let deviation: Double
  /// dΦ/dν, by how much a neuron's rate follows that of its inputs. Above 1 the state is unstable: a little more activity
  /// makes more still.
  public let slope: Double
  /// Coefficient of variation of the interspike intervals of a neuron with this input. In simulated networks it is lower,
  /// as neurons correlate and the input is not white.
  public let coefficientOfVariation: Double
}
