/// ", did you mean …?" with the candidate most like the word, or nothing where none is.
///
/// Alike is a candidate that the word begins (`delay` for `delay_ms`), or one that few insertions,
/// deletions and substitutions turn into the word; case does not count.
package func suggestion(for word: String?, among candidates: [String]) -> String {
  guard let word = word?.lowercased(), !word.isEmpty else { return "" }
  let distances = candidates.map { candidate in
    let candidate = candidate.lowercased()
    let distance = candidate.hasPrefix(word + "_") ? 1 : editDistance(Array(word), Array(candidate))
    return distance <= max(1, min(word.count, candidate.count) / 3) ? distance : Int.max
  }
  guard let smallest = distances.min(), smallest < Int.max,
    let index = distances.firstIndex(of: smallest)
  else { return "" }
  return ", did you mean \(candidates[index])?"
}

/// The Levenshtein distance of two words.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var previous = Array(0...b.count)
  for (i, character) in a.enumerated() {
    var current = [i + 1]
    for (j, other) in b.enumerated() {
      current.append(
        min(previous[j + 1] + 1, current[j] + 1, previous[j] + (character == other ? 0 : 1)))
    }
    previous = current
  }
  return previous[b.count]
}
