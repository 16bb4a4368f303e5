import Foundation
import RandomStreams
import SpikingNetwork
import Testing

/// Rates and irregularity against runs of NEST (Reference/nest_brunel.py and nest_exponential.py), equal in duration and
/// transient.
@Suite("Comparison with NEST")
struct NESTComparisonTests {
  private struct Reference: Decodable {
    struct Run: Decodable {
      let seed: Int
      let duration: Int
      let transient: Int
      let excitatoryRate: Double
      let inhibitoryRate: Double
      let coefficientOfVariation: Double
    }
    struct Point: Decodable {
      let name: String
      let eta: Double
      let g: Double
      // swift-format-ignore: AlwaysUseLowerCamelCase
      let J: Double
      let multapsesAndAutapses: Bool
      let excitatory: Int?
      let inhibitory: Int?
      let synapticTimeConstant: Double?
      let runs: [Run]
    }
    let points: [Point]
  }

  private func point(_ name: String, of file: String = "nest_activity") throws -> Reference.Point {
    let reference = try NESTReference.decode(Reference.self, file)
    return try #require(reference.points.first { $0.name == name })
  }

  /// The difference of the means and its standard error, with one variance for both.
  private func difference(_ a: [Double], _ b: [Double]) -> (value: Double, standardError: Double) {
    func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    func squares(_ x: [Double]) -> Double { x.map { ($0 - mean(x)) * ($0 - mean(x)) }.reduce(0, +) }
    let variance = (squares(a) + squares(b)) / Double(a.count + b.count - 2)
    let standardError = (variance * (1 / Double(a.count) + 1 / Double(b.count))).squareRoot()
    return (mean(a) - mean(b), standardError)
  }

  @Test(
    "Rates and coefficients of variation agree with NEST",
    arguments: [
      "AI", "AI, each pair connected once", "SI-slow", "Fig. 5b",
    ])
  func activity(name: String) throws { try compare(point(name)) }

  @Test(
    "With exponential synaptic currents rates and coefficients of variation agree with NEST's iaf_psc_exp",
    arguments: [
      "AI, 0.5 ms", "AI, 2 ms", "AI, 5 ms", "SI-fast, 0.5 ms", "SI-slow, 2 ms",
    ])
  func synapticCurrents(name: String) throws { try compare(point(name, of: "nest_exponential"), seeds: 20) }

  private func compare(_ point: Reference.Point, seeds: UInt64 = 5) throws {
    var parameters = NetworkParameters()
    (parameters.eta, parameters.g, parameters.efficacy) = (point.eta, point.g, point.J)
    parameters.excitatoryNeurons = point.excitatory ?? parameters.excitatoryNeurons
    parameters.inhibitoryNeurons = point.inhibitory ?? parameters.inhibitoryNeurons
    parameters.synapticTimeConstant = point.synapticTimeConstant ?? 0
    parameters.allowsMultapses = point.multapsesAndAutapses
    parameters.allowsAutapses = point.multapsesAndAutapses
    // Most seeds share a duration, which the coefficient of variation depends on.
    let durations = point.runs.map(\.duration)
    let duration = try #require(
      durations.max { a, b in
        durations.count { $0 == a } < durations.count { $0 == b }
      })
    let runs = point.runs.filter { $0.duration == duration }
    let simulation = try Simulation(
      parameters, timing: SimulationTiming(duration: duration, transient: runs[0].transient))
    let ours = (1...seeds).map { simulation.run(key: StreamKey(seed: $0)).activity }

    // Three standard errors or, if more, the margin below which realisations are not worth telling apart.
    for (figure, theirs, ours) in [
      ("excitatory rate", runs.map(\.excitatoryRate), ours.map(\.excitatoryRate)),
      ("inhibitory rate", runs.map(\.inhibitoryRate), ours.map(\.inhibitoryRate)),
    ] {
      let (difference, error) = difference(ours, theirs)
      #expect(abs(difference) <= max(0.015 * theirs[0], 3 * error), "\(figure): \(ours) against \(theirs)")
    }
    let theirs = runs.map(\.coefficientOfVariation),
      coefficientOfVariation = ours.map(\.coefficientOfVariation)
    let (difference, error) = difference(coefficientOfVariation, theirs)
    #expect(
      abs(difference) <= max(0.03 * theirs[0], 0.01, 3 * error),
      "CV: \(coefficientOfVariation) against \(theirs)")
  }

  @Test("In the synchronous regular state all neurons fire in every volley, as in NEST")
  func synchronousRegular() throws {
    let point = try point("SR")
    var parameters = NetworkParameters()
    (parameters.eta, parameters.g, parameters.efficacy) = (point.eta, point.g, point.J)
    let run = point.runs[0]
    // One volley in 3 ms, twice the delay: chance hardly matters.
    let activity = try Simulation(
      parameters, timing: SimulationTiming(duration: run.duration, transient: run.transient)
    )
    .run(key: StreamKey(seed: 1)).activity
    #expect(abs(activity.excitatoryRate - run.excitatoryRate) < 0.001 * run.excitatoryRate)
    #expect(abs(activity.inhibitoryRate - run.inhibitoryRate) < 0.001 * run.inhibitoryRate)
    #expect(abs(activity.coefficientOfVariation - run.coefficientOfVariation) < 0.01)
  }
}
