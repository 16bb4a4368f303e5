import Foundation

/// How typical spectra are, as operators of ONNX: the same sums as in ``Estimator/assessments(of:threads:)``, in double precision.
extension Typicality {
  /// Adds what follows from the components' inputs [sample, channel, frequency], from the hidden dense layers of each network and
  /// from the estimates [sample, parameter]; returns the probability [sample].
  func add(to graph: inout ONNXGraph, inputs: String, hidden: [[String]], parameters: String) -> String {
    let (shape, rest) = components.add(to: &graph, inputs)
    let least = graph.constant("typicality/least", [1e-300], shape: [])
    var values = [shape, rest].map { graph.apply("Log", [graph.apply("Max", [$0, least])]) }
    values.append(addExcess(to: &graph, parameters))
    if let activity {
      values += activity.add(to: &graph, hidden, measures: aspects.count - values.count)
    }
    let weights = Self.weights(of: aspects.count)
    let scores = zip(values, aspects).enumerated().map { index, part in
      let probability = part.1.add(to: &graph, part.0, prefix: "typicality/\(Aspect.allCases[index])_")
      let logarithm = graph.apply("Log", [graph.apply("Max", [probability, least])])
      let weight = graph.constant(
        "typicality/\(Aspect.allCases[index])_log_weight", [log(weights[index])], shape: [])
      return graph.apply("Sub", [weight, logarithm])
    }
    return calibration.add(to: &graph, graph.apply("Max", scores), prefix: "typicality/")
  }

  /// How far estimates are beyond the sampled ranges, [sample].
  private func addExcess(to graph: inout ONNXGraph, _ parameters: String) -> String {
    func constant(_ name: String, _ values: [Double]) -> String {
      graph.constant("typicality/sampled_" + name, values, shape: [values.count])
    }
    let below = graph.apply("Sub", [constant("lower", sampled.map(\.lowerBound)), parameters])
    let above = graph.apply("Sub", [parameters, constant("upper", sampled.map(\.upperBound))])
    let excess = graph.apply(
      "Div",
      [
        graph.apply("Max", [below, above]),
        constant("width", sampled.map { $0.upperBound - $0.lowerBound }),
      ])
    return graph.apply("ReduceMax", [excess], numbers: [("keepdims", 0)], lists: [("axes", [1])])
  }
}

extension HiddenActivity {
  /// Adds where activities are among those of the training, the first measures of it, each [sample].
  fileprivate func add(to graph: inout ONNXGraph, _ hidden: [[String]], measures: Int) -> [String] {
    let coordinates = zip(hidden, views).enumerated().map { index, part in
      let (layers, view) = part
      let values = layers.count == 1 ? layers[0] : graph.apply("Concat", layers, numbers: [("axis", 1)])
      let (prefix, length) = ("typicality/activity_\(index + 1)_", view.mean.count)
      let kept = view.directions.count / length
      let columns = (0..<length * kept).map { Double(view.directions[$0 % kept * length + $0 / kept]) }
      let centred = graph.apply(
        "Sub",
        [graph.double(values), graph.constant(prefix + "mean", view.mean.map(Double.init), shape: [length])])
      return graph.apply(
        "MatMul", [centred, graph.constant(prefix + "directions", columns, shape: [length, kept])])
    }
    let all =
      coordinates.count == 1 ? coordinates[0] : graph.apply("Concat", coordinates, numbers: [("axis", 1)])
    return training.add(to: &graph, all, measures: measures)
  }
}

extension ONNXGraph {
  fileprivate mutating func double(_ value: String) -> String {
    apply("Cast", [value], numbers: [("to", ElementType.double.rawValue)])
  }

  mutating func square(_ value: String) -> String { apply("Mul", [value, value]) }

  mutating func sum(_ value: String, over axes: [Int]) -> String {
    let name = "typicality/axes_" + axes.map(String.init).joined(separator: "_")
    return apply(
      "ReduceSum", [value, shared(name, axes, shape: [axes.count])], numbers: [("keepdims", 0)])
  }
}

extension SpectrumComponents {
  /// Adds the squared distances [sample] along the components and of the rest.
  fileprivate func add(to graph: inout ONNXGraph, _ inputs: String) -> (shape: String, rest: String) {
    let (length, frequencies, kept) = (mean.count, rests.count, variances.count)
    func constant(_ name: String, _ values: [Double], _ shape: [Int]) -> String {
      graph.constant("typicality/" + name, values, shape: shape)
    }
    // [sample, frequency · channel].
    let ordered = graph.apply("Transpose", [graph.double(inputs)], lists: [("perm", [0, 2, 1])])
    let flat = graph.apply("Flatten", [ordered], numbers: [("axis", 1)])
    let centred = graph.apply("Sub", [flat, constant("component_mean", mean.map(Double.init), [length])])
    let rows = components.map(Double.init)
    let columns = (0..<kept * length).map { rows[$0 % kept * length + $0 / kept] }
    let along = graph.apply("MatMul", [centred, constant("component_columns", columns, [length, kept])])
    let shape = graph.sum(
      graph.apply("Div", [graph.square(along), constant("component_variance", variances, [kept])]), over: [1])
    let explained = graph.apply("MatMul", [along, constant("component_rows", rows, [kept, length])])
    // [frequency, sample, channel], each frequency with its own matrix.
    let rest = graph.apply(
      "Sub",
      [
        graph.apply("Sub", [centred, explained]),
        constant(
          "rest_mean", rests.flatMap { $0.mean.map(Double.init) }, [length]),
      ])
    let places = graph.constant("typicality/rest_shape", [-1, frequencies, channels], shape: [3])
    let byFrequency = graph.apply(
      "Transpose", [graph.apply("Reshape", [rest, places])], lists: [("perm", [1, 0, 2])])
    let whitening = rests.flatMap { form in
      (0..<channels * channels).map { Double(form.whitening[$0 % channels * channels + $0 / channels]) }
    }
    let whitened = graph.apply(
      "MatMul", [byFrequency, constant("rest_whitening", whitening, [frequencies, channels, channels])])
    return (shape, graph.sum(graph.square(whitened), over: [0, 2]))
  }
}

extension TailCalibration {
  /// Adds the probability of at least each value [sample].
  fileprivate func add(to graph: inout ONNXGraph, _ values: String, prefix: String) -> String {
    let count = reference.count
    func constant(_ name: String, _ value: Double) -> String {
      graph.constant(prefix + name, [value], shape: [])
    }
    let known = graph.constant(prefix + "calibration", reference, shape: [count])
    let column = graph.apply(
      "Unsqueeze", [values, graph.shared("typicality/column", [1], shape: [1])])
    let below = graph.apply(
      "Cast", [graph.apply("Less", [known, column])], numbers: [("to", ONNXGraph.ElementType.int64.rawValue)])
    let above = graph.sum(below, over: [1])
    func gathered(_ offset: Int, _ name: String) -> String {
      let index = graph.apply("Add", [above, graph.constant(prefix + name, [offset], shape: [])])
      let limits = (
        graph.shared("typicality/first", [0], shape: []),
        graph.shared("typicality/last", [count - 1], shape: [])
      )
      return graph.apply("Gather", [known, graph.apply("Clip", [index, limits.0, limits.1])])
    }
    let (lower, upper) = (gathered(-1, "before"), gathered(0, "here"))
    let width = graph.apply(
      "Max", [graph.apply("Sub", [upper, lower]), constant("least_width", 1e-300)])
    let fraction = graph.apply("Div", [graph.apply("Sub", [values, lower]), width])
    // The value before stands in the middle of its share: (n − index + ½)/n, less the fraction of 1/n.
    let passed = graph.apply("Add", [graph.double(above), fraction])
    let left = graph.apply("Sub", [constant("count_and_half", Double(count) + 0.5), passed])
    let inside = graph.apply("Div", [left, constant("count", Double(count))])
    let isFirst = graph.apply("Equal", [above, graph.shared("typicality/first", [0], shape: [])])
    let body = graph.apply("Where", [isFirst, constant("certain", 1), inside])
    let tail = tail
    let excess = graph.apply("Sub", [values, constant("tail_start", tail.start)])
    let decay = graph.apply("Mul", [excess, constant("tail_slope", -1 / max(tail.meanExcess, 1e-300))])
    let beyond = graph.apply(
      "Mul",
      [
        graph.apply("Exp", [graph.apply("Min", [decay, constant("no_decay", 0)])]),
        constant("tail_share", tail.share),
      ])
    let isBeyond = graph.apply("Greater", [values, constant("tail_begin", tail.start)])
    return graph.apply("Where", [isBeyond, beyond, body])
  }
}
