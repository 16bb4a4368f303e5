extension String {
  /// The text as one word for a shell, whatever it contains.
  var shellQuoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }

  /// The text as the value of an option in an `#SBATCH` line. It must contain neither line breaks nor backslashes.
  var directiveQuoted: String {
    if allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-+./,:@%".contains($0)) }) { return self }
    return "\"" + replacing("\"", with: #"\""#) + "\""
  }
}
