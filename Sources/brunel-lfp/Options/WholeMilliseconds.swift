import ArgumentParser

/// A whole number of milliseconds, also written `1500.0`.
struct WholeMilliseconds: ExpressibleByArgument {
  let value: Int

  init?(argument: String) {
    guard let number = Double(argument), let value = Int(exactly: number) else { return nil }
    self.value = value
  }
}
