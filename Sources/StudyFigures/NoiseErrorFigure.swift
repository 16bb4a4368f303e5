import Figures

/// Errors of estimates against the noise of recordings.
package struct NoiseErrorFigure: Sendable {
  /// One parameter.
  package struct Parameter: Sendable {
    /// Its symbol.
    package var name: String
    /// Standard deviation of the error at each level of noise, in % of the range, with its interval.
    package var errors: [(value: Double, lower: Double, upper: Double)]
    /// The same without noise; nil if it was not tested.
    package var withoutNoise: Double?

    /// A parameter's errors.
    package init(name: String, errors: [(value: Double, lower: Double, upper: Double)], withoutNoise: Double?)
    {
      self.name = name
      self.errors = errors
      self.withoutNoise = withoutNoise
    }
  }

  /// White noise in µV rms, ascending and positive.
  package var noise: [Double]
  /// The parameters.
  package var parameters: [Parameter]

  /// A figure of errors at some levels of noise.
  package init(noise: [Double], parameters: [Parameter]) {
    self.noise = noise
    self.parameters = parameters
  }

  /// The figure: one line for each parameter with its interval, and a dashed one where there is no noise.
  package var figure: Figure {
    let colors = [Color.blue, .vermilion, .green, .purple]
    let layers = parameters.enumerated().flatMap { index, parameter -> [Layer] in
      let color = colors[index % colors.count]
      var layers: [Layer] = [
        .band(
          x: noise, lower: parameter.errors.map(\.lower), upper: parameter.errors.map(\.upper), color: color),
        .line(x: noise, y: parameter.errors.map(\.value), color: color, label: parameter.name),
      ]
      if let level = parameter.withoutNoise, let first = noise.first, let last = noise.last {
        layers.append(.line(x: [first, last], y: [level, level], color: color, width: 0.5, style: .dashed))
      }
      return layers
    }
    return Figure(
      title: "Errors against noise (dashed: none)",
      rows: [
        Figure.Row(
          height: 50,
          [
            Panel(
              x: Axis("white noise (µV rms)", .logarithmic, padding: 0.04),
              y: Axis("standard deviation of error (% of range)", includesZero: true, padding: 0.06),
              layers: layers, legend: .upperLeft)
          ])
      ])
  }
}
