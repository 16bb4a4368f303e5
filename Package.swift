// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "brunel-lfp",
  products: [
    .executable(name: "brunel-lfp", targets: ["brunel-lfp"]),
    .library(name: "RandomStreams", targets: ["RandomStreams"]),
    .library(name: "SpikingNetwork", targets: ["SpikingNetwork"]),
    .library(name: "FieldPotential", targets: ["FieldPotential"]),
    .library(name: "SpectralAnalysis", targets: ["SpectralAnalysis"]),
    .library(name: "HDF5Storage", targets: ["HDF5Storage"]),
    .library(name: "ConvolutionalNetwork", targets: ["ConvolutionalNetwork"]),
    .library(name: "ParameterEstimation", targets: ["ParameterEstimation"]),
    .library(name: "Figures", targets: ["Figures"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries, each with its module map and thin inline shims.
    .systemLibrary(name: "CFFTW3", pkgConfig: "fftw3", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CLAPACK", pkgConfig: "lapack", providers: [.apt(["liblapack-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // Vector operations and prefetch as inline functions.
    .target(name: "CVectorPrimitives"),

    // The science. A module depends only on those named here.
    .target(name: "RandomStreams"),
    .target(name: "SpikingNetwork", dependencies: ["RandomStreams", "CVectorPrimitives"]),
    .target(name: "FieldPotential", dependencies: ["CLAPACK"]),
    .target(name: "SpectralAnalysis", dependencies: ["CFFTW3"]),
    .target(name: "HDF5Storage", dependencies: ["CHDF5"]),
    .target(name: "ConvolutionalNetwork", dependencies: ["RandomStreams"]),
    .target(
      name: "ParameterEstimation",
      dependencies: ["RandomStreams", "HDF5Storage", "ConvolutionalNetwork"]),
    .target(name: "Figures"),

    // Configuration, stages and the command line.
    .target(
      name: "Pipeline",
      dependencies: [
        "RandomStreams", "SpikingNetwork", "FieldPotential", "SpectralAnalysis", "HDF5Storage",
        "ConvolutionalNetwork", "ParameterEstimation", "Figures", "CCrypto",
        .product(name: "Yams", package: "Yams"),
      ]),
    .executableTarget(
      name: "brunel-lfp",
      dependencies: [
        "Pipeline", "ConvolutionalNetwork", "FieldPotential", "HDF5Storage", "ParameterEstimation",
        "SpectralAnalysis", "SpikingNetwork",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Times the simulator's parts; see Benchmarks/simulator/README.md.
    .executableTarget(
      name: "simulator-parts", dependencies: ["RandomStreams", "SpikingNetwork", "CVectorPrimitives"],
      path: "Benchmarks/simulator/parts"),

    // Times training and inference; see docs/training.md.
    .executableTarget(
      name: "training-parts", dependencies: ["ConvolutionalNetwork", "RandomStreams"],
      path: "Benchmarks/training/parts"),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "RandomStreamsTests", dependencies: ["TestSupport", "RandomStreams"]),
    .testTarget(
      name: "SpikingNetworkTests", dependencies: ["TestSupport", "SpikingNetwork", "RandomStreams"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "FieldPotentialTests", dependencies: ["FieldPotential"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "SpectralAnalysisTests", dependencies: ["SpectralAnalysis"],
      resources: [.copy("Reference")]),
    .testTarget(name: "HDF5StorageTests", dependencies: ["TestSupport", "HDF5Storage"]),
    .testTarget(
      name: "ConvolutionalNetworkTests", dependencies: ["ConvolutionalNetwork", "RandomStreams"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "ParameterEstimationTests",
      dependencies: [
        "TestSupport", "ParameterEstimation", "RandomStreams", "HDF5Storage", "ConvolutionalNetwork",
      ],
      resources: [.copy("Reference")]),
    .testTarget(name: "FiguresTests", dependencies: ["Figures"]),
    .testTarget(
      name: "PipelineTests", dependencies: ["TestSupport", "Pipeline", "HDF5Storage", "ParameterEstimation"]),
    .testTarget(name: "CommandLineTests", dependencies: ["TestSupport", "brunel-lfp", "HDF5Storage"]),
  ],
  swiftLanguageModes: [.v6]
)
