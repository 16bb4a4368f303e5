import FieldPotential
import Foundation
import ParameterChecks
import Testing

@Suite struct KernelTests {
  private let reference: FieldReference.Kernels
  private let ownSamples: FieldKernels

  init() throws {
    reference = try FieldReference.shared.get().kernels
    ownSamples = try Self.defaults.get()
  }

  private static let defaults = Result { try FieldKernels() }

  private func referenceSamples(_ parameters: KernelParameters) throws -> FieldKernels {
    try FieldKernels(
      parameters: parameters, network: SourceNetwork(), excitatoryMorphology: .stickPyramid,
      inhibitoryMorphology: .stickInterneuron,
      excitatoryPlacements: (0..<50).map { CellPlacement(somaHeight: -449 + 2 * Double($0)) },
      inhibitoryPlacements: zip(reference.height, reference.angles).map {
        CellPlacement(somaHeight: $0, angleX: $1[0], angleY: $1[1])
      })
  }

  private func strided(_ series: ChannelSeries) -> [Double] {
    (0..<series.channelCount).flatMap { channel in
      stride(from: 0, to: series.sampleCount, by: reference.fine_step_stride).map { series[channel, $0] }
    }
  }

  @Test("with the same samples kernels agree to 1e-6", arguments: ["code", "text"])
  func sameSamples(variant: String) throws {
    var parameters = KernelParameters()
    parameters.sections = variant == "code" ? .asInPublishedCode : .asInPublishedText
    let kernels = try referenceSamples(parameters)
    let expected = variant == "code" ? reference.code : reference.text
    for pathway in Pathway.allCases {
      let error = relativeError(strided(kernels.finePathways[pathway]!), expected["\(pathway)"]!.joined())
      #expect(error < 1e-6, "\(pathway)")
    }
    #expect(relativeError(kernels.excitatory.values, expected["E"]!.joined()) < 1e-6)
    #expect(relativeError(kernels.inhibitory.values, expected["I"]!.joined()) < 1e-6)
  }

  @Test("with its own samples kernels agree within the error of sampling orientations")
  func samplingError() {
    // The reference has 600 random orientations and 50 heights.
    #expect(relativeError(ownSamples.excitatory.values, reference.code["E"]!.joined()) < 0.01)
    #expect(relativeError(ownSamples.inhibitory.values, reference.code["I"]!.joined()) < 0.02)
  }

  @Test("more samples change the kernels by less than 0.2 %")
  func convergence() throws {
    var parameters = KernelParameters()
    parameters.heightSamples = 1000
    parameters.orientationSamples = 10_000
    let fine = try FieldKernels(parameters: parameters)
    #expect(relativeError(ownSamples.excitatory.values, fine.excitatory.values) < 0.002)
    #expect(relativeError(ownSamples.inhibitory.values, fine.inhibitory.values) < 0.002)
  }

  @Test("kernels are zero up to the delay and begin there", arguments: [0, 0.3, 1.5, 7.25])
  func delay(delay: Double) throws {
    var (parameters, network) = (KernelParameters(), SourceNetwork())
    network.delay = delay
    parameters.orientationSamples = 20
    let kernels = try FieldKernels(parameters: parameters, network: network)
    let lastZero = Int((delay * 10 + 1e-9).rounded(.down))
    for series in [kernels.fineExcitatory, kernels.fineInhibitory] {
      for channel in 0..<series.channelCount {
        #expect(series[channel: channel].prefix(lastZero + 1).allSatisfy { $0 == 0 })
        #expect(series[channel, lastZero + 1] != 0)
      }
    }
  }

  @Test("a delay of a whole bin shifts the kernels by one lag")
  func shift() throws {
    var (parameters, network) = (KernelParameters(), SourceNetwork())
    parameters.orientationSamples = 20
    let early = try FieldKernels(parameters: parameters)
    network.delay += 1
    let late = try FieldKernels(parameters: parameters, network: network)
    #expect(relativeError(late.excitatory[channel: 2].dropFirst(), early.excitatory[channel: 2]) < 1e-12)
  }

  @Test("kernels scale with population sizes and synapse numbers as the spikes' targets do")
  func scaling() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    let base = try FieldKernels(parameters: parameters)
    var network = SourceNetwork()
    network.inhibitoryNeurons *= 2
    parameters.synapses = [.EE: ["upper": 1500, "lower": 1500]]
    let scaled = try FieldKernels(parameters: parameters, network: network)
    for (pathway, factor) in [(Pathway.EE, 3.0), (.EI, 2), (.IE, 0.5), (.II, 1)] {
      let expected = base.finePathways[pathway]!.values.map { factor * $0 }
      #expect(relativeError(scaled.finePathways[pathway]!.values, expected) < 1e-12, "\(pathway)")
    }
  }

  @Test("populations that are left out have a zero kernel")
  func populations() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    parameters.populations = [.excitatory]
    let kernels = try FieldKernels(parameters: parameters)
    #expect(kernels.inhibitory.values.allSatisfy { $0 == 0 })
    #expect(kernels.excitatory.values.contains { $0 != 0 })
  }

  @Test("contacts just off the axis see nearly what contacts on it see")
  func lateralContacts() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    parameters.heightSamples = 10
    let onAxis = try FieldKernels(parameters: parameters)
    parameters.contacts = parameters.contacts.map { Contact(x: 0.3, y: -0.4, z: $0.z) }
    let offAxis = try FieldKernels(parameters: parameters)
    let error = relativeError(offAxis.excitatory.values, onAxis.excitatory.values)
    #expect(error < 0.01 && error > 0)
  }

  @Test("a stretch of tissue that no dendrite reaches is an error for the pathway")
  func noTarget() {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    parameters.layers.append(.init(name: "deep", heights: -2000...(-1500)))
    parameters.synapses = [.IE: ["lower": 250, "deep": 10]]
    #expect(throws: KernelError.noTarget(.IE, layer: "deep")) { try FieldKernels(parameters: parameters) }
  }

  @Test("a layer that some cells reach is reported with the fraction that do not")
  func unplacedSynapses() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    // The tuft ends 261 µm above the soma: only cells above -411 µm have segment midpoints beyond -150 µm.
    parameters.layers[0].heights = -300...(-150)
    parameters.layers.append(.init(name: "top", heights: -150...0))
    parameters.synapses = [.EE: ["upper": 500, "lower": 500, "top": 10]]
    let kernels = try FieldKernels(parameters: parameters)
    let unplaced = try #require(kernels.unplacedSynapses.first { $0.layer == "top" })
    #expect(unplaced.pathway == .EE)
    #expect(unplaced.fraction > 0.35 && unplaced.fraction < 0.6)
  }

  @Test("cells that cannot be solved are refused")
  func tooManySegments() {
    var parameters = KernelParameters()
    parameters.dLambda = 0.001
    #expect(throws: KernelError.tooManySegments(cell: "stick_pyramid", limit: 5_000)) {
      try FieldKernels(parameters: parameters)
    }
  }

  @Test(
    "sampled orientations have the moments of their distribution",
    arguments: [
      (KernelParameters.Orientation.upright, SIMD3<Double>(0, 0, 1)),
      (.angles, SIMD3(1.0 / 2, 1.0 / 4, 1.0 / 4)), (.isotropic, SIMD3(repeating: 1.0 / 3)),
    ])
  func orientations(orientation: KernelParameters.Orientation, squares: SIMD3<Double>) {
    var parameters = KernelParameters()
    parameters.inhibitoryOrientation = orientation
    let samples = CellPlacement.samples(of: .inhibitory, parameters: parameters)
    let count = Double(samples.count)
    let means = samples.reduce(SIMD3.zero) { $0 + $1.up * $1.up } / count - squares
    #expect(max(abs(means.x), abs(means.y), abs(means.z)) < 0.005)
    let height = samples.reduce(0) { $0 + $1.somaHeight } / count
    #expect(abs(height + 400) < 0.5)
    #expect(samples.allSatisfy { abs(($0.up * $0.up).sum() - 1) < 1e-12 })
  }

  @Test("all impossible parameters are named at once")
  func problems() {
    var parameters = KernelParameters()
    parameters.conductivity = 0
    parameters.axialResistivity = .nan
    parameters.excludedRadius = 600
    parameters.contacts = []
    parameters.synapses = [.II: ["lower": 247, "middle": 3]]
    let error = #expect(throws: ParameterError.self) { try FieldKernels(parameters: parameters) }
    #expect(
      Set(error?.problems.map(\.keyPath) ?? []) == [
        "kernel.conductivity_S_per_m", "kernel.axial_resistivity_ohm_cm", "kernel.excluded_radius_um",
        "kernel.contacts_um", "kernel.synapses.I_to_I.middle",
      ])
  }

  @Test("layers may touch but not overlap")
  func layers() {
    var parameters = KernelParameters()
    parameters.layers[1].heights = -500...(-299)
    let error = #expect(throws: ParameterError.self) { try FieldKernels(parameters: parameters) }
    #expect(error?.problems.map(\.keyPath) == ["kernel.layers_um.lower"])
  }

  @Test("synapses follow from in-degrees unless they are named")
  func synapses() {
    var network = SourceNetwork()
    #expect(
      ([:] as SynapseNumbers).resolved(in: network).named == [
        .EE: ["upper": 500, "lower": 500], .IE: ["lower": 250], .EI: ["lower": 1000], .II: ["lower": 250],
      ])
    (network.excitatoryInDegree, network.inhibitoryInDegree) = (41, 10)
    let numbers: SynapseNumbers = [.IE: ["upper": 10]]
    #expect(numbers.synapses(.EE, in: network) == ["upper": 20, "lower": 21])
    #expect(numbers.synapses(.IE, in: network) == ["upper": 10])
    #expect(numbers.synapses(.II, in: network) == ["lower": 10])
  }

  @Test("what kernels lose by their length is what longer ones have there", arguments: [10, 20, 60])
  func truncation(lags: Int) throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    let whole = try FieldKernels(parameters: parameters)
    #expect(!whole.truncation.isSevere && whole.truncation.lost.upperBound < 1e-3)
    parameters.lagCount = lags
    let short = try FieldKernels(parameters: parameters)
    var shares: [Double] = []
    for series in [whole.fineExcitatory, whole.fineInhibitory] {
      for channel in 0..<series.channelCount {
        let magnitudes = series[channel: channel].map { abs($0) }
        shares.append(magnitudes.dropFirst(10 * lags).reduce(0, +) / magnitudes.reduce(0, +))
      }
    }
    let lost = short.truncation.lost
    #expect(abs(lost.lowerBound - shares.min()!) < 0.003 && abs(lost.upperBound - shares.max()!) < 0.003)
    #expect(short.truncation.isSevere == (lags < 60))
    parameters.lagCount = short.truncation.sufficientLags
    #expect(try !FieldKernels(parameters: parameters).truncation.isSevere)
    parameters.lagCount -= 2
    #expect(try FieldKernels(parameters: parameters).truncation.isSevere)
  }

  @Test("the default current moves a point neuron by 1 mV")
  func currentAmplitude() {
    // 1 mV times 100 pF spread over an alpha function of 5 ms.
    #expect(abs(KernelParameters().currentPerMillivolt - 0.00735759) < 1e-8)
  }
}
