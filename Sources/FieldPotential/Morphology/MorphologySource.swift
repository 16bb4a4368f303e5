import Foundation

/// Where the morphology of a cell comes from.
public enum MorphologySource: Sendable, Equatable {
  /// The built-in stick pyramid.
  case stickPyramid
  /// The built-in stick interneuron.
  case stickInterneuron
  /// An SWC file, with its path as it was given.
  case swc(path: String)

  /// The SWC file, its path taken relative to a folder; nil for the built-in morphologies.
  public func file(relativeTo folder: URL) -> URL? {
    guard case .swc(let path) = self else { return nil }
    return URL(fileURLWithPath: path, relativeTo: folder)
  }

  /// The cell; a path is taken relative to a folder.
  ///
  /// - Throws: `MorphologyError` for an SWC file that cannot be used.
  public func morphology(relativeTo folder: URL) throws(MorphologyError) -> CellMorphology {
    switch self {
    case .stickPyramid: .stickPyramid
    case .stickInterneuron: .stickInterneuron
    case .swc: try CellMorphology(contentsOf: file(relativeTo: folder)!)
    }
  }
}
