import FieldPotential

extension KernelNuisance: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("soma_shift_um", \.somaShift),
      ConfigurationKey("gain_dB", \.gain),
      ConfigurationKey("gain_I_dB", \.inhibitoryGain),
      ConfigurationKey("morphologies", \.cells),
    ]
  }
}
