extension NEFParameters {
  /// What a user should know before the run: where the pseudo-inverse fails (docs/neural-engineering.md has figures).
  package var notes: [String] {
    guard solver == .pseudoInverse else { return [] }
    let advice = "; \(Key.ridge.rawValue) 0.01 avoids that"
    return [(a.neurons, "A"), (b.neurons, "B")].compactMap { count, name in
      let ratio = Double(count) / Double(samples)
      let neurons = "\(name) has \(count) neurons for \(samples) samples: "
      if hasAnalyticCurves {
        // Without the chance of counting, curves of neurons hardly differ.
        guard count > 1, ratio < 2 else { return nil }
        return neurons + "decoders of analytic curves are so large that spikes add up to large errors"
          + advice
      }
      guard count > 1, ratio > 0.75, ratio < 1.25 else { return nil }
      return neurons
        + "with about as many of both, decoders fit the chance in counted spikes, and errors grow" + advice
    }
  }
}

extension NEFRun {
  /// What a user should know of the run: whether the input, or the function of it, leaves the range that is represented.
  package var notes: [String] {
    let signals = [
      (NEFParameters.Key.input, input, "decoders are made for x"),
      (.function, idealOfA, "B represents values"),
    ]
    return signals.compactMap { key, values, what in
      let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
      guard least < -1 || largest > 1 else { return nil }
      return "\(key.rawValue) goes from \(least) to \(largest); \(what) from -1 to 1"
    }
  }
}
