import Configuration
import ConvolutionalNetwork
import HDF5Storage
import SimulationData

/// The networks of a model, each with the course of its training: in the file's root if there is one network, in groups
/// `member_1`, `member_2`, … if there are several.
extension TrainedModel {
  func writeMembers(to root: HDF5Group) throws(HDF5Error) {
    try root.attributes.write(Int64(courses.count), named: "members")
    for (member, course) in courses.enumerated() {
      let group = courses.count == 1 ? root : try root.createGroup(Self.groupName(member))
      let network = estimator.networks[member]
      try group.attributes.write(Int64(course.bestEpoch), named: "best_epoch")
      for tensor in network.architecture.parameters {
        try group.createDataset(
          "weights/\(tensor.name)", Array(network.values(of: tensor)), shape: tensor.shape)
      }
      try group.createDataset("history/training_loss", course.history.map(\.trainingLoss))
      try group.createDataset("history/validation_loss", course.history.map(\.validationLoss))
    }
  }

  /// Reads what `writeMembers` wrote; throws `HDF5Error` or ``DatasetError`` that names the file `path`.
  static func members(
    in root: HDF5Group, architecture: NetworkArchitecture, path: String
  ) throws -> (networks: [Network], courses: [Course]) {
    let count = Int(try root.attributes.read("members", as: Int64.self))
    guard (1...TrainingConfiguration.mostMembers).contains(count) else {
      throw DatasetError.inconsistent(file: path, reason: "the number of its members is \(count)")
    }
    let groups = try (0..<count).map { count == 1 ? root : try root.group(groupName($0)) }
    return (
      try groups.map { try network(architecture, in: $0, path: path) },
      try groups.map { try course(in: $0, path: path) }
    )
  }

  private static func groupName(_ member: Int) -> String { "member_\(member + 1)" }

  private static func network(
    _ architecture: NetworkArchitecture, in group: HDF5Group, path: String
  ) throws -> Network {
    var parameters: [Float] = []
    for tensor in architecture.parameters {
      let dataset = try group.dataset("weights/\(tensor.name)")
      try dataset.requireShape(tensor.shape)
      parameters += try dataset.read(as: Float.self)
    }
    guard parameters.allSatisfy(\.isFinite) else {
      throw DatasetError.inconsistent(file: path, reason: "a weight is not finite")
    }
    return try Network(architecture: architecture, parameters: parameters)
  }

  private static func course(in group: HDF5Group, path: String) throws -> Course {
    func inconsistent(_ reason: String) -> DatasetError { .inconsistent(file: path, reason: reason) }
    let training: [Double] = try group.dataset("history/training_loss").read()
    let validation: [Double] = try group.dataset("history/validation_loss").read()
    guard training.count == validation.count else { throw inconsistent("the histories differ in length") }
    let bestEpoch = try group.attributes.read("best_epoch", as: Int64.self)
    guard bestEpoch >= 1, bestEpoch <= training.count else {
      throw inconsistent("the best epoch is \(bestEpoch) of \(training.count)")
    }
    return Course(
      history: zip(training, validation).map { .init(trainingLoss: $0, validationLoss: $1) },
      bestEpoch: Int(bestEpoch))
  }
}
