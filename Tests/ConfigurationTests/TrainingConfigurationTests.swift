import Configuration
import ParameterChecks
import Testing

@Suite("The section training")
struct TrainingConfigurationTests {
  @Test("a preset brings the other keys of the training, which can be changed, before or after it")
  func presets() throws {
    let best = TrainingConfiguration(preset: .clean)
    #expect(best != TrainingConfiguration())
    #expect(TrainingConfiguration(preset: .paper) == TrainingConfiguration())
    #expect(try StudyConfiguration(yaml: "training: {preset: best}").training == best)
    var changed = best
    changed.epochs = 7
    #expect(try StudyConfiguration(yaml: "training: {epochs: 7, preset: best}").training == changed)
    let study = try StudyConfiguration(yaml: "training: {preset: best, epochs: 7}")
    #expect(study.training == changed)
    #expect(try StudyConfiguration(yaml: study.yaml) == study)
  }

  @Test("a preset suits the kind of prediction")
  func presetsOfDistributions() throws {
    let best = TrainingConfiguration(preset: .clean, prediction: .gaussian)
    #expect(best.prediction == .gaussian && best.inputNoise > 0 && best.lossWeights == .equal)
    #expect(TrainingConfiguration(preset: .clean).inputNoise == 0)
    for text in ["preset: best, predict: gaussian", "predict: gaussian, preset: best"] {
      let study = try StudyConfiguration(yaml: "training: {\(text)}")
      #expect(study.training == best)
      #expect(try StudyConfiguration(yaml: study.yaml) == study)
    }
    #expect(
      try StudyConfiguration(yaml: "training: {preset: paper, predict: gaussian}").training.prediction
        == .gaussian)
  }

  @Test("a preset's decay and noise shrink with the number of samples, named ones do not")
  func regularisation() throws {
    let clean = try StudyConfiguration(yaml: "training: {preset: clean, predict: gaussian}").training
    #expect(clean.regularisationSamples == 9000)
    #expect([1, 9000, 18_000, 36_000].map(clean.regularisation) == [1, 1, 0.5, 0.25])
    for named in ["weight_decay: 0.2", "input_noise: 0.1"] {
      let study = try StudyConfiguration(yaml: "training: {preset: clean, predict: gaussian, \(named)}")
      #expect(study.training.regularisation(forSamples: 36_000) == 1)
      #expect(try StudyConfiguration(yaml: study.yaml) == study)
    }
    let both = "training: {preset: clean, predict: gaussian, weight_decay: 0.3, regularisation_samples: 100}"
    #expect(try StudyConfiguration(yaml: both).training.regularisation(forSamples: 400) == 0.25)
    #expect(TrainingConfiguration().regularisation(forSamples: 1_000_000) == 1)
  }

  @Test("errors count beside likelihoods, and there only")
  func errorWeight() throws {
    let study = try StudyConfiguration(yaml: "training: {predict: gaussian, error_weight: 30}")
    #expect(study.training.loss(for: ["g"]) == .gaussian(errorWeight: 30, components: 1))
    #expect(try StudyConfiguration(yaml: study.yaml) == study)
    #expect(throws: (any Error).self) { try StudyConfiguration(yaml: "training: {error_weight: 30}") }
  }

  @Test("weights of errors are read, replaced as a whole, and 1 for parameters not named")
  func lossWeights() throws {
    let study = try StudyConfiguration(yaml: "training: {preset: best, loss_weights: {J_mV: 2.5}}")
    #expect(study.training.lossWeights == ["J_mV": 2.5])
    #expect(study.training.lossWeights["J_mV"] == 2.5 && study.training.lossWeights["g"] == 1)
    #expect(try StudyConfiguration(yaml: study.yaml) == study)
    #expect(
      try StudyConfiguration(yaml: "training: {preset: best, loss_weights: {}}").training.lossWeights
        == .equal)
  }

  @Test("a random gain needs logarithms")
  func gainOfPower() {
    #expect(throws: ParameterError.self) {
      try StudyConfiguration(yaml: "training: {gain_noise_dB: 3}")
    }
  }
}
