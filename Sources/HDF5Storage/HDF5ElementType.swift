import CHDF5

/// The type of the elements of a data set or attribute.
public enum HDF5ElementType: Sendable, Equatable, CustomStringConvertible {
  /// IEEE floating point.
  case float(bits: Int)
  /// Two's complement or unsigned integer.
  case integer(bits: Int, signed: Bool)
  /// Text of fixed or variable length.
  case string
  /// Named values of an integer type.
  case enumeration
  /// Anything else, by the name of its HDF5 class.
  case other(String)

  /// Such as `float32`, `uint8` or `string`.
  public var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, let signed): signed ? "int\(bits)" : "uint\(bits)"
    case .string: "string"
    case .enumeration: "enumeration"
    case .other(let name): name
    }
  }

  var isNumber: Bool {
    switch self {
    case .float, .integer: true
    default: false
    }
  }

  /// The type that an HDF5 type identifier stands for.
  init(identifier: hid_t) {
    let bits = H5Tget_size(identifier) &* 8
    self =
      switch H5Tget_class(identifier) {
      case H5T_FLOAT: .float(bits: bits)
      case H5T_INTEGER: .integer(bits: bits, signed: H5Tget_sign(identifier) == H5T_SGN_2)
      case H5T_STRING: .string
      case H5T_ENUM: .enumeration
      case H5T_COMPOUND: .other("compound")
      case H5T_REFERENCE: .other("reference")
      case H5T_VLEN: .other("variable-length sequence")
      case H5T_ARRAY: .other("array")
      case H5T_OPAQUE: .other("opaque")
      case H5T_BITFIELD: .other("bit field")
      default: .other("unknown")
      }
  }
}

/// A number that data sets and attributes can hold.
public protocol HDF5Number: BitwiseCopyable, Sendable {
  /// How it is stored, and in which form it is held in memory.
  static var hdf5ElementType: HDF5ElementType { get }
}

extension HDF5Number where Self: FixedWidthInteger {
  /// The integer type of the same width and sign.
  public static var hdf5ElementType: HDF5ElementType { .integer(bits: bitWidth, signed: isSigned) }
}

extension Float: HDF5Number {
  /// IEEE single precision.
  public static var hdf5ElementType: HDF5ElementType { .float(bits: 32) }
}

extension Double: HDF5Number {
  /// IEEE double precision.
  public static var hdf5ElementType: HDF5ElementType { .float(bits: 64) }
}

extension UInt8: HDF5Number {}
extension UInt16: HDF5Number {}
extension UInt32: HDF5Number {}
extension UInt64: HDF5Number {}
extension Int8: HDF5Number {}
extension Int16: HDF5Number {}
extension Int32: HDF5Number {}
extension Int64: HDF5Number {}
extension Int: HDF5Number {}

extension HDF5Number {
  /// The library's identifiers of this type in memory and in files; they belong to the library.
  static var typeIdentifiers: (memory: hid_t, stored: hid_t) {
    HDF5Library.locked {
      switch hdf5ElementType {
      case .float(bits: 32): (chdf5_native_float(), chdf5_stored_float())
      case .float(bits: 64): (chdf5_native_double(), chdf5_stored_double())
      case .integer(bits: 8, signed: true): (chdf5_native_int8(), chdf5_stored_int8())
      case .integer(bits: 16, signed: true): (chdf5_native_int16(), chdf5_stored_int16())
      case .integer(bits: 32, signed: true): (chdf5_native_int32(), chdf5_stored_int32())
      case .integer(bits: 64, signed: true): (chdf5_native_int64(), chdf5_stored_int64())
      case .integer(bits: 8, signed: false): (chdf5_native_uint8(), chdf5_stored_uint8())
      case .integer(bits: 16, signed: false): (chdf5_native_uint16(), chdf5_stored_uint16())
      case .integer(bits: 32, signed: false): (chdf5_native_uint32(), chdf5_stored_uint32())
      case .integer(bits: 64, signed: false): (chdf5_native_uint64(), chdf5_stored_uint64())
      default: preconditionFailure("\(Self.self) has no HDF5 type")
      }
    }
  }
}
