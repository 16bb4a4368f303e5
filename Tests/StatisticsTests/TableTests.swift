import Statistics
import Testing

@Suite("Tables")
struct TableTests {
  @Test(
    "Markdown has a line for each row and the caption below, in which nothing ends a column or begins emphasis"
  )
  func markdown() {
    let table = Table(
      caption: "Errors * of two", header: ["|error|", "n"], rows: [["a|b", "1"], ["c *", "–"]])
    #expect(
      table.markdown == #"""
        | \|error\| | n |
        | --- | --- |
        | a\|b | 1 |
        | c \* | – |

        Errors \* of two

        """#)
    #expect(Table(header: ["x"], rows: []).markdown == "| x |\n| --- |\n")
  }

  @Test("values with commas, quotes and line breaks are quoted in CSV, others not")
  func csv() {
    let table = Table(
      caption: "left out", header: ["name", "x"],
      rows: [
        ["plain |*", "1"], ["a,b", ""], ["say \"so\"", "2"], ["two\nlines", "3"], ["two\r\nlines", "4"],
      ])
    #expect(
      table.csv
        == "name,x\nplain |*,1\n\"a,b\",\n\"say \"\"so\"\"\",2\n\"two\nlines\",3\n\"two\r\nlines\",4\n")
  }

  @Test("LaTeX has lines of booktabs, and every character as a command that all fonts have")
  func latex() {
    let table = Table(
      caption: "Errors of η, 5 %", header: ["name", "MSE (10⁻⁴)"],
      rows: [["a_b & c", "-0.1 [-2, 1–3] ± 1·10⁻¹²"]])
    #expect(
      table.latex == #"""
        \begin{table}
        \centering
        \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%
        \begin{tabular}{lr}
        \toprule
        name & MSE (10$^{-4}$) \\
        \midrule
        a\_b \& c & $-$0.1 [$-$2, 1--3] $\pm$ 1$\cdot$10$^{-12}$ \\
        \bottomrule
        \end{tabular}}
        \caption{Errors of $\eta$, 5 \%}
        \end{table}

        """#)
    #expect(Table.latex("full-trained {x} x²") == "full-trained \\{x\\} x$^{2}$")
  }
}
