/// Spikes as a part of a file lists them, in any order.
struct SpikeList {
  /// The file and what of it holds the spikes, for messages.
  let file, place: String
  /// The population whose neurons the ids count from 0; nil where ids are those of a whole network.
  var population: Population?
  /// What neurons fired, and when in ms.
  let ids, times: [Double]
  /// How far stored times may be from those meant, relative to them.
  var rounding = 0.0
  /// The id of the network's first neuron where the file comes from a program that counts so; nil for others.
  var usualFirstID: Int?
}
