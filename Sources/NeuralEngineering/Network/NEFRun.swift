/// An input that went through both populations, and what should have come out.
package struct NEFRun: Sendable {
  /// x of each step.
  package let input: [Double]
  /// f(x) behind two synapses, from A to B and from B to the output.
  package let ideal: [Double]
  /// f(x) behind the first synapse.
  package let idealOfA: [Double]
  /// What the populations did.
  package let activity: CoupledPopulations.Run
  /// How far the signals are from what they should be.
  package let errors: Errors

  /// The errors of one run.
  package struct Errors: Sendable, Equatable {
    /// The output, which is B's spikes behind a synapse, beside the ideal.
    package let output: SignalError
    /// What B gets, which is A's spikes behind a synapse, beside f(x) behind a synapse.
    package let a: SignalError
    /// The output beside what B got, behind a synapse: the error of B alone.
    package let b: SignalError
  }

  init(
    input: [Double], ideal: [Double], idealOfA: [Double], populations: CoupledPopulations, keepsSpikes: Bool
  ) {
    let activity = populations.run(input: input, keepsSpikes: keepsSpikes)
    (self.input, self.ideal, self.idealOfA, self.activity) = (input, ideal, idealOfA, activity)
    func error(of signal: [Double], from ideal: [Double]) -> SignalError {
      SignalError(of: signal, from: ideal, timeStep: populations.a.neuron.timeStep)
    }
    errors = Errors(
      output: error(of: activity.output, from: ideal), a: error(of: activity.decodedByA, from: idealOfA),
      b: error(of: activity.output, from: populations.synapse.filtered(activity.decodedByA)))
  }

  /// The output in each step.
  package var output: [Double] { activity.output }
}
