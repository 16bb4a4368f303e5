import Numerics

/// A linear readout of signals from filtered spikes, x̂ = D r (Eq. 2 of Brendel et al. 2020).
package struct Decoder: Sendable, Equatable {
  /// D, [signal][neuron].
  package let weights: Matrix
  /// λ dt of the filter.
  private let leakPerStep: Double

  /// The readout with the smallest mean squared error on a run.
  ///
  /// A billionth of the squares of the filtered spikes is added where the run does not decide; neurons without spikes
  /// have weight 0.
  ///
  /// - Parameter signals: What is to be read out, [step][signal].
  package init(_ trains: SpikeTrains, signals: [Double], leakPerStep: Double) {
    let count = signals.count / trains.steps
    let blocks = (trains.neurons + 7) / 8
    var squares = [SIMD8<Double>](repeating: .zero, count: trains.neurons * blocks)
    var products = [SIMD8<Double>](repeating: .zero, count: count * blocks)
    squares.withUnsafeMutableBufferPointer { squares in
      products.withUnsafeMutableBufferPointer { products in
        trains.withFiltered(leakPerStep: leakPerStep) { step, r in
          for neuron in 0..<trains.neurons {
            let own = r[neuron >> 3][neuron & 7]
            // The lower triangle is enough.
            for block in 0...(neuron >> 3) { squares[neuron &* blocks &+ block] += r[block] * own }
          }
          for d in 0..<count {
            let x = signals[step &* count &+ d]
            for block in 0..<blocks { products[d &* blocks &+ block] += r[block] * x }
          }
        }
      }
    }
    var normal = Matrix(rows: trains.neurons, columns: trains.neurons)
    for row in 0..<trains.neurons {
      for column in 0...row {
        let value = squares[row * blocks + column / 8][column % 8]
        normal[row, column] = value
        normal[column, row] = value
      }
      normal[row, row] = normal[row, row] == 0 ? 1 : normal[row, row] * (1 + 1e-9)
    }
    var weights = Matrix(rows: count, columns: trains.neurons)
    if let factors = CholeskyFactorisation(normal) {
      for d in 0..<count {
        let right = (0..<trains.neurons).map { products[d * blocks + $0 / 8][$0 % 8] }
        for (neuron, weight) in factors.solve(right).enumerated() { weights[d, neuron] = weight }
      }
    }
    self.weights = weights
    self.leakPerStep = leakPerStep
  }

  /// Number of signals.
  package var signals: Int { weights.rows }

  /// The estimates x̂ of a run, [step][signal].
  package func estimates(_ trains: SpikeTrains) -> [Double] {
    var estimate = [Double](repeating: 0, count: signals), result: [Double] = []
    result.reserveCapacity(trains.steps * signals)
    var next = 0
    for step in 0..<trains.steps {
      for d in 0..<signals { estimate[d] *= 1 - leakPerStep }
      while next < trains.times.count, trains.times[next] == step {
        for d in 0..<signals { estimate[d] += weights[d, Int(trains.sources[next])] }
        next += 1
      }
      result += estimate
    }
    return result
  }

  /// The coding error of a run.
  package func error(_ trains: SpikeTrains, signals: [Double]) -> CodingError {
    CodingError(signals: signals, estimates: estimates(trains), count: self.signals)
  }

  /// Cosine of the angle between D and feed-forward weights F [neuron][signal], each taken as one vector.
  package func cosine(with feedforward: Matrix) -> Double {
    var (product, squares, own) = (0.0, 0.0, 0.0)
    for d in 0..<signals {
      for neuron in 0..<weights.columns {
        product += weights[d, neuron] * feedforward[neuron, d]
        own += weights[d, neuron] * weights[d, neuron]
        squares += feedforward[neuron, d] * feedforward[neuron, d]
      }
    }
    return product / (own * squares).squareRoot()
  }
}

/// How far estimates are from signals.
package struct CodingError: Sendable, Equatable {
  /// Σ_j var(x_j − x̂_j) / Σ_j var(x_j).
  package let relative: Double
  /// Mean of Σ_j (x_j − x̂_j)².
  package let meanSquare: Double

  /// Of signals and estimates, [step][signal].
  package init(signals: [Double], estimates: [Double], count: Int) {
    var (error, power, meanSquare) = (0.0, 0.0, 0.0)
    let steps = Double(signals.count / count)
    for d in 0..<count {
      var (sum, squares, errorSum, errorSquares) = (0.0, 0.0, 0.0, 0.0)
      for index in stride(from: d, to: signals.count, by: count) {
        let difference = signals[index] - estimates[index]
        sum += signals[index]
        squares += signals[index] * signals[index]
        errorSum += difference
        errorSquares += difference * difference
      }
      power += squares / steps - (sum / steps) * (sum / steps)
      error += errorSquares / steps - (errorSum / steps) * (errorSum / steps)
      meanSquare += errorSquares / steps
    }
    relative = error / power
    self.meanSquare = meanSquare
  }
}
