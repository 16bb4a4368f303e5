import RandomStreams
import TestSupport
import Testing

@Suite("Stream keys")
struct StreamKeyTests {
  struct Golden {
    let seed: UInt64
    /// First words of the root key.
    let root: [UInt64]
    /// Fingerprint and first words of the key derived for ("sample", 17), then ("connectivity", 0).
    let sample: UInt64
    let connectivity: UInt64
    let words: [UInt64]
  }

  /// Computed by a separate Python implementation of FNV-1a, Philox and the derivation. If one of them
  /// changes, so do all results of the package.
  static let golden = [
    Golden(
      seed: 0, root: [0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c, 0x5cb2_00db_f8e4_cca4],
      sample: 0xb981_794a_41d3_a5ae, connectivity: 0x7e6c_3a9b_a46d_0004,
      words: [0x1276_c417_1100_8622, 0xb543_6cde_16c6_1e7a]),
    Golden(
      seed: 1, root: [0xe50a_0ebc_e3e8_0670, 0xb615_aa27_95f2_22c0, 0xdfc5_ccbe_ac08_141b],
      sample: 0x3794_4a2b_4f0c_ee48, connectivity: 0xbc76_0600_f581_3708,
      words: [0x57be_fc40_d542_0b51, 0xe951_d97d_98ad_0c32]),
    Golden(
      seed: 2, root: [0x7f4d_bfff_6cea_1ec5, 0x6645_93ce_f994_50e5, 0x3b20_d6d5_12e4_8da7],
      sample: 0xb0fd_152f_f1d9_08b9, connectivity: 0x7cc7_7507_29eb_3a5d,
      words: [0x6e81_4257_4d3e_1433, 0x1e35_f121_38ea_4e49]),
    Golden(
      seed: .max, root: [0x1547_4739_72a4_7709, 0x2279_9a5a_9f41_b01f, 0x4b67_e034_19fe_d511],
      sample: 0xf45d_7b89_16a5_b940, connectivity: 0x21a6_fce8_6865_4d40,
      words: [0x6dc0_6fdf_baa6_e155, 0xa296_d5de_99e2_ba7d]),
  ]

  @Test("Keys and their streams never change", arguments: golden)
  func goldenValues(_ golden: Golden) {
    let root = StreamKey(seed: golden.seed)
    #expect(firstWords(of: root, 3) == golden.root)
    let sample = root.derived("sample", 17)
    #expect(sample.fingerprint == golden.sample)
    let connectivity = sample.derived("connectivity")
    #expect(connectivity.fingerprint == golden.connectivity)
    #expect(firstWords(of: connectivity, 2) == golden.words)
  }

  @Test("All 64 bits of an index count, the uppermost too")
  func uppermostBitCounts() {
    let root = StreamKey(seed: 1)
    #expect(
      firstWords(of: root.derived("drive", 1 << 63), 2) == [0xd77b_5eef_3f25_938b, 0xb75d_28f6_4439_d8e1])
    #expect(firstWords(of: root.derived("drive", 0), 2) == [0x2231_ed8d_0620_818d, 0x3ecf_711f_e2fc_398a])
    let keys = Set((0..<64).map { root.derived("drive", 1 << $0) })
    #expect(keys.count == 64)
  }

  @Test("Seeds, purposes, indices and the path to a key all make different streams")
  func differentNamesGiveDifferentKeys() {
    var keys: [StreamKey] = []
    for seed in [0, 1, 2, 1 << 32, 1 << 63] as [UInt64] {
      let root = StreamKey(seed: seed)
      keys.append(root)
      for purpose in [StreamPurpose("drive"), StreamPurpose("wiring"), StreamPurpose("drivf")] {
        for index in [0, 1, 2, 1000, 1 << 40] as [UInt64] {
          let key = root.derived(purpose, index)
          keys += [key, key.derived("drive", index), key.derived("wiring", index)]
        }
      }
    }
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys.map(\.fingerprint)).count == keys.count)
    #expect(Set(keys.map { $0.word(at: 0) }).count == keys.count)
  }

  @Test("Words can be read in any order and keys derived in any order")
  func orderDoesNotMatter() {
    let key = StreamKey(seed: 5).derived("words")
    let forwards = (0..<100).map { key.block(at: $0) }
    let backwards = (0..<100).reversed().map { key.block(at: $0) }
    #expect(forwards == backwards.reversed())

    let root = StreamKey(seed: 5)
    let late = (0..<50).reversed().map { root.derived("sample", $0) }
    _ = root.generator()
    let early = (0..<50).map { root.derived("sample", $0) }
    #expect(early == late.reversed())
  }

  @Test("The generator reads blocks one after the other, the lower word first")
  func generatorReadsBlocks() {
    let key = StreamKey(seed: 9).derived("words")
    var generator = key.generator()
    for position in 0..<10 as Range<UInt64> {
      let block = key.block(at: position)
      #expect(generator.next() == key.word(at: position))
      #expect(generator.next() == UInt64(block[3]) << 32 | UInt64(block[2]))
    }
  }

  @Test("Streams of neighbouring seeds and neighbouring samples are uncorrelated")
  func neighboursAreUncorrelated() {
    func numbers(_ key: StreamKey) -> [Double] {
      var generator = key.generator()
      return (0..<100_000).map { _ in generator.uniform() }
    }
    let root = StreamKey(seed: 100)
    let streams =
      (100..<104).map { numbers(StreamKey(seed: $0)) } + (0..<4).map { numbers(root.derived("sample", $0)) }
    // 28 correlations with a standard error of 1/sqrt(100 000); chance exceeds 4.5 of them with 2e-4.
    for i in streams.indices {
      for j in 0..<i {
        #expect(abs(correlation(streams[i], streams[j])) < 4.5 / 100_000.0.squareRoot())
        // Nor is one the other shifted, as with seed arithmetic.
        #expect(Set(streams[i].prefix(1000)).isDisjoint(with: streams[j].prefix(1000)))
      }
    }
  }

  private func firstWords(of key: StreamKey, _ count: Int) -> [UInt64] {
    var generator = key.generator()
    return (0..<count).map { _ in generator.next() }
  }
}
