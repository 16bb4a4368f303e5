import ArgumentParser
import Foundation

/// A range of samples, `A..<B`.
struct SampleRange: ExpressibleByArgument {
  let value: Range<Int>

  init?(argument: String) {
    let ends = argument.components(separatedBy: "..<").map { Int($0) }
    guard ends.count == 2, let lower = ends[0], let upper = ends[1], lower >= 0, lower < upper else {
      return nil
    }
    value = lower..<upper
  }
}

/// Part `index` of `count`, `I/N`.
struct TaskNumber: ExpressibleByArgument {
  let index: Int
  let count: Int

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], index >= 0, index < count else {
      return nil
    }
    self.index = index
    self.count = count
  }
}
