// The LFP that a spike causes at two contacts if excitatory cells have the shape in an SWC file, which is to be named.
import FieldPotential
import Foundation

let cell = try CellMorphology(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1]))
var parameters = KernelParameters()
parameters.contacts = [Contact(z: -100), Contact(z: -400)]
let kernels = try FieldKernels(parameters: parameters, excitatoryMorphology: cell)
for (channel, contact) in parameters.contacts.enumerated() {
  let kernel = kernels.excitatory[channel: channel]
  print(contact.z, "µm:", kernel.map { abs($0) }.max()!, "mV for an efficacy of 1 mV")
}
