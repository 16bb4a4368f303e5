import ConvolutionalNetwork
import Testing

@Suite("Adam") struct AdamTests {
  @Test("the first step has the length of the learning rate, whatever the gradient's size")
  func firstStep() throws {
    var parameters: [Float] = [1, 1, 1]
    var state = Adam.State(parameterCount: 3)
    try Adam(learningRate: 0.01).update(&parameters, gradient: [100, -0.001, 0], state: &state)
    // g / (|g| + ε) = 1 within 1e-5; a Float32 near 1 resolves 6e-8.
    #expect(abs(parameters[0] - 0.99) < 2e-7)
    #expect(abs(parameters[1] - 1.01) < 2e-7)
    #expect(parameters[2] == 1)
    #expect(state.step == 1)
  }

  @Test("ε is added to the root of the corrected mean square")
  func epsilonAfterCorrection() throws {
    // m̂ = g and √v̂ = |g|, so the step is α·g/(|g| + ε) = 0.1·2/(2 + 2) = 0.05. With ε added to √v, which is
    // 2·√0.001 = 0.063 here, it would be 0.1·2·0.0316/(0.063 + 2) = 0.003.
    var parameters: [Float] = [0]
    var state = Adam.State(parameterCount: 1)
    try Adam(learningRate: 0.1, epsilon: 2).update(&parameters, gradient: [2], state: &state)
    #expect(abs(parameters[0] + 0.05) < 1e-6)
  }

  @Test("a quadratic bowl is descended to its bottom")
  func quadratic() throws {
    var parameters: [Float] = [3, -2]
    var state = Adam.State(parameterCount: 2)
    let adam = try Adam(learningRate: 0.05)
    for _ in 0..<2000 {
      adam.update(&parameters, gradient: [parameters[0] - 1, 10 * (parameters[1] - 0.5)], state: &state)
    }
    #expect(abs(parameters[0] - 1) < 1e-3 && abs(parameters[1] - 0.5) < 1e-3)
  }

  @Test("impossible hyperparameters are refused")
  func refusals() {
    func error(_ make: () throws(TrainingError) -> Adam) -> TrainingError? {
      do {
        _ = try make()
        return nil
      } catch { return error }
    }
    #expect(
      error { () throws(TrainingError) in try Adam(learningRate: 0) }
        == .invalidOption(name: "learning rate", value: 0, expected: "a positive number"))
    #expect(error { () throws(TrainingError) in try Adam(learningRate: .nan) } != nil)
    #expect(
      error { () throws(TrainingError) in try Adam(beta1: 1) }
        == .invalidOption(name: "beta1", value: 1, expected: "a number in [0, 1)"))
    #expect(error { () throws(TrainingError) in try Adam(beta2: -0.1) } != nil)
    #expect(error { () throws(TrainingError) in try Adam(epsilon: 0) } != nil)
    #expect(error { () throws(TrainingError) in try Adam(beta1: 0, beta2: 0) } == nil)
  }
}
