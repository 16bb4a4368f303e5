import Foundation
import Numerics
import Testing

@Suite("Scaled complementary error function")
struct ScaledErrorFunctionTests {
  /// By mpmath with 30 digits: exp(x²) erfc(x).
  @Test(
    "Values are those with 30 digits",
    arguments: [
      (0.0, 1.0), (1e-10, 0.99999999988716208), (0.3, 0.73459933456765515), (1.1, 0.40173046063649507),
      (2.7, 0.19687412733195577), (6.3, 0.088465899352852198), (13.37, 0.042081118349951615),
      (24.9, 0.022639987776049506), (25.1, 0.022459875817581388), (60.0, 0.0094018542751763886),
      (100000.0, 5.6418958351954681e-6),
    ])
  func values(x: Double, expected: Double) {
    #expect(abs(scaledComplementaryErrorFunction(x) / expected - 1) < 1e-15)
  }
}
