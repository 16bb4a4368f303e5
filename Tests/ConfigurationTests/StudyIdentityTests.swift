import Configuration
import DurableFiles
import Foundation
import TestSupport
import Testing

/// Which settings make data another study's.
@Suite struct StudyIdentityTests {
  private let folder: TemporaryFolder
  private let reference: Study

  init() throws {
    folder = try TemporaryFolder()
    reference = try Study(StudyConfiguration(), folder: URL(fileURLWithPath: "/"))
  }

  /// Whether simulations and spectra are still the same after a change of the default configuration.
  private func areSame(after change: (inout StudyConfiguration) -> Void) throws -> [Bool] {
    var configuration = StudyConfiguration()
    change(&configuration)
    let study = try Study(configuration, folder: URL(fileURLWithPath: folder.path("")))
    return [
      study.simulationIdentity == reference.simulationIdentity,
      study.spectraIdentity == reference.spectraIdentity,
    ]
  }

  @Test("identities are hashes that differ from each other")
  func hashes() throws {
    for identity in [reference.simulationIdentity, reference.spectraIdentity] {
      #expect(identity.count == 64 && identity.allSatisfy(\.isHexDigit))
    }
    #expect(reference.simulationIdentity != reference.spectraIdentity)
    #expect(try areSame { _ in } == [true, true])
  }

  @Test("training, evaluation and split change neither simulations nor spectra")
  func estimation() throws {
    #expect(try areSame { $0.training.epochs += 1 } == [true, true])
    #expect(try areSame { $0.evaluation.resamples += 1 } == [true, true])
    #expect(try areSame { $0.split.validationFraction = 0.1 } == [true, true])
  }

  @Test("kernels and Welch's method change spectra alone")
  func spectra() throws {
    #expect(try areSame { $0.kernel.conductivity = 0.4 } == [true, false])
    #expect(try areSame { $0.kernel.contacts[0].z = 10 } == [true, false])
    #expect(try areSame { $0.spectra.overlap -= 1 } == [true, false])
  }

  @Test("seed, network, simulation and sampling change both")
  func simulations() throws {
    #expect(try areSame { $0.seed += 1 } == [false, false])
    #expect(try areSame { $0.network.delay = 2 } == [false, false])
    #expect(try areSame { $0.simulation.duration += 1 } == [false, false])
    #expect(try areSame { $0.sampling.samples += 1 } == [false, false])
    #expect(
      try areSame { $0.sampling.box.dimensions[0] = .init(key: "eta", lower: 0.8, upper: 3.5) } == [
        false, false,
      ])
    #expect(try areSame { $0.sampling.box.dimensions.swapAt(0, 1) } == [false, false])
  }

  @Test("identities are those of earlier versions, which did not know all keys")
  func earlierVersions() throws {
    // Of a shard that version 0.1.0 made when it knew fewer keys.
    var configuration = StudyConfiguration()
    configuration.sampling.shardSize = 1
    let study = try Study(configuration, folder: URL(fileURLWithPath: "/"))
    #expect(
      study.simulationIdentity == "8ae30be796e211ef2033713584dc67298ea781dfcd8eca368dc7b57c3a4512be")
    #expect(study.spectraIdentity == "b28b2eeb473b24292835123cbe5bef0ba28ba64dea56ab6399ca22b128f1bec9")
  }

  @Test("numbers of synapses count, whose network they are of does not")
  func synapses() throws {
    #expect(try areSame { $0.kernel.synapsesOf = .anotherNetwork } == [true, true])
    #expect(try areSame { $0.kernel.synapses = [.EE: ["upper": 500, "lower": 500]] } == [true, true])
    #expect(try areSame { $0.kernel.synapses = [.EE: ["upper": 400, "lower": 600]] } == [true, false])
  }

  private struct Section: ConfigurationSection {
    var old = 1
    var new = 2
    static var keys: [ConfigurationKey<Section>] {
      [
        ConfigurationKey("old", \Section.old), ConfigurationKey("new", \Section.new, impliedBefore: 2),
      ]
    }
  }

  @Test("a new key enters identities only where its value is not what was implied before it")
  func newKeys() {
    #expect(Section().identity.flow == "{old: 1}")
    #expect(Section().canonical.flow == "{old: 1, new: 2}")
    #expect(Section(new: 3).identity.flow == "{old: 1, new: 3}")
  }

  private static let cell =
    "1 1 0 0 0 10 -1\n2 3 0 0 10 1 1\n3 3 0 0 200 1 2\n4 4 0 0 -10 1 1\n5 4 0 0 -300 1 4\n"

  private func study(cell text: String, at path: String, folder base: String) throws -> Study {
    try AtomicFile.createFolder(folder.path("\(base)/cells"))
    try folder.write(Data(text.utf8), to: "\(base)/\(path)")
    var configuration = StudyConfiguration()
    configuration.kernel.excitatoryMorphology = .swc(path: path)
    return try Study(configuration, folder: URL(fileURLWithPath: folder.path(base)))
  }

  @Test("the folder of an SWC file does not count, its name and contents do")
  func morphologies() throws {
    let study = try study(cell: Self.cell, at: "cells/a.swc", folder: "here")
    #expect(study.simulationIdentity == reference.simulationIdentity)
    #expect(study.spectraIdentity != reference.spectraIdentity)
    for (path, base) in [("cells/a.swc", "there"), ("a.swc", "here"), ("a.swc", "there")] {
      let moved = try self.study(cell: Self.cell, at: path, folder: base)
      #expect(moved.spectraIdentity == study.spectraIdentity)
    }
    let renamed = try self.study(cell: Self.cell, at: "b.swc", folder: "here")
    #expect(renamed.spectraIdentity != study.spectraIdentity)
    let altered = try self.study(cell: Self.cell + "# a comment\n", at: "a.swc", folder: "here")
    #expect(altered.simulationIdentity == study.simulationIdentity)
    #expect(altered.spectraIdentity != study.spectraIdentity)
  }

  @Test("the study knows its SWC file wherever the program runs")
  func absolutePath() throws {
    let study = try study(cell: Self.cell, at: "cells/a.swc", folder: "here")
    let expected = URL(fileURLWithPath: folder.path("here/cells/a.swc")).standardizedFileURL.path
    #expect(study.configuration.kernel.excitatoryMorphology == .swc(path: expected))
  }

  @Test("a missing SWC file is an error")
  func missingMorphology() {
    var configuration = StudyConfiguration()
    configuration.kernel.inhibitoryMorphology = .swc(path: "none.swc")
    #expect(throws: (any Error).self) {
      try Study(configuration, folder: URL(fileURLWithPath: folder.path("")))
    }
  }
}
