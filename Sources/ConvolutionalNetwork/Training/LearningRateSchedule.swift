import Foundation

/// How the step size changes in the course of a training.
public struct LearningRateSchedule: Sendable, Hashable {
  /// The course after the warm-up.
  public enum Course: String, Sendable, Hashable, CaseIterable {
    /// Always the same.
    case constant
    /// Half a period of a cosine, from the full step size to none (Loshchilov and Hutter 2017, arXiv:1608.03983,
    /// without restarts).
    case cosine
  }

  /// The course after the warm-up.
  public let course: Course
  /// Epochs at the beginning in which the step size rises in proportion to the steps done.
  public let warmUpEpochs: Int

  /// A course with or without warm-up.
  public init(_ course: Course = .constant, warmUpEpochs: Int = 0) {
    precondition(warmUpEpochs >= 0, "a number of epochs")
    self.course = course
    self.warmUpEpochs = warmUpEpochs
  }

  /// What the step size is multiplied by in step `step`, from 1, of a training of `steps` steps.
  func factor(step: Int, of steps: Int, warmUpSteps: Int) -> Double {
    if step <= warmUpSteps { return Double(step) / Double(warmUpSteps) }
    switch course {
    case .constant: return 1
    case .cosine:
      let done = Double(step - 1 - warmUpSteps) / Double(max(1, steps - warmUpSteps))
      return 0.5 * (1 + cos(.pi * min(1, done)))
    }
  }
}
