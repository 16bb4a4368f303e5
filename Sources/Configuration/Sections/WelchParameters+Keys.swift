import SpectralAnalysis

extension WelchParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("segment_ms", \.segment),
      ConfigurationKey("overlap_ms", \.overlap),
    ]
  }
}
