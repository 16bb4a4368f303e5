/// Where points are among others, as operators of ONNX: the same sums as in ``Neighbours/places(of:threads:)``, in double precision.
extension Neighbours {
  /// Adds how thinly points [sample, dimension] are surrounded, and, of two measures, how far they are from those around them, each
  /// [sample].
  func add(to graph: inout ONNXGraph, _ others: String, measures: Int) -> [String] {
    let rows = graph.constant(
      "typicality/reference_rows", points.coordinates.map(Double.init),
      shape: [points.count, points.dimensions])
    let around = min(Self.around, points.count)
    let (distances, indices) = addNearest(around, to: &graph, others, rows: rows)
    var found = [addSparsity(to: &graph, distances, indices)]
    if measures > 1 { found.append(addDeviation(to: &graph, others, indices, rows: rows, around: around)) }
    return found
  }

  /// Adds distances to the nearest points, and their positions, both [sample, neighbour].
  private func addNearest(
    _ wanted: Int, to graph: inout ONNXGraph, _ others: String, rows: String
  ) -> (distances: String, indices: String) {
    // |x − r|² = |x|² + |r|² − 2 x·r.
    let squares = (0..<points.count).map { points[$0].reduce(0) { $0 + Double($1) * Double($1) } }
    let product = graph.apply(
      "MatMul", [others, graph.apply("Transpose", [rows], lists: [("perm", [1, 0])])])
    let own = graph.apply("Unsqueeze", [graph.sum(graph.square(others), over: [1]), axis(1, in: &graph)])
    let squared = graph.apply(
      "Sub",
      [
        graph.apply("Add", [own, constant("squares", squares, [points.count], in: &graph)]),
        graph.apply("Mul", [product, constant("two", [2], [], in: &graph)]),
      ])
    let bounded = graph.apply("Max", [squared, constant("zero", [0], [], in: &graph)])
    let (values, indices) = graph.smallest(
      bounded, count: graph.constant("typicality/around", [wanted], shape: [1]))
    return (graph.apply("Sqrt", [values]), indices)
  }

  /// Adds the logarithm of the mean distance to the nearest, less what is expected there.
  private func addSparsity(to graph: inout ONNXGraph, _ distances: String, _ indices: String) -> String {
    let nearest = min(Self.nearest, points.count - 1)
    func mean(_ values: String) -> String {
      graph.apply("ReduceMean", [values], numbers: [("keepdims", 0)], lists: [("axes", [1])])
    }
    let spacing = graph.apply(
      "Gather",
      [
        constant("spacing", spacings, [points.count], in: &graph),
        part(of: indices, 0, nearest, [1], in: &graph),
      ])
    let distance = mean(part(of: distances, 0, nearest, [1], in: &graph))
    let bounded = graph.apply("Max", [distance, constant("least", [1e-6], [], in: &graph)])
    return graph.apply("Sub", [graph.apply("Log", [bounded]), mean(spacing)])
  }

  /// Adds the logarithm of the squared Mahalanobis distance from the neighbours' mean.
  private func addDeviation(
    to graph: inout ONNXGraph, _ others: String, _ indices: String, rows: String, around: Int
  ) -> String {
    let found = graph.apply("Gather", [rows, indices])
    let mean = graph.apply("ReduceMean", [found], numbers: [("keepdims", 1)], lists: [("axes", [1])])
    let centred = graph.apply("Sub", [found, mean])
    let products = graph.apply("MatMul", [transposed(centred, in: &graph), centred])
    let covariance = graph.apply(
      "Div", [products, constant("degrees", [Double(around - 1)], [], in: &graph)])
    let difference = graph.apply(
      "Sub", [graph.apply("Unsqueeze", [others, axis(1, in: &graph)]), mean])
    let squared = addSquaredDistance(to: &graph, covariance, difference)
    return graph.apply("Log", [graph.apply("Max", [squared, constant("nothing", [1e-300], [], in: &graph)])])
  }

  /// Adds xᵀ C⁻¹ x of differences x [sample, 1, dimension] and covariances C [sample, dimension, dimension], to which the ridge is added:
  /// as the rows and columns of the matrix of C beside x are eliminated in turn, its last element becomes −xᵀ C⁻¹ x.
  private func addSquaredDistance(
    to graph: inout ONNXGraph, _ covariance: String, _ difference: String
  ) -> String {
    let length = points.dimensions
    func diagonal(_ name: String, _ value: Double, besides: Double) -> String {
      let values = (0..<length * length).map { $0 % (length + 1) == 0 ? value : besides }
      return constant(name, values, [length, length], in: &graph)
    }
    let scaled = graph.apply("Mul", [covariance, diagonal("ridge", 1 + Self.ridge, besides: 1)])
    let sure = graph.apply("Add", [scaled, diagonal("least_variance", Self.leastVariance, besides: 0)])
    let none = graph.apply(
      "Mul", [part(of: difference, 0, 1, [2], in: &graph), constant("none", [0], [], in: &graph)])
    let upper = graph.apply("Concat", [sure, transposed(difference, in: &graph)], numbers: [("axis", 2)])
    let lower = graph.apply("Concat", [difference, none], numbers: [("axis", 2)])
    var matrix = graph.apply("Concat", [upper, lower], numbers: [("axis", 1)])
    for _ in 0..<length {
      let first = part(of: matrix, 0, 1, [1], in: &graph)
      let pivot = part(of: first, 0, 1, [2], in: &graph)
      let others = part(of: first, 1, .max, [2], in: &graph)
      let product = graph.apply(
        "Mul", [transposed(others, in: &graph), graph.apply("Div", [others, pivot])])
      matrix = graph.apply("Sub", [part(of: matrix, 1, .max, [1, 2], in: &graph), product])
    }
    let number = graph.apply(
      "Squeeze", [matrix, graph.shared("typicality/axes_of_matrix", [1, 2], shape: [2])])
    return graph.apply("Neg", [number])
  }

  private func constant(
    _ name: String, _ values: [Double], _ shape: [Int], in graph: inout ONNXGraph
  ) -> String {
    graph.constant("typicality/reference_" + name, values, shape: shape)
  }

  private func axis(_ number: Int, in graph: inout ONNXGraph) -> String {
    graph.shared("typicality/column", [number], shape: [1])
  }

  private func transposed(_ value: String, in graph: inout ONNXGraph) -> String {
    graph.apply("Transpose", [value], lists: [("perm", [0, 2, 1])])
  }

  /// What lies between two positions along some axes.
  private func part(
    of value: String, _ start: Int, _ end: Int, _ axes: [Int], in graph: inout ONNXGraph
  ) -> String {
    func all(_ number: Int) -> String {
      graph.shared("typicality/\(axes.count)_of_\(number)", axes.map { _ in number }, shape: [axes.count])
    }
    let along = graph.shared(
      "typicality/along_" + axes.map(String.init).joined(separator: "_"), axes, shape: [axes.count])
    return graph.apply("Slice", [value, all(start), all(end), along])
  }
}
