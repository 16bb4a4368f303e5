import CHDF5

/// Named dimensions, by HDF5's dimension scales in the form netCDF-4 uses, so that xarray and netCDF readers
/// see dimension names and coordinates.
extension HDF5Group {
  /// Creates a dimension without coordinate values.
  ///
  /// - Parameters:
  ///   - name: Name of the dimension.
  ///   - count: Its extent.
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/writeFailed(_:reason:)``.
  @discardableResult
  public func createDimension(_ name: String, count: Int) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try createDataset(name, of: Float.self, shape: [count])
    // netCDF-4 recognises dimensions without values by this text and the extent in ten columns.
    let digits = String(count)
    let extent = String(repeating: " ", count: max(0, 10 - digits.count)) + digits
    try dataset.makeScale(title: "This is a netCDF dimension but not a netCDF variable. \(extent)")
    return dataset
  }
}

extension HDF5Dataset {
  /// Makes a one-dimensional data set the coordinates of a dimension that bears the data set's own name.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``, ``HDF5Error/wrongShape(_:expected:actual:)`` if the data
  ///   set does not have one dimension.
  public func makeScale() throws(HDF5Error) {
    try makeScale(title: name)
  }

  /// Names the dimensions: attaches one scale to each, in order, and labels it with the scale's name.
  ///
  /// - Throws: ``HDF5Error/wrongShape(_:expected:actual:)`` if the scales' extents differ from the data
  ///   set's, ``HDF5Error/writeFailed(_:reason:)``.
  public func attachScales(_ scales: [HDF5Dataset]) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      var extents: [Int] = []
      for scale in scales { extents += try scale.shape }
      try requireShape(extents)
      for (dimension, scale) in scales.enumerated() {
        try scale.object.withIdentifier { scaleID throws(HDF5Error) in
          try Operation.write.check(
            H5DSattach_scale(id, scaleID, UInt32(dimension)), at: object.location)
          try Operation.write.check(
            H5DSset_label(id, UInt32(dimension), scale.name), at: object.location)
        }
      }
    }
  }

  /// Names of the scales attached to the dimensions; nil where there is none.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var dimensionNames: [String?] {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        var names: [String?] = []
        for dimension in try shape.indices {
          let path = try scalePath(of: id, dimension: dimension)
          names.append(path?.split(separator: "/").last.map(String.init))
        }
        return names
      }
    }
  }

  /// Path of the first scale attached to a dimension.
  private func scalePath(of id: hid_t, dimension: Int) throws(HDF5Error) -> String? {
    guard H5Aexists(id, "DIMENSION_LIST") > 0 else { return nil }
    var path: String?
    let status = withUnsafeMutablePointer(to: &path) { path in
      H5DSiterate_scales(
        id, UInt32(dimension), nil,
        { _, _, scale, path in
          let length = H5Iget_name(scale, nil, 0)
          guard length >= 0 else { return -1 }
          withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { bytes in
            H5Iget_name(scale, bytes.baseAddress, bytes.count)
            path?.assumingMemoryBound(to: String?.self).pointee = String(cString: bytes.baseAddress!)
          }
          return 1
        }, path)
    }
    try Operation.read.check(status, at: object.location)
    return path
  }

  fileprivate func makeScale(title: String) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      let extents = try shape
      guard extents.count == 1 else {
        throw .wrongShape(object.location, expected: [extents.reduce(1, *)], actual: extents)
      }
      try Operation.write.check(H5DSset_scale(id, title), at: object.location)
    }
  }
}
