import Configuration
import FieldPotential
import ParameterSampling
import SpectralAnalysis

/// What the samples of a data set have in common.
public struct DatasetDescription: Sendable, Equatable {
  /// The sampled parameters and their ranges.
  public var box: ParameterBox
  /// The contact of each channel, in µm.
  public var contacts: [Contact]
  /// Frequencies of the spectra in Hz.
  public var frequencies: [Double]
  /// Duration of a simulation in ms.
  public var duration: Int
  /// Time at the start of each simulation that spectra leave out, in ms.
  public var transient: Int
  /// Time step in ms.
  public var timeStep: Double
  /// Width of a histogram bin in ms.
  public var bin: Double
  /// [channel][lag] potential in mV per excitatory spike at J = 1 mV, by lag in ms.
  public var excitatoryKernel: [Double]
  /// [channel][lag] potential in mV per inhibitory spike at g·J = 1 mV, by lag in ms.
  public var inhibitoryKernel: [Double]
  /// The resolved configuration.
  public var configuration: StoredConfiguration
  /// Version of the program that made the data.
  public var softwareVersion: String
  /// Hash of what the simulations depend on.
  public var simulationIdentity: String
  /// Hash of what the spectra depend on, the simulations included.
  public var spectraIdentity: String

  /// All values.
  public init(
    box: ParameterBox, contacts: [Contact], frequencies: [Double], duration: Int,
    transient: Int, timeStep: Double, bin: Double = 1, excitatoryKernel: [Double], inhibitoryKernel: [Double],
    configuration: StoredConfiguration, softwareVersion: String, simulationIdentity: String,
    spectraIdentity: String
  ) {
    self.box = box
    self.contacts = contacts
    self.frequencies = frequencies
    self.duration = duration
    self.transient = transient
    self.timeStep = timeStep
    self.bin = bin
    self.excitatoryKernel = excitatoryKernel
    self.inhibitoryKernel = inhibitoryKernel
    self.configuration = configuration
    self.softwareVersion = softwareVersion
    self.simulationIdentity = simulationIdentity
    self.spectraIdentity = spectraIdentity
  }

  private var binsPerMillisecond: Double { (1 / bin).rounded() }
  /// Bins of a histogram.
  public var binCount: Int { duration * Int(binsPerMillisecond) }
  /// When each histogram bin begins, in ms.
  public var binStarts: [Double] { (0..<binCount).map { Double($0) / binsPerMillisecond } }

  /// What the channels are measured against.
  public var reference: Reference { configuration.values.measurement.reference }

  /// What the kernels stand for, where not all samples have them; nil where they have.
  var kernelMeaning: String? {
    let study = configuration.values
    guard box["delay_ms"] != nil || !study.kernel.nuisance.isNone else { return nil }
    return
      "of the configured delay and cells; a sample's own are those of its delay_ms in /parameters and of what"
      + " kernel.nuisance draws for it"
  }

  /// Lags of the kernels.
  public var lagCount: Int { excitatoryKernel.count / max(1, contacts.count) }
  /// Values of one sample's spectra.
  public var spectrumCount: Int { contacts.count * frequencies.count }
}
