import ParameterChecks

/// What lies between the field potential and the recorded signal: the section `measurement` of a configuration. By default
/// nothing, as in Skaar et al. 2020.
///
/// Potentials in µV refer to the electrode. Each contact has noise and interference of its own; then the signal is amplified,
/// filtered, converted, and referenced.
public struct MeasurementParameters: Sendable, Equatable {
  /// White noise of electrode and amplifier, rms in µV over the whole band of the sampled signal.
  public var noise = Level.zero
  /// White noise as a share of the rms of the field potential, averaged over the contacts, about its mean in time.
  public var relativeNoise = 0.0
  /// Background activity of other tissue, with a density that falls about as 1/f from some Hz on and is flat below 1 Hz: rms in
  /// µV over all frequencies.
  public var background = Level.zero
  /// Mains interference: amplitude of the fundamental in µV; the n-th harmonic has 1/n of it.
  public var mains = Level.zero
  /// Its frequency in Hz.
  public var mainsFrequency = 50.0
  /// How many of the fundamental and its harmonics there are.
  public var mainsHarmonics = 3
  /// Unknown gain of a whole recording in dB: uniform within ± this.
  public var gain = 0.0
  /// Unknown gain of each channel in dB, beside that of the recording.
  public var channelGain = 0.0
  /// Corner of a Butterworth high-pass filter in Hz; 0 for none.
  public var highPass = 0.0
  /// Its order.
  public var highPassOrder = 1
  /// Corner of a Butterworth low-pass filter in Hz; 0 for none.
  public var lowPass = 0.0
  /// Its order.
  public var lowPassOrder = 4
  /// Step of the converter in µV; 0 for a continuous signal.
  public var converterStep = 0.0
  /// What channels are measured against.
  public var reference = Reference.none
  /// Which of the possible recordings of the same field potential this is: each has its own noise.
  public var realisation = 0

  /// The field potential itself.
  public init() {}

  /// The largest noise, in µV.
  private static let largest = 1e6

  /// Whether the signal is the field potential, against some reference.
  public var isClean: Bool {
    var rest = self
    (rest.reference, rest.realisation) = (.none, 0)
    return rest == MeasurementParameters()
  }

  /// Notes everything that is wrong with signals of `contacts` contacts.
  ///
  /// - Parameters:
  ///   - section: The key path of the section.
  ///   - samplingRate: That of the signals, in Hz.
  public func check(
    _ rules: inout ParameterRules, section: String = "measurement", contacts: Int, samplingRate: Double
  ) {
    for (key, level) in [("noise_uV", noise), ("background_uV", background), ("mains_uV", mains)] {
      rules.require(
        level.isPossible && level.upper <= Self.largest, "\(section).\(key)",
        level.lower == level.upper ? "\(level.lower)" : "\([level.lower, level.upper])",
        "a number from 0 to 1e6, or [lower, upper] with 0 < lower < upper")
    }
    rules.require(relativeNoise, in: 0...1000, "\(section).noise_of_rms")
    rules.require(converterStep, in: 0...Self.largest, "\(section).converter_step_uV")
    rules.require(gain, in: 0...60, "\(section).gain_dB")
    rules.require(channelGain, in: 0...60, "\(section).channel_gain_dB")
    let highest = samplingRate / 2
    for (key, value) in [("high_pass_Hz", highPass), ("low_pass_Hz", lowPass)] {
      rules.require(
        value >= 0 && value < highest, "\(section).\(key)", value,
        "0 for none, or a frequency below \(highest) Hz")
    }
    rules.require(
      mainsFrequency > 0 && mainsFrequency < highest, "\(section).mains_Hz", mainsFrequency,
      "a frequency between 0 and \(highest) Hz")
    rules.require(mainsHarmonics, in: 1...100, "\(section).mains_harmonics")
    rules.require(highPassOrder, in: 1...8, "\(section).high_pass_order")
    rules.require(lowPassOrder, in: 1...8, "\(section).low_pass_order")
    rules.require(realisation, atLeast: 0, "\(section).realisation")
    rules.require(
      lowPass == 0 || lowPass > highPass, "\(section).low_pass_Hz", with: ["\(section).high_pass_Hz"],
      "leaves nothing of the signal", got: lowPass, expected: "more than high_pass_Hz = \(highPass)")
    rules.require(
      reference == .none || contacts > 1, "\(section).reference", with: ["kernel.contacts_um"],
      "needs several channels", got: contacts, expected: "two contacts at least")
  }
}
