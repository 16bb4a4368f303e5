import ParameterSampling
import Testing

import EstimatorDiagnostics

@Suite("Errors by voxel")
struct VoxelErrorTests {
  static let box = ParameterBox([
    .init(key: "eta", lower: 0, upper: 4), .init(key: "g", lower: 4, upper: 8),
    .init(key: "J_mV", lower: 0, upper: 1),
  ])

  @Test("means and counts are those of the samples in each voxel; those outside the box count for none")
  func means() {
    let truths = [
      [1.0, 5, 0.25], [1, 5, 0.25],  // voxel (0, 0, 0), twice
      [4, 8, 1],  // the farthest corner belongs to the last voxel
      [3, 5, 0.75],  // voxel (1, 0, 1)
      [5, 5, 0.5],  // outside
    ]
    let errors = [[0.4, -0.2, 0.1], [-0.8, 0.6, 0.1], [0.04, 0, -0.5], [0, 2, 0], [9, 9, 9]]
    let estimates = zip(truths, errors).flatMap { zip($0, $1).map(+) }
    let voxels = VoxelErrors(
      estimates: estimates, truths: truths.flatMap { $0 }, box: Self.box, cells: [2, 2, 2])
    #expect(voxels.samples == [2, 0, 0, 0, 0, 1, 0, 1])
    func expect(_ found: [Double], _ expected: [Double]) {
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(found)")
    }
    expect(voxels.meanAbsolute[0], [0.15, 0.1, 0.1])
    expect(voxels.meanAbsolute[5], [0, 0.5, 0])
    expect(voxels.meanAbsolute[7], [0.01, 0, 0.5])
    #expect(voxels.meanAbsolute[1].allSatisfy { $0.isNaN })
    #expect(voxels.edges == [[0, 2, 4], [4, 6, 8], [0, 0.5, 1]])
    // [η][g] in the upper slice of J.
    let plane = voxels.plane(of: 1, slice: 1)
    #expect(plane[0].allSatisfy { $0.isNaN })
    expect(plane[1], [0.5, 0])
    #expect(voxels.samples(inSlice: 0) == 0...2 && voxels.samples(inSlice: 1) == 0...1)
    let lines = voxels.csv.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(
      lines[0].hasPrefix("eta_from,eta_to,g_from,g_to,J_from,J_to,samples,mean_absolute_error_eta_percent"))
    #expect(lines[1].hasPrefix("0.0,2.0,4.0,6.0,0.0,0.5,2,15.0"))
    #expect(lines[2] == "0.0,2.0,4.0,6.0,0.5,1.0,0,,,")
  }

  @Test("voxels are as many as samples allow", arguments: [(20, 2, 1), (6000, 12, 4), (1000, 7, 2)])
  func sizes(samples: Int, side: Int, slices: Int) {
    let truths: [Double] = (0..<samples).flatMap { [4 * Double($0) / Double(samples), 6, 0.5] }
    let voxels = VoxelErrors(estimates: truths, truths: truths, box: Self.box)
    #expect(voxels.edges.map { $0.count - 1 } == [side, side, slices])
    #expect(voxels.samples.reduce(0, +) == samples)
  }
}
