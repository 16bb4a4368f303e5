import Configuration
import ConvolutionalNetwork
import Foundation

extension TrainedModel {
  /// The estimator as an ONNX file: input `psd` [sample, channel, frequency] in mV²/Hz, single precision; output
  /// `parameters` [sample, parameter] in the parameters' units, double precision. Normalisation is part of the graph, and
  /// so are all members of an ensemble. Of predicted distributions the graph gives the means only. A second output, `typicality`
  /// [sample], tells how typical spectra are of the training, if the model knows.
  public func onnx() -> Data {
    var graph = ONNXGraph()
    let (channels, frequencies) = (estimator.contacts.count, estimator.frequencies.count)
    let spectra = graph.input("psd", .float, shape: [channels, frequencies])
    let inputs = estimator.normaliser.add(to: &graph, spectra, shape: [channels, frequencies])
    let box = estimator.targetBox.dimensions
    var hidden: [[String]] = []
    let members = estimator.networks.enumerated().map { index, network in
      let prefix = estimator.networks.count == 1 ? "" : "member_\(index + 1)/"
      var (outputs, dense) = network.add(to: &graph, inputs, prefix: prefix)
      hidden.append(dense)
      if estimator.prediction == .gaussian,
        let head = MixtureHead(targets: box.count, outputs: network.architecture.output.count)
      {
        outputs = head.addMean(to: &graph, outputs, prefix: prefix)
      }
      return graph.apply("Cast", [outputs], numbers: [("to", ONNXGraph.ElementType.double.rawValue)])
    }
    var fractions = members[0]
    if members.count > 1 {
      for member in members.dropFirst() { fractions = graph.apply("Add", [fractions, member]) }
      let count = graph.constant("members", [Double(members.count)], shape: [])
      fractions = graph.apply("Div", [fractions, count])
    }
    let range = graph.constant("target_range", box.map { $0.upper - $0.lower }, shape: [box.count])
    let lower = graph.constant("target_lower", box.map(\.lower), shape: [box.count])
    let scaled = graph.apply("Mul", [fractions, range])
    let parameters = graph.apply("Add", [scaled, lower])
    graph.output(parameters, as: "parameters", .double, shape: [box.count])
    if let typicality = estimator.typicality {
      let inputs = typicality.normaliser.add(
        to: &graph, spectra, shape: [channels, frequencies], prefix: "typicality/")
      graph.output(
        typicality.add(to: &graph, inputs: inputs, hidden: hidden, parameters: parameters), as: "typicality",
        .double, shape: [])
    }
    func list(_ values: [some CustomStringConvertible]) -> String {
      values.map(\.description).joined(separator: ",")
    }
    return graph.file(
      name: "estimator", producer: "brunel-lfp", version: softwareVersion,
      metadata: [
        ("parameters", list(box.map(\.key))), ("channel_depth_um", list(estimator.contacts.map(\.z))),
        ("frequency_Hz", list(estimator.frequencies)), ("spectra_identity", spectraIdentity),
        ("configuration", configuration.text),
      ])
  }
}

extension MixtureHead {
  /// Adds the mean of the distribution that a network's outputs describe.
  fileprivate func addMean(to graph: inout ONNXGraph, _ outputs: String, prefix: String) -> String {
    func gathered(_ columns: [Int], as name: String) -> String {
      let columns = graph.constant(prefix + name, columns, shape: [columns.count])
      return graph.apply("Gather", [outputs, columns], numbers: [("axis", 1)])
    }
    let targets = component.targets
    let means = gathered(
      (0..<components).flatMap { k in (0..<targets).map { start(of: k) + $0 } }, as: "mean_columns")
    if components == 1 { return means }
    func reshaped(_ value: String, _ shape: [Int], as name: String) -> String {
      graph.apply("Reshape", [value, graph.constant(prefix + name, shape, shape: [shape.count])])
    }
    let weights = graph.apply(
      "Softmax", [gathered(Array(0..<components), as: "weight_columns")], numbers: [("axis", 1)])
    let product = graph.apply(
      "MatMul",
      [
        reshaped(weights, [-1, 1, components], as: "weight_shape"),
        reshaped(means, [-1, components, targets], as: "component_shape"),
      ])
    return reshaped(product, [-1, targets], as: "mean_shape")
  }
}

extension SpectrumNormaliser {
  /// Adds the normalisation of `spectra`; channels and frequencies keep their places.
  fileprivate func add(
    to graph: inout ONNXGraph, _ spectra: String, shape: [Int], prefix: String = ""
  ) -> String {
    switch self {
    case .channelPower(let scale):
      return graph.apply(
        "Div", [spectra, graph.constant(prefix + "scale", scale.map(Float.init), shape: [scale.count, 1])])
    case .logarithm(let mean, let standardDeviation, let floor):
      return Self.standardise(
        &graph, Self.addLogarithm(to: &graph, spectra, floor, prefix), mean: mean, standardDeviation,
        shape: shape, prefix)
    case .logarithmicRatio(let mean, let standardDeviation, let floor):
      // Each channel less the one before it.
      let channels = shape[0]
      let differences = (0..<channels * channels).map { index -> Double in
        let (row, column) = (index / channels, index % channels)
        return row == column ? 1 : row == column + 1 ? -1 : 0
      }
      let matrix = graph.constant(prefix + "channel_differences", differences, shape: [channels, channels])
      let ratios = graph.apply("MatMul", [matrix, Self.addLogarithm(to: &graph, spectra, floor, prefix)])
      return Self.standardise(&graph, ratios, mean: mean, standardDeviation, shape: shape, prefix)
    }
  }

  /// Decadic logarithms in double precision.
  private static func addLogarithm(
    to graph: inout ONNXGraph, _ spectra: String, _ floor: Double, _ prefix: String
  ) -> String {
    let least = graph.constant(prefix + "least_density", [floor > 0 ? 0 : leastDensity], shape: [])
    let bounded = graph.apply("Max", [spectra, least])
    var double = graph.apply("Cast", [bounded], numbers: [("to", ONNXGraph.ElementType.double.rawValue)])
    if floor > 0 {
      double = graph.apply("Add", [double, graph.constant(prefix + "floor", [floor], shape: [])])
    }
    let decade = graph.constant(prefix + "ln_10", [log(10.0)], shape: [])
    return graph.apply("Div", [graph.apply("Log", [double]), decade])
  }

  private static func standardise(
    _ graph: inout ONNXGraph, _ values: String, mean: [Double], _ standardDeviation: [Double], shape: [Int],
    _ prefix: String
  ) -> String {
    let centred = graph.apply("Sub", [values, graph.constant(prefix + "log10_mean", mean, shape: shape)])
    let deviation = graph.constant(prefix + "log10_standard_deviation", standardDeviation, shape: shape)
    return graph.apply(
      "Cast", [graph.apply("Div", [centred, deviation])],
      numbers: [("to", ONNXGraph.ElementType.float.rawValue)])
  }
}

extension Network {
  /// Adds the layers to inputs [sample, channel, position], their tensors' names after `prefix`; returns [sample, output], and
  /// what the dense layers before the last one give.
  fileprivate func add(
    to graph: inout ONNXGraph, _ inputs: String, prefix: String
  ) -> (outputs: String, hidden: [String]) {
    var value = inputs
    var dense: [String] = []
    var tensors = architecture.parameters[...]
    var depth = architecture.input.channels
    for layer in architecture.layers {
      switch layer {
      case .convolution(let width, let filters, let hasBias, let activation):
        let kernel = tensors.removeFirst()
        // From [width, channel, filter] to [filter, channel, width].
        let values = Array(self.values(of: kernel))
        var reordered = [Float](repeating: 0, count: values.count)
        for k in 0..<width {
          for c in 0..<depth {
            for f in 0..<filters {
              reordered[(f * depth + c) * width + k] = values[(k * depth + c) * filters + f]
            }
          }
        }
        var operands = [
          value, graph.constant(prefix + kernel.name, reordered, shape: [filters, depth, width]),
        ]
        if hasBias { operands.append(addConstant(tensors.removeFirst(), prefix, to: &graph)) }
        value = graph.apply("Conv", operands, lists: [("kernel_shape", [width])])
        value = add(activation, to: &graph, value)
        depth = filters
      case .maxPooling(let width):
        value = graph.apply("MaxPool", [value], lists: [("kernel_shape", [width]), ("strides", [width])])
      case .flatten:
        // Here channels vary fastest.
        value = graph.apply("Transpose", [value], lists: [("perm", [0, 2, 1])])
        value = graph.apply("Flatten", [value], numbers: [("axis", 1)])
      case .dense(_, let hasBias, let activation):
        var operands = [value, addConstant(tensors.removeFirst(), prefix, to: &graph)]
        if hasBias { operands.append(addConstant(tensors.removeFirst(), prefix, to: &graph)) }
        value = graph.apply("Gemm", operands)
        value = add(activation, to: &graph, value)
        dense.append(value)
      }
    }
    return (value, dense.dropLast())
  }

  private func addConstant(_ tensor: ParameterTensor, _ prefix: String, to graph: inout ONNXGraph) -> String {
    graph.constant(prefix + tensor.name, Array(values(of: tensor)), shape: tensor.shape)
  }

  private func add(_ activation: Activation, to graph: inout ONNXGraph, _ value: String) -> String {
    switch activation {
    case .linear: value
    case .rectifiedLinear: graph.apply("Relu", [value])
    }
  }
}
