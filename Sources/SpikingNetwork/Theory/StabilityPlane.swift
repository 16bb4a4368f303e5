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

  /// Looks for borders of networks like `network`, without its spreads and synaptic currents, within ranges, between `points`
  /// values of g and twice as many of η.
  ///
  /// - Parameter progress: Called as rows of points are done; throws to stop.
  public init(
    _ network: NetworkParameters, eta: ClosedRange<Double>, g: ClosedRange<Double>, points: Int,
    progress: () throws -> Void
  ) rethrows {
    precondition(points >= 2, "a plane has ends")
    let grid = Grid(eta: eta, g: g, points: points)
    let bands = Self.bands(delay: network.delay)
    // [row of η][column of g][band]
    let grows = try grid.eta.indices.map { row in
      try progress()
      return grid.g.indices.map { column in
        let loop = Self.loop(network, grid.point(row, column))
        return bands.map { Self.growing(loop, $0) != nil }
      }
    }
    borders = try grid.eta.indices.dropLast().flatMap { row in
      try progress()
      return grid.g.indices.dropLast().flatMap { column in
        bands.indices.flatMap { band in
          Self.pieces(network, bands[band], grid.cell(row, column)) { grows[$0.row][$0.column][band] }
        }
      }
    }
  }

  /// Points of the plane at which stability is looked at.
  private struct Grid {
    typealias Index = (row: Int, column: Int)
    let eta, g: [Double]

    init(eta: ClosedRange<Double>, g: ClosedRange<Double>, points: Int) {
      // Closer together at weak drives, where rates rise from nothing and slow oscillations have a narrow strip.
      self.eta = (0..<2 * points).map { row in
        let fraction = Double(row) / Double(2 * points - 1)
        return eta.lowerBound + (eta.upperBound - eta.lowerBound) * fraction * fraction
      }
      self.g = (0..<points).map {
        g.lowerBound + (g.upperBound - g.lowerBound) * Double($0) / Double(points - 1)
      }
    }

    func point(_ row: Int, _ column: Int) -> Point { Point(eta: eta[row], g: g[column]) }

    /// The corners of a cell, going around it.
    func cell(_ row: Int, _ column: Int) -> [(index: Index, point: Point)] {
      [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)].map {
        (index: ($0, $1), point: point($0, $1))
      }
    }
  }

  /// The border of a band within a cell, between the sides at whose ends stability differs.
  private static func pieces(
    _ network: NetworkParameters, _ band: ClosedRange<Double>, _ cell: [(index: Grid.Index, point: Point)],
    grows: (Grid.Index) -> Bool
  ) -> [Piece] {
    let crossings = cell.indices.compactMap { side -> (point: Point, frequency: Double)? in
      let (a, b) = (cell[side], cell[(side + 1) % cell.count])
      guard grows(a.index) != grows(b.index) else { return nil }
      return border(network, band, grows(a.index) ? [a.point, b.point] : [b.point, a.point])
    }
    return stride(from: 0, to: crossings.count - 1, by: 2).map { index in
      let (from, to) = (crossings[index], crossings[index + 1])
      return Piece(
        oscillation: oscillation((from.frequency + to.frequency) / 2, delay: network.delay), from: from.point,
        to: to.point)
    }
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
    // Not for ever upwards.
    let limit = min(max(600 / delay, leastFast), 2000)
    return [5...limit, limit...2.7 * limit]
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
  ) -> (point: Point, frequency: Double) {
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
