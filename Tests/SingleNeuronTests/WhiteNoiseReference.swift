import SingleNeuron

/// Reference/white_noise.json.
struct WhiteNoiseReference: Decodable {
  struct Drive: Decodable {
    let J_e, rate_e, J_i, rate_i, mu, sigma, rate_hz, cv: Double

    var input: PoissonInput {
      PoissonInput(
        excitatoryJump: J_e, excitatoryRate: rate_e, inhibitoryJump: J_i, inhibitoryRate: rate_i)
    }
  }
  struct Extreme: Decodable { let mu, sigma, rate_hz: Double }
  let poisson_drive_diffusion_limit: [Drive]
  let extreme_arguments: [Extreme]
}
