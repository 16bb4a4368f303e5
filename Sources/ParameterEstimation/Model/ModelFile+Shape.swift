import HDF5Storage
import SimulationData

/// The shape of a model's distributions: `/prediction_width` [parameter] with the attribute `degrees_of_freedom`, which is
/// infinite for normal distributions. States of the network that have shapes of their own have them in groups
/// `/state_shapes/SR` ….
extension TrainedModel {
  func write(_ shape: PredictionShape, to root: HDF5Group) throws(HDF5Error) {
    let widths = try root.createDataset("prediction_width", shape.widths)
    try widths.attributes.write(
      shape.degreesOfFreedom.map(Double.init) ?? .infinity, named: "degrees_of_freedom")
  }

  func write(_ shapes: [ActivityState: PredictionShape], to root: HDF5Group) throws(HDF5Error) {
    guard !shapes.isEmpty else { return }
    let group = try root.createGroup("state_shapes")
    for state in ActivityState.allCases {
      if let shape = shapes[state] { try write(shape, to: group.createGroup(state.rawValue)) }
    }
  }

  /// Reads the shapes of states.
  static func stateShapes(
    in root: HDF5Group, parameters: Int, path: String
  ) throws -> [ActivityState: PredictionShape] {
    guard try root.contains("state_shapes") else { return [:] }
    let group = try root.group("state_shapes")
    var shapes: [ActivityState: PredictionShape] = [:]
    for state in ActivityState.allCases where try group.contains(state.rawValue) {
      shapes[state] = try shape(in: group.group(state.rawValue), parameters: parameters, path: path)
    }
    return shapes
  }

  /// Reads what `write` wrote; throws `HDF5Error` or ``DatasetError`` that names the file `path`.
  static func shape(in root: HDF5Group, parameters: Int, path: String) throws -> PredictionShape {
    let dataset = try root.dataset("prediction_width")
    let widths: [Double] = try dataset.read()
    let degrees = try dataset.attributes.read("degrees_of_freedom", as: Double.self)
    guard widths.count == parameters, widths.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw DatasetError.inconsistent(file: path, reason: "prediction_width is \(widths)")
    }
    guard degrees == .infinity || (3...1e6).contains(degrees) && degrees == degrees.rounded() else {
      throw DatasetError.inconsistent(file: path, reason: "the attribute degrees_of_freedom is \(degrees)")
    }
    return PredictionShape(widths: widths, degreesOfFreedom: degrees == .infinity ? nil : Int(degrees))
  }
}
