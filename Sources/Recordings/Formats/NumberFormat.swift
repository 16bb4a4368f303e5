/// How numbers are stored one after another.
public struct NumberFormat: Sendable, Equatable {
  /// Integers and IEEE floating point numbers.
  public enum Kind: String, Sendable, CaseIterable {
    /// 8 bits, with sign.
    case int8
    /// 8 bits, without sign.
    case uint8
    /// 16 bits, with sign.
    case int16
    /// 16 bits, without sign.
    case uint16
    /// 32 bits, with sign.
    case int32
    /// 32 bits, without sign.
    case uint32
    /// 64 bits, with sign.
    case int64
    /// 64 bits, without sign.
    case uint64
    /// Single precision.
    case float32
    /// Double precision.
    case float64
  }

  /// The type of a number.
  public let kind: Kind
  /// Whether the most significant byte comes first.
  public let isBigEndian: Bool

  /// Numbers of a type.
  public init(_ kind: Kind, isBigEndian: Bool = false) {
    (self.kind, self.isBigEndian) = (kind, isBigEndian)
  }

  /// By name: that of a kind, followed by `-be` or `-le` for the order of its bytes; nil for others.
  public init?(name: String) {
    let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = parts.first.flatMap({ Kind(rawValue: String($0)) }) else { return nil }
    switch parts.dropFirst().first {
    case nil, "le": self.init(kind)
    case "be": self.init(kind, isBigEndian: true)
    default: return nil
    }
  }

  /// Bytes of a number.
  public var size: Int {
    switch kind {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether numbers are counts.
  public var isInteger: Bool { kind != .float32 && kind != .float64 }

  /// Reads numbers at equal distances.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that hold all of them.
  ///   - offset: Where the first begins.
  ///   - stride: Bytes from the beginning of one to that of the next.
  ///   - output: Room for as many as are to be read.
  func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, stride: Int,
    into output: UnsafeMutableBufferPointer<Double>
  ) {
    func integers<Number: FixedWidthInteger & BitwiseCopyable>(
      _ type: Number.Type, _ value: (Number) -> Double
    ) {
      for index in output.indices {
        let stored = bytes.loadUnaligned(fromByteOffset: offset + index * stride, as: type)
        output[index] = value(isBigEndian ? Number(bigEndian: stored) : Number(littleEndian: stored))
      }
    }
    switch kind {
    case .int8: integers(Int8.self) { Double($0) }
    case .uint8: integers(UInt8.self) { Double($0) }
    case .int16: integers(Int16.self) { Double($0) }
    case .uint16: integers(UInt16.self) { Double($0) }
    case .int32: integers(Int32.self) { Double($0) }
    case .uint32: integers(UInt32.self) { Double($0) }
    case .int64: integers(Int64.self) { Double($0) }
    case .uint64: integers(UInt64.self) { Double($0) }
    case .float32: integers(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .float64: integers(UInt64.self) { Double(bitPattern: $0) }
    }
  }
}
