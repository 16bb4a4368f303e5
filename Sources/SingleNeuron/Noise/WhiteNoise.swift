/// An input in the diffusion approximation: τ dV/dt = −V + μ + σ √τ ξ(t) with Gaussian white noise ξ.
///
/// σ is Brunel's (2000, doi:10.1023/A:1008925309027): the free potential has the standard deviation σ/√2, which others
/// call σ.
package struct WhiteNoise: Sendable, Equatable {
  /// μ in mV above rest.
  package var mean: Double
  /// σ in mV.
  package var deviation: Double

  /// An input with this mean and standard deviation, in mV.
  package init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }
}
