import HDF5Storage

/// What the root of every file of this program says about it.
extension HDF5Attributes {
  /// Writes the format and its version, the configuration and the program's version.
  package func writeHeader(
    format: String, schemaVersion: Int64 = 1, configuration: String, softwareVersion: String
  ) throws(HDF5Error) {
    try write(format, named: "format")
    try write(schemaVersion, named: "schema_version")
    try write(configuration, named: "configuration")
    try write(softwareVersion, named: "software_version")
  }
}
