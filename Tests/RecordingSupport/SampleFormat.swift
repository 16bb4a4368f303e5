import Foundation
import HDF5Storage
import Recordings
import TestSupport

/// A way to write a recording, and what has to be said to read it.
package enum SampleFormat: String, CaseIterable, Sendable {
  case own, ownSamplesFirst, nwb, nwbLFP, npy, npyFortran, npyCounts, csv, tsv, utf16, gzip, raw, rawBigEndian
  case matlab, matlab5, matlab5Single, matlab5Counts

  /// Name of a file, which says nothing of its format.
  package var file: String { "\(rawValue).recording" }

  /// What the file does not say.
  package func arguments(_ recording: SampleRecording) -> [String] {
    let rate = ["--sampling-rate", "\(recording.samplingRate)"]
    switch self {
    case .own, .ownSamplesFirst, .nwb, .nwbLFP, .csv, .tsv, .utf16: return []
    case .npy, .npyFortran, .matlab, .matlab5, .matlab5Single: return rate + ["--unit", "mV"]
    case .npyCounts, .matlab5Counts: return rate + ["--unit", "uV", "--scale", "0.01"]
    case .gzip: return rate + ["--unit", "V"]
    case .raw:
      return rate + ["--unit", "mV", "--raw-channels", "\(recording.channels)", "--raw-type", "float32"]
    case .rawBigEndian:
      return rate + [
        "--unit", "V", "--scale", "1e-8", "--raw-channels", "\(recording.channels)", "--raw-type", "int32-be",
      ]
    }
  }

  /// The same for the library.
  package func options(_ recording: SampleRecording) -> RecordingOptions {
    var options = RecordingOptions()
    let arguments = arguments(recording)
    for (name, value) in zip(arguments, arguments.dropFirst()) {
      switch name {
      case "--sampling-rate": options.samplingRate = Double(value)
      case "--unit": options.unit = value
      case "--scale": options.scale = Double(value)
      case "--raw-channels": options.rawChannels = Int(value)
      case "--raw-type": options.rawType = NumberFormat(name: value)
      default: break
      }
    }
    return options
  }

  /// Whether the HDF5 library reads the file.
  package var isHDF5: Bool { hasDepths || self == .matlab }

  /// Whether the file says where the channels are.
  package var hasDepths: Bool { [.own, .ownSamplesFirst, .nwb, .nwbLFP].contains(self) }

  /// How far values in mV may be from those that were written.
  package var rounding: Double {
    switch self {
    case .npyCounts, .matlab5Counts, .rawBigEndian: 0.5e-5 * 1.001
    case .raw, .matlab5Single: 1e-7
    default: 1e-12
    }
  }

  /// Writes the file into a folder.
  package func write(_ recording: SampleRecording, to folder: TemporaryFolder) throws {
    let path = folder.path(file)
    let (channels, samples) = (recording.channels, recording.samples)
    switch self {
    case .own, .ownSamplesFirst:
      let isFirst = self == .own
      let created = try HDF5File.create(path, replacing: true)
      let root = created.root
      try root.createDataset(
        "lfp", isFirst ? recording.values : recording.interleaved,
        shape: isFirst ? [channels, samples] : [samples, channels])
      try root.createDataset("time", (0..<samples).map { Double($0) * 1000 / recording.samplingRate })
      try root.createDataset("channel_depth", recording.depths)
      try created.close()
    case .nwb, .nwbLFP: try SampleNWB(recording, isProcessed: self == .nwbLFP).write(path)
    case .npy:
      try folder.write(npyFile("<f8", recording.values, isFortran: false, [channels, samples]), to: file)
    case .npyFortran:
      try folder.write(npyFile("<f8", recording.interleaved, isFortran: true, [channels, samples]), to: file)
    case .npyCounts:
      let counts = bytes(recording.interleaved.map { Int32(($0 * 1e5).rounded()) }, bigEndian: true)
      try folder.write(npyHeader(">i4", isFortran: false, [samples, channels]) + counts, to: file)
    case .csv: try folder.write(text(recording, separator: ",", time: "time (ms)", unit: "mV"), to: file)
    case .tsv:
      try folder.write(text(recording, separator: "\t", time: "t_s", unit: "mV", line: "\r\n"), to: file)
    case .utf16:
      let text = text(recording, separator: ";", time: "Time [s]", unit: "µV")
      try folder.write(Data([0xff, 0xfe]) + bytes(Array(text.utf16)), to: file)
    case .gzip:
      let text = Data(text(recording, separator: ",", time: nil, unit: "V").utf8)
      // Two parts, as `cat` puts compressed files one after another.
      try folder.write(gzipped(text.prefix(1000)) + gzipped(text.dropFirst(1000)), to: file)
    case .raw: try folder.write(bytes(recording.interleaved.map { Float($0).bitPattern }), to: file)
    case .rawBigEndian:
      try folder.write(
        bytes(recording.interleaved.map { Int32(($0 * 1e5).rounded()) }, bigEndian: true), to: file)
    case .matlab:
      // A matrix [channel, sample], stored by columns.
      let created = try HDF5File.create(path, replacing: true)
      let root = created.root
      try root.createDataset("lfp", recording.interleaved, shape: [samples, channels])
      try root.createDataset("rate", [recording.samplingRate], shape: [1, 1])
      try created.close()
      let block = Data("MATLAB 7.3 MAT-file, Platform: GLNXA64".utf8)
      let contents = try folder.bytes(file)
      try folder.write(block + Data(count: 512 - block.count) + contents, to: file)
    case .matlab5:
      let writer = SampleMATLAB()
      try folder.write(
        writer.file([
          writer.doubles("rate", [recording.samplingRate], shape: [1, 1]),
          writer.doubles("lfp", recording.interleaved, shape: [channels, samples]),
        ]), to: file)
    case .matlab5Single:
      let writer = SampleMATLAB(isCompressed: true)
      let numbers = bytes(recording.interleaved.map { Float($0).bitPattern })
      try folder.write(
        writer.file([writer.numbers("lfp", numbers, type: 7, of: 7, shape: [channels, samples])]), to: file)
    case .matlab5Counts:
      let writer = SampleMATLAB(isBigEndian: true, isCompressed: true)
      let counts = bytes(recording.values.map { Int32(($0 * 1e5).rounded()) }, bigEndian: true)
      try folder.write(
        writer.file([writer.numbers("lfp", counts, type: 5, of: 12, shape: [samples, channels])]), to: file)
    }
  }

  private func text(
    _ recording: SampleRecording, separator: String, time: String?, unit: String, line: String = "\n"
  ) -> String {
    let factor = PhysicalUnit.factor(unit, .potential) ?? 1
    let timeFactor = time?.contains("ms") == true ? 1000.0 : 1
    // Without a time, without names.
    var lines =
      time.map { time in
        [
          ([time] + (0..<recording.channels).map { "\"channel \($0) (\(unit))\"" }).joined(
            separator: separator)
        ]
      } ?? []
    for sample in 0..<recording.samples {
      let values = (0..<recording.channels).map { recording.values[$0 * recording.samples + sample] / factor }
      let stamp = time.map { _ in [timeFactor * Double(sample) / recording.samplingRate] } ?? []
      lines.append((stamp + values).map { "\($0)" }.joined(separator: separator))
    }
    return lines.joined(separator: line) + line
  }
}
