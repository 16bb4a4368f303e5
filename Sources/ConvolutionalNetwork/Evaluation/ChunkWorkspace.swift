import CVectorPrimitives
import RandomStreams

/// Up to 16 samples and what is wanted of them.
struct Chunk {
  /// [sample][input].
  let inputs: UnsafePointer<Float>
  /// Indices of the chunk's samples in `inputs` and `targets`.
  let order: UnsafeBufferPointer<Int>
  /// [sample][output]; nil if neither loss nor gradient is wanted.
  var targets: UnsafePointer<Float>?
  /// Where the outputs go, by sample index; nil if they are not wanted.
  var outputs: UnsafeMutablePointer<Float>?
  /// Where the parameters' gradient goes; nil if it is not wanted.
  var gradient: UnsafeMutablePointer<Float>?
  /// What changes the inputs, and the key of the epoch's noise.
  var noise: (any InputAugmentation, key: StreamKey)?
  /// What the loss and its gradient are divided by in the end.
  var divisor = 1.0
}

/// The memory of one thread: activations and their gradients for one chunk, as lane vectors.
final class ChunkWorkspace {
  private let plan: ExecutionPlan
  private let loss: Loss
  private let targetCount: Int
  private let memory: UnsafeMutableRawPointer
  /// Byte offsets of the input and each stage's output, of the gradients of the latter, and of the scratch area.
  private var activations: [Int] = []
  private var gradients: [Int] = []
  private let scratch: Int

  /// Samples of a full chunk.
  static let capacity = SIMD16<Float>.scalarCount

  init(plan: ExecutionPlan, loss: Loss) {
    self.plan = plan
    self.loss = loss
    targetCount = loss.targetCount(outputs: plan.outputCount) ?? 0
    let vector = MemoryLayout<SIMD16<Float>>.stride
    var size = 0
    func reserve(vectors: Int) -> Int {
      defer { size += vectors * vector }
      return size
    }
    activations.append(reserve(vectors: plan.shapes[0].count))
    var scratchBytes = 0
    for (stage, shape) in zip(plan.stages, plan.shapes.dropFirst()) {
      activations.append(reserve(vectors: shape.count))
      var margin = 0
      if case .affine(let stage) = stage {
        margin = stage.margin
        scratchBytes = max(scratchBytes, stage.scratchBytes)
      }
      gradients.append(reserve(vectors: shape.count + 2 * margin) + margin * vector)
    }
    scratch = size
    memory = .allocate(byteCount: size + scratchBytes, alignment: 64)
    memory.initializeMemory(as: Float.self, repeating: 0, count: (size + scratchBytes) / 4)
  }

  deinit { memory.deallocate() }

  /// Runs the network on a chunk, on as few lanes as hold it, and returns the sum of its losses.
  ///
  /// Several threads can run a chunk in the workspace of one, each with the scratch area of its `own`: all must call it. The
  /// sum is that of the first one's call, when all have returned.
  func run(
    _ chunk: Chunk, packed: UnsafePointer<Float>, crew: Crew = .alone, own: ChunkWorkspace? = nil
  ) -> Double {
    let own = own ?? self
    let scratch = own.memory + own.scratch
    let size = Int(VECTOR_REGISTER_FLOATS)
    return switch chunk.order.count {
    case ...4: run(InRegisters<SIMD4<Float>, SIMD4<Float>>.self, chunk, packed, crew, scratch)
    case ...8 where size == 4: run(InRegisters<SIMD8<Float>, SIMD4<Float>>.self, chunk, packed, crew, scratch)
    case ...8: run(InRegisters<SIMD8<Float>, SIMD8<Float>>.self, chunk, packed, crew, scratch)
    case _ where size == 4: run(InRegisters<SIMD16<Float>, SIMD4<Float>>.self, chunk, packed, crew, scratch)
    case _ where size == 8: run(InRegisters<SIMD16<Float>, SIMD8<Float>>.self, chunk, packed, crew, scratch)
    default: run(InRegisters<SIMD16<Float>, SIMD16<Float>>.self, chunk, packed, crew, scratch)
    }
  }

  private func run<Layout: LaneLayout>(
    _: Layout.Type, _ chunk: Chunk, _ packed: UnsafePointer<Float>, _ crew: Crew,
    _ scratch: UnsafeMutableRawPointer
  ) -> Double {
    load(chunk, lanes(activations[0], Layout.Lanes.self), crew)
    crew.wait()
    for (index, stage) in plan.stages.enumerated() {
      let x = UnsafePointer(lanes(activations[index], Layout.Register.self))
      let y = lanes(activations[index + 1], Layout.Register.self)
      switch stage {
      case .affine(let stage): stage.forward(Layout.self, x: x, y: y, packed: packed, crew: crew)
      case .pooling(let stage): stage.forward(Layout.self, x: x, y: y, crew: crew)
      }
      crew.wait()
    }
    let y = UnsafePointer(lanes(activations[plan.stages.count], Layout.Lanes.self))
    if crew.isFirst, let outputs = chunk.outputs {
      for (lane, sample) in chunk.order.enumerated() {
        for i in 0..<plan.outputCount { outputs[sample * plan.outputCount + i] = y[i][lane] }
      }
    }
    guard let targets = chunk.targets else { return 0 }
    let dy = lanes(gradients[plan.stages.count - 1], Layout.Lanes.self)
    var sum = 0.0
    if crew.isFirst {
      sum = loss.evaluate(chunk, targets, targetCount: targetCount, y: y, dy: dy, divisor: chunk.divisor)
      if case .affine(let last)? = plan.stages.last, last.isRectified {
        for i in 0..<plan.outputCount { dy[i] = dy[i].kept(wherePositive: y[i]) }
      }
    }
    crew.wait()
    if let gradient = chunk.gradient {
      backward(Layout.self, packed, gradient, crew, scratch)
    }
    return sum
  }

  /// A part of the memory as vectors of the chunk's width. Nothing is kept from one chunk to the next, so chunks
  /// of different widths share the memory.
  private func lanes<Lanes>(_ offset: Int, _: Lanes.Type) -> UnsafeMutablePointer<Lanes> {
    (memory + offset).assumingMemoryBound(to: Lanes.self)
  }

  /// Copies samples into lanes; lanes without a sample are zero.
  private func load<Lanes: LaneVector>(_ chunk: Chunk, _ x: UnsafeMutablePointer<Lanes>, _ crew: Crew) {
    let count = plan.inputCount
    let part = crew.part(of: count)
    if chunk.order.count < Lanes.scalarCount {
      (x + part.lowerBound).update(repeating: Lanes(repeating: 0), count: part.count)
    }
    let samples = chunk.order.map { chunk.inputs + $0 * count }
    let output = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self)
    LaneTransposition.toLanes(samples, part, output, lanes: Lanes.scalarCount)
    guard let (noise, key) = chunk.noise else { return }
    crew.wait()
    for lane in crew.part(of: chunk.order.count) {
      let sample = chunk.order[lane]
      let first = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self) + lane
      noise.apply(to: first, stride: Lanes.scalarCount, key: key.derived(.noisySample, UInt64(sample)))
    }
  }

  private func backward<Layout: LaneLayout>(
    _: Layout.Type, _ packed: UnsafePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ crew: Crew, _ scratch: UnsafeMutableRawPointer
  ) {
    for index in plan.stages.indices.reversed() {
      let x = UnsafePointer(lanes(activations[index], Layout.Register.self))
      let dy = lanes(gradients[index], Layout.Register.self)
      switch plan.stages[index] {
      case .affine(let stage):
        if crew.isFirst, stage.needsInputGradient { stage.clearMargins(Layout.self, of: dy) }
        stage.parameterGradient(
          Layout.self, x: x, dy: dy, scratch: scratch, gradient: gradient, crew: crew)
        guard stage.needsInputGradient else { return }
        crew.wait()
        stage.inputGradient(
          Layout.self, x: x, dy: dy, dx: lanes(gradients[index - 1], Layout.Register.self), packed: packed,
          crew: crew)
      case .pooling(let stage):
        let y = UnsafePointer(lanes(activations[index + 1], Layout.Register.self))
        stage.backward(
          Layout.self, x: x, y: y, dy: dy, dx: lanes(gradients[index - 1], Layout.Register.self), crew: crew)
      }
      crew.wait()
    }
  }
}
