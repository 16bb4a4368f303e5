/// Turns samples, one after the other, into lanes side by side, and back.
enum LaneTransposition {
  /// lanes[i][sample] = samples[sample][i] for a range of i, four samples and four values at a time.
  ///
  /// - Parameters:
  ///   - samples: Where each sample begins; lanes without one are left as they are.
  ///   - lanes: [value][lane], with so many lanes.
  static func toLanes(
    _ samples: [UnsafePointer<Float>], _ range: Range<Int>, _ output: UnsafeMutablePointer<Float>, lanes: Int
  ) {
    let whole = samples.count & ~3
    let end = range.lowerBound + range.count & ~3
    for i in stride(from: range.lowerBound, to: end, by: 4) {
      for lane in stride(from: 0, to: whole, by: 4) {
        let block = transposed(
          four(samples[lane] + i), four(samples[lane + 1] + i), four(samples[lane + 2] + i),
          four(samples[lane + 3] + i))
        store(block, to: output + i * lanes + lane, lanes)
      }
      for lane in whole..<samples.count {
        for k in i..<i + 4 { output[k * lanes + lane] = samples[lane][k] }
      }
    }
    for i in end..<range.upperBound {
      for (lane, sample) in samples.enumerated() { output[i * lanes + lane] = sample[i] }
    }
  }

  /// rows[lane][i] = values[i][lane], zero from `count` to the end of a row.
  static func toRows(
    _ values: UnsafePointer<Float>, count: Int, lanes: Int, rows: UnsafeMutablePointer<Float>, length: Int
  ) {
    for lane in 0..<lanes { (rows + lane * length + count).update(repeating: 0, count: length - count) }
    let end = count & ~3
    for lane in stride(from: 0, to: lanes, by: 4) {
      for i in stride(from: 0, to: end, by: 4) {
        let value = values + i * lanes + lane
        let block = transposed(
          four(value), four(value + lanes), four(value + 2 * lanes), four(value + 3 * lanes))
        store(block, to: rows + lane * length + i, length)
      }
      for i in end..<count {
        for k in lane..<lane + 4 { rows[k * length + i] = values[i * lanes + k] }
      }
    }
  }

  private typealias Four = SIMD4<Float>

  @inline(__always)
  private static func four(_ values: UnsafePointer<Float>) -> Four {
    UnsafeRawPointer(values).loadUnaligned(as: Four.self)
  }

  @inline(__always)
  private static func store(
    _ block: (Four, Four, Four, Four), to output: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    UnsafeMutableRawPointer(output).storeBytes(of: block.0, as: Four.self)
    UnsafeMutableRawPointer(output + stride).storeBytes(of: block.1, as: Four.self)
    UnsafeMutableRawPointer(output + 2 * stride).storeBytes(of: block.2, as: Four.self)
    UnsafeMutableRawPointer(output + 3 * stride).storeBytes(of: block.3, as: Four.self)
  }

  /// Four rows become four columns.
  @inline(__always)
  private static func transposed(_ a: Four, _ b: Four, _ c: Four, _ d: Four) -> (Four, Four, Four, Four) {
    let (ac0, ac1) = (Four(a[0], c[0], a[1], c[1]), Four(a[2], c[2], a[3], c[3]))
    let (bd0, bd1) = (Four(b[0], d[0], b[1], d[1]), Four(b[2], d[2], b[3], d[3]))
    return (
      Four(ac0[0], bd0[0], ac0[1], bd0[1]), Four(ac0[2], bd0[2], ac0[3], bd0[3]),
      Four(ac1[0], bd1[0], ac1[1], bd1[1]), Four(ac1[2], bd1[2], ac1[3], bd1[3])
    )
  }
}
