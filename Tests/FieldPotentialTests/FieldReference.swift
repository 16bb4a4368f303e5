import FieldPotential
import Foundation

/// The numbers of `Reference/field_reference.json`; see `field_reference.py` for how they were made.
struct FieldReference: Decodable {
  struct Discretisation: Decodable {
    var area: [Double]
    var length: [Double]
    var rates: [Double]
  }
  struct Annulus: Decodable {
    var lateral: [Double]
    var height: [Double]
    var potential: [[Double]]
  }
  struct SingleCell: Decodable {
    var soma: [Double]
    var time: [Double]
    var input: [Double]
    var map: [[Double]]
    var membrane_potential: [[Double]]
    var transmembrane_current: [[Double]]
  }
  struct Kernels: Decodable {
    var height: [Double]
    var angles: [[Double]]
    var fine_step_stride: Int
    var code: [String: [[Double]]]
    var text: [String: [[Double]]]
  }

  var discretisation: [String: Discretisation]
  var annulus: Annulus
  var single_cell: [String: SingleCell]
  var kernels: Kernels

  /// Read once; every test that needs it fails if it cannot be read.
  static let shared = Result { try decode("field_reference", as: FieldReference.self) }

  static func url(_ name: String, _ type: String) -> URL {
    Bundle.module.url(forResource: name, withExtension: type, subdirectory: "Reference")!
  }

  static func decode<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: url(name, "json")))
  }
}

/// The Euclidean norm of the difference relative to that of the reference.
func relativeError(_ values: some Sequence<Double>, _ reference: some Sequence<Double>) -> Double {
  var difference = 0.0
  var norm = 0.0
  for (a, b) in zip(values, reference) {
    difference += (a - b) * (a - b)
    norm += b * b
  }
  return (difference / norm).squareRoot()
}

/// One of the cells of `Reference/stick_cells.json`.
func stickCell(_ name: String) throws -> CellMorphology {
  switch name {
  case "stick_pyramid": .stickPyramid
  case "stick_interneuron": .stickInterneuron
  default: try CellMorphology(contentsOf: FieldReference.url(name, "swc"))
  }
}
