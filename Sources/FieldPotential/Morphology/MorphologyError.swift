/// Why an SWC file cannot be used, with the place in the file.
public struct MorphologyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    /// The file cannot be read.
    case unreadable
    /// The file has no points.
    case empty
    /// A line is not made of `id type x y z radius parent`.
    case malformedLine(String)
    /// A coordinate is infinite or not a number.
    case invalidCoordinate(String)
    /// A radius is zero, negative, infinite or not a number.
    case invalidRadius(String)
    /// Two points have the same id.
    case duplicateIdentifier(Int)
    /// A point's parent does not exist.
    case missingParent(Int)
    /// A point is its own ancestor.
    case cycle(Int)
    /// A second soma: another point of type 1 without parent.
    case severalRoots(Int)
    /// No point has type 1.
    case noSoma
    /// The root, or the parent of a point of the soma, is not part of the soma.
    case detachedSoma(Int)
    /// A dendrite grows out of an axon, which is left out of the model.
    case dendriteOnAxon(Int)
  }

  /// The file's path or the name given with the text.
  public let file: String
  /// The line, counted from 1; `nil` if the error is not about one line.
  public let line: Int?
  /// What is wrong.
  public let reason: Reason

  /// `file:line: what is wrong (got …, expected …)`.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(reason.text)"
  }
}

extension MorphologyError.Reason {
  fileprivate var text: String {
    switch self {
    case .unreadable: "cannot be read"
    case .empty: "no points (expected lines of: id type x y z radius parent)"
    case .malformedLine(let line):
      "malformed line (got '\(line)', expected seven numbers: id type x y z radius parent)"
    case .invalidCoordinate(let value): "invalid coordinate (got \(value), expected a finite number of µm)"
    case .invalidRadius(let value): "invalid radius (got \(value), expected a positive number of µm)"
    case .duplicateIdentifier(let id): "duplicate id (got \(id) a second time)"
    case .missingParent(let id): "parent does not exist (got \(id), expected -1 or the id of a point)"
    case .cycle(let id): "point \(id) is its own ancestor"
    case .severalRoots(let id): "second soma (got id \(id) without parent, expected a single root of type 1)"
    case .noSoma: "no soma (expected at least one point of type 1)"
    case .detachedSoma(let id):
      "point \(id) is not joined to the soma as expected (the root must be a soma point, "
        + "and the parent of a soma point a soma point)"
    case .dendriteOnAxon(let id): "dendrite on an axon (point \(id)); axons are left out of the model"
    }
  }
}
