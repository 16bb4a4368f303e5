import Foundation
import TestSupport
import Testing

@Suite("f-I curves from the command line")
struct FICurveCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func points(_ members: [String: Any], curve: Int = 0) throws -> [[String: Any]] {
    let curves = try #require(members["curves"] as? [[String: Any]])
    return try #require(curves[curve]["points"] as? [[String: Any]])
  }

  @Test("a curve is printed as a table and as JSON, and written as CSV and SVG")
  func curve() async throws {
    let command = "fi-curve --to-nA 1 --step-nA 0.25 --simulate exact"
    let outcome = try await Program.run(command + " --json --output fi.csv --figure fi.svg", in: folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let points = try points(outcome.members())
    #expect(points.compactMap { $0["I_nA"] as? Double } == [0, 0.25, 0.5, 0.75, 1])
    let rates = points.compactMap { $0["rate_Hz"] as? Double }
    #expect(rates.prefix(3) == [0, 0, 0])
    // t_ref + τ ln((40 − 10)/(40 − 20)) at 1 nA and 40 MΩ.
    #expect(abs(rates[4] - 1000 / (2 + 20 * log(1.5))) < 1e-9)
    let simulated = points.compactMap { $0["simulated_rate_Hz"] as? Double }
    #expect(abs(simulated[4] - rates[4]) < 0.2)
    #expect(try folder.text("fi.csv").hasPrefix("I_nA,rate_Hz,simulated_rate_Hz\n0.0,0.0,0.0\n"))
    #expect(try folder.text("fi.svg").hasPrefix("<svg"))
    let table = try await Program.run(command, in: folder)
    #expect(table.output.hasPrefix("| I_nA | rate_Hz | simulated_rate_Hz |\n"))
    // What is there stays.
    let again = try await Program.run(command + " --output fi.csv", in: folder)
    #expect(again.status == 73 && again.errors.contains("fi.csv: exists already"))
  }

  @Test("a varied parameter gives a curve for each value")
  func varied() async throws {
    let outcome = try await Program.run("fi-curve --vary theta_mV=15,20,25 --to-nA 2 --json", in: folder)
    let members = try outcome.members()
    #expect(members["varied"] as? String == "theta_mV")
    let curves = try #require(members["curves"] as? [[String: Any]])
    #expect(curves.compactMap { $0["rheobase_nA"] as? Double } == [0.375, 0.5, 0.625])
    let last = try (0..<3).map { try #require(try points(members, curve: $0).last?["rate_Hz"] as? Double) }
    #expect(last[0] > last[1] && last[1] > last[2])
  }

  @Test("under noise rate and CV are Siegert's, and a seed gives the same simulation twice")
  func noise() async throws {
    // R = 1 MΩ: currents are means in mV.
    let command =
      "fi-curve --R-MOhm 1 --from-nA 18 --to-nA 20 --step-nA 1 --sigma-mV 1.3416407864998738 --simulate grid"
      + " --duration-s 10 --json"
    let first = try await Program.run(command, in: folder)
    let point = try #require(try points(first.members()).first)
    #expect(abs(try #require(point["rate_Hz"] as? Double) - 3.2258932665317483) < 1e-9)
    #expect(abs(try #require(point["cv"] as? Double) - 0.80264772810937) < 1e-8)
    let simulated = try #require(point["simulated_rate_Hz"] as? Double)
    let error = try #require(point["simulated_rate_se_Hz"] as? Double)
    #expect(abs(simulated - 3.23) < 5 * error + 0.2)
    #expect(try await Program.run(command, in: folder).output == first.output)
    #expect(try await Program.run(command + " --seed 2", in: folder).output != first.output)
  }

  @Test("the current for a rate, and what a neuron does under a current")
  func questions() async throws {
    let inverse = try await Program.run("fi-curve --rate-Hz 100 --json", in: folder)
    let current = try #require(try inverse.members()["I_nA"] as? Double)
    let report = try await Program.run("fi-curve --at-nA \(current) --start-mV 12 --json", in: folder)
      .members()
    #expect(abs(try #require(report["rate_Hz"] as? Double) - 100) < 1e-9)
    #expect(abs(try #require(report["period_ms"] as? Double) - 10) < 1e-10)
    #expect(try #require(report["first_spike_ms"] as? Double) < 8)
    let derivatives = try #require(report["derivatives_Hz"] as? [String: Double])
    #expect(derivatives.count == 7 && derivatives["theta_mV"]! < 0 && derivatives["R_MOhm"]! > 0)
    let never = try await Program.run("fi-curve --at-nA 0.5", in: folder)
    #expect(never.output.contains("never reached"))
  }

  @Test(
    "demonstrations give the numbers of the lectures, and figures",
    arguments: [
      ("spikes", [39.0, 82, 99, 100, 0]), ("traces", [28, 0]), ("tuning-curve", [0.0988, 4.4, 5]),
      ("rate-neuron", []),
    ])
  func demonstrations(name: String, values: [Double]) async throws {
    let outcome = try await Program.run("fi-curve --demo \(name) --figure \(name).svg --json", in: folder)
    #expect(outcome.status == 0)
    let rows = try #require(try outcome.members()["values"] as? [[String: Any]])
    let found = rows.compactMap { $0["value"] as? Double }
    for (value, expected) in zip(found, values) { #expect(abs(value - expected) <= 0.02 * expected) }
    if name == "rate-neuron" { #expect(found.count == 2 && found[0] < 0.05 && found[1] > 0.2) }
    #expect(try folder.text("\(name).svg").hasPrefix("<svg"))
  }

  @Test(
    "what no neuron is or does is refused in one line, and nothing is written",
    arguments: [
      ("--rate-Hz 500", "--rate-Hz: got 500.0, expected more than 0 and less than 1/t_ref = 500.0 Hz"),
      ("--rate-Hz 0", "--rate-Hz: got 0.0"), ("--rate-Hz nan", "--rate-Hz: got nan"),
      (
        "--theta-mV 10",
        "--V-reset-mV: is not below the threshold (got 10.0, expected less than theta_mV = 10.0"
      ),
      ("--V-reset-mV 25", "--V-reset-mV: is not below the threshold"),
      ("--t-ref-ms -1", "--t-ref-ms: is out of range (got -1.0"),
      ("--tau-m-ms 0", "--tau-m-ms: is out of range (got 0.0"), ("--R-MOhm -2", "--R-MOhm: is out of range"),
      ("--C-nF 1 --tau-m-ms 20", "--C-nF: expected only one"),
      ("--E-L-mV inf", "--E-L-mV: is out of range (got inf"),
      ("--vary theta_mV=5,20", "--V-reset-mV: is not below the threshold"),
      ("--from-nA 1 --to-nA 0.5", "--to-nA: got 0.5, expected more than --from-nA = 1.0"),
      ("--step-nA 0", "--step-nA: got 0.0"),
      ("--step-nA 1e-9", "--step-nA: got 1e-09, expected at most 100000"),
      ("--simulate exact --duration-s -1", "--duration-s: got -1.0"),
      ("--simulate grid --dt-ms 0", "--dt-ms: got 0.0"),
      (
        "--simulate grid --dt-ms 0.3 --duration-s 1", "--duration-s: got 1.0, expected a whole number of time"
      ),
      (
        "--simulate grid --t-ref-ms 0.25",
        "--t-ref-ms: got 0.25, expected a whole number of time steps of 0.1"
      ),
      ("--sigma-mV -1", "--sigma-mV: got -1.0"),
      ("--sigma-mV 1 --simulate euler", "--simulate: got euler, expected exact or grid with --sigma-mV"),
      ("--sigma-mV 1 --simulate exact --jump-mV 0.5", "--jump-mV: got 0.5, expected at most 0.01"),
      ("--sigma-mV 1 --simulate grid --jump-mV 0", "--jump-mV: got 0.0"),
      ("--sigma-mV 0 --simulate exact", "--sigma-mV: got 0.0, expected more than 0 with --simulate"),
      ("--sigma-mV 0.01 --simulate exact", "--jump-mV: got 1"),
      ("--at-nA 1 --rate-Hz 5", "--rate-Hz and --at-nA exclude each other"),
      ("--at-nA 1 --to-nA 5", "--to-nA: has no meaning with --at-nA"),
      ("--demo spikes --theta-mV 5", "--theta-mV: has no meaning with --demo"),
      ("--start-mV 3", "--start-mV: has a meaning only with --at-nA"),
      ("--figure new.png", "--figure: got new.png, expected a name that ends in .svg"),
    ])
  func badInput(options: String, problem: String) async throws {
    let outputs = options.contains("--figure") ? "" : " --output new.csv"
    let question = ["--rate-Hz", "--at-nA", "--demo"].contains { options.contains($0) }
    let outcome = try await Program.run("fi-curve \(options)\(question ? "" : outputs)", in: folder)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("brunel-lfp: " + problem), "\(outcome.errors)")
    #expect(try folder.names().isEmpty)
  }
}

@Suite("Theory from the command line", .finishedStudy)
struct TheoryCommandTests {
  @Test("rates, CVs and growing oscillations of a network, with what theory cannot tell")
  func network() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Program.run("theory --eta 4 --g 6 --J 0.1 --json", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("note: theory takes neurons to be independent"))
    let solutions = try #require(try outcome.members()["solutions"] as? [[String: Any]])
    #expect(solutions.count == 1)
    let solution = try #require(solutions.first)
    #expect(abs(try #require(solution["rate_Hz"] as? Double) - 55.841262376204384) < 1e-7)
    #expect(abs(try #require(solution["rate_on_grid_Hz"] as? Double) - 55.1188) < 1e-3)
    #expect(abs(try #require(solution["cv"] as? Double) - 0.7361249649916102) < 1e-8)
    #expect(solution["unstable_eigenvalues"] as? Int == 2)
    let modes = try #require(solution["unstable_modes"] as? [[String: Double]])
    #expect(modes.count == 1 && abs(modes[0]["frequency_Hz"]! - 190.2) < 0.1)
    let text = try await Program.run("theory --eta 4 --g 6 --J 0.1 --quiet", in: folder)
    #expect(text.errors.isEmpty)
    #expect(text.output.hasPrefix("rate 55.841 Hz (55.12 on the grid)  CV 0.736"))
    #expect(text.output.contains("oscillates at 190.2 Hz") && text.output.contains("187.7 Hz: 1.117"))
    let currents = try await Program.run(
      "theory --eta 4 --g 6 --J 0.1 --set network.tau_syn_ms=2", in: folder)
    #expect(currents.output == text.output)
    #expect(currents.errors.contains("note: network.tau_syn_ms: theory has delta synapses"))
    let several = try await Program.run("theory --eta 0.8 --g 3 --J 0.1 --quiet", in: folder)
    #expect(several.output.contains("tips over"))
    #expect(several.output.components(separatedBy: "rate ").count == 4)
  }

  @Test("the plane of eta and g is drawn, with the networks of a data set")
  func plane() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let outcome = try await Program.run(
      "theory --config study.yaml --figure plane.svg --dataset dataset.h5", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("networks of the data set"))
    #expect(try folder.text("plane.svg").hasPrefix("<svg"))
    let again = try await Program.run("theory --config study.yaml --figure plane.svg", in: folder)
    #expect(again.status == 73 && again.errorLines.count == 1)
  }

  @Test(
    "wrong networks and options are refused in one line",
    arguments: [
      ("--eta -1", 78, "network.eta: is out of range"), ("--J 0", 78, "network.J_mV: is out of range"),
      ("--dataset dataset.h5", 64, "--dataset: has a meaning only with --figure"),
      ("--highest-Hz 0", 64, "--highest-Hz: got 0.0"),
      ("--figure new.svg --dataset none.h5", 66, "none.h5"),
      ("--figure none/new.svg", 73, "none/new.svg: cannot create"),
    ])
  func badInput(options: String, status: Int, problem: String) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Program.run("theory \(options) --quiet", in: folder)
    #expect(outcome.status == Int32(status), "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(try folder.names().isEmpty)
  }
}
