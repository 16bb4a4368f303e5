import Configuration
import DurableFiles
import Foundation
import HDF5Storage
import SimulationData
import SpikeCoding

/// The file of a network that learns: its state after the steps done, and in `course` its weights before, over learning.
enum LearningFile {
  private typealias Snapshot<Network: LearningNetwork> = LearningFolder.Snapshot<Network>

  /// Writes or replaces a file.
  static func write<Network: LearningNetwork>(
    _ path: String, configuration: String, _ current: LearningFolder.Snapshot<Network>,
    _ course: [LearningFolder.Snapshot<Network>]
  ) throws {
    try AtomicFile.write(to: path, replacing: true) { temporary in
      let file = try HDF5File.create(temporary, isSealed: true)
      let root = file.root
      try root.attributes.writeHeader(
        format: "brunel-lfp spike coding", configuration: configuration, softwareVersion: softwareVersion)
      try root.attributes.write(Int64(current.steps), named: "steps")
      for array in current.network.arrays {
        try root.createDataset(array.name, array.values, shape: array.shape)
      }
      try root.createDataset("course/steps", course.map { Int64($0.steps) })
      let arrays = course.map { $0.network.arrays.filter(\.isWeight) }
      for (index, array) in (arrays.first ?? []).enumerated() {
        try root.createDataset(
          "course/\(array.name)", arrays.flatMap { $0[index].values }, shape: [arrays.count] + array.shape)
      }
      try file.close()
    }
  }

  /// Reads a file; nil if there is none.
  ///
  /// - Throws: ``LearningFolderError`` if it belongs to another configuration, `HDF5Error`.
  static func read<Network: LearningNetwork>(
    _ path: String, configuration: String, like network: Network
  ) throws -> (current: LearningFolder.Snapshot<Network>, snapshots: [LearningFolder.Snapshot<Network>])? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try HDF5File.open(path)
    let root = file.root
    guard try root.attributes.read("configuration", as: String.self) == configuration else {
      throw LearningFolderError.otherFile(file: path)
    }
    func stored(_ array: StateArray, in group: String, count: Int? = nil) throws -> [Double] {
      let dataset = try root.dataset(group + array.name)
      try dataset.requireShape((count.map { [$0] } ?? []) + array.shape)
      return try dataset.read()
    }
    let arrays = try network.arrays.map {
      StateArray($0.name, $0.shape, try stored($0, in: ""), isWeight: $0.isWeight)
    }
    let steps: [Int64] = try root.dataset("course/steps").read()
    let weights = arrays.filter(\.isWeight)
    let course = try weights.map { try stored($0, in: "course/", count: steps.count) }
    let snapshots = steps.indices.map { index in
      Snapshot(
        steps: Int(steps[index]),
        network: network.with(
          zip(weights, course).map { array, values in
            let size = array.values.count
            return StateArray(
              array.name, array.shape, Array(values[(index * size)..<((index + 1) * size)]), isWeight: true)
          }))
    }
    let current = Snapshot(
      steps: Int(try root.attributes.read("steps", as: Int64.self)), network: network.with(arrays))
    try file.close()
    return (current, snapshots)
  }
}
