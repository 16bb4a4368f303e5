/// The cylinder, as long as it is wide, that stands for the soma points of an SWC file.
///
/// - One point: a cylinder with the point's radius, upright.
/// - Three points after NeuroMorpho.org's convention (the second and third one radius away from the first,
///   on opposite sides): a cylinder with that radius and axis.
/// - An outline, known by radii smaller than half the mean distance of the points from their centroid: a
///   cylinder around the centroid whose radius is that mean distance.
/// - Anything else is a stack of frusta between points and their parents: a cylinder around the centroid
///   with the same lateral area.
struct EquivalentSoma {
  var centre: SIMD3<Double>
  var radius: Double
  var axis = SIMD3<Double>(0, 0, 1)

  init(tree: SWCTree) {
    let indices = tree.records.indices.filter { tree.records[$0].type == SWCTree.somaType }
    let points = indices.map { tree.records[$0] }
    let root = tree.records[tree.root]
    centre = root.position
    radius = root.radius
    if points.count == 1 { return }

    let offsets = indices.filter { tree.parents[$0] == tree.root }
      .map { tree.records[$0].position - root.position }
    if points.count == 3, offsets.count == 2,
      offsets.allSatisfy({ abs($0.length - radius) < 0.01 * radius }),
      (offsets[0] + offsets[1]).length < 0.01 * radius
    {
      axis = (offsets[1] - offsets[0]) / (offsets[1] - offsets[0]).length
      return
    }

    centre = points.reduce(SIMD3.zero) { $0 + $1.position } / Double(points.count)
    let distance =
      points.reduce(0) { [centre] in $0 + ($1.position - centre).length } / Double(points.count)
    if points.allSatisfy({ $0.radius < distance / 2 }) {
      radius = distance
      return
    }
    var area = 0.0
    for index in indices where index != tree.root {
      let point = tree.records[index]
      let parent = tree.records[tree.parents[index]!]
      let frustum = Frustum(
        length: (point.position - parent.position).length, diameters: (2 * parent.radius, 2 * point.radius))
      area += frustum.area
    }
    // The lateral area of a cylinder of radius r and length 2 r is 4πr². Points on one spot span no area.
    radius = area > 0 ? (area / (4 * .pi)).squareRoot() : root.radius
  }
}
