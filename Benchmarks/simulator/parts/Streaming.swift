import CVectorPrimitives
import SpikingNetwork

/// Nanoseconds to read one bit row of `sources`, in order, from wherever it lies: the least that delivery can take.
///
/// While a row is read the next but one is fetched, and nothing but an exclusive or is done with it.
func nanosecondsPerRow(_ sources: [UInt32], of matrix: BitMatrix<UInt16>) -> Double {
  typealias Line = SIMD8<UInt64>
  let rows = UnsafeRawPointer(matrix.rows.pointer).assumingMemoryBound(to: Line.self)
  let lines = matrix.lines
  let seconds = best {
    var (a, b) = (Line(), Line())
    for i in sources.indices {
      let row = rows + Int(sources[i]) * lines
      let later = rows + Int(sources[min(i + 2, sources.count - 1)]) * lines
      for line in 0..<lines {
        vector_prefetch(later + line)
        if line & 1 == 0 { a ^= row[line] } else { b ^= row[line] }
      }
    }
    keep(a ^ b)
  }
  return seconds * 1e9 / Double(sources.count)
}

/// Nanoseconds to set one bit at random in a column of 64-bit words as long as the network has neurons: what is left of
/// wiring if sources cost nothing.
func nanosecondsPerBit(neurons: Int, sources: [UInt32]) -> Double {
  let column = AlignedArray<UInt64>(repeating: 0, count: neurons)
  let rounds = 20
  let seconds = best {
    for round in 0..<rounds {
      let bit: UInt64 = 1 << UInt64(round)
      for source in sources { column.pointer[Int(source)] |= bit }
    }
    keep(SIMD2(column.pointer[0], column.pointer[neurons - 1]))
  }
  return seconds * 1e9 / Double(rounds * sources.count)
}
