/// Sums over each neuron's inter-spike intervals, exact in whole time steps.
package struct IntervalStatistics {
  private struct Neuron: BitwiseCopyable {
    var spikes: UInt32 = 0
    var first: UInt32 = 0
    var last: UInt32 = 0
    var squares: UInt64 = 0
  }
  private var neurons: [Neuron]

  init(neurons: Int) { self.neurons = Array(repeating: Neuron(), count: neurons) }

  /// Adds one spike of each listed neuron at `time`, counted in steps and not decreasing between calls.
  mutating func add(_ ids: UnsafeBufferPointer<UInt32>, at time: UInt32) {
    neurons.withUnsafeMutableBufferPointer { neurons in
      for id in ids {
        let i = Int(id)
        if neurons[i].spikes == 0 {
          neurons[i].first = time
        } else {
          let interval = UInt64(time &- neurons[i].last)
          neurons[i].squares &+= interval &* interval
        }
        neurons[i].last = time
        neurons[i].spikes &+= 1
      }
    }
  }

  /// Coefficient of variation (standard deviation, ddof 0, over mean) of the intervals, averaged over neurons
  /// with at least three spikes (Skaar et al. 2020, Eq. 12), and their number; NaN if there are none.
  package func coefficientOfVariation() -> (mean: Double, neurons: Int) {
    var sum = 0.0
    var count = 0
    for neuron in neurons where neuron.spikes >= 3 {
      let n = Double(neuron.spikes - 1)
      let total = Double(neuron.last - neuron.first)
      let variance = max(0, n * Double(neuron.squares) - total * total)
      sum += variance.squareRoot() / total
      count += 1
    }
    return (count > 0 ? sum / Double(count) : .nan, count)
  }
}
