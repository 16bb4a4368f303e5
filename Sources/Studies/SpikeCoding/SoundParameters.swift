import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// What a ``SoundExperiment`` hears: the section `sound` of a configuration.
package struct SoundParameters: Sendable, Equatable {
  /// A table of amplitudes: one line for each time step with one number for each channel; empty for made-up syllables.
  package var file = ConfigurationText("")
  /// Frames of made-up syllables.
  package var frames = 200_000
  /// Root of the mean over time of the sum of squared amplitudes, to which sounds are scaled.
  package var size = 4.0
  /// Share of the new sound while the network learns it.
  package var newShare = 0.2

  /// Made-up syllables.
  package init() {}

  func check(_ rules: inout ParameterRules) {
    rules.require(frames, in: 1_000...100_000_000, "sound.frames")
    rules.requirePositive(size, "sound.size")
    rules.require(newShare, in: 0...1, "sound.new_share")
  }

  /// The sound that is learnt first.
  ///
  /// - Throws: ``SoundError``.
  func first(channels: Int, stepInSeconds: Double, key: StreamKey) throws(SoundError) -> Spectrogram {
    let sound =
      file.text.isEmpty
      ? Spectrogram(syllablesOf: channels, frames: frames, stepInSeconds: stepInSeconds, key: key)
      : try Self.table(file.text, channels: channels)
    return sound.scaled(to: size)
  }

  private static func table(_ path: String, channels: Int) throws(SoundError) -> Spectrogram {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw SoundError(file: path, line: nil, what: "cannot be read as text") }
    var amplitudes: [Double] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split { ", \t\r;".contains($0) }
      if words.isEmpty || words[0].hasPrefix("#") { continue }
      let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
      guard numbers.count == words.count, numbers.count == channels else {
        throw SoundError(
          file: path, line: index + 1, what: "has not \(channels) numbers, one for each signal")
      }
      amplitudes += numbers
    }
    let frames = amplitudes.count / channels
    guard frames >= 1_000 else {
      throw SoundError(file: path, line: nil, what: "has \(frames) time steps, expected at least 1000")
    }
    return Spectrogram(channels: channels, amplitudes: amplitudes)
  }
}

/// What is wrong with the file of a sound.
package struct SoundError: Error, Sendable, Equatable, CustomStringConvertible {
  let file: String
  let line: Int?
  let what: String

  package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(what)" }
}

extension SoundParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("file", \.file),
      ConfigurationKey("frames", \.frames),
      ConfigurationKey("size", \.size),
      ConfigurationKey("new_share", \.newShare),
    ]
  }
}
