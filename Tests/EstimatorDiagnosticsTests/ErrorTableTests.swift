import EstimatorDiagnostics
import Foundation
import ParameterSampling
import Statistics
import Testing

@Suite struct ErrorTableTests {
  /// A table as programs read it, with one parameter with a unit and one without.
  private static let json = """
    {
      "split": "test", "silent": 3, "confidence": 0.95, "optimistic": false,
      "rows": [
        {
          "parameter": "J", "unit": "mV", "range": 0.5, "samples": 200,
          "bias": {"value": 0.125, "lower": -0.25, "upper": 0.5},
          "std": {"value": 0.0625, "lower": 0.03125, "upper": 0.09375},
          "rmse": {"value": 0.375, "lower": 0.25, "upper": 0.4375},
          "mae": {"value": 0.3125, "lower": 0.25, "upper": 0.375},
          "rmse_over_prior_std": {"value": 1.5, "lower": 1, "upper": 2},
          "r2": {"value": 0.75, "lower": 0.5, "upper": 0.875},
          "share_below_5_percent": {"value": 0.25, "lower": 0, "upper": 1}
        },
        {
          "parameter": "eta", "unit": "1", "range": 4, "samples": 200,
          "bias": {"value": -0.5, "lower": -0.75, "upper": -0.25},
          "std": {"value": 0.25, "lower": 0.125, "upper": 0.5},
          "rmse": {"value": 0.625, "lower": 0.5, "upper": 0.75},
          "mae": {"value": 0.5, "lower": 0.375, "upper": 0.625},
          "rmse_over_prior_std": {"value": 2, "lower": 1.5, "upper": 2.5},
          "r2": {"value": -1, "lower": -2, "upper": 0.5},
          "share_below_5_percent": {"value": 0, "lower": 0, "upper": 0.125}
        }
      ]
    }
    """

  private let table: ErrorTable

  init() throws { table = try JSONDecoder().decode(ErrorTable.self, from: Data(Self.json.utf8)) }

  @Test("JSON has the documented keys")
  func jsonKeys() throws {
    #expect(table.rows.count == 2)
    #expect(table.rows[0].rSquared.upper == 0.875)
    let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(table)) as? NSDictionary
    let expected = try JSONSerialization.jsonObject(with: Data(Self.json.utf8)) as? NSDictionary
    #expect(encoded != nil && encoded == expected)
  }

  @Test("Markdown has a row per parameter, with units, intervals and a caption")
  func markdown() {
    let expected = #"""
      | parameter | bias | std | bias (units) | std (units) | RMSE | RMSE / prior std | R² | \|error\| < 5 % |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      | J | 0.1250 [-0.2500, 0.5000] | 0.0625 [0.0312, 0.0938] | 0.0625 [-0.1250, 0.2500] mV |\#
       0.0312 [0.0156, 0.0469] mV | 0.3750 [0.2500, 0.4375] | 1.5000 [1.0000, 2.0000] |\#
       0.7500 [0.5000, 0.8750] | 0.2500 [0.0000, 1.0000] |
      | eta | -0.5000 [-0.7500, -0.2500] | 0.2500 [0.1250, 0.5000] | -2.0000 [-3.0000, -1.0000] |\#
       1.0000 [0.5000, 2.0000] | 0.6250 [0.5000, 0.7500] | 2.0000 [1.5000, 2.5000] |\#
       -1.0000 [-2.0000, 0.5000] | 0.0000 [0.0000, 0.1250] |

      Error = estimate − truth over 200 test samples (3 silent left out), in units of the parameter's full range\#
       unless a unit is given; in brackets 95 % bootstrap intervals over samples.

      """#
    let lines = table.formatted.markdown.components(separatedBy: "\n")
    let expectedLines = expected.components(separatedBy: "\n")
    #expect(lines.count == expectedLines.count)
    for (line, expectedLine) in zip(lines, expectedLines) { #expect(line == expectedLine) }
  }

  @Test("weights selected on the samples evaluated are mentioned, and only those")
  func optimism() {
    let optimistic = ErrorTable(
      rows: table.rows, split: "test", silent: 0, confidence: 0.682, isOptimistic: true)
    #expect(!table.formatted.caption.contains("ptimistic"))
    #expect(
      optimistic.formatted.caption.hasSuffix(" Optimistic: the weights were selected on these samples."))
    #expect(optimistic.formatted.caption.contains(" 68.2 % bootstrap intervals"))
    #expect(optimistic.formatted.markdown.contains(optimistic.formatted.caption))
  }

  @Test("CSV gives every number back exactly")
  func csv() throws {
    let text = table.numbers.csv
    #expect(text.hasSuffix("\n"))
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines.count == 3)
    let figures = ["bias", "std", "rmse", "mae", "rmse_over_prior_std", "r2", "share_below_5_percent"]
    #expect(
      lines[0] == ["parameter", "unit", "range", "samples"]
        + figures.flatMap { [$0, $0 + "_lower", $0 + "_upper"] })
    for (line, row) in zip(lines.dropFirst(), table.rows) {
      #expect(line.count == lines[0].count)
      #expect(line[0] == row.parameter && line[1] == row.unit)
      #expect(Double(line[2]) == row.range && Int(line[3]) == row.samples)
      let numbers = line.dropFirst(4).map(Double.init)
      let expected = [
        row.bias, row.standardDeviation, row.rootMeanSquare, row.meanAbsolute, row.relativeToPrior,
        row.rSquared,
        row.withinFivePercent,
      ].flatMap { [$0.value, $0.lower, $0.upper] }
      #expect(numbers == expected)
    }
  }

  @Test("figures without a finite value are written as such")
  func notFinite() {
    let box = ParameterBox([.init(key: "eta", lower: 1, upper: 5)])
    let rows = Bootstrap(BootstrapParameters(resamples: 10), seed: 1)
      .errorStatistics(estimates: [3], truths: [2], targetBox: box, sampledBox: box)
    let table = ErrorTable(rows: rows, split: "all", silent: 0, confidence: 0.95, isOptimistic: false)
    #expect(table.formatted.rows[0][7] == "-inf [nan, nan]")
    #expect(table.numbers.csv.contains(",-inf,nan,nan,"))
    #expect(table.formatted.caption.contains(" over 1 all samples "))
  }
}
