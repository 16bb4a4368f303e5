import Figures

/// The spike–LFP kernels of the excitatory and the inhibitory population on all channels.
package struct KernelFigure: Sendable {
  /// Time after the spike in ms.
  package var lag: [Double]
  /// Potential per excitatory spike at J = 1 mV, in mV, [channel][lag].
  package var kernelE: [[Double]]
  /// Potential per inhibitory spike at g·J = 1 mV, in mV, [channel][lag].
  package var kernelI: [[Double]]
  /// Depth of the channels in µm.
  package var depths: [Double]

  /// A figure of two sets of kernels.
  package init(lag: [Double], kernelE: [[Double]], kernelI: [[Double]], depths: [Double]) {
    self.lag = lag
    self.kernelE = kernelE
    self.kernelI = kernelI
    self.depths = depths
  }

  /// The figure: H_E on the left, H_I on the right, each with its own scale bar.
  package var figure: Figure {
    Figure(
      rows: [
        Figure.Row(
          height: 55,
          [
            panel("H_{E} per spike, J = 1 mV", kernelE), panel("H_{I} per spike, gJ = 1 mV", kernelI),
          ])
      ])
  }

  private func panel(_ title: String, _ kernel: [[Double]]) -> Panel {
    let nanovoltsPerMillivolt = 1e6
    let traces = StackedTraces(
      x: lag, traces: kernel.map { $0.map { $0 * nanovoltsPerMillivolt } }, depths: depths, unit: "nV",
      isCentred: false)
    return Panel(title: title, x: Axis("time after spike (ms)"), y: traces.axis, layers: traces.layers)
  }
}
