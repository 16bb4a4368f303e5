/// Thresholds of the Poisson distribution in exact arithmetic.
///
/// Written by this program with mpmath 1.3.0 on Python 3:
///
///     from mpmath import mp, mpf
///
///     mp.dps = 60
///
///     def thresholds(mean):
///         """The first k with 2^64 P(X <= k) >= 1/2, and those numbers, rounded, while below 2^64."""
///         mean = mpf(mean)
///         weight, cumulative, k, first, found = mp.exp(-mean), mpf(0), 0, None, []
///         while True:
///             cumulative += weight
///             threshold = int(mp.nint(cumulative * 2**64))
///             if threshold >= 2**64:
///                 return first, found
///             if threshold > 0:
///                 first = k if first is None else first
///                 found.append(threshold)
///             k += 1
///             weight *= mean / k
///
///     for mean in (0.01, 0.2, 1.0, 2.5, 8.0, 20.0, 100.0, 4096.0):
///         first, t = thresholds(mean)
///         wanted = (0, 1e-15, 1e-6, 0.1, 0.5, 0.9, 1 - 1e-6, 1 - 1e-15, 1)
///         picks = sorted({min(sum(x < w * 2**64 for x in t), len(t) - 1) for w in wanted})
///         print(mean, first, len(t), {first + i: hex(t[i]) for i in picks})
struct ExactPoisson: Sendable {
  let mean: Double
  /// The least count that occurs.
  let first: Int
  /// How many thresholds there are.
  let thresholds: Int
  /// 2⁶⁴·P(X ≤ k), rounded, for some k from the least to the greatest.
  let cumulative: KeyValuePairs<Int, UInt64>

  static let all = [
    ExactPoisson(
      mean: 0.01, first: 0, thresholds: 7,
      cumulative: [
        0: 0xfd73_e7e9_5ce7_ec29, 2: 0xffff_fd39_84f8_20ea, 6: 0xffff_ffff_ffff_ffdc,
      ]),
    ExactPoisson(
      mean: 0.2, first: 0, thresholds: 13,
      cumulative: [
        0: 0xd198_56b0_b30a_ca0f, 1: 0xfb83_9b3a_7073_5987, 5: 0xffff_febe_452f_1c71,
        10: 0xffff_ffff_ffff_e138, 12: 0xffff_ffff_ffff_fffe,
      ]),
    ExactPoisson(
      mean: 1.0, first: 0, thresholds: 20,
      cumulative: [
        0: 0x5e2d_58d8_b3bc_df1b, 1: 0xbc5a_b1b1_6779_be35, 2: 0xeb71_5e1d_c158_2dc3,
        9: 0xffff_fe21_6e64_1463, 17: 0xffff_ffff_ffff_fba1, 19: 0xffff_ffff_ffff_fffd,
      ]),
    ExactPoisson(
      mean: 2.5, first: 0, thresholds: 28,
      cumulative: [
        0: 0x1503_85c0_94f4_24a7, 1: 0x498c_5422_0956_804a, 2: 0x8b37_561b_dad1_72d5,
        5: 0xf53e_1bf7_350a_9fc5, 13: 0xffff_f8f4_77bc_0074, 23: 0xffff_ffff_ffff_da63,
        27: 0xffff_ffff_ffff_ffff,
      ]),
    ExactPoisson(
      mean: 8.0, first: 0, thresholds: 45,
      cumulative: [
        0: 0x0015_fc21_0410_27ad, 5: 0x30f4_d8b8_72a4_14fb, 8: 0x97b1_2ebc_ce63_2beb,
        12: 0xefaa_fca6_70a3_1b1a, 25: 0xffff_fa0a_aa52_1d5c, 39: 0xffff_ffff_ffff_cf24,
        44: 0xffff_ffff_ffff_fffd,
      ]),
    ExactPoisson(
      mean: 20.0, first: 0, thresholds: 73,
      cumulative: [
        0: 0x0000_0008_da43_2afa, 3: 0x0000_35bf_df26_98e4, 14: 0x1ad8_62b1_e099_ab61,
        20: 0x8f20_b10c_b5ac_bd80, 26: 0xec0f_9ca6_66a8_03ed, 45: 0xffff_f862_01fe_da27,
        65: 0xffff_ffff_ffff_e360, 72: 0xffff_ffff_ffff_ffff,
      ]),
    ExactPoisson(
      mean: 100.0, first: 24, thresholds: 180,
      cumulative: [
        24: 0x0000_0000_0000_0001, 32: 0x0000_0000_0000_94d3, 56: 0x0000_136f_c811_0a62,
        87: 0x1a8f_aede_b297_eeae, 100: 0x86cc_c7bd_ff07_23f7, 113: 0xe8d3_866c_75eb_4f25,
        151: 0xffff_f28b_e6b5_68fe, 189: 0xffff_ffff_ffff_c63b, 203: 0xffff_ffff_ffff_ffff,
      ]),
    ExactPoisson(
      mean: 4096.0, first: 3524, thresholds: 1172,
      cumulative: [
        3524: 0x0000_0000_0000_0001, 3598: 0x0000_0000_0000_4ad1, 3795: 0x0000_10e7_211f_9ae4,
        4014: 0x19e4_4e93_96f1_8882, 4096: 0x8110_560a_b62c_50b0, 4178: 0xe6a9_0892_6409_57e1,
        4404: 0xffff_f018_44ba_c43e, 4614: 0xffff_ffff_ffff_b81a, 4695: 0xffff_ffff_ffff_ffff,
      ]),
  ]
}
