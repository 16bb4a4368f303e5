// swift-tools-version: 6.1
import PackageDescription

/// Modules that other packages may use: their declarations are public, those of all others are for this package only.
let products = [
  "ParameterChecks", "RandomStreams", "SpikingNetwork", "FieldPotential", "SpectralAnalysis", "HDF5Storage",
  "ConvolutionalNetwork", "ParameterSampling", "SimulationData", "ParameterEstimation", "Figures",
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "brunel-lfp",
  products: [.executable(name: "brunel-lfp", targets: ["brunel-lfp"])]
    + products.map { .library(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries, each with its module map and thin inline shims.
    .systemLibrary(
      name: "CFFTW3", pkgConfig: "fftw3", providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "lapack", providers: [.apt(["liblapack-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CMatio", pkgConfig: "matio", providers: [.apt(["libmatio-dev"]), .brew(["libmatio"])]),

    // Vector operations and prefetch as inline functions.
    .target(name: "CVectorPrimitives"),

    // The simulator's time step, compiled for several instruction sets.
    .target(name: "CNetworkStep"),

    // Tools that know nothing of neurons. A module depends only on those named here.
    .target(name: "ParameterChecks"),
    .target(name: "RandomStreams"),
    .target(name: "Numerics", dependencies: ["CLAPACK"]),
    .target(name: "Statistics", dependencies: ["Numerics", "RandomStreams"]),
    .target(name: "SpectralAnalysis", dependencies: ["ParameterChecks", "RandomStreams", "CFFTW3"]),
    .target(name: "DurableFiles", dependencies: ["CCrypto"]),
    .target(name: "HDF5Storage", dependencies: ["CHDF5", "DurableFiles"]),
    .target(name: "ConvolutionalNetwork", dependencies: ["RandomStreams", "CVectorPrimitives"]),
    .target(name: "Figures"),

    // The science.
    .target(name: "SingleNeuron", dependencies: ["ParameterChecks", "RandomStreams", "Numerics"]),
    .target(
      name: "SpikingNetwork",
      dependencies: [
        "ParameterChecks", "SingleNeuron", "Numerics", "RandomStreams", "CVectorPrimitives", "CNetworkStep",
      ]),
    .target(name: "FieldPotential", dependencies: ["ParameterChecks", "Numerics", "RandomStreams"]),
    .target(name: "NeuralEngineering", dependencies: ["ParameterChecks", "RandomStreams", "Numerics"]),
    .target(
      name: "SpikeCoding",
      dependencies: ["ParameterChecks", "RandomStreams", "Numerics", "CVectorPrimitives"]),
    .target(name: "ParameterSampling", dependencies: ["ParameterChecks", "RandomStreams"]),

    // Studies: their configuration, data, estimators.
    .target(
      name: "Configuration",
      dependencies: [
        "SpikingNetwork", "FieldPotential", "SpectralAnalysis", "ConvolutionalNetwork", "ParameterSampling",
        "Statistics", "DurableFiles", yams,
      ]),
    .target(name: "SimulationData", dependencies: ["HDF5Storage", "DurableFiles", "Configuration"]),
    .target(name: "Recordings", dependencies: ["SimulationData", "SpectralAnalysis", "CZlib", "CMatio"]),
    .target(
      name: "ParameterEstimation", dependencies: ["ConvolutionalNetwork", "SimulationData", "Statistics"]),
    .target(name: "EstimatorDiagnostics", dependencies: ["ParameterEstimation"]),
    .target(name: "StudyFigures", dependencies: ["Figures", "Statistics"]),
    .target(name: "Slurm", dependencies: ["DurableFiles"]),
    .target(
      name: "Studies",
      dependencies: [
        "EstimatorDiagnostics", "Recordings", "StudyFigures", "NeuralEngineering", "SpikeCoding", "Slurm",
      ]),
    .executableTarget(name: "brunel-lfp", dependencies: ["Studies", argumentParser]),

    // Times the simulator's parts; see Benchmarks/simulator/README.md.
    .executableTarget(
      name: "simulator-parts", dependencies: ["SpikingNetwork"], path: "Benchmarks/simulator/parts"),

    // Times training and inference; see docs/training.md.
    .executableTarget(
      name: "training-parts", dependencies: ["ConvolutionalNetwork", "CVectorPrimitives"],
      path: "Benchmarks/training/parts"),

    // Tests, one target for each module.
    .target(
      name: "TestSupport", path: "Tests/TestSupport", resources: [.copy("Reference")]),
    .target(name: "DatasetSupport", dependencies: ["SimulationData"], path: "Tests/DatasetSupport"),
    .target(
      name: "RecordingSupport", dependencies: ["TestSupport", "Recordings", "HDF5Storage", "CZlib"],
      path: "Tests/RecordingSupport"),
    .testTarget(name: "RandomStreamsTests", dependencies: ["TestSupport", "RandomStreams"]),
    .testTarget(name: "NumericsTests", dependencies: ["Numerics"]),
    .testTarget(name: "StatisticsTests", dependencies: ["TestSupport", "Statistics"]),
    .testTarget(
      name: "SpectralAnalysisTests", dependencies: ["TestSupport", "SpectralAnalysis", "RandomStreams"],
      resources: [.copy("Reference")]),
    .testTarget(name: "HDF5StorageTests", dependencies: ["TestSupport", "HDF5Storage"]),
    .testTarget(name: "DurableFilesTests", dependencies: ["TestSupport", "DurableFiles"]),
    .testTarget(
      name: "ConvolutionalNetworkTests", dependencies: ["ConvolutionalNetwork"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "FiguresTests", dependencies: ["Figures", "StudyFigures"], resources: [.copy("Reference")]),
    .testTarget(
      name: "SingleNeuronTests", dependencies: ["SingleNeuron"], resources: [.copy("Reference")]),
    .testTarget(
      name: "SpikingNetworkTests", dependencies: ["TestSupport", "SpikingNetwork"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "FieldPotentialTests", dependencies: ["FieldPotential", "RandomStreams", "SpectralAnalysis"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "NeuralEngineeringTests",
      dependencies: ["NeuralEngineering", "Numerics", "RandomStreams", "ParameterChecks"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "SpikeCodingTests", dependencies: ["SpikeCoding"], resources: [.copy("Reference")]),
    .testTarget(
      name: "ParameterSamplingTests", dependencies: ["TestSupport", "ParameterSampling"],
      resources: [.copy("Reference")]),
    .testTarget(name: "ConfigurationTests", dependencies: ["TestSupport", "Configuration"]),
    .testTarget(
      name: "SimulationDataTests",
      dependencies: ["TestSupport", "DatasetSupport", "SimulationData", "ParameterEstimation"]),
    .testTarget(name: "RecordingsTests", dependencies: ["TestSupport", "RecordingSupport", "Recordings"]),
    .testTarget(
      name: "ParameterEstimationTests",
      dependencies: ["TestSupport", "DatasetSupport", "ParameterEstimation"]),
    .testTarget(
      name: "EstimatorDiagnosticsTests", dependencies: ["TestSupport", "EstimatorDiagnostics"]),
    .testTarget(name: "SlurmTests", dependencies: ["TestSupport", "Slurm"]),
    .testTarget(name: "StudiesTests", dependencies: ["TestSupport", "Studies"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["TestSupport", "RecordingSupport", "brunel-lfp", "HDF5Storage", "SpikingNetwork"],
      resources: [.copy("Reference")]),
  ],
  swiftLanguageModes: [.v6]
)
