import RandomStreams
import SpikingNetwork
import TestSupport
import Testing

@Suite("Wiring")
struct WiringTests {
  /// The sources of every neuron.
  private func sources(_ parameters: NetworkParameters, seed: UInt64 = 1) throws -> [[Int]] {
    var wiring = FixedInDegreeWiring(
      constants: try NetworkConstants(parameters, timeStep: 0.1), key: StreamKey(seed: seed))
    return (0..<parameters.neurons).map { target in
      var sources: [Int] = []
      wiring.forEachSource(of: target) { sources.append($0) }
      return sources
    }
  }

  /// With and without multapses, with and without autapses.
  static let options = [(true, true), (true, false), (false, true), (false, false)]

  @Test(
    "Every neuron has its in-degrees, excitatory sources first, and only allowed ones", arguments: options)
  func inDegrees(multapses: Bool, autapses: Bool) throws {
    let parameters = NetworkParameters.small(60, 25, inDegrees: (30, 12)) {
      $0.allowsMultapses = multapses
      $0.allowsAutapses = autapses
    }
    var hasMultapse = false, hasAutapse = false
    for (target, sources) in try sources(parameters).enumerated() {
      #expect(sources.count == 42)
      #expect(sources[..<30].allSatisfy { (0..<60).contains($0) })
      #expect(sources[30...].allSatisfy { (60..<85).contains($0) })
      if Set(sources).count < sources.count { hasMultapse = true }
      if sources.contains(target) { hasAutapse = true }
    }
    #expect(hasMultapse == multapses)
    #expect(hasAutapse == autapses)
  }

  @Test("Without multapses the whole population can be a neuron's input")
  func allToAll() throws {
    let parameters = NetworkParameters.small(70, 9, inDegrees: (70, 9)) { $0.allowsMultapses = false }
    for sources in try sources(parameters) { #expect(sources.sorted() == Array(0..<79)) }
  }

  @Test("A neuron's sources depend on the key and the neuron alone, not on the order of asking")
  func orderDoesNotMatter() throws {
    for multapses in [true, false] {
      let parameters = NetworkParameters.small(60, 25, inDegrees: (30, 12)) { $0.allowsMultapses = multapses }
      let forwards = try sources(parameters)
      var wiring = FixedInDegreeWiring(
        constants: try NetworkConstants(parameters, timeStep: 0.1), key: StreamKey(seed: 1))
      for target in [84, 3, 3, 50, 0] {
        var again: [Int] = []
        wiring.forEachSource(of: target) { again.append($0) }
        #expect(again == forwards[target])
      }
      #expect(try sources(parameters, seed: 2) != forwards)
      #expect(Set(forwards).count == parameters.neurons)
    }
  }

  @Test("Synapses between a pair follow the binomial distribution")
  func multiplicities() throws {
    // 500 targets, 400 sources: 200,000 pairs, Binomial(100, 1/400).
    let parameters = NetworkParameters.small(400, 100, inDegrees: (100, 0))
    var observed = [0, 0, 0, 0]
    for sources in try sources(parameters) {
      var multiplicity = [Int](repeating: 0, count: 400)
      for source in sources { multiplicity[source] += 1 }
      for m in multiplicity { observed[min(m, 3)] += 1 }
    }
    var probabilities = [1.0]
    for _ in 0..<100 { probabilities[0] *= 399.0 / 400 }
    for m in 1..<3 { probabilities.append(probabilities[m - 1] * Double(101 - m) / Double(m) / 399) }
    probabilities.append(1 - probabilities.reduce(0, +))
    #expect(chiSquareDeviate(observed, expected: probabilities.map { $0 * 200_000 }) < 4)
  }

  @Test("All sources are drawn equally often", arguments: options)
  func outDegrees(multapses: Bool, autapses: Bool) throws {
    let parameters = NetworkParameters.small(1000, 250, inDegrees: (100, 25)) {
      $0.allowsMultapses = multapses
      $0.allowsAutapses = autapses
    }
    var outDegree = [Int](repeating: 0, count: 1250)
    for source in try sources(parameters).joined() { outDegree[source] += 1 }
    // Without replacement the variance is less by 1 − 1/10; the deviate is then below 0.
    let expected = [Double](repeating: 125, count: 1000)
    #expect(chiSquareDeviate(Array(outDegree[..<1000]), expected: expected) < 4)
    #expect(chiSquareDeviate(Array(outDegree[1000...]), expected: .init(repeating: 125, count: 250)) < 4)
  }

  @Test(
    "Target lists and bit rows hold the synapses drawn",
    arguments: [
      NetworkParameters.small(1, 1, inDegrees: (3, 2)),
      .small(300, 77, inDegrees: (60, 30)),
      .small(400, 112, inDegrees: (400, 112)) { $0.allowsMultapses = false },
      .small(500, 13, inDegrees: (0, 40)) { $0.allowsAutapses = false },
    ])
  func formatsAgree(_ parameters: NetworkParameters) throws {
    let neurons = parameters.neurons
    var drawn = [[Int]](repeating: [], count: neurons)
    for (target, sources) in try sources(parameters).enumerated() {
      for source in sources { drawn[source].append(target) }
    }
    let wiring = FixedInDegreeWiring(
      constants: try NetworkConstants(parameters, timeStep: 0.1), key: StreamKey(seed: 1))
    let lists = TargetLists(wiring: wiring)
    let matrix = BitMatrix<UInt16>(wiring: wiring, memory: SimulationMemory(), threads: 1)
    for source in 0..<neurons {
      #expect(lists.targets(of: source) == drawn[source])
      let firsts = targets(of: source, in: matrix)
      #expect((firsts + matrix.extras[source]).sorted() == drawn[source])
      #expect(Set(firsts) == Set(drawn[source]))
    }
    #expect(targets(of: matrix.emptyRow, in: matrix).isEmpty)
  }

  private func targets(of source: Int, in matrix: BitMatrix<UInt16>) -> [Int] {
    let row = matrix.rows.pointer + source * matrix.lines
    return (0..<(matrix.lines * 512)).filter { target in
      let (byte, bit) = BitPosition.of(target % 512)
      return row[target / 512][byte / 8] >> UInt64(8 * (byte % 8) + bit) & 1 == 1
    }
  }

  @Test("The 512 neurons of a line have 512 different bits")
  func bitPositions() {
    let positions = Set((0..<512).map { 8 * BitPosition.of($0).byte + BitPosition.of($0).bit })
    #expect(positions == Set(0..<512))
  }
}
