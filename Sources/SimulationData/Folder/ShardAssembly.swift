import Synchronization

/// Collects rows, in whatever order they come, until their shard is complete, and stores it then.
package final class ShardAssembly: Sendable {
  private let folder: DatasetFolder
  private let description: DatasetDescription
  private let rows = Mutex<[Int: [DatasetRows]]>([:])

  package init(folder: DatasetFolder, description: DatasetDescription) {
    self.folder = folder
    self.description = description
  }

  /// Takes a row; returns the number of samples stored because of it.
  package func add(_ row: DatasetRows, to shard: DatasetFolder.Shard) throws -> Int {
    let complete: [DatasetRows]? = rows.withLock { rows in
      rows[shard.number, default: []].append(row)
      return rows[shard.number]!.count == shard.samples.count ? rows.removeValue(forKey: shard.number) : nil
    }
    guard let complete else { return 0 }
    var all = DatasetRows()
    for row in complete.sorted(by: { $0.sampleIndex[0] < $1.sampleIndex[0] }) { all.append(row) }
    try folder.store(all, as: shard, description: description)
    return all.count
  }
}
