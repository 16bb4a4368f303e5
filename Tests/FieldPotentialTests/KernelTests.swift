import FieldPotential
import Foundation
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
      parameters: parameters, excitatoryMorphology: .stickPyramid, inhibitoryMorphology: .stickInterneuron,
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
    parameters.pathways = variant == "code" ? .asInPublishedCode : .asInPublishedText
    let kernels = try referenceSamples(parameters)
    let expected = variant == "code" ? reference.code : reference.text
    for pathway in Pathway.allCases {
      let error = relativeError(strided(kernels.finePathways[pathway]!), expected[pathway.rawValue]!.joined())
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
    var parameters = KernelParameters()
    parameters.synapticDelay = delay
    parameters.orientationSamples = 20
    let kernels = try FieldKernels(parameters: parameters)
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
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    let early = try FieldKernels(parameters: parameters)
    parameters.synapticDelay += 1
    let late = try FieldKernels(parameters: parameters)
    #expect(relativeError(late.excitatory[channel: 2].dropFirst(), early.excitatory[channel: 2]) < 1e-12)
  }

  @Test("kernels scale with population sizes and synapse numbers as the spikes' targets do")
  func scaling() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    let base = try FieldKernels(parameters: parameters)
    parameters.inhibitoryNeurons *= 2
    parameters.pathways[.EE]?.synapsesPerCell["upper"]? *= 3
    parameters.pathways[.EE]?.synapsesPerCell["lower"]? *= 3
    let scaled = try FieldKernels(parameters: parameters)
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
    parameters.pathways[.IE]?.synapsesPerCell["deep"] = 10
    #expect(throws: KernelError.noTarget(.IE, layer: "deep")) { try FieldKernels(parameters: parameters) }
  }

  @Test("a layer that some cells reach is reported with the fraction that do not")
  func unplacedSynapses() throws {
    var parameters = KernelParameters()
    parameters.orientationSamples = 20
    // The tuft ends 261 µm above the soma: only cells above -411 µm have segment midpoints beyond -150 µm.
    parameters.layers.append(.init(name: "top", heights: -150...0))
    parameters.pathways[.EE]?.synapsesPerCell["top"] = 10
    let kernels = try FieldKernels(parameters: parameters)
    let unplaced = try #require(kernels.unplacedSynapses.first { $0.layer == "top" })
    #expect(unplaced.pathway == .EE)
    #expect(unplaced.fraction > 0.35 && unplaced.fraction < 0.6)
  }

  @Test("cells that cannot be solved are refused")
  func tooManySegments() {
    var parameters = KernelParameters()
    parameters.dLambda = 1e-300
    #expect(throws: KernelError.tooManySegments(cell: "stick_pyramid", limit: 5_000)) {
      try FieldKernels(parameters: parameters)
    }
  }

  @Test(
    "sampled orientations have the moments of their distribution",
    arguments: [
      (KernelParameters.Orientation.upright, SIMD3<Double>(0, 0, 1)),
      (.uniformAngles, SIMD3(1.0 / 2, 1.0 / 4, 1.0 / 4)), (.isotropic, SIMD3(repeating: 1.0 / 3)),
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
    parameters.stepsPerBin = 5
    parameters.pathways[.II]?.synapsesPerCell["middle"] = 3
    let names = parameters.problems.map(\.parameter)
    #expect(
      Set(names) == [
        "conductivity", "axialResistivity", "excludedRadius", "contacts", "stepsPerBin",
        "pathways.II.synapsesPerCell.middle",
      ])
    #expect(throws: KernelError.invalidParameters(parameters.problems)) {
      try FieldKernels(parameters: parameters)
    }
    #expect(KernelParameters().problems.isEmpty)
  }

  @Test("the default current moves a point neuron by 1 mV")
  func currentAmplitude() {
    // 1 mV times 100 pF spread over an alpha function of 5 ms.
    #expect(abs(KernelParameters().currentPerMillivolt - 0.00735759) < 1e-8)
  }
}
