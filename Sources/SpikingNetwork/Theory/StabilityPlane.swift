/// Where in the plane of η and g the stationary state of the highest rate begins to oscillate.
public struct StabilityPlane: Sendable {
  /// What grows on the one side of a border.
  public enum Oscillation: String, Sendable, CaseIterable {
    /// Slower than 60 Hz: synchronous irregular, slow.
    case slow
    /// From there to 0.6/t_d: synchronous irregular, fast.
    case fast
    /// Near 1/t_d, where excitation prevails and networks lock into the synchronous regular state.
    case delayed
  }

  /// A point of the plane.
  public struct Point: Sendable, Equatable {
    /// External rate relative to threshold, η.
    public let eta: Double
    /// Relative strength of inhibition, g.
    public let g: Double
  }

  /// A short piece of a border.
  public struct Piece: Sendable, Equatable {
    /// What grows at frequencies of the piece.
    public let oscillation: Oscillation
    /// Its ends.
    public let from, to: Point
  }

  /// The borders, in pieces.
  public let borders: [Piece]

  /// The least frequency of fast oscillations, in Hz.
  package static let leastFast = 60.0

  /// Looks for borders of networks like `network` within ranges, between `points` values of g and twice as many of η.
  ///
  /// - Parameter progress: Called as rows of points are done; throws to stop.
  public init(
    _ network: NetworkParameters, eta: ClosedRange<Double>, g: ClosedRange<Double>, points: Int,
    progress: () throws -> Void
  ) rethrows {
    precondition(points >= 2, "a plane has ends")
    let rows = 2 * points
    // Closer together at weak drives, where rates rise from nothing and slow oscillations have a narrow strip.
    func etaValue(_ row: Int) -> Double {
      let fraction = Double(row) / Double(rows - 1)
      return eta.lowerBound + (eta.upperBound - eta.lowerBound) * fraction * fraction
    }
    func gValue(_ column: Int) -> Double {
      g.lowerBound + (g.upperBound - g.lowerBound) * Double(column) / Double(points - 1)
    }
    let bands = Self.bands(delay: network.delay)
    // [band][row of η][column of g]
    var signs = bands.map { _ in [[Bool]]() }
    for row in 0..<rows {
      try progress()
      let columns = (0..<points).map { column in
        let loop = Self.loop(network, Point(eta: etaValue(row), g: gValue(column)))
        return bands.map { Self.growing(loop, $0) != nil }
      }
      for band in bands.indices { signs[band].append(columns.map { $0[band] }) }
    }
    var borders: [Piece] = []
    for row in 0..<rows - 1 {
      try progress()
      for column in 0..<points - 1 {
        let corners = [(0, 0), (0, 1), (1, 1), (1, 0)].map { (row + $0.0, column + $0.1) }
        for (band, signs) in zip(bands, signs) {
          // Around the cell: on which of its sides the border lies.
          let crossings = corners.indices.compactMap { side -> (Point, Double)? in
            let (a, b) = (corners[side], corners[(side + 1) % 4])
            guard signs[a.0][a.1] != signs[b.0][b.1] else { return nil }
            let ends = [a, b].map { Point(eta: etaValue($0.0), g: gValue($0.1)) }
            return Self.border(network, band, signs[a.0][a.1] ? ends : ends.reversed())
          }
          for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
            let (from, to) = (crossings[pair], crossings[pair + 1])
            borders.append(
              Piece(
                oscillation: Self.oscillation((from.1 + to.1) / 2, delay: network.delay), from: from.0,
                to: to.0))
          }
        }
      }
    }
    self.borders = borders
  }

  /// What a growing oscillation at a frequency in Hz is called, at a delay in ms.
  public static func oscillation(_ frequency: Double, delay: Double) -> Oscillation {
    frequency > bands(delay: delay)[1].lowerBound ? .delayed : frequency < leastFast ? .slow : .fast
  }

  /// The η at which the largest loop gain of a band of frequencies in Hz passes 1, if there is one between two that differ
  /// in that; to 10⁻⁵.
  package static func border(
    _ network: NetworkParameters, eta: ClosedRange<Double>, band: ClosedRange<Double>
  ) -> (eta: Double, frequency: Double)? {
    let ends = [eta.lowerBound, eta.upperBound].map { Point(eta: $0, g: network.g) }
    let signs = ends.map { growing(loop(network, $0), band) != nil }
    guard signs[0] != signs[1] else { return nil }
    let (point, frequency) = border(network, band, signs[0] ? ends : ends.reversed(), accuracy: 1e-5)
    return (point.eta, frequency)
  }

  /// Bands of frequencies in Hz that are looked at apart: what inhibition makes, and what the delay alone.
  private static func bands(delay: Double) -> [ClosedRange<Double>] {
    let limit = max(600 / delay, leastFast)
    return [5...limit, limit...max(1600 / delay, 2 * limit)]
  }

  /// The loop of the state with the highest rate; nil of a silent network.
  private static func loop(_ network: NetworkParameters, _ point: Point) -> LoopGain? {
    var network = network
    (network.eta, network.g) = (point.eta, point.g)
    let theory = MeanField(network)
    return LoopGain(theory, rate: theory.rate)
  }

  /// The frequency of the largest loop gain in a band if that is above 1.
  private static func growing(_ loop: LoopGain?, _ band: ClosedRange<Double>) -> Double? {
    let largest = loop?.zeroPhases(in: band).max { $0.gain < $1.gain }
    return largest.flatMap { $0.gain > 1 ? $0.frequency : nil }
  }

  /// The border between a point at which a band grows and one at which it does not, and the frequency there.
  private static func border(
    _ network: NetworkParameters, _ band: ClosedRange<Double>, _ ends: [Point], accuracy: Double = 5e-3
  ) -> (Point, Double) {
    var (unstable, stable) = (ends[0], ends[1])
    var frequency = band.lowerBound
    repeat {
      let middle = Point(eta: (unstable.eta + stable.eta) / 2, g: (unstable.g + stable.g) / 2)
      if let found = growing(loop(network, middle), band) {
        (unstable, frequency) = (middle, found)
      } else {
        stable = middle
      }
    } while abs(unstable.eta - stable.eta) + abs(unstable.g - stable.g) > accuracy
    if frequency == band.lowerBound { frequency = growing(loop(network, unstable), band) ?? frequency }
    return (unstable, frequency)
  }
}
