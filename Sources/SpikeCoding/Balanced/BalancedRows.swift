/// Where the rows of a ``BalancedNetwork`` lie in memory, in vectors of eight numbers: rows of excitatory neurons first, those of
/// inhibitory ones after them.
struct BalancedRows {
  /// Vectors in a row of excitatory and of inhibitory neurons.
  let blocksE, blocksI: Int
  private let signals, excitatory, inhibitory: Int

  init(_ parameters: BalancedParameters) {
    signals = parameters.signals
    excitatory = parameters.excitatory
    inhibitory = parameters.inhibitory
    blocksE = (excitatory + 7) / 8
    blocksI = (inhibitory + 7) / 8
  }

  /// Rows that each population has; `rise` and `current` are of synapses with a delay, `kick` is room for what comes in.
  enum Row: Int {
    case voltage, filtered, threshold, rise, current, kick
    static let count = 6
    /// Those that hold a state.
    static let stored: [Row] = [.voltage, .filtered, .rise, .current]
  }

  /// Vectors of all rows.
  var count: Int { inhibitory(.voltage) + (Row.count + inhibitory) * blocksI }

  func excitatory(_ row: Row) -> Int { row.rawValue * blocksE }
  /// Filtered spikes from which weights to inhibitory neurons learn.
  var trace: Int { Row.count * blocksE }
  func feedforward(_ signal: Int) -> Int { (Row.count + 1 + signal) * blocksE }
  /// Weights from an excitatory neuron to all excitatory ones.
  func EE(from k: Int) -> Int { (Row.count + 1 + signals + k) * blocksE }
  /// Weights from an inhibitory neuron to all excitatory ones.
  func EI(from k: Int) -> Int { EE(from: excitatory + k) }
  /// Weights to an inhibitory neuron from all excitatory ones.
  func IE(to k: Int) -> Int { EI(from: inhibitory + k) }

  func inhibitory(_ row: Row) -> Int { IE(to: inhibitory) + row.rawValue * blocksI }
  /// Weights from an inhibitory neuron to all inhibitory ones.
  func II(from k: Int) -> Int { inhibitory(.voltage) + (Row.count + k) * blocksI }
}
