/// The two kernels of weight gradients, dw[j][f] = Σ over samples and positions of x[j] · dy[f].
///
/// Indices count vectors of a chunk's lanes, each of which lies in `Layout.registers` registers.
enum OuterProduct {
  /// Columns, or depths, done at once.
  private static let block = ColumnProduct.columns
  /// Positions whose vectors, two of x and five of dy each, stay in a first-level cache of 32 KiB.
  private static let tile = 48

  /// For layers with many positions: sums lane vectors over the positions, and over the lanes at the very end.
  ///
  /// - Parameters:
  ///   - x: [positions + width − 1][channels]; depth j = (k, c) belongs to x[t + k][c].
  ///   - dy: [positions][columns].
  ///   - sums: scratch [depth][columns].
  ///   - gradient: [depth][columns].
  ///   - crew: does its part of the depths.
  @inline(__always)
  static func overPositions<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Layout.Register>, channels: Int, width: Int,
    dy: UnsafePointer<Layout.Register>, positions: Int,
    columns: Int, sums: UnsafeMutablePointer<Layout.Register>,
    gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    // Two neighbouring channels at a time, at one place of the kernel after the other: what is read of x then stays in
    // the cache.
    let part = crew.part(of: (channels + 1) / 2 * width)
    for depth in depths(part, width: width, channels: channels) {
      (sums + depth * columns * Layout.registers).update(
        repeating: Layout.Register(repeating: 0), count: columns * Layout.registers)
    }
    let whole = columns - columns % block
    let tiles = (positions + tile - 1) / tile
    for number in 0..<tiles {
      let start = positions * number / tiles
      let count = positions * (number + 1) / tiles - start
      let x = x + start * channels * Layout.registers
      let dy = dy + start * columns * Layout.registers
      for column in stride(from: 0, to: whole, by: block) {
        for item in part {
          let channel = item / width * 2
          let depth = item % width * channels + channel
          // A last channel alone is its own neighbour.
          let second = channel + 1 < channels ? 1 : 0
          for register in 0..<Layout.registers {
            addPair(
              Layout.self, x + depth * Layout.registers + register, second: second * Layout.registers,
              stride: channels * Layout.registers,
              dy + column * Layout.registers + register, columns: columns, count: count,
              sums + (depth * columns + column) * Layout.registers + register,
              secondSums: second * columns * Layout.registers)
          }
        }
      }
      for depth in depths(part, width: width, channels: channels) {
        for i in whole * Layout.registers..<columns * Layout.registers {
          var sum = sums[depth * columns * Layout.registers + i]
          let value = x + depth * Layout.registers + i % Layout.registers
          for t in 0..<count {
            sum = sum + value[t * channels * Layout.registers] * dy[t * columns * Layout.registers + i]
          }
          sums[depth * columns * Layout.registers + i] = sum
        }
      }
    }
    for depth in depths(part, width: width, channels: channels) {
      for i in depth * columns..<(depth + 1) * columns {
        gradient[i] = Layout.Register.laneSum(of: sums + i * Layout.registers, Layout.registers)
      }
    }
  }

  /// The depths of some pairs of channels.
  private static func depths(
    _ part: Range<Int>, width: Int, channels: Int
  ) -> some Sequence<Int> {
    part.lazy.flatMap { item in
      let first = item / width * 2
      let depth = item % width * channels
      return depth + first..<depth + min(first + 2, channels)
    }
  }

  /// Adds x and its neighbour times five columns of dy at `count` positions.
  @inline(__always)
  private static func addPair<Layout: LaneLayout>(
    _: Layout.Type, _ x: UnsafePointer<Layout.Register>, second: Int, stride: Int,
    _ dy: UnsafePointer<Layout.Register>, columns: Int,
    count: Int, _ s: UnsafeMutablePointer<Layout.Register>, secondSums: Int
  ) {
    let t = s + secondSums
    let (one, two, three, four) = (
      Layout.registers, 2 * Layout.registers, 3 * Layout.registers, 4 * Layout.registers
    )
    var (s0, s1, s2, s3, s4) = (s[0], s[one], s[two], s[three], s[four])
    var (t0, t1, t2, t3, t4) = (t[0], t[one], t[two], t[three], t[four])
    var (value, slope) = (x, dy)
    for _ in 0..<count {
      let (v, w) = (value[0], value[second])
      s0 = s0 + v * slope[0]
      t0 = t0 + w * slope[0]
      s1 = s1 + v * slope[one]
      t1 = t1 + w * slope[one]
      s2 = s2 + v * slope[two]
      t2 = t2 + w * slope[two]
      s3 = s3 + v * slope[three]
      t3 = t3 + w * slope[three]
      s4 = s4 + v * slope[four]
      t4 = t4 + w * slope[four]
      value += stride
      slope += columns * Layout.registers
    }
    (s[0], s[one], s[two], s[three], s[four]) = (s0, s1, s2, s3, s4)
    (t[0], t[one], t[two], t[three], t[four]) = (t0, t1, t2, t3, t4)
  }
}

extension OuterProduct {
  /// Floats of a row of the transposed dy.
  static func rowLength(columns: Int) -> Int { (columns + 15) & ~15 }

  /// For layers with one position, where a sum over lanes per weight would cost more than the products: turns dy
  /// into rows of one sample each, so that the vectors run over columns and the sums over samples.
  ///
  /// - Parameters:
  ///   - x: [depth][lane].
  ///   - dy: [columns][lane].
  ///   - transposed: scratch [lane][row length].
  ///   - gradient: [depth][columns].
  ///   - crew: does its part of the depths, with scratch of its own.
  @inline(__always)
  static func overLanes<Layout: LaneLayout>(
    _: Layout.Type, x: UnsafePointer<Float>, depth: Int, dy: UnsafePointer<Float>, columns: Int,
    transposed rows: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>, crew: Crew
  ) {
    let part = crew.part(of: depth)
    let lanes = Layout.Lanes.scalarCount
    let length = rowLength(columns: columns)
    LaneTransposition.toRows(dy, count: columns, lanes: lanes, rows: rows, length: length)
    let vectors = length / 16
    let slopes = UnsafeRawPointer(rows).assumingMemoryBound(to: SIMD16<Float>.self)
    let zero = SIMD16<Float>.zero
    for vector in 0..<vectors {
      let output = gradient + 16 * vector
      let remaining = columns - 16 * vector
      var j = part.lowerBound
      while j + block <= part.upperBound {
        let numbers = ColumnProduct.Numbers(first: x + j * lanes, depthStride: 1, columnStride: lanes)
        let sums = ColumnProduct.one(
          slopes + vector, stride: vectors, depth: lanes, numbers, start: (zero, zero, zero, zero, zero))
        store(sums.0, to: output + j * columns, remaining)
        store(sums.1, to: output + (j + 1) * columns, remaining)
        store(sums.2, to: output + (j + 2) * columns, remaining)
        store(sums.3, to: output + (j + 3) * columns, remaining)
        store(sums.4, to: output + (j + 4) * columns, remaining)
        // The last depths together with some of those before.
        j = j + block < part.upperBound ? min(j + block, part.upperBound - block) : part.upperBound
      }
      for j in j..<part.upperBound {
        for column in 0..<min(16, remaining) {
          var sum: Float = 0
          for lane in 0..<lanes { sum += rows[lane * length + 16 * vector + column] * x[j * lanes + lane] }
          output[j * columns + column] = sum
        }
      }
    }
  }

  /// Writes a vector of neighbouring columns, or what of it lies within the columns.
  @inline(__always)
  private static func store(_ vector: SIMD16<Float>, to output: UnsafeMutablePointer<Float>, _ remaining: Int)
  {
    if remaining >= 16 {
      UnsafeMutableRawPointer(output).storeBytes(of: vector, as: SIMD16<Float>.self)
    } else {
      for i in 0..<remaining { output[i] = vector[i] }
    }
  }
}
