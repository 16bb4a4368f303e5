/// The cylinder, as long as it is wide, that stands for the soma points of an SWC file.
///
/// - One point: a cylinder with the point's radius, upright.
/// - Three points after NeuroMorpho.org's convention (the second and third one radius away from the first,
///   on opposite sides): a cylinder with that radius and axis.
/// - An outline, known by four points or more in one chain that leads back towards where it begins, with radii smaller than
///   half the mean distance of the points from their centroid: a cylinder around the centroid whose radius is that mean
///   distance.
/// - Anything else is a stack of frusta between points and their parents, as NEURON and MorphIO take it: a cylinder around
///   the centroid with the same lateral area.
struct EquivalentSoma {
  var centre: SIMD3<Double>
  var radius: Double
  var axis = SIMD3<Double>(0, 0, 1)
  /// Whether points are a stack of frusta, so that dendrites begin where the soma point is that they are attached to.
  var isStack = false

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
    if points.allSatisfy({ $0.radius < distance / 2 }), Self.isClosed(indices, tree) {
      radius = distance
      return
    }
    isStack = true
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

  /// Whether points form one chain of four points at least whose end is nearer to its beginning than half its length.
  private static func isClosed(_ indices: [Int], _ tree: SWCTree) -> Bool {
    guard indices.count >= 4 else { return false }
    var chain = [tree.root]
    while let next = tree.children[chain.last!].filter({ tree.records[$0].type == SWCTree.somaType }).first {
      chain.append(next)
    }
    guard chain.count == indices.count else { return false }
    let positions = chain.map { tree.records[$0].position }
    let length = zip(positions, positions.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    return (positions.last! - positions[0]).length < length / 2
  }
}
