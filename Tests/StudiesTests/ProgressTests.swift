import Studies
import Testing

@Suite struct ProgressTests {
  @Test(
    "durations are written for people",
    arguments: [
      (0, "0.0 s"), (0.04, "0.0 s"), (3.24, "3.2 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"),
      (60, "1 min 00 s"), (245, "4 min 05 s"), (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"),
      (7800, "2 h 10 min"), (7859, "2 h 10 min"), (360_000, "100 h 00 min"),
    ])
  func times(seconds: Double, text: String) {
    #expect(Progress.time(seconds) == text)
  }
}
