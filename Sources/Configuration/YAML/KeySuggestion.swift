/// ", did you mean …?" with the candidate most like the word, or nothing where none is.
///
/// Alike is a candidate that the word begins (`delay` for `delay_ms`), or one that few insertions,
/// deletions, substitutions and swaps of neighbours turn into the word, not all of it; case does not count.
package func suggestion(for word: String?, among candidates: [String]) -> String {
  guard let word = word?.lowercased(), !word.isEmpty else { return "" }
  let distances = candidates.map { candidate in
    let candidate = candidate.lowercased()
    if candidate.hasPrefix(word + "_") { return 0 }
    let distance = editDistance(Array(word), Array(candidate))
    let isAlike = distance <= max(1, min(word.count, candidate.count) / 3) && distance < word.count
    return isAlike ? distance : Int.max
  }
  guard let smallest = distances.min(), smallest < Int.max,
    let index = distances.firstIndex(of: smallest)
  else { return "" }
  return ", did you mean \(candidates[index])?"
}

/// The least number of insertions, deletions, substitutions and swaps of neighbours between two words (the optimal
/// string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var (beforeLast, last) = ([Int](), Array(0...b.count))
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      var distance = min(last[j + 1] + 1, current[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[b.count]
}
