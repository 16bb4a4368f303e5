import ParameterSampling
import Testing

@Suite struct ParameterBoxTests {
  @Test(
    "names and units are the parts of a key",
    arguments: [
      ("J_mV", "J", "mV"), ("delay_ms", "delay", "ms"), ("eta", "eta", "1"), ("V_reset_mV", "V_reset", "mV"),
      ("tau_m_ms", "tau_m", "ms"), ("connection_fraction", "connection_fraction", "1"), ("ms", "ms", "1"),
    ])
  func namesAndUnits(key: String, name: String, unit: String) {
    let dimension = ParameterBox.Dimension(key: key, lower: 0, upper: 1)
    #expect(dimension.key == key)
    #expect(dimension.name == name)
    #expect(dimension.unit == unit)
  }

  @Test("the box's corners and centre are those of the unit cube")
  func corners() {
    let box = ParameterBox([
      .init(key: "eta", lower: 1, upper: 3), .init(key: "V_reset_mV", lower: -70, upper: -66),
    ])
    #expect(box.count == 2)
    #expect(box.normalised([1, -66]) == [0, 1])
    #expect(box.normalised([2, -68]) == [0.5, 0.5])
    #expect(box.normalised([5, -74]) == [2, -1])
    #expect(box.denormalised([0, 1]) == [1, -66])
    #expect(box.denormalised([2, -1]) == [5, -74])
  }

  @Test("normalisation can be undone")
  func roundTrip() {
    let box = ParameterBox([
      .init(key: "g", lower: 3.5, upper: 8), .init(key: "J_mV", lower: 0.05, upper: 0.4),
    ])
    for step in -10...20 {
      let values = [3.5 + 0.37 * Double(step), 0.05 + 0.021 * Double(step)]
      // A subtraction, a division, a multiplication and an addition, each rounded.
      for (value, returned) in zip(values, box.denormalised(box.normalised(values))) {
        #expect(abs(value - returned) <= 4 * 10.0.ulp)
      }
    }
  }
}
