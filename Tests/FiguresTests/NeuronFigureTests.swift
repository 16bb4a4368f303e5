import Figures
import StudyFigures
import Testing

@Suite("Figures of single neurons and of theory")
struct NeuronFigureTests {
  private func texts(_ figure: Figure) throws -> [String] {
    try #require(ParsedXML(figure.svg)).texts("text")
  }

  private func strokes(_ figure: Figure) throws -> [String] {
    try #require(ParsedXML(figure.svg)).attributes("stroke", of: "path")
  }

  @Test("Curves have their labels, and simulated rates are dots")
  func curves() throws {
    func curve(_ label: String?, _ rates: [Double], _ simulated: [Double]) -> CurrentCurveFigure.Curve {
      .init(label: label, currents: [0, 1, 2], rates: rates, simulated: simulated)
    }
    let family = CurrentCurveFigure(
      curves: [
        curve("θ = 15 mV", [0, 10, 20], [.nan, .nan, .nan]),
        curve("θ = 20 mV", [0, 5, 9], [.nan, .nan, .nan]),
      ], limit: 500)
    #expect(try texts(family.figure).filter { $0.hasPrefix("θ") } == ["θ = 15 mV", "θ = 20 mV"])
    #expect(try !texts(family.figure).contains("simulated"))
    let one = CurrentCurveFigure(curves: [curve(nil, [0, 10, 20], [0, 11, .nan])], limit: 25)
    #expect(try texts(one.figure).contains("simulated") && texts(one.figure).contains("theory"))
    // Rates come near the limit.
    #expect(try texts(one.figure).contains { $0.hasPrefix("1/t") })
    #expect(try !texts(family.figure).contains { $0.hasPrefix("1/t") })
  }

  @Test("Traces, spike trains and rate neurons show what there is, and say when there is nothing")
  func neurons() throws {
    let traces = MembraneTraceFigure(
      traces: [1.1, 0.95].map {
        .init(
          title: "I = \($0)", time: [0, 1, 2], potential: [0, 0.5, 0.9], current: $0, threshold: 1,
          spikeTimes: $0 > 1 ? [1.5] : [])
      })
    #expect(try texts(traces.figure).filter { $0.hasPrefix("I =") }.count == 2)
    #expect(try strokes(traces.figure).filter { $0 == Color.vermilion.hexadecimal }.count == 1)
    let trains = SpikeTrainFigure(
      trains: [.init(label: "two", times: [0.5, 1]), .init(label: "none", times: [])], duration: 2)
    #expect(try strokes(trains.figure).filter { $0 == Color.vermilion.hexadecimal }.count >= 1)
    #expect(try texts(trains.figure).contains("none"))
    let column = RateNeuronFigure.Column(
      title: "slow", time: [0, 1, 2], current: [1, 1, 1], rate: [50, 60, 50], intervalRate: [.nan, 55, .nan],
      potential: [10, 15, 12], spikeTimes: [1])
    let figure = RateNeuronFigure(columns: [column]).figure
    #expect(try texts(figure).contains("rate neuron") && texts(figure).contains("slow"))
  }

  @Test("The plane has a line for each kind of border that there is, and networks by how far off theory is")
  func plane() throws {
    let piece = StabilityPlaneFigure.Segment(from: (g: 4, eta: 1), to: (g: 5, eta: 2))
    let figure = StabilityPlaneFigure(
      title: "J = 0.1 mV", g: 3...8, eta: 0.8...4, fast: [piece], slow: [piece, piece], delayed: [],
      networks: [
        .init(g: 5, eta: 2, deviation: 0.01), .init(g: 6, eta: 2, deviation: -0.1),
        .init(g: 7, eta: 2, deviation: .infinity),
      ], marked: (g: 5, eta: 2)
    ).figure
    let labels = try texts(figure)
    #expect(labels.contains { $0.hasPrefix("fast") } && labels.contains { $0.hasPrefix("slow") })
    #expect(!labels.contains { $0.hasPrefix("near 1/t") })
    for label in ["within 5 % of theory", "within 20 %", "further off", "this network"] {
      #expect(labels.contains(label))
    }
  }

  @Test("Planes without a border say so")
  func empty() throws {
    let figure = StabilityPlaneFigure(
      title: "", g: 5...6, eta: 1...2, fast: [], slow: [], delayed: [], networks: [], marked: nil
    ).figure
    #expect(try texts(figure).contains("no border in these ranges"))
  }
}
