import Figures
import Foundation
import StudyFigures
import Testing

@Suite("Figures")
struct FigureTests {
  static let depths = [0.0, -100, -200]
  static let time = (0..<200).map { Double($0) + 0.5 }
  static let trace = time.map { $0 == 20.5 ? .nan : sin($0 / 10) }
  static let frequencies = (0...150).map { Double($0) / 0.3 }
  static let spectrum = frequencies.map { $0 == 0 ? 0 : 1 / ($0 * $0) }

  static let simulation = SimulationFigure(
    title: "η = 2 & g < 5", window: 50...150, spikesE: .init(times: [60, 160, 70], rows: [0, 1, 1]),
    spikesI: .init(times: [65], rows: [0]), time: time, rateE: trace, rateI: trace,
    lfp: depths.map { _ in trace }, depths: depths, frequencies: frequencies,
    psd: depths.map { _ in spectrum }, ratePSD: [spectrum, spectrum],
    replay: (depths.map { _ in trace }, depths.map { _ in spectrum }))
  static let kernel = KernelFigure(
    lag: time, kernelE: depths.map { _ in trace.map { $0 * 3e-6 } },
    kernelI: depths.map { _ in trace.map { $0 * -2e-5 } }, depths: depths)
  static let errors = ErrorHistogramFigure(
    parameters: [
      .init(name: "η", errors: [-0.01, 0, 0.02, .nan, 0.03]), .init(name: "g", errors: [.nan]),
      .init(name: "J", errors: [0]),
    ])
  static let scatter = EstimateScatterFigure(
    parameters: [
      .init(name: "J", unit: "mV", truth: [0.1, 0.2, .nan], estimate: [0.11, 0.9, 0.3], range: 0.05...0.4)
    ])
  static let learning = LearningCurveFigure([
    .init(training: [1, 0.1, 0.01], validation: [1, .nan, 0.02], bestEpoch: 3)
  ])

  static let comparison = ErrorComparisonFigure(
    title: "a < b",
    parameters: [
      .init(
        name: "η",
        variants: [
          .init(name: "one", errors: [[-0.01, 0, 0.02], [0.01, 0.02, .nan]]),
          .init(name: "two", errors: [[0.03, 0.1]]),
        ]), .init(name: "g", variants: [.init(name: "three", errors: [[0, 0]])]),
    ])
  static let losses = LossCurveFigure(
    axis: "samples", amounts: [100, 200, 400], losses: [0.3, 0.2, 0.15],
    laws: [.init("fit") { 2 / $0.squareRoot() }])
  static let calibration = CalibrationFigure(
    series: [
      .init(name: "η", values: [0, 0.2, 0.5, 1]),
      .init(name: "all", values: [0.1, 0.9, .nan], isOneSided: true),
    ])

  static let corner = CornerFigure(
    title: "one",
    parameters: [
      .init(name: "η", draws: trace.filter(\.isFinite), range: 0...2),
      .init(name: "J (mV)", draws: trace.filter(\.isFinite).reversed(), range: -2...2),
    ])
  static let check = PredictiveCheckFigure(
    title: "run", frequencies: frequencies,
    recorded: [frequencies, frequencies].map { $0.map { -$0 / 100 } },
    simulated: (0..<5).map { i in [frequencies, frequencies].map { $0.map { -$0 / 100 + Double(i) } } },
    outliers: [[10...20], []])
  static let identifiability = IdentifiabilityFigure(
    parameters: [.init(name: "g", ratios: trace.map { $0.isFinite ? abs($0) : 0.5 })],
    x: .init(name: "g", values: time, range: 0...200),
    y: .init(name: "η", values: time.reversed(), range: 0...100))
  static let errorMap = ErrorMapFigure(
    parameters: [
      .init(name: "η", maps: [[[1, 2], [.nan, 4]], [[0, 0], [1, 8]]]), .init(name: "g", maps: [[], []]),
    ],
    slices: ["J 0–1", "J 1–2"], x: (name: "g", range: 4...5), y: (name: "η", range: 1...2))

  static let survey = SurveyFigure(
    eta: [1, 2, 3], g: [4, 5],
    columns: [
      .init(name: "J", borders: [.init(from: (g: 4, eta: 1), to: (g: 5, eta: 2))], marked: [(g: 4, eta: 2)])
    ],
    rows: [
      .init(name: "rate", isLogarithmic: false, values: [[[1, 2], [.nan, 3], [4, 5]]]),
      .init(name: "std", isLogarithmic: true, values: [[[0, 1], [10, 100], [.nan, 1]]]),
    ])

  static let empty: [Figure] = [
    SimulationFigure(
      window: 0...100, spikesE: .init(times: [], rows: []), spikesI: .init(times: [], rows: []), time: [],
      rateE: [], rateI: [], lfp: [], depths: [], frequencies: [], psd: []
    ).figure,
    KernelFigure(lag: [], kernelE: [], kernelI: [], depths: []).figure,
    ErrorHistogramFigure(parameters: []).figure,
    ErrorHistogramFigure(parameters: [.init(name: "η", errors: [])]).figure,
    EstimateScatterFigure(parameters: [.init(name: "η", truth: [], estimate: [], range: 0...1)]).figure,
    LearningCurveFigure([]).figure,
    LearningCurveFigure([.init(training: [], validation: [], bestEpoch: nil)]).figure,
    LearningCurveFigure([.init(training: [.nan], validation: [0], bestEpoch: 1)]).figure,
    ErrorComparisonFigure(parameters: []).figure,
    ErrorComparisonFigure(parameters: [.init(name: "η", variants: [])]).figure,
    ErrorComparisonFigure(parameters: [.init(name: "η", variants: [.init(name: "none", errors: [])])]).figure,
    LossCurveFigure(axis: "samples", amounts: [], losses: [], laws: [.init("fit") { $0 }]).figure,
    CalibrationFigure(series: []).figure,
    CalibrationFigure(series: [.init(name: "η", values: [])]).figure,
  ]

  static let all =
    [
      simulation.figure, kernel.figure, errors.figure, scatter.figure, learning.figure, comparison.figure,
      losses.figure, calibration.figure, corner.figure, check.figure, identifiability.figure,
      errorMap.figure, survey.figure,
    ] + empty

  @Test("every figure is well-formed XML without NaN or infinity", arguments: all.indices)
  func wellFormed(index: Int) throws {
    let svg = Self.all[index].svg
    let xml = try #require(ParsedXML(svg))
    #expect(xml.elements.first?.name == "svg")
    #expect(
      svg.range(of: "\\b-?(nan|inf(inity)?)\\b", options: [.regularExpression, .caseInsensitive]) == nil)
  }

  @Test(
    "figures are drawn to the last digit as they were",
    arguments: zip(["errors", "losses"], [errors.figure, losses.figure]))
  func stored(name: String, figure: Figure) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "svg", subdirectory: "Reference"))
    #expect(try figure.svg == String(contentsOf: url, encoding: .utf8))
  }

  @Test("a figure without data says so", arguments: empty.indices)
  func noData(index: Int) throws {
    #expect(try #require(ParsedXML(Self.empty[index].svg)).texts("text").contains("no data"))
  }

  @Test("the width is that of one or two columns")
  func width() throws {
    #expect(try #require(ParsedXML(Self.kernel.figure.svg)).elements[0].attributes["width"] == "89mm")
    #expect(try #require(ParsedXML(Self.errors.figure.svg)).elements[0].attributes["width"] == "183mm")
  }

  @Test("text is escaped, and control characters are replaced")
  func escaping() throws {
    #expect("a<b & \"c\" > 'd'".escapedForXML == "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;")
    #expect("a\u{0}b\u{1B}".escapedForXML == "a\u{FFFD}b\u{FFFD}")
    #expect(try #require(ParsedXML(Self.simulation.figure.svg)).texts("text").contains("η = 2 & g < 5"))
  }

  @Test("only marked pieces of a text are raised and lowered")
  func markup() throws {
    let panel = Panel(title: "tau_m, H_{E}", x: Axis(), y: Axis(), layers: [])
    let xml = try #require(ParsedXML(Figure(rows: [Figure.Row(height: 20, [panel])]).svg))
    #expect(xml.texts("text").contains("tau_m, HE"))
    #expect(xml.texts("tspan") == ["E"])
  }

  @Test("several panels have letters, a single one has none")
  func letters() throws {
    let bold = try #require(ParsedXML(Self.simulation.figure.svg)).elements.filter {
      $0.attributes["font-weight"] == "bold"
    }
    #expect(bold.map(\.text) == ["A", "B", "C", "D", "E", "F"])
    #expect(!Self.learning.figure.svg.contains("font-weight"))
    // A scale of colours is part of the panel beside it.
    let map = Figure(rows: [Figure.Row(height: 20, [Panel(x: Axis(), y: Axis(), layers: []), Self.scale])])
    #expect(!map.svg.contains("font-weight"))
  }

  private static let scale = Panel(x: Axis(), y: Axis(), layers: [], relativeWidth: 0.2)

  @Test("for narrow screens panels stand below each other, with the titles of their columns and their scales")
  func stacked() throws {
    func panel(_ title: String, _ label: String) -> Panel {
      Panel(title: title, x: Axis(label), y: Axis(), layers: [.line(x: [0, 1], y: [0, 1])])
    }
    let figure = Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 20, [panel("one", "a"), panel("two", "b"), Self.scale]),
        Figure.Row(height: 20, [panel("", "c"), panel("", "d"), Self.scale]),
      ])
    let report = HTMLReport(title: "", sections: [.init("", [.figure(figure, caption: "")])])
    let xml = try #require(ParsedXML(report.html))
    #expect(xml.elements.compactMap { $0.attributes["class"] } == ["wide", "narrow"])
    let widths = xml.elements.filter { $0.attributes["viewBox"] != nil }.map { $0.attributes["width"] }
    #expect(widths == ["183mm", "89mm"])
    let texts = xml.texts("text").filter { ["one", "two", "a", "b", "c", "d"].contains($0) }
    #expect(texts.filter { $0 == "one" }.count == 3 && texts.filter { $0 == "two" }.count == 3)
    #expect(texts.suffix(8) == ["a", "one", "b", "two", "c", "one", "d", "two"])
    // What is narrow already stands there once.
    let one = HTMLReport(title: "", sections: [.init("", [.figure(Self.learning.figure, caption: "")])])
    #expect(one.html.components(separatedBy: "viewBox").count == 2)
  }

  @Test("a simulation figure shows the spikes of its window only")
  func window() throws {
    let paths = try #require(ParsedXML(Self.simulation.figure.svg)).attributes("d", of: "path")
    // The raster comes first: of three E spikes, the one at 160 ms is outside.
    #expect(paths[0].lowercased().count { $0 == "m" } == 2)
    #expect(paths[1].lowercased().count { $0 == "m" } == 1)
  }

  @Test("potentials of single spikes are dashed lines on those of rates")
  func replay() throws {
    var plain = Self.simulation
    plain.replay = nil
    func dashed(_ figure: SimulationFigure) throws -> Int {
      try #require(ParsedXML(figure.figure.svg)).attributes("stroke-dasharray", of: "path")
        .count { $0 != "none" }
    }
    // A trace and a spectrum for each of three channels.
    #expect(try dashed(Self.simulation) == 6 && dashed(plain) == 0)
    #expect(try #require(ParsedXML(Self.simulation.figure.svg)).texts("text").contains("rate spectra"))
  }

  @Test("a silent simulation shows rates of zero on an axis from zero, and no spikes")
  func silent() throws {
    var silent = Self.simulation
    silent.spikesE = .init(times: [], rows: [])
    silent.spikesI = .init(times: [], rows: [])
    silent.rateE = Self.time.map { _ in 0 }
    silent.rateI = silent.rateE
    silent.lfp = silent.depths.map { _ in silent.rateE }
    silent.ratePSD = []
    silent.replay = nil
    silent.psd = silent.depths.map { _ in silent.frequencies.map { _ in 0 } }
    let texts = try #require(ParsedXML(silent.figure.svg)).texts("text")
    #expect(texts.contains("no spikes"))
    // An axis from zero for each population.
    #expect(texts.contains("rate E (Hz)") && texts.contains("rate I (Hz)"))
    #expect(texts.count { $0 == "1" } == 2)
    #expect(!texts.contains { $0.hasPrefix("−0.") || $0 == "−1" })
    // The spectra have nothing that a logarithmic axis can show.
    #expect(texts.contains("no power"))
  }

  @Test("kernels have scale bars in nV: mV times a million")
  func kernelScaleBars() throws {
    let texts = try #require(ParsedXML(Self.kernel.figure.svg)).texts("text")
    #expect(texts.contains("2 nV"))
    #expect(texts.contains("20 nV"))
  }

  @Test("an error histogram tells bias, standard deviation and number of the finite errors")
  func errorText() throws {
    let texts = try #require(ParsedXML(Self.errors.figure.svg)).texts("text")
    #expect(texts.contains("bias 0.0100"))
    // Deviations −0.02, −0.01, 0.01, 0.02: sqrt(0.001 / 4) = 0.01581.
    #expect(texts.contains("std 0.0158"))
    #expect(texts.contains("n = 4"))
    // Magnitudes 0, 0.01, 0.02 and 0.03.
    #expect(texts.contains("90 % below 0.0270"))
    // Of the distribution and the cumulative one of g.
    #expect(texts.count { $0 == "no data" } == 2)
  }

  @Test("estimates beyond the axes are counted")
  func estimatesBeyondAxes() throws {
    let texts = try #require(ParsedXML(Self.scatter.figure.svg)).texts("text")
    #expect(texts.contains("1 beyond the axes"))
    #expect(texts.contains("true J (mV)"))
  }

  @Test("the best epoch is marked")
  func bestEpoch() throws {
    #expect(try #require(ParsedXML(Self.learning.figure.svg)).texts("text").contains("best epoch: 3"))
  }
}
