import ConvolutionalNetwork
import Foundation

extension TrainingConfiguration.Preset {
  /// The network for spectra of `channels` channels with `frequencies` densities each.
  func architecture(
    channels: Int, frequencies: Int, parameters: Int, loss: Loss
  ) throws(ArchitectureError) -> NetworkArchitecture {
    let outputs = loss.outputCount(targets: parameters)
    if let spec = ProcessInfo.processInfo.environment["ARCH"] {
      // filters f, widths a/b/c, dense d/d
      let parts = spec.split(separator: "-").map { $0.split(separator: "/").map { Int($0)! } }
      var layers: [LayerSpecification] = []
      for (w, f) in zip(parts[0], parts[1]) {
        layers += [.convolution(width: w, filters: f, bias: parts[3][0] == 1, activation: .rectifiedLinear)]
        if parts[3][1] == 2 || parts[3][1] == 3 { layers += [.maxPooling(width: 2)] }
      }
      layers += [.flatten] + parts[2].map { .dense(outputs: $0, bias: true, activation: .rectifiedLinear) }
      layers += [.dense(outputs: outputs, bias: loss == .gaussian || parts[3][0] == 1, activation: .linear)]
      return try NetworkArchitecture(
        input: FeatureShape(positions: frequencies, channels: channels), layers: layers)
    }
    switch self {
    case .paper:
      return try .paper(
        channels: channels, width: frequencies, outputs: outputs, outputBias: loss == .gaussian)
    }
  }
}
