import SingleNeuron
import Testing

/// Reference/constant_current.json.
struct ConstantCurrentReference: Decodable {
  struct NeuronSet: Decodable {
    struct Parameters: Decodable {
      let tau_m, R, E_L, V_th, V_reset, t_ref: Double
    }
    struct Row: Decodable {
      let I, rate_hz: Double
      let period_s, first_spike_from_rest_s: Double?
      let spikes_exact_in_20s_from_rest: Int
    }
    struct Inverse: Decodable { let rate_hz, I: Double }
    struct Potential: Decodable { let t_s, V: Double }
    let parameters: Parameters
    let rheobase: Double
    let max_rate_hz: Double?
    let table: [Row]
    let inverse: [Inverse]
    let sensitivity_at_twice_rheobase: [String: Double]
    let voltage_from_rest_at_0_95_rheobase: [Potential]

    /// In ms and mV; what are nA and MΩ may be numbers without a unit.
    var neuron: LIFNeuron {
      var neuron = LIFNeuron()
      neuron.membraneTimeConstant = 1000 * parameters.tau_m
      neuron.resistance = parameters.R
      neuron.restingPotential = parameters.E_L
      neuron.threshold = parameters.V_th
      neuron.resetPotential = parameters.V_reset
      neuron.refractoryPeriod = 1000 * parameters.t_ref
      return neuron
    }
  }
  struct LectureNotes: Decodable {
    struct Count: Decodable {
      let I: Double
      let spikes: Int
    }
    struct Trace: Decodable {
      let I, tau_rc, t_ref: Double
      let steps, spikes: Int
    }
    struct Point: Decodable { let I, rate_hz, analytic_hz: Double }
    let spikes_in_20s: [Count]
    let trace_plots: [Trace]
    let curve: [Point]

    enum CodingKeys: String, CodingKey {
      case spikes_in_20s, trace_plots
      case curve = "tuning_curve_tau0.3_tref0.2_10s"
    }
  }
  struct Convergence: Decodable {
    let I: Double
    let exact: Int
    let grid: [String: Int]
  }
  let sets: [String: NeuronSet]
  let lecture_notes: LectureNotes
  let grid_convergence_brunel_2s: [Convergence]
}
