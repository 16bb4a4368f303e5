/// The two kernels of weight gradients, dw[j][f] = Σ over samples and positions of x[j] · dy[f].
enum OuterProduct {
  /// Positions done at once: their x and dy stay in the first-level cache for all of dw.
  private static let tile = 36
  private static let block = 5

  /// For layers with many positions: sums lane vectors over the positions, and over the lanes at the very end.
  ///
  /// - Parameters:
  ///   - x: rows of `depth` values, `rowStride` apart (overlapping windows).
  ///   - dy: [positions][columns].
  ///   - sums: scratch [depth][columns].
  ///   - gradient: [depth][columns].
  @inline(__always)
  static func overPositions<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, rowStride: Int, depth: Int, dy: UnsafePointer<Lanes>, positions: Int,
    columns: Int, sums: UnsafeMutablePointer<Lanes>, gradient: UnsafeMutablePointer<Float>
  ) {
    sums.update(repeating: Lanes(repeating: 0), count: depth * columns)
    for start in stride(from: 0, to: positions, by: tile) {
      let count = min(tile, positions - start)
      let x = x + start * rowStride
      let dy = dy + start * columns
      var column = 0
      while column + block <= columns {
        for j in 0..<depth {
          let s = sums + (j * columns + column)
          var (s0, s1, s2, s3, s4) = (s[0], s[1], s[2], s[3], s[4])
          var value = x + j
          var slope = dy + column
          for _ in 0..<count {
            let v = value[0]
            s0 = s0 + v * slope[0]
            s1 = s1 + v * slope[1]
            s2 = s2 + v * slope[2]
            s3 = s3 + v * slope[3]
            s4 = s4 + v * slope[4]
            value += rowStride
            slope += columns
          }
          (s[0], s[1], s[2], s[3], s[4]) = (s0, s1, s2, s3, s4)
        }
        column += block
      }
      while column < columns {
        for j in 0..<depth {
          var sum = sums[j * columns + column]
          for t in 0..<count { sum = sum + x[t * rowStride + j] * dy[t * columns + column] }
          sums[j * columns + column] = sum
        }
        column += 1
      }
    }
    for i in 0..<depth * columns { gradient[i] = sums[i].laneSum }
  }

  /// Vectors of 16 columns in a row of the transposed dy.
  static func vectors(columns: Int) -> Int { (columns + 15) / 16 }

  /// For layers with one position, where a sum over lanes per weight would cost more than the products: turns dy
  /// into rows of one sample each, so that the vectors run over columns and the sums over samples.
  ///
  /// - Parameters:
  ///   - x: [depth].
  ///   - dy: [columns].
  ///   - transposed: scratch [lane][columns, rounded up to 16].
  ///   - gradient: [depth][columns].
  @inline(__always)
  static func overLanes<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, depth: Int, dy: UnsafePointer<Lanes>, columns: Int,
    transposed scratch: UnsafeMutableRawPointer, gradient: UnsafeMutablePointer<Float>
  ) {
    let samples = Lanes.scalarCount
    let vectors = vectors(columns: columns)
    let rows = scratch.bindMemory(to: SIMD16<Float>.self, capacity: samples * vectors)
    for sample in 0..<samples {
      for vector in 0..<vectors {
        var row = SIMD16<Float>.zero
        for column in 16 * vector..<min(16 * vector + 16, columns) {
          row[column - 16 * vector] = dy[column][sample]
        }
        rows[sample * vectors + vector] = row
      }
    }
    for vector in 0..<vectors {
      let valid = min(16, columns - 16 * vector)
      let output = gradient + 16 * vector
      var j = 0
      while j + block <= depth {
        var s0 = SIMD16<Float>.zero
        var s1 = s0
        var s2 = s0
        var s3 = s0
        var s4 = s0
        for sample in 0..<samples {
          let slope = rows[sample * vectors + vector]
          s0 += slope * x[j][sample]
          s1 += slope * x[j + 1][sample]
          s2 += slope * x[j + 2][sample]
          s3 += slope * x[j + 3][sample]
          s4 += slope * x[j + 4][sample]
        }
        store(s0, to: output + j * columns, valid)
        store(s1, to: output + (j + 1) * columns, valid)
        store(s2, to: output + (j + 2) * columns, valid)
        store(s3, to: output + (j + 3) * columns, valid)
        store(s4, to: output + (j + 4) * columns, valid)
        j += block
      }
      while j < depth {
        var sum = SIMD16<Float>.zero
        for sample in 0..<samples { sum += rows[sample * vectors + vector] * x[j][sample] }
        store(sum, to: output + j * columns, valid)
        j += 1
      }
    }
  }

  @inline(__always)
  private static func store(_ vector: SIMD16<Float>, to output: UnsafeMutablePointer<Float>, _ valid: Int) {
    if valid == 16 {
      UnsafeMutableRawPointer(output).storeBytes(of: vector, as: SIMD16<Float>.self)
    } else {
      for i in 0..<valid { output[i] = vector[i] }
    }
  }
}
