import FieldPotential
import HDF5Storage

/// What all files say alike about their dimensions.
extension HDF5Group {
  /// Creates the values along a dimension.
  package func createCoordinate(_ name: String, _ values: [Double], units: String) throws(HDF5Error)
    -> HDF5Dataset
  {
    let dataset = try createDataset(name, values)
    try dataset.attributes.write(units, named: "units")
    try dataset.makeScale()
    return dataset
  }

  /// Creates the dimension `time` of bins. `position` says what of each bin the times are.
  func createTime(
    _ times: [Double], _ position: BinPosition, named name: String = "time"
  ) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try createCoordinate(name, times, units: "ms")
    for name in ["long_name", "position"] { try dataset.attributes.write(position.rawValue, named: name) }
    return dataset
  }

  /// Names of the data sets that hold the contacts' positions, as the CF conventions want them in the attribute
  /// `coordinates` of data with channels, so that xarray has them at hand.
  static var channelCoordinates: String { "channel_depth channel_x channel_y" }

  /// Creates the dimension `channel` and the contacts' positions in µm.
  @discardableResult
  package func createChannels(_ contacts: [Contact]) throws(HDF5Error) -> HDF5Dataset {
    let channel = try createDimension("channel", count: contacts.count)
    for (name, values) in [
      ("channel_depth", contacts.map(\.z)), ("channel_x", contacts.map(\.x)),
      ("channel_y", contacts.map(\.y)),
    ] {
      let dataset = try createDataset(name, values)
      try dataset.attributes.write("um", named: "units")
      try dataset.attachScales([channel])
    }
    return channel
  }

  /// Reads the contacts' positions in µm. Files of earlier versions and of others may hold depths alone: if there are
  /// as many `known` contacts, x and y are theirs, otherwise 0.
  package func contacts(assuming known: [Contact]) throws(HDF5Error) -> [Contact] {
    let depths: [Double] = try dataset("channel_depth").read()
    func horizontal(_ name: String, _ known: [Double]) throws(HDF5Error) -> [Double] {
      guard try contains(name) else {
        return known.count == depths.count ? known : Array(repeating: 0, count: depths.count)
      }
      let dataset = try dataset(name)
      try dataset.requireShape([depths.count])
      return try dataset.read()
    }
    let (x, y) = (
      try horizontal("channel_x", known.map(\.x)), try horizontal("channel_y", known.map(\.y))
    )
    return depths.indices.map { Contact(x: x[$0], y: y[$0], z: depths[$0]) }
  }
}

/// What of a bin its time is.
enum BinPosition: String {
  case start = "start of the bin"
  case centre = "centre of the bin"
}
