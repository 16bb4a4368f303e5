/// The two kernels of weight gradients, dw[j][f] = Σ over samples and positions of x[j] · dy[f].
enum OuterProduct {
  /// Columns, or depths, done at once.
  private static let block = 5
  /// Vectors of x and dy that are used over and over for a tile of positions; 36 KiB of a first-level cache.
  private static let tileVectors = 576

  /// For layers with many positions: sums lane vectors over the positions, and over the lanes at the very end.
  ///
  /// - Parameters:
  ///   - x: rows of `depth` values, `rowStride` apart (overlapping windows).
  ///   - dy: [positions][columns].
  ///   - sums: scratch [depth][columns].
  ///   - gradient: [depth][columns].
  ///   - crew: does its part of the depths.
  @inline(__always)
  static func overPositions<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, rowStride: Int, depth: Int, dy: UnsafePointer<Lanes>, positions: Int,
    columns: Int, sums: UnsafeMutablePointer<Lanes>, gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    let part = crew.part(of: depth)
    (sums + part.lowerBound * columns).update(repeating: Lanes(repeating: 0), count: part.count * columns)
    let overlap = depth - rowStride
    let tile = max(8, (tileVectors - overlap) / (rowStride + block))
    for start in stride(from: 0, to: positions, by: tile) {
      let count = min(tile, positions - start)
      let x = x + start * rowStride
      let dy = dy + start * columns
      var column = 0
      while column + block <= columns {
        for j in part {
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
        for j in part {
          var sum = sums[j * columns + column]
          for t in 0..<count { sum = sum + x[t * rowStride + j] * dy[t * columns + column] }
          sums[j * columns + column] = sum
        }
        column += 1
      }
    }
    for i in part.lowerBound * columns..<part.upperBound * columns { gradient[i] = sums[i].laneSum }
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
  ///   - crew: does its part of the depths, with scratch of its own.
  @inline(__always)
  static func overLanes<Lanes: LaneVector>(
    x: UnsafePointer<Lanes>, depth: Int, dy: UnsafePointer<Lanes>, columns: Int,
    transposed scratch: UnsafeMutableRawPointer, gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    let part = crew.part(of: depth)
    let samples = Lanes.scalarCount
    let vectors = vectors(columns: columns)
    let rows = scratch.bindMemory(to: SIMD16<Float>.self, capacity: samples * vectors)
    transpose(dy, columns: columns, rows: rows, vectors: vectors)
    // Single lanes are read as raw memory: the subscript of a SIMD vector with a variable index copies it first.
    let x = UnsafeRawPointer(x)
    let vectorBytes = MemoryLayout<Lanes>.stride
    for vector in 0..<vectors {
      let valid = min(16, columns - 16 * vector)
      let output = gradient + 16 * vector
      var j = part.lowerBound
      while j + block <= part.upperBound {
        var s0 = SIMD16<Float>.zero
        var s1 = s0
        var s2 = s0
        var s3 = s0
        var s4 = s0
        var value = x + j * vectorBytes
        var slope = rows + vector
        for _ in 0..<samples {
          s0 += slope[0] * SIMD16(repeating: value.load(as: Float.self))
          s1 += slope[0] * SIMD16(repeating: value.load(fromByteOffset: vectorBytes, as: Float.self))
          s2 += slope[0] * SIMD16(repeating: value.load(fromByteOffset: 2 * vectorBytes, as: Float.self))
          s3 += slope[0] * SIMD16(repeating: value.load(fromByteOffset: 3 * vectorBytes, as: Float.self))
          s4 += slope[0] * SIMD16(repeating: value.load(fromByteOffset: 4 * vectorBytes, as: Float.self))
          value += MemoryLayout<Float>.stride
          slope += vectors
        }
        store(s0, to: output + j * columns, valid)
        store(s1, to: output + (j + 1) * columns, valid)
        store(s2, to: output + (j + 2) * columns, valid)
        store(s3, to: output + (j + 3) * columns, valid)
        store(s4, to: output + (j + 4) * columns, valid)
        j += block
      }
      while j < part.upperBound {
        var sum = SIMD16<Float>.zero
        for sample in 0..<samples {
          let value = x.load(fromByteOffset: j * vectorBytes + 4 * sample, as: Float.self)
          sum += rows[sample * vectors + vector] * SIMD16(repeating: value)
        }
        store(sum, to: output + j * columns, valid)
        j += 1
      }
    }
  }

  /// Writes rows [lane][columns] of 16 · `vectors` values each, zeros after the last column.
  @inline(__always)
  private static func transpose<Lanes: LaneVector>(
    _ dy: UnsafePointer<Lanes>, columns: Int, rows: UnsafeMutablePointer<SIMD16<Float>>, vectors: Int
  ) {
    rows.update(repeating: .zero, count: Lanes.scalarCount * vectors)
    let input = UnsafeRawPointer(dy)
    let output = UnsafeMutableRawPointer(rows)
    for lane in 0..<Lanes.scalarCount {
      for column in 0..<columns {
        let value = input.load(fromByteOffset: 4 * (column * Lanes.scalarCount + lane), as: Float.self)
        output.storeBytes(of: value, toByteOffset: 4 * (lane * vectors * 16 + column), as: Float.self)
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
