import ConvolutionalNetwork
import FieldPotential
import ParameterEstimation
import ParameterSampling
import Testing

@Suite struct EstimatorTests {
  /// Two channels, two frequencies, and outputs 0.25·x + bias, with x counted by frequency, then channel.
  private let estimator: Estimator

  private static let contacts = [Contact(z: 0), .init(z: -100)]

  init() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 2, channels: 2),
      layers: [.flatten, .dense(outputs: 2, bias: true, activation: .linear)])
    let network = try Network(
      architecture: architecture,
      tensors: ["dense_1/kernel": [1, 0, 0.5, 0, 0, 0.25, 0, 1], "dense_1/bias": [0.125, -0.5]])
    estimator = Estimator(
      networks: [network], normaliser: .channelPower(scale: [2, 4]),
      targetBox: ParameterBox([
        .init(key: "eta", lower: 1, upper: 5), .init(key: "J_mV", lower: -1, upper: 1),
      ]),
      contacts: Self.contacts, frequencies: [0, 500])
  }

  @Test("estimates are the network's outputs, taken from the unit cube to the parameters' units")
  func byHand() throws {
    // Inputs of the first sample by frequency and channel: 1/2, 8/4; 2/2, 4/4, so outputs are
    // 0.5 + 0.5·2 + 0.125 = 1.625 and 0.25·1 + 1 − 0.5 = 0.75. The second sample gives the biases.
    let estimates = try estimator.estimates(from: [1, 2, 8, 4, 0, 0, 0, 0])
    // The boxes are 4 and 2 wide, from 1 and −1.
    #expect(estimates == [7.5, 0.5, 1.5, -2])
  }

  @Test("several networks give the mean, values no distribution")
  func ensemble() throws {
    let other = try Network(
      architecture: estimator.architecture, parameters: [Float](repeating: 0, count: 8) + [0.625, 0.5])
    let pair = Estimator(
      networks: estimator.networks + [other], normaliser: estimator.normaliser,
      targetBox: estimator.targetBox, contacts: Self.contacts, frequencies: [0, 500])
    // The other network's outputs are its biases: halves of 1.625 + 0.625 and 0.75 + 0.5 in the unit cube.
    #expect(try pair.estimates(from: [1, 2, 8, 4]) == [5.5, 0.25])
    #expect(try pair.posteriors(from: [1, 2, 8, 4]) == nil)
  }

  @Test("posteriors have the moments of the mixture, in the parameters' units")
  func posteriors() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 2, channels: 2),
      layers: [.flatten, .dense(outputs: 5, bias: true, activation: .linear)])
    func network(_ biases: [Float]) throws -> Network {
      try Network(architecture: architecture, parameters: [Float](repeating: 0, count: 20) + biases)
    }
    // C = [[1, 0], [l, 1]], so that the covariance is [[1 + l², −l], [−l, 1]].
    let networks = try [network([0.25, 0.5, 0, 0, 0.5]), network([0.75, 0.5, 0, 0, -0.5])]
    func posterior(_ networks: [Network], _ shape: PredictionShape? = nil) throws -> Posterior {
      let estimator = Estimator(
        networks: networks, prediction: .gaussian, shape: shape, normaliser: self.estimator.normaliser,
        targetBox: self.estimator.targetBox, contacts: Self.contacts, frequencies: [0, 500])
      let spectra: [Float] = [1, 2, 8, 4]
      let posterior = try #require(try estimator.posteriors(from: spectra)?.first)
      #expect(try estimator.estimates(from: spectra) == posterior.mean)
      return posterior
    }
    // The box is 4 by 2 wide, from (1, −1).
    let one = try posterior([networks[0]])
    #expect(one.mean == [2, 0] && one.covariance == [20, -4, -4, 4])
    #expect(one.standardDeviations == [Double(20).squareRoot(), 2])
    #expect(abs(one.correlations[1] + Double(0.2).squareRoot()) < 1e-15)
    // Means 2 and 4 differ from theirs by 1; the correlations cancel.
    let two = try posterior(networks)
    #expect(two.mean == [3, 0] && two.covariance == [21, 0, 0, 4])
    // Twice as wide in the first parameter; with four degrees of freedom variances about the means are doubled.
    let shaped = try posterior(networks, PredictionShape(widths: [2, 1], degreesOfFreedom: 4))
    #expect(shaped.mean == [3, 0] && shaped.covariance == [4 * 41, 0, 0, 8])
    #expect(shaped.degreesOfFreedom == 4)
  }

  @Test(
    "parameters related too tightly for rounding still have a distribution; what is not finite is an error")
  func noDistribution() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 2, channels: 2),
      layers: [.flatten, .dense(outputs: 5, bias: true, activation: .linear)])
    // The first input decides how much the second parameter goes with the first.
    let network = try Network(
      architecture: architecture,
      tensors: [
        "dense_1/kernel": [0, 0, 0, 0, 10] + [Float](repeating: 0, count: 15),
        "dense_1/bias": [0, 0, 0, 0, 0],
      ])
    let estimator = Estimator(
      networks: [network], prediction: .gaussian, normaliser: .channelPower(scale: [1, 1]),
      targetBox: estimator.targetBox, contacts: [Contact(z: 0), Contact(z: -100)], frequencies: [0, 500])
    #expect(try estimator.posteriors(from: [1, 0, 0, 0, 1e6, 0, 0, 0])?.count == 2)
    let tight = try #require(try estimator.posteriors(from: [1e9, 0, 0, 0])?.first)
    #expect(tight.covariance.allSatisfy { $0.isFinite } && abs(abs(tight.correlations[1]) - 1) < 1e-8)
    #expect(throws: EstimatorError.noDistribution(spectrum: 1)) {
      try estimator.posteriors(from: [1, 0, 0, 0, 3e38, 0, 0, 0])
    }
  }

  @Test("estimates do not depend on the number of threads or on other samples")
  func threads() throws {
    let spectra = (0..<400).map { Float($0 % 37) }
    let estimates = try estimator.estimates(from: spectra)
    #expect(estimates.count == 200)
    #expect(try estimator.estimates(from: spectra, threads: 3) == estimates)
    #expect(try estimator.estimates(from: Array(spectra[40..<48])) == Array(estimates[20..<24]))
    #expect(try estimator.estimates(from: []) == [])
  }

  @Test("spectra that are not finite are an error")
  func notFinite() {
    #expect(throws: SampleError.nonFinite("inputs", sample: 1, element: 1)) {
      try estimator.estimates(from: [1, 2, 8, 4, 0, 0, .nan, 0])
    }
  }

  @Test("channels and frequencies of the training match, up to rounding")
  func matching() throws {
    try estimator.requireMatching(contacts: Self.contacts, frequencies: [0, 500], file: "a.h5")
    try estimator.requireMatching(
      contacts: [.init(x: 1e-9, z: 1e-9), .init(y: -1e-9, z: -100 - 1e-9)], frequencies: [0, 500.000_01],
      file: "a.h5")
  }

  @Test(
    "other channels are an error",
    arguments: [[0], [0, -100, -200], [-100, 0], [0, 100], [0, -100.001], [0, .nan], []] as [[Double]])
  func otherChannels(depths: [Double]) {
    let error = #expect(throws: EstimatorError.self) {
      try estimator.requireMatching(
        contacts: depths.map { .init(z: $0) }, frequencies: [0, 500], file: "a.h5")
    }
    guard case .otherChannels("a.h5", expected: Self.contacts, let actual)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(actual.count == depths.count)
    #expect(
      "\(EstimatorError.otherChannels(file: "a.h5", expected: Self.contacts, actual: actual))"
        == "a.h5: channels at depths \(depths) µm, the model was trained on depths [0.0, -100.0] µm")
  }

  @Test("contacts as deep as those of the training, but elsewhere, are an error that gives all coordinates")
  func elsewhere() {
    let error = #expect(throws: EstimatorError.self) {
      try estimator.requireMatching(
        contacts: [.init(z: 0), .init(y: 5, z: -100)], frequencies: [0, 500], file: "a.h5")
    }
    #expect(
      error?.description == "a.h5: channels at (x, y, z) = [[0.0, 0.0, 0.0], [0.0, 5.0, -100.0]] µm,"
        + " the model was trained on depths [0.0, -100.0] µm")
  }

  @Test("other frequencies are an error that gives their number and range")
  func otherFrequencies() throws {
    #expect(
      try estimator.requireMatching(
        contacts: Self.contacts, frequencies: [0, 250, 500, 750], file: "a.h5") == [0, 2])
    let others: [([Double], String)] = [
      ([0, 250], "2 from 0.0 to 250.0 Hz"), ([500, 0], "2 from 500.0 to 0.0 Hz"),
      ([0, 400], "2 from 0.0 to 400.0 Hz"),
      ([], "0 from nan to nan Hz"),
    ]
    for (frequencies, summary) in others {
      let error = EstimatorError.otherFrequencies(
        file: "a.h5", expected: "2 from 0.0 to 500.0 Hz", actual: summary)
      #expect(throws: error) {
        try estimator.requireMatching(contacts: Self.contacts, frequencies: frequencies, file: "a.h5")
      }
      #expect("\(error)" == "a.h5: frequencies \(summary), the model was trained on 2 from 0.0 to 500.0 Hz")
    }
  }
}
