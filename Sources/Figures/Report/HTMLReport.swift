/// A page that holds everything it shows: text, tables and figures, for reading in a browser and printing.
public struct HTMLReport: Sendable {
  /// A part of a section.
  public enum Block: Sendable {
    /// Running text.
    case paragraph(String)
    /// Items of a list.
    case list([String])
    /// A table.
    case table(ReportTable)
    /// A figure with the text below it.
    case figure(Figure, caption: String)
    /// Text in a fixed-width font with its line breaks, such as a configuration.
    case preformatted(String)
  }

  /// A heading and what follows it.
  public struct Section: Sendable {
    /// The heading.
    public var heading: String
    /// The content.
    public var blocks: [Block]

    /// A section.
    public init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// The title of the page.
  public var title: String
  /// A line below the title; empty for none.
  public var subtitle: String
  /// The sections in order.
  public var sections: [Section]

  /// A report.
  public init(title: String, subtitle: String = "", sections: [Section]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }

  /// The page. It refers to nothing outside itself, and is well-formed XML too.
  public var html: String {
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      "<title>\(title.escapedForXML)</title>", "<style>\n\(Self.style)\n</style>", "</head>", "<body>",
      "<h1>\(title.escapedForXML)</h1>",
    ]
    if !subtitle.isEmpty { lines.append("<p class=\"subtitle\">\(subtitle.escapedForXML)</p>") }
    for section in sections {
      lines += ["<section>", "<h2>\(section.heading.escapedForXML)</h2>"]
      lines += section.blocks.map(html)
      lines.append("</section>")
    }
    return (lines + ["</body>", "</html>", ""]).joined(separator: "\n")
  }

  private func html(_ block: Block) -> String {
    switch block {
    case .paragraph(let text): "<p>\(text.escapedForXML)</p>"
    case .list(let items):
      "<ul>\n" + items.map { "<li>\($0.escapedForXML)</li>\n" }.joined() + "</ul>"
    case .table(let table): table.html
    case .figure(let figure, let caption):
      "<figure>\n\(html(figure))<figcaption>\(caption.escapedForXML)</figcaption>\n</figure>"
    case .preformatted(let text): "<pre>\(text.escapedForXML)</pre>"
    }
  }

  /// The figure, and, unless it is narrow already, another form that narrow screens show in its place.
  private func html(_ figure: Figure) -> String {
    figure.isStacked
      ? figure.svg
      : "<div class=\"wide\">\n\(figure.svg)</div>\n<div class=\"narrow\">\n\(figure.stacked.svg)</div>\n"
  }

  private static let style = """
    html { -webkit-text-size-adjust: 100%; }
    body { font: 11pt/1.5 Helvetica, Arial, sans-serif; color: #222; background: #fff;
      max-width: 190mm; margin: 2em auto; padding: 0 1em; }
    h1 { font-size: 1.6em; line-height: 1.2; margin-bottom: 0.2em; }
    h2 { font-size: 1.15em; margin-top: 2em; border-bottom: 1px solid #ccc; }
    .subtitle { color: #666; margin-top: 0; }
    table { border-collapse: collapse; margin: 1em 0; font-size: 0.9em; }
    caption { text-align: left; color: #666; padding-bottom: 0.3em; }
    thead { border-top: 1.5px solid #222; border-bottom: 1px solid #222; }
    tbody { border-bottom: 1.5px solid #222; }
    th, td { padding: 0.2em 0.9em 0.2em 0; text-align: left; font-variant-numeric: tabular-nums; }
    .number { text-align: right; }
    figure { margin: 1.2em 0; }
    figure svg { display: block; max-width: 100%; height: auto; }
    .narrow { display: none; }
    figcaption { font-size: 0.9em; color: #666; }
    pre { font-size: 0.8em; line-height: 1.35; background: #f6f6f6; padding: 0.8em; overflow-x: auto; }
    @media screen and (max-width: 740px) {
      .wide { display: none; }
      .narrow { display: block; }
      thead { display: none; }
      table, caption, tbody, tr, td { display: block; }
      tr { padding: 0.4em 0; border-top: 1px solid #ccc; }
      th, td, .number { text-align: left; padding-right: 0; overflow-wrap: anywhere; }
      td[data-head]::before { content: attr(data-head) ": "; color: #666; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    }
    @media print {
      body { margin: 0; max-width: none; font-size: 9.5pt; }
      figure, table { break-inside: avoid; }
      h2 { break-after: avoid; }
      pre { white-space: pre-wrap; }
    }
    """
}
