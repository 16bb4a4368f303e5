import Foundation
import RandomStreams

/// Amplitudes of frequency channels over time, one frame for each time step.
package struct Spectrogram: Sendable, Equatable {
  /// Number of channels.
  package let channels: Int
  /// Amplitudes, [frame][channel].
  package let amplitudes: [Double]

  /// A spectrogram by its amplitudes.
  package init(channels: Int, amplitudes: [Double]) {
    precondition(
      channels > 0 && amplitudes.count.isMultiple(of: channels), "an amplitude for each channel and frame")
    self.channels = channels
    self.amplitudes = amplitudes
  }

  /// Number of frames.
  package var frames: Int { amplitudes.count / channels }

  /// Made-up sounds with the statistics that matter of speech: syllables of 80 to 250 ms with pauses between them, each with two
  /// or three formants, humps over some neighbouring channels that glide, of different loudness.
  ///
  /// - Parameter stepInSeconds: Duration of a frame.
  package init(syllablesOf channels: Int, frames: Int, stepInSeconds dt: Double, key: StreamKey) {
    var uniform = key.generator()
    var amplitudes = [Double](repeating: 0, count: frames * channels)
    var start = 0
    while start < frames {
      let length = max(4, Int(uniform.uniform(in: 0.08..<0.25) / dt))
      let loudness = exp(0.5 * (uniform.uniform() + uniform.uniform() - 1) * 2)
      let formants = (0..<(2 + uniform.index(below: 2))).map { _ in
        (
          from: uniform.uniform(in: 0..<Double(channels)), glide: uniform.uniform(in: -3..<3),
          width: uniform.uniform(in: 0.8..<2), strength: uniform.uniform(in: 0.4..<1)
        )
      }
      for frame in start..<min(start + length, frames) {
        let phase = Double(frame - start) / Double(length)
        let envelope = loudness * sin(.pi * phase) * sin(.pi * phase)
        for channel in 0..<channels {
          for formant in formants {
            let z = (Double(channel) - formant.from - formant.glide * phase) / formant.width
            amplitudes[frame * channels + channel] += envelope * formant.strength * exp(-z * z / 2)
          }
        }
      }
      start += length + Int(uniform.uniform(in: 0..<0.1) / dt)
    }
    self.init(channels: channels, amplitudes: amplitudes)
  }

  /// A sound unlike speech: two pure tones, in turn and at once, with sharp edges, for ever.
  package init(twoTonesOf channels: Int, frames: Int, stepInSeconds dt: Double) {
    let tones = [channels / 3, 4 * channels / 5]
    var amplitudes = [Double](repeating: 0, count: frames * channels)
    for frame in 0..<frames {
      // 150 ms each: low, high, both, none; edges of 10 ms.
      let time = Double(frame) * dt
      let place = time.truncatingRemainder(dividingBy: 0.6)
      func level(_ from: Double, _ to: Double) -> Double {
        min(1, max(0, min((place - from) / 0.01, (to - place) / 0.01)))
      }
      amplitudes[frame * channels + tones[0]] = level(0, 0.15) + level(0.3, 0.45)
      amplitudes[frame * channels + tones[1]] = level(0.15, 0.3) + level(0.3, 0.45)
    }
    self.init(channels: channels, amplitudes: amplitudes)
  }

  /// The same scaled so that the root of the mean over frames of the sum of squared amplitudes has a size.
  package func scaled(to size: Double) -> Spectrogram {
    let power = amplitudes.reduce(0) { $0 + $1 * $1 } / Double(max(1, frames))
    return Spectrogram(
      channels: channels,
      amplitudes: power > 0 ? amplitudes.map { $0 * size / power.squareRoot() } : amplitudes)
  }

  /// A stretch of the spectrogram, which begins again where it ends.
  package func stretch(from first: Int, frames count: Int) -> Spectrogram {
    Spectrogram(
      channels: channels,
      amplitudes: (0..<count).flatMap { frame in
        let place = (first + frame) % frames
        return amplitudes[(place * channels)..<((place + 1) * channels)]
      })
  }

  /// Input currents of which the leaky integral is the spectrogram.
  package func input(_ parameters: CodingParameters) -> InputSequence {
    let dt = parameters.stepInSeconds, leak = 1 - parameters.leakPerStep
    var currents = amplitudes
    for index in currents.indices {
      let before = index >= channels ? amplitudes[index - channels] : 0
      currents[index] = (amplitudes[index] - leak * before) / dt
    }
    return InputSequence(signals: channels, currents: currents)
  }
}

/// Random stretches of spectrograms as inputs.
package struct SpectrogramInput: InputSource {
  private let sounds: [(spectrogram: Spectrogram, share: Double)]
  private let parameters: CodingParameters
  private let pieceLength: Int

  /// Stretches of `pieceLength` frames of several sounds, each of which is heard in a share of the pieces.
  package init(
    _ sounds: [(spectrogram: Spectrogram, share: Double)], _ parameters: CodingParameters, pieceLength: Int
  ) {
    precondition(!sounds.isEmpty, "at least one sound")
    self.sounds = sounds
    self.parameters = parameters
    self.pieceLength = pieceLength
  }

  package func sequence(key: StreamKey, steps: Int?) -> InputSequence {
    var uniform = key.generator()
    let total = sounds.reduce(0) { $0 + $1.share }
    var place = uniform.uniform() * total, chosen = sounds.count - 1
    for (index, sound) in sounds.enumerated() {
      place -= sound.share
      if place < 0 {
        chosen = index
        break
      }
    }
    let sound = sounds[chosen].spectrogram
    return sound.stretch(from: uniform.index(below: sound.frames), frames: steps ?? pieceLength)
      .input(parameters)
  }
}
