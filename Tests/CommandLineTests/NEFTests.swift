import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Two populations that compute a function")
struct NEFTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ options: String) async throws -> Program.Outcome {
    try await Program.run("nef " + options, in: folder)
  }

  @Test("print the output every 0.5 s beside what it should be")
  func text() async throws {
    let outcome = try await run("--function x^2 --input sin")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "t (s)   output   ideal")
    let samples = lines.dropFirst().prefix(20).map { line in
      line.split(separator: " ").compactMap { Double($0) }
    }
    #expect(samples.map(\.first) == (0..<20).map { Double($0) / 2 })
    #expect(samples.allSatisfy { $0.count == 3 && abs($0[1] - $0[2]) < 0.1 })
    #expect(samples.contains { $0[2] > 0.9 })
    #expect(lines.count == 25 && lines[21].hasPrefix("error "))
  }

  @Test("print the same as JSON, for all ways of making decoders")
  func json() async throws {
    for options in ["", "--ridge 0.01", "--analytic --ridge 0.01", "--samples 200", "--seed 3"] {
      let outcome = try await run("--function x --duration-s 3 --json " + options)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(options): \(outcome.errors)")
      let members = try outcome.members()
      let error = try #require(members["rms"] as? Double)
      #expect((0.005...0.04).contains(error), "\(options): \(error)")
      #expect(members["steps"] as? Int == 3000 && (members["output"] as? [Any])?.count == 6)
      #expect(members["function"] as? String == "x" && members["input"] as? String == "sin(t)")
      let a = try #require(members["A"] as? [String: Any])
      let spikes = try #require(a["spikes"] as? Int)
      #expect(a["neurons"] as? Int == 50 && spikes > 1000)
      #expect(members["seed"] as? Int == (options == "--seed 3" ? 3 : 1))
    }
  }

  @Test("have a figure and files, which repeat to the last bit and agree with each other")
  func files() async throws {
    let options = "--duration-s 2 --function sin(pi*x) --input ramp"
    let first = try await run(options + " --output run.h5 --figure run.svg --json")
    #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
    #expect(try await run(options + " --output run.csv").status == 0)
    #expect(try await run(options + " --output again.csv --figure again.svg").status == 0)
    #expect(try folder.bytes("run.csv") == folder.bytes("again.csv"))
    #expect(try folder.bytes("run.svg") == folder.bytes("again.svg"))
    #expect(try folder.text("run.svg").hasPrefix("<svg"))

    let root = try HDF5File.open(folder.path("run.h5")).root
    #expect(try root.attributes.read("format", as: String.self) == "brunel-lfp nef")
    let command = try root.attributes.read("configuration", as: String.self)
    #expect(command.hasPrefix("brunel-lfp nef --function 'sin(pi*x)' --input '2*t/2.0 - 1' --neurons-a 50 "))
    let rows = try folder.text("run.csv").split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0] == ["time_s", "input", "ideal", "output", "ideal_of_A", "decoded_by_A"])
    #expect(rows.count == 2001)
    for (column, name) in ["time", "input", "ideal", "output", "ideal_of_A", "decoded_by_A"].enumerated() {
      let values: [Double] = try root.dataset(name).read()
      #expect(rows.dropFirst().map { Double($0[column]) } == values)
    }
    let a = try #require(try first.members()["A"] as? [String: Any])
    let spikes: [Double] = try root.dataset("A/spikes/timestamps").read()
    #expect(spikes.count == a["spikes"] as? Int && spikes == spikes.sorted())
    #expect(try root.dataset("A/rate").shape == [50, 100] && root.dataset("weights").shape == [50, 40])
    #expect(try root.dataset("B/rate").dimensionNames == ["neuron_B", "x"])
    let decoders: [Double] = try root.dataset("A/decoder").read()
    let encoders: [Double] = try root.dataset("B/encoder").read()
    let weights: [Double] = try root.dataset("weights").read()
    #expect(weights == decoders.flatMap { decoder in encoders.map { decoder * $0 } })
  }

  @Test("are repeated with several seeds, the first of which is that of a single run")
  func seeds() async throws {
    let outcome = try await run("--duration-s 2 --seeds 3 --seed 5 --json --quiet")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let members = try outcome.members()
    let errors = try #require(members["rms"] as? [Double])
    #expect(Set(errors).count == 3 && members["rms_max"] as? Double == errors.max())
    #expect(members["rms_median"] as? Double == errors.sorted()[1])
    for (index, error) in errors.enumerated() {
      #expect(try await run("--duration-s 2 --seed \(5 + index) --json").members()["rms"] as? Double == error)
    }
    let text = try await run("--duration-s 2 --seeds 3")
    #expect(text.status == 0 && text.output.contains("over 3 seeds"))
    #expect(text.errors.contains("nef: 3/3 seeds"))
  }

  @Test("note what is wrong with what they are asked for")
  func notes() async throws {
    for (options, note) in [
      ("--neurons-b 95", "note: B has 95 neurons for 100 samples"),
      ("--analytic", "note: A has 50 neurons for 100 samples: decoders of analytic curves"),
      ("--input 1.5*cos(t)", "note: --input goes from -"),
    ] {
      let outcome = try await run("--duration-s 5 \(options)")
      #expect(outcome.status == 0 && outcome.errors.contains(note), "\(outcome.errors)")
      #expect(try await run("--duration-s 5 --quiet \(options)").errors.isEmpty)
    }
  }

  @Test(
    "refuse bad input in one line, and write nothing",
    arguments: [
      (
        "--rates-a 25,500", 78,
        "--rates-a: is out of range (got 25.0,500.0, expected rates below 1/t_ref = 500.0"
      ),
      ("--rates-b 0,50", 78, "--rates-b: is out of range (got 0.0,50.0, expected rates above 0 Hz"),
      ("--rates-a 75,25", 64, "--rates-a: got 75.0,25.0, expected two numbers, the smaller one first"),
      ("--rates-a 75", 64, "--rates-a: got 75.0, expected two numbers"),
      (
        "--intercepts -1,1.5", 78,
        "--intercepts: is out of range (got -1.0,1.5, expected a range from -1 to 1"
      ),
      ("--intercepts 1,1", 78, "--intercepts: is out of range (got 1.0,1.0"),
      ("--function x^", 64, "--function: x^ ends before character 3, expected a number"),
      (
        "--function y", 64,
        "--function: y has y at character 1, which is no known name (expected one of x, pi,"
      ),
      ("--function 1/x", 65, "--function: 1/x is inf at x = 0.0, expected a number"),
      ("--function sqrt(x)", 65, "--function: sqrt(x) is not a number at x = -1.0"),
      ("--input tan(t)", 64, "--input: tan(t) has tan at character 1"),
      ("--input 1/t", 65, "--input: 1/t is inf at t = 0.0"),
      ("--neurons-a 0", 78, "--neurons-a: is out of range (got 0, expected a whole number from 1"),
      ("--neurons-b -3", 78, "--neurons-b: is out of range (got -3"),
      ("--samples 0", 78, "--samples: is out of range (got 0"),
      ("--duration-s -1", 78, "--duration-s: is out of range (got -1.0"),
      ("--duration-s 1e9", 78, "--duration-s: is out of range (got 1000000000.0, expected at least one step"),
      ("--dt-ms -1", 78, "--dt-ms: is out of range (got -1.0"),
      ("--dt-ms 25", 78, "--dt-ms: is out of range (got 25.0, expected less than --tau-m-ms = 20.0"),
      ("--t-ref-ms -2", 78, "--t-ref-ms: is out of range (got -2.0"),
      ("--tau-m-ms 0", 78, "--tau-m-ms: is out of range (got 0.0"),
      ("--tau-syn-ms -5", 78, "--tau-syn-ms: is out of range (got -5.0"),
      ("--count-s -0.5", 78, "--count-s: is out of range (got -0.5"),
      ("--ridge 0", 78, "--ridge: is out of range (got 0.0"),
      ("--seeds 0", 64, "--seeds: got 0, expected at least 1"),
      ("--output new.txt", 64, "--output: got new.txt, expected a name that ends with .csv, .h5"),
      ("--output there.csv", 73, "there.csv: exists already"),
      ("--figure new.png", 64, "--figure: got new.png, expected a name that ends in .svg"),
      ("--functon x", 64, "--functon: is not an option, did you mean --function?"),
    ] as [(String, Int32, String)])
  func badInput(options: String, status: Int32, problem: String) async throws {
    try folder.write("mine", to: "there.csv")
    let before = try folder.snapshot()
    let files =
      (options.contains("--output") ? "" : " --output new.h5")
      + (options.contains("--figure") ? "" : " --figure new.svg")
    let outcome = try await run(options + (options.contains("--seeds") ? "" : files))
    #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(
      outcome.errorLines.count == 1 && outcome.errors.hasPrefix("brunel-lfp: " + problem), "\(outcome.errors)"
    )
    #expect(try folder.snapshot() == before)
  }

  @Test("files have no meaning for several seeds")
  func filesOfSeeds() async throws {
    for option in ["--output new.csv", "--figure new.svg"] {
      let outcome = try await run("--seeds 2 \(option)")
      #expect(outcome.status == 64 && outcome.errors.hasSuffix("has a meaning only without --seeds\n"))
    }
    #expect(try folder.names().isEmpty)
  }
}
