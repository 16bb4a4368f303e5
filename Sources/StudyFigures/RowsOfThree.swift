extension Array {
  /// The elements in rows of at most three, with the number of columns to set the rows in: that of the
  /// first row, so that the panels of a last, shorter row are as wide as those above.
  func inRowsOfThree() -> [(columns: Int, parameters: [Element])] {
    stride(from: 0, to: count, by: 3).map { first in
      (Swift.min(count, 3), Array(self[first..<Swift.min(first + 3, count)]))
    }
  }
}
