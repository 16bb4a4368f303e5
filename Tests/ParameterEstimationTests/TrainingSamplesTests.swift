import ConvolutionalNetwork
import DatasetSupport
import ParameterEstimation
import ParameterSampling
import SimulationData
import Testing

@Suite struct TrainingSamplesTests {
  private func samples(
    _ rows: DatasetRows, split: DatasetSplit? = nil, targetBox: ParameterBox = SmallDataset.box
  ) throws -> TrainingSamples {
    try TrainingSamples(
      rows, split: split, description: SmallDataset.description, targetBox: targetBox, file: "data.h5")
  }

  @Test("all samples are taken in order")
  func all() throws {
    let rows = SmallDataset.rows(0..<7)
    let samples = try samples(rows)
    #expect(samples.count == 7)
    #expect(samples.silent == 0)
    #expect(samples.spectra == rows.spectra)
    #expect(samples.parameters == rows.parameters)
    // Sample i lies at i/128 of the ranges of η and g, and at i/256 of the range of J.
    let targets: [Float] = (0..<7).flatMap { (i: Int) -> [Float] in
      let u = Float(i) / 256
      return [2 * u, 2 * u, u]
    }
    #expect(samples.targets == targets)
  }

  @Test("a part has the samples that belong to it", arguments: DatasetSplit.allCases)
  func parts(split: DatasetSplit) throws {
    let rows = SmallDataset.rows(0..<7)
    let samples = try samples(rows, split: split)
    let members = (0..<7).filter { $0 % 3 == Int(split.rawValue) }
    #expect(samples.count == members.count)
    #expect(samples.spectra == members.flatMap { rows.spectra[$0 * 8..<($0 + 1) * 8] })
    #expect(samples.parameters == members.flatMap { rows.parameters[$0 * 3..<($0 + 1) * 3] })
  }

  @Test("silent samples are left out and counted, each in its part")
  func silent() throws {
    var rows = SmallDataset.rows(0..<7)
    for row in [0, 3, 4] {
      rows.excitatoryRate[row] = 0
      rows.inhibitoryRate[row] = 0
    }
    rows.excitatoryRate[5] = 0
    // Nothing is expected of the spectra of silent samples.
    rows.spectra[3 * 8] = .nan
    let all = try samples(rows)
    #expect(all.silent == 3)
    #expect(all.count == 4)
    #expect(all.parameters.count == 12)
    #expect(try samples(rows, split: .training).silent == 2)
    #expect(try samples(rows, split: .validation).silent == 1)
    #expect(try samples(rows, split: .test).silent == 0)
  }

  @Test("parameters come in the order of the target box, relative to its ranges")
  func targetOrder() throws {
    let box = ParameterBox([.init(key: "J_mV", lower: 0, upper: 0.5), .init(key: "eta", lower: 0, upper: 4)])
    let samples = try samples(SmallDataset.rows(2..<3), targetBox: box)
    #expect(samples.parameters == [0.125 + 1.0 / 512, 1 + 1.0 / 32])
    #expect(samples.targets == [0.25 + 1.0 / 256, 0.25 + 1.0 / 128])
  }

  @Test("a parameter that was not sampled is an error")
  func otherParameters() throws {
    let box = ParameterBox([
      .init(key: "eta", lower: 0, upper: 4), .init(key: "delay_ms", lower: 1, upper: 2),
    ])
    #expect(
      throws: EstimatorError.otherParameters(
        file: "data.h5", expected: ["eta", "delay_ms"], actual: ["eta", "g", "J_mV"])
    ) { try samples(SmallDataset.rows(0..<1), targetBox: box) }
  }

  @Test(
    "values that are not finite are named with their sample", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) throws {
    var rows = SmallDataset.rows(10..<17)
    rows.spectra[4 * 8 + 7] = value
    #expect(throws: DatasetError.notFinite(file: "data.h5", dataset: "/psd", sample: 14)) {
      try samples(rows)
    }
    // Sample 14 is a test sample.
    #expect(try samples(rows, split: .training).count == 2)
    rows = SmallDataset.rows(10..<17)
    rows.parameters[5 * 3 + 1] = Double(value)
    #expect(throws: DatasetError.notFinite(file: "data.h5", dataset: "/parameters", sample: 15)) {
      try samples(rows)
    }
  }

  @Test("parts can be joined")
  func append() throws {
    var rows = SmallDataset.rows(0..<7)
    rows.excitatoryRate[1] = 0
    rows.inhibitoryRate[1] = 0
    rows.split = [0, 0, 0, 2, 2, 2, 2]
    var joined = try samples(rows, split: .training)
    joined.append(try samples(rows, split: .test))
    let all = try samples(rows)
    #expect(joined.spectra == all.spectra)
    #expect(joined.targets == all.targets)
    #expect(joined.parameters == all.parameters)
    #expect(joined.silent == 1 && joined.count == 6)
  }

  @Test("the network gets normalised inputs and the targets")
  func sampleSet() throws {
    let samples = try samples(SmallDataset.rows(0..<7))
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 4, channels: 2),
      layers: [.flatten, .dense(outputs: 3, bias: true, activation: .linear)])
    let normaliser = SpectrumNormaliser.channelPower(scale: [2, 4])
    let set = try samples.sampleSet(normaliser, architecture: architecture)
    #expect(set.count == 7)
    #expect(set.withInputs(Array.init) == normaliser.inputs(samples.spectra, channels: 2, frequencies: 4))
    #expect(set.targets == samples.targets)
  }
}
