print("brunel-lfp")
