import Foundation

extension JSONEncoder {
  /// Encodes results, with keys in order and numbers that are not finite as `"nan"`, `"inf"` and `"-inf"`.
  package static func results(_ formatting: OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union(.sortedKeys)
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}
