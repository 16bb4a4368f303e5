import Foundation

/// A graph of operators in the format of ONNX (https://onnx.ai/onnx/repo-docs/IR.html), built node by node.
///
/// Field numbers are those of `onnx.proto`.
struct ONNXGraph {
  /// Version of the file format, and of the set of operators.
  private static let formatVersion = 8, operatorSet = 17

  /// Types of the elements of tensors.
  enum ElementType: Int {
    case float = 1
    case int64 = 7
    case double = 11
  }

  private var nodes: [Data] = []
  private var tensors: [Data] = []
  private var inputs: [Data] = []
  private var outputs: [Data] = []
  private var valueCount = 0
  private var sharedConstants: Set<String> = []

  /// A tensor that the user provides, with a free first extent called `sample`; returns its name.
  mutating func input(_ name: String, _ type: ElementType, shape: [Int]) -> String {
    inputs.append(Self.value(name, type, shape))
    return name
  }

  /// Declares the value of a node, renamed to `name`, as a result.
  mutating func output(_ value: String, as name: String, _ type: ElementType, shape: [Int]) {
    apply("Identity", [value], output: name)
    outputs.append(Self.value(name, type, shape))
  }

  /// A constant; returns its name.
  mutating func constant(_ name: String, _ values: [Float], shape: [Int]) -> String {
    constant(name, .float, values.withUnsafeBytes { Data($0) }, shape)
  }

  /// A constant in double precision; returns its name.
  mutating func constant(_ name: String, _ values: [Double], shape: [Int]) -> String {
    constant(name, .double, values.withUnsafeBytes { Data($0) }, shape)
  }

  /// A constant of whole numbers; returns its name.
  mutating func constant(_ name: String, _ values: [Int], shape: [Int]) -> String {
    constant(name, .int64, values.map(Int64.init).withUnsafeBytes { Data($0) }, shape)
  }

  /// A constant of whole numbers that several operators use; returns its name.
  mutating func shared(_ name: String, _ values: [Int], shape: [Int]) -> String {
    sharedConstants.insert(name).inserted ? constant(name, values, shape: shape) : name
  }

  /// A constant in double precision that several operators use; returns its name.
  mutating func shared(_ name: String, _ values: [Double], shape: [Int]) -> String {
    sharedConstants.insert(name).inserted ? constant(name, values, shape: shape) : name
  }

  private mutating func constant(_ name: String, _ type: ElementType, _ raw: Data, _ shape: [Int]) -> String {
    var tensor = ProtocolBuffer()
    for extent in shape { tensor.write(1, extent) }
    tensor.write(2, type.rawValue)
    tensor.write(8, name)
    // Values are little-endian, as in memory.
    tensor.write(9, raw)
    tensors.append(tensor.bytes)
    return name
  }

  /// Applies an operator to values; returns the name of what it gives.
  @discardableResult
  mutating func apply(
    _ operation: String, _ inputs: [String], numbers: [(String, Int)] = [], lists: [(String, [Int])] = [],
    output: String? = nil
  ) -> String {
    apply(operation, inputs, numbers: numbers, lists: lists, output: output, further: [])
  }

  /// The smallest numbers along the last axis, ascending, and their positions.
  mutating func smallest(_ values: String, count: String) -> (values: String, indices: String) {
    let indices = "indices_\(valueCount + 1)"
    let found = apply(
      "TopK", [values, count], numbers: [("largest", 0), ("sorted", 1)], lists: [], output: nil,
      further: [indices])
    return (found, indices)
  }

  private mutating func apply(
    _ operation: String, _ inputs: [String], numbers: [(String, Int)], lists: [(String, [Int])],
    output: String?, further: [String]
  ) -> String {
    valueCount += 1
    let output = output ?? "value_\(valueCount)"
    var node = ProtocolBuffer()
    for input in inputs { node.write(1, input) }
    for result in [output] + further { node.write(2, result) }
    node.write(3, "\(operation.lowercased())_\(valueCount)")
    node.write(4, operation)
    for (name, value) in numbers {
      node.write(5) {
        $0.write(1, name)
        $0.write(3, value)
        $0.write(20, 2)
      }
    }
    for (name, values) in lists {
      node.write(5) {
        $0.write(1, name)
        for value in values { $0.write(8, value) }
        $0.write(20, 7)
      }
    }
    nodes.append(node.bytes)
    return output
  }

  /// The file's contents.
  func file(name: String, producer: String, version: String, metadata: [(key: String, value: String)]) -> Data
  {
    var model = ProtocolBuffer()
    model.write(1, Self.formatVersion)
    model.write(2, producer)
    model.write(3, version)
    model.write(7) { graph in
      for node in nodes { graph.write(1, node) }
      graph.write(2, name)
      for tensor in tensors { graph.write(5, tensor) }
      for input in inputs { graph.write(11, input) }
      for output in outputs { graph.write(12, output) }
    }
    model.write(8) {
      $0.write(1, "")
      $0.write(2, Self.operatorSet)
    }
    for (key, value) in metadata {
      model.write(14) {
        $0.write(1, key)
        $0.write(2, value)
      }
    }
    return model.bytes
  }

  private static func value(_ name: String, _ type: ElementType, _ shape: [Int]) -> Data {
    var value = ProtocolBuffer()
    value.write(1, name)
    value.write(2) {
      $0.write(1) { tensor in
        tensor.write(1, type.rawValue)
        tensor.write(2) { extents in
          extents.write(1) { $0.write(2, "sample") }
          for extent in shape { extents.write(1) { $0.write(1, extent) } }
        }
      }
    }
    return value.bytes
  }
}
