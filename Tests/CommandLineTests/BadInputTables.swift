import TestSupport
import Foundation
import HDF5Storage

extension BadInput {
  /// Configurations.
  static let configurations: [BadInput] = [
    .configuration("network:\n  etaa: 2\n", "2: network.etaa: is not a known key, did you mean eta?"),
    .configuration("kernels:\n  lags_ms: 5\n", "1: kernels: is not a known key, did you mean kernel?"),
    .configuration("sampling:\n  samples: many\n", "2: sampling.samples: is not a whole number (got many"),
    .configuration("network: 3\n", "1: network: is not a mapping (got 3"),
    .configuration("network:\n  eta: [1, 2]\n", "2: network.eta: is not a number (got a list"),
    .configuration("network:\n  multapses: 1\n", "2: network.multapses: is not a truth value (got 1"),
    .configuration("network:\n  excitatory_neurons: -1\n", "2: network.excitatory_neurons: is out of range"),
    .configuration("sampling:\n  samples: -4\n", "2: sampling.samples: is out of range (got -4"),
    .configuration("seed: -1\n", "1: seed: is out of range (got -1"),
    .configuration("network:\n  delay_ms: 0.05\n", "2: network.delay_ms: is shorter than one time step"),
    .configuration(
      "network:\n  delay_ms: 1.55\n", "2: network.delay_ms: is not a whole number of time steps"),
    .configuration("network:\n  eta: 0\n", "2: network.eta: is out of range (got 0.0"),
    .configuration("network:\n  J_mV: -0.1\n", "2: network.J_mV: is out of range (got -0.1"),
    .configuration("network:\n  theta_mV: .nan\n", "2: network.theta_mV: is not finite"),
    .configuration("network:\n  V_reset_mV: 20\n", "2: network.V_reset_mV: is not below the threshold"),
    .configuration(
      "sampling:\n  parameters:\n    eta: [0, 4]\n", "3: sampling.parameters.eta: reaches networks"),
    .configuration(
      "sampling:\n  parameters:\n    J_mV: [-0.1, 0.4]\n", "3: sampling.parameters.J_mV: reaches networks"),
    .configuration("sampling:\n  parameters:\n    eta: [4, 1]\n", "3: sampling.parameters.eta:"),
    .configuration("sampling:\n  parameters:\n    xi: [1, 2]\n", "3: sampling.parameters.xi:"),
    .configuration("simulation:\n  duration_ms: 449\n", "2: simulation.duration_ms: is too short for one"),
    .configuration("simulation:\n  transient_ms: 3000\n", "2: simulation.transient_ms: leaves nothing"),
    .configuration(
      "simulation:\n  dt_ms: 0.3\n", "2: simulation.dt_ms: does not divide"),
    .configuration("spectra:\n  overlap_ms: 300\n", "2: spectra.overlap_ms:"),
    .configuration("split:\n  test_fraction: 1.5\n", "2: split.test_fraction: is out of range"),
    .configuration("training:\n  preset: resnet\n", "2: training.preset: is not one of its choices"),
    .configuration("kernel:\n  populations: []\n", "2: kernel.populations: is out of range"),
    .configuration("kernel:\n  morphology_E: pyramid\n", "2: kernel.morphology_E: is not a morphology"),
    .configuration(
      "kernel:\n  morphology_E: none.swc\n", "2: kernel.morphology_E: does not exist (got none.swc"),
    .configuration("network:\n  eta: 1\n  eta: 2\n", "2: eta: is given more than once"),
    .configuration("network: {eta: 1\n", "2: is not valid YAML"),
    .configuration(
      "network:\n  eta: two\n  gg: 5\nsampling:\n  samples: 0\n",
      "2: network.eta: is not a number (got two", "3: network.gg: is not a known key, did you mean g?",
      "5: sampling.samples: is out of range (got 0"),
    .init(
      arguments: "config validate bad.yaml", status: 78,
      problems: ["bad.yaml:1: seed: is not a whole number"],
      files: ["bad.yaml": "seed: one\n"]),
    .init(
      arguments: "train --dataset dataset.h5 --config bad.yaml --output new.h5", status: 78,
      problems: ["bad.yaml:2: training.epochs: is out of range (got 0"],
      files: ["bad.yaml": "training:\n  epochs: 0\n"]),
    .init(arguments: "generate none.yaml --output new", status: 78, problems: ["none.yaml: does not exist"]),
    .init(
      arguments: "generate shards --output new", status: 78, problems: ["shards: is a folder, not a file"]),
    .init(
      arguments: "generate run.h5 --output new", status: 78, problems: ["run.h5: is not text in UTF-8"]),
    .init(
      arguments: "simulate --config study.yaml --duration-ms 174", status: 78,
      problems: ["simulation.duration_ms: is too short for one segment"]),
    .init(
      arguments: "simulate --config study.yaml --eta -1 --J -1 --output new.h5", status: 78,
      problems: [
        "--set network.eta: is out of range (got -1.0", "--set network.J_mV: is out of range (got -1.0",
      ]),
    .init(
      arguments: "simulate --config study.yaml --g -2 --duration-ms -5", status: 78,
      problems: ["simulation.duration_ms: is out of range (got -5", "network.g: is out of range (got -2.0"]),
  ]

  /// Morphologies.
  static let morphologies: [BadInput] = [
    .morphology("1 1 0 0 0 5 -1\n2 3 0 0 9 1 3\n3 3 0 0 20 1 2\n", ":3: point 3 is its own ancestor"),
    .morphology("1 1 0 0 0 5 -1\n2 3 0 0 9 1 7\n", ":2: parent does not exist (got 7"),
    .morphology("1 1 0 0 0 5 -1\n2 3 0 0 9 0 1\n", ":2: invalid radius (got 0"),
    .morphology("1 1 0 0 0 -5 -1\n2 3 0 0 9 1 1\n", ":1: invalid radius (got -5"),
    .morphology("1 1 0 0 0 5 -1\n2 3 0 0 far 1 1\n", ":2: malformed line"),
    .morphology("1 1 0 0 0 5 -1\n2 3 0 0 9 1\n", ":2: malformed line"),
    .morphology("", ": no points"),
    .morphology("# id type x y z radius parent\n", ": no points"),
    .init(
      arguments: "kernel --config bad.yaml --output new.h5", status: 66,
      problems: ["folder.swc: cannot be read"],
      files: ["bad.yaml": "kernel:\n  morphology_E: folder.swc\n"],
      prepare: {
        try FileManager.default.createDirectory(
          atPath: $0.path("folder.swc"), withIntermediateDirectories: false)
      }),
  ]

  /// Files of data and models.
  static let files: [BadInput] = [
    // Missing, or folders.
    .init(
      arguments: "train --dataset none.h5 --output new.h5", status: 66, problems: ["none.h5: cannot open"]),
    .init(arguments: "train --dataset shards --output new.h5", status: 66, problems: ["shards: cannot open"]),
    .init(arguments: "verify none.h5", status: 66, problems: ["none.h5: does not exist"]),
    .init(arguments: "status none", status: 66, problems: ["none: does not exist"]),
    .init(arguments: "status evaluation", status: 65, problems: ["evaluation: not a data-set folder"]),
    .init(
      arguments: "merge evaluation --output new.h5", status: 65,
      problems: ["evaluation: not a data-set folder"]),
    .init(
      arguments: "evaluate --model none.h5 --dataset dataset.h5 --output new", status: 66,
      problems: ["none.h5: cannot open"]),
    .init(
      arguments: "estimate --model model.h5 --input none.h5", status: 66, problems: ["none.h5: cannot open"]),
    // Foreign.
    .init(
      arguments: "train --dataset study.yaml --output new.h5", status: 65,
      problems: ["study.yaml: not an HDF5 file"]),
    .init(
      arguments: "train --dataset empty.h5 --output new.h5", status: 65,
      problems: ["empty.h5: not an HDF5 file"],
      files: ["empty.h5": ""]),
    .init(
      arguments: "train --dataset run.h5 --output new.h5", status: 65,
      problems: ["run.h5: not a brunel-lfp dataset (its format is \"brunel-lfp simulation\")"]),
    .init(
      arguments: "train --dataset spikes.h5 --output new.h5", status: 65,
      problems: ["spikes.h5: not a brunel-lfp dataset"]),
    .init(
      arguments: "estimate --model dataset.h5 --input run.h5", status: 65,
      problems: ["dataset.h5: not a brunel-lfp model"]),
    .init(
      arguments: "estimate --model model.h5 --input spikes.h5", status: 65,
      problems: ["spikes.h5: /: has neither /lfp nor /psd"]),
    .init(
      arguments: "evaluate --model model.h5 --dataset model.h5 --output new", status: 65,
      problems: ["model.h5: not a brunel-lfp dataset"]),
    // Damaged.
    .init(
      arguments: "train --dataset dataset.h5 --output new.h5", status: 65,
      problems: ["dataset.h5: damaged or changed, differs from its checksum in dataset.h5.sha256"],
      prepare: truncate("dataset.h5", to: 0.5)),
    .init(
      arguments: "estimate --model model.h5 --input run.h5", status: 65,
      problems: ["model.h5: damaged, or changed since it was written"], prepare: truncate("model.h5", to: 0.9)
    ),
    .init(
      arguments: "train --dataset dataset.h5 --output new.h5", status: 65,
      problems: ["dataset.h5: schema version 2, this program reads 1"],
      prepare: changeDataset { try $0.attributes.write(Int64(2), named: "schema_version") }),
    .init(
      arguments: "train --dataset dataset.h5 --output new.h5", status: 65,
      problems: ["dataset.h5: /psd of sample 3 is not finite"],
      prepare: changeDataset {
        let spectra = [Float](repeating: .nan, count: TinyStudy.channels * TinyStudy.frequencies)
        try $0.dataset("psd").write(spectra, rows: 3..<4)
      }),
    .init(
      arguments: "estimate --model model.h5 --input dataset.h5", status: 65,
      problems: ["dataset.h5: /psd: sample 3, channel 0, frequency 0, counted from 0, is -1.0, expected"],
      prepare: changeDataset {
        let spectra = [Float](repeating: -1, count: TinyStudy.channels * TinyStudy.frequencies)
        try $0.dataset("psd").write(spectra, rows: 3..<4)
      }),
    .init(
      arguments: "verify dataset.h5 --quiet", status: 65,
      problems: ["dataset.h5: sample 3: a spectral density is"],
      prepare: changeDataset {
        let spectra = [Float](repeating: -1, count: TinyStudy.channels * TinyStudy.frequencies)
        try $0.dataset("psd").write(spectra, rows: 3..<4)
      }),
    .init(
      arguments: "verify dataset.h5 --resimulate 24 --quiet", status: 65,
      problems: ["sample 5: differs when simulated again"],
      prepare: changeDataset {
        var histogram = try $0.dataset("histogram/E").read(as: UInt32.self, rows: 5..<6)
        histogram[7] += 1
        try $0.dataset("histogram/E").write(histogram, rows: 5..<6)
      }),
    .init(
      arguments: "merge shards --output new.h5", status: 65,
      problems: ["shards/study.yaml: damaged or changed, differs from the checksum in its last line"],
      prepare: { try $0.write("x: 1\n", to: "shards/study.yaml") }),
    // Of another study.
    .init(
      arguments: "generate other.yaml --output shards", status: 65,
      problems: [
        "shards: holds the data of another configuration (sampling.parameters.g is [4.5, 6.0] there, [4.5, 7.0] here)"
      ],
      prepare: {
        try $0.write(
          TinyStudy.configuration().replacingOccurrences(of: "g: [4.5, 6.0]", with: "g: [4.5, 7.0]"),
          to: "other.yaml")
      }),
    .init(
      arguments: "generate study.yaml --output shards --seed 2", status: 65,
      problems: ["shards: holds the data of another configuration (seed is 1 there, 2 here)"]),
  ]

  /// Outputs that are there already or cannot be made.
  static let outputs: [BadInput] =
    [
      "simulate --config study.yaml --output run.h5": "run.h5",
      "simulate --config study.yaml --output new.h5 --spikes spikes.h5": "spikes.h5",
      "simulate --config study.yaml --figure run.svg": "run.svg",
      "kernel --config study.yaml --output kernels.h5": "kernels.h5",
      "kernel --config study.yaml --output new.h5 --figure kernels.svg": "kernels.svg",
      "generate study.yaml --output study.yaml": "study.yaml",
      "merge shards --output dataset.h5": "dataset.h5",
      "train --dataset dataset.h5 --output model.h5": "model.h5",
      "evaluate --model model.h5 --dataset dataset.h5 --output evaluation": "evaluation/errors.md",
      "evaluate --model model.h5 --dataset dataset.h5 --output study.yaml": "study.yaml",
    ].map { .init(arguments: $0, status: 73, problems: ["brunel-lfp: \($1): exists already"]) }
    + [
      "simulate --config study.yaml --output none/new.h5": "none/new.h5",
      "kernel --config study.yaml --output none/new.h5": "none/new.h5",
      "merge shards --output none/new.h5": "none/new.h5",
      "merge shards --output study.yaml/new.h5": "study.yaml/new.h5",
      "train --dataset dataset.h5 --output none/new.h5": "none/new.h5",
      "generate study.yaml --output /proc/none": "/proc/none",
      "evaluate --model model.h5 --dataset dataset.h5 --output /proc/none": "/proc/none",
    ].map { .init(arguments: $0, status: 73, problems: ["brunel-lfp: \($1): cannot create ("]) }

  /// Command lines.
  static let commandLines: [BadInput] = [
    .usage("generate study.yaml", "Missing expected argument '--output <output>'"),
    .usage("generate study.yaml --output new --workers two", "The value 'two' is invalid for '--workers"),
    .usage("generate study.yaml --output new --task 3/3", "The value '3/3' is invalid for '--task"),
    .usage("generate study.yaml --output new --task 0", "The value '0' is invalid for '--task"),
    .usage("generate study.yaml --output new --samples 5..<5", "The value '5..<5' is invalid for '--samples"),
    .usage("generate study.yaml --output new --samples 3", "The value '3' is invalid for '--samples"),
    .usage("generate study.yaml --output new --seed -1", "The value '-1' is invalid for '--seed"),
    .usage("generate study.yaml --output --quiet", "Missing value for '--output"),
    .usage("simulate --eta two", "The value 'two' is invalid for '--eta"),
    .usage("evaluate --model model.h5 --dataset dataset.h5 --output new --split none", "The value 'none'"),
    .line("fly", "fly: is not a command (expected one of simulate, lfp, kernel, theory, fi-curve, "),
    .line("trian --dataset dataset.h5", "trian: is not a command, did you mean train? (expected one of "),
    .line("help simulat", "simulat: is not a command, did you mean simulate? (expected one of "),
    .line(
      "config vaildate study.yaml", "config vaildate: is not a command, did you mean validate? (expected one"),
    .line("model study.yaml", "model study.yaml: is not a command (expected one of export)"),
    .line(
      "generate study.yaml --output new --color", "--color: is not an option (expected one of --output, "),
    .line(
      "kernel --otput new.h5", "--otput: is not an option, did you mean --output? (expected one of --config, "
    ),
    .line("status shards --jsno", "--jsno: is not an option, did you mean --json? (expected one of --json, "),
    .line("simulate --ouput=new.h5", "--ouput: is not an option, did you mean --output?"),
    .line("simulate --output= --eta 2", "--output: is empty, expected a value"),
    .line("simulate --figure new.png", "--figure: got new.png, expected a name that ends in .svg"),
    .line(
      "simulate --config none.yaml --figure shards", "--figure: got shards, expected a name that ends in .svg"
    ),
    .line(
      "kernel --output new.h5 --figure new.PDF", "--figure: got new.PDF, expected a name that ends in .svg"),
    .line("generate study.yaml --output new --workers -1", "--workers: got -1, expected 1 to 1024"),
    .line("verify shards --resimulate -1", "--resimulate: got -1, expected at least 0"),
    .line("simulate --output new --spikes ./new", "--spikes: got ./new, expected another file than --output"),
    .init(
      arguments: "generate study.yaml --output new --workers 0", status: 64,
      problems: ["--workers: got 0, expected 1 to 1024"]),
    .init(
      arguments: "generate study.yaml --output new --samples 24..<30", status: 64,
      problems: ["--samples: got 24..<30, expected some of 0..<24"]),
    .init(
      arguments: "generate study.yaml --output new --samples 0..<3 --task 0/2", status: 64,
      problems: ["--samples and --task exclude each other"]),
    .init(
      arguments: "train --dataset dataset.h5 --output new.h5 --threads 0", status: 64,
      problems: ["--threads: got 0, expected 1 to 1024"]),
    .init(
      arguments: "simulate --config study.yaml --output new --spikes new", status: 64,
      problems: ["--spikes: got new, expected another file than --output"]),
  ]
}
