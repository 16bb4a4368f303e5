extension Table {
  /// The table for LaTeX with the packages booktabs and graphicx, its caption below, columns but the first flush right; as small
  /// as the page is wide.
  package var latex: String {
    func line(_ cells: [String]) -> String { cells.map(Self.latex).joined(separator: " & ") + " \\\\\n" }
    let columns = "l" + String(repeating: "r", count: max(header.count - 1, 0))
    return
      "\\begin{table}\n\\centering\n\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n"
      + "\\begin{tabular}{\(columns)}\n\\toprule\n" + line(header)
      + "\\midrule\n"
      + rows.map(line).joined() + "\\bottomrule\n\\end{tabular}}\n"
      + (caption.isEmpty ? "" : "\\caption{\(Self.latex(caption))}\n") + "\\end{table}\n"
  }

  /// Text as LaTeX sets it, whatever fonts there are.
  package static func latex(_ text: String) -> String {
    var result = ""
    var raised = ""
    var last: Character = " "
    for character in text {
      if let digit = superscripts[character] {
        raised += digit
      } else {
        if !raised.isEmpty { result += "$^{\(raised)}$" }
        raised = ""
        // A hyphen before a number is a sign, unless it joins that to something.
        let isSign = character == "-" && (last == " " || last == "[")
        result += isSign ? "$-$" : commands[character] ?? String(character)
      }
      last = character
    }
    return raised.isEmpty ? result : result + "$^{\(raised)}$"
  }

  private static let superscripts: [Character: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    "⁻": "-",
  ]

  private static let commands: [Character: String] = [
    "\\": "\\textbackslash{}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{",
    "}": "\\}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "$<$", ">": "$>$", "|": "$|$", "±": "$\\pm$",
    "−": "$-$", "·": "$\\cdot$", "√": "$\\surd$", "≤": "$\\le$", "≥": "$\\ge$", "–": "--", "…": "\\dots{}",
    "µ": "$\\mu$", "η": "$\\eta$", "θ": "$\\theta$", "τ": "$\\tau$", "σ": "$\\sigma$", "χ": "$\\chi$",
    "ν": "$\\nu$", "α": "$\\alpha$", "β": "$\\beta$", "Δ": "$\\Delta$", "°": "$^{\\circ}$", "×": "$\\times$",
    "∞": "$\\infty$",
  ]
}
