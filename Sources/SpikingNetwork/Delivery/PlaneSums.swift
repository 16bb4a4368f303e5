import CVectorPrimitives

/// Sums of bit rows in bit planes, for all blocks of targets.
struct PlaneSums {
  private typealias Word = BitPlanes.Word
  private typealias Row = UnsafePointer<BitPlanes.Word>
  private typealias Counts = SIMD16<UInt16>

  /// The most rows that eight planes can hold in groups of seven.
  static let capacity = 252
  private static let planesPerBlock = 8

  /// Rows added since the planes were last emptied.
  var rowCount = 0
  private let planes: AlignedArray<BitPlanes.Word>
  private let blocks: Int
  private let rows: AlignedArray<UnsafePointer<BitPlanes.Word>?>

  init(blocks: Int) {
    self.blocks = blocks
    planes = AlignedArray(repeating: .zero, count: blocks * Self.planesPerBlock)
    rows = AlignedArray(repeating: nil, count: Self.capacity + 7)
  }

  /// Planes that hold sums of `rowCount` rows.
  private var planeCount: Int { Int.bitWidth - rowCount.leadingZeroBitCount }

  /// Replaces the sums by those of up to 252 sources; the first rows of `later` are fetched meanwhile.
  mutating func add(
    _ sources: UnsafeBufferPointer<UInt32>, of matrix: BitMatrix<some NeuronIndex>,
    then later: UnsafeBufferPointer<UInt32>
  ) {
    rowCount = sources.count
    let base = UnsafePointer(matrix.rows.pointer)
    let rows = rows.pointer
    let groups = (sources.count + 6) / 7
    for i in 0..<sources.count { rows[i] = base + Int(sources[i]) &* matrix.rowStride }
    let empty = base + matrix.emptyRow &* matrix.rowStride
    for i in sources.count..<(groups * 7) { rows[i] = empty }
    for i in 0..<7 {
      rows[groups * 7 + i] = i < later.count ? base + Int(later[i]) &* matrix.rowStride : empty
    }
    rows.withMemoryRebound(to: Row.self, capacity: groups * 7 + 7) { rows in
      // Literal numbers of planes let the compiler unroll the carries.
      switch planeCount {
      case ...3: addGroups(groups, rows, planeCount: 3)
      case 4: addGroups(groups, rows, planeCount: 4)
      case 5, 6: addGroups(groups, rows, planeCount: 6)
      default: addGroups(groups, rows, planeCount: 8)
      }
    }
  }

  @inline(__always)
  private func addGroups(_ groups: Int, _ rows: UnsafeMutablePointer<Row>, planeCount: Int) {
    addGroup(rows, planeCount: planeCount, isFirst: true)
    for group in 1..<max(groups, 1) { addGroup(rows + 7 &* group, planeCount: planeCount, isFirst: false) }
  }

  /// Adds seven rows, and fetches the cache lines of the seven that follow.
  @inline(__always)
  private func addGroup(_ rows: UnsafeMutablePointer<Row>, planeCount: Int, isFirst: Bool) {
    let (a, b, c, d, e, f, g) = (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6])
    let (h, i, j, k, l, m, n) = (rows[7], rows[8], rows[9], rows[10], rows[11], rows[12], rows[13])
    var plane = planes.pointer
    for block in 0..<blocks {
      if block & 1 == 0 {
        // A cache line holds two blocks.
        vector_prefetch(h + block)
        vector_prefetch(i + block)
        vector_prefetch(j + block)
        vector_prefetch(k + block)
        vector_prefetch(l + block)
        vector_prefetch(m + block)
        vector_prefetch(n + block)
      }
      let (ones, twos, fours) = BitPlanes.sum(
        a[block], b[block], c[block], d[block], e[block], f[block], g[block])
      if isFirst {
        plane[0] = ones
        plane[1] = twos
        plane[2] = fours
        for p in 3..<max(planeCount, 3) { plane[p] = .zero }
      } else {
        var carry = plane[0] & ones
        plane[0] ^= ones
        (plane[1], carry) = BitPlanes.add(plane[1], twos, carry)
        (plane[2], carry) = BitPlanes.add(plane[2], fours, carry)
        for p in 3..<max(planeCount, 3) { BitPlanes.increment(&plane[p], &carry) }
      }
      plane += Self.planesPerBlock
    }
  }

  /// Adds the sums of a block's 256 targets to `counts`.
  @inline(never)
  func addCounts(block: Int, to counts: UnsafeMutablePointer<UInt16>) {
    let counts = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: Counts.self)
    forEachCounts(block: block) { counts[$0] &+= $1 }
  }

  /// Writes the sums of a block's 256 targets and `counts`, which become zero, to `out`.
  @inline(never)
  func takeCounts(
    block: Int, with counts: UnsafeMutablePointer<UInt16>, to out: UnsafeMutablePointer<UInt16>
  ) {
    let counts = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: Counts.self)
    let out = UnsafeMutableRawPointer(out).assumingMemoryBound(to: Counts.self)
    forEachCounts(block: block) {
      out[$0] = counts[$0] &+ $1
      counts[$0] = .zero
    }
  }

  /// Calls `body` with the sums of 16 targets at a time.
  @inline(__always)
  private func forEachCounts(block: Int, _ body: (Int, Counts) -> Void) {
    let p = planes.pointer + block &* Self.planesPerBlock
    let count = planeCount
    var a = p[0], b = p[1], c = p[2]
    var d = count > 3 ? p[3] : .zero, e = count > 4 ? p[4] : .zero, f = count > 5 ? p[5] : .zero
    var g = count > 6 ? p[6] : .zero, h = count > 7 ? p[7] : .zero
    BitPlanes.transpose(&a, &b, &c, &d, &e, &f, &g, &h)
    @inline(__always)
    func split(_ word: Word, _ index: Int) {
      // Even bytes are the first, odd ones the second sixteen (``BitPosition``).
      let bytes = unsafeBitCast(word, to: Counts.self)
      body(index, bytes & Counts(repeating: 255))
      body(index + 1, bytes &>> Counts(repeating: 8))
    }
    split(a, 0)
    split(b, 2)
    split(c, 4)
    split(d, 6)
    split(e, 8)
    split(f, 10)
    split(g, 12)
    split(h, 14)
  }
}
