import Foundation

/// Writes messages in the wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding), as far as
/// ONNX files need it.
struct ProtocolBuffer {
  private(set) var bytes = Data()

  private enum WireType: UInt64 {
    case variable = 0
    case lengthDelimited = 2
  }

  private mutating func append(variable value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(tag field: Int, _ type: WireType) {
    append(variable: UInt64(field) << 3 | type.rawValue)
  }

  /// A whole number or enumeration.
  mutating func write(_ field: Int, _ value: Int) {
    append(tag: field, .variable)
    append(variable: UInt64(bitPattern: Int64(value)))
  }

  /// Bytes, or a message already encoded.
  mutating func write(_ field: Int, _ value: Data) {
    append(tag: field, .lengthDelimited)
    append(variable: UInt64(value.count))
    bytes.append(value)
  }

  mutating func write(_ field: Int, _ text: String) { write(field, Data(text.utf8)) }

  /// An embedded message.
  mutating func write(_ field: Int, _ build: (inout ProtocolBuffer) -> Void) {
    var message = ProtocolBuffer()
    build(&message)
    write(field, message.bytes)
  }
}
