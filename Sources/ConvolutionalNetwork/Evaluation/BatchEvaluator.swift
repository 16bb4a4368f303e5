import RandomStreams

/// Runs a network on batches with several threads.
///
/// A batch is cut into chunks of 16 consecutive samples. Each chunk has its own gradient, and these are added in
/// the order of the chunks, so that no result depends on the number of threads. All memory is allocated once.
final class BatchEvaluator {
  let plan: ExecutionPlan
  let loss: Loss
  let team: ThreadTeam
  private let packed: PackedWeights
  private let workspaces: [ChunkWorkspace]
  /// One gradient per chunk of a wave; the first becomes their sum.
  private let gradients: [UnsafeMutablePointer<Float>]
  private let losses: UnsafeMutablePointer<Double>
  private let barrier = SpinBarrier()
  /// Chunks whose gradients are in memory at the same time: one that stays in the cache if a single thread computes them.
  private let wave: Int

  /// The gradient of the batch last given to `gradient(of:order:)`.
  let gradient: UnsafeMutablePointer<Float>

  init(architecture: NetworkArchitecture, loss: Loss, threads: Int, largestBatch: Int) {
    let plan = ExecutionPlan(architecture)
    self.plan = plan
    self.loss = loss
    team = ThreadTeam(threads: max(1, threads))
    wave = team.threads == 1 ? 1 : 16
    packed = PackedWeights(count: plan.packedCount)
    workspaces = (0..<team.threads).map { _ in ChunkWorkspace(plan: plan, loss: loss) }
    let chunks = min(wave, Self.chunkCount(largestBatch))
    gradients = (0..<chunks).map { _ in Self.zeros(plan.parameterCount) }
    losses = .allocate(capacity: wave)
    losses.initialize(repeating: 0, count: wave)
    gradient = Self.zeros(plan.parameterCount)
  }

  deinit {
    for gradient in gradients { gradient.deallocate() }
    losses.deallocate()
    gradient.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
    pointer.initialize(repeating: 0, count: count)
    return pointer
  }

  private static func chunkCount(_ samples: Int) -> Int {
    (samples + ChunkWorkspace.capacity - 1) / ChunkWorkspace.capacity
  }

  /// Takes the network's parameters.
  func load(_ parameters: UnsafePointer<Float>) {
    team.perform { thread in packed.load(parameters, plan: plan, thread: thread, of: team.threads) }
  }

  /// Outputs [sample][output] for inputs [sample][position][channel].
  func outputs(for inputs: UnsafePointer<Float>, count: Int) -> [Float] {
    var outputs = [Float](repeating: 0, count: count * plan.outputCount)
    outputs.withUnsafeMutableBufferPointer { outputs in
      guard let base = outputs.baseAddress else { return }
      Array(0..<count).withUnsafeBufferPointer { order in
        _ = forEachWave(order) { samples, _ in Chunk(inputs: inputs, order: samples, outputs: base) }
      }
    }
    return outputs
  }

  /// The loss on the samples.
  func loss(of samples: SampleSet) -> Double {
    let sum = samples.withPointers { inputs, targets in
      Array(0..<samples.count).withUnsafeBufferPointer { order in
        forEachWave(order) { chunk, _ in Chunk(inputs: inputs, order: chunk, targets: targets) }
      }
    }
    return sum / loss.divisor(samples: samples.count, targets: samples.targetCount)
  }

  /// The loss on the samples in `order`; its gradient goes to `gradient`. With `noise`, inputs are
  /// changed by it, as its key says.
  func gradient(
    of samples: SampleSet, order: UnsafeBufferPointer<Int>,
    noise: (any InputAugmentation, key: StreamKey)? = nil
  ) -> Double {
    let divisor = loss.divisor(samples: order.count, targets: samples.targetCount)
    let sum = samples.withPointers { inputs, targets in
      forEachWave(order) { chunk, slot in
        Chunk(
          inputs: inputs, order: chunk, targets: targets, gradient: gradients[slot], noise: noise,
          divisor: divisor)
      } finishWave: { wave, chunks in
        addGradients(count: chunks, overwriting: wave == 0)
      }
    }
    return sum / divisor
  }

  /// Euclidean norm of `gradient`.
  var gradientNorm: Double {
    // In lanes, whose sums do not depend on the threads.
    var sums = SIMD8<Double>.zero
    var rest = 0.0
    for start in stride(from: 0, to: plan.parameterCount, by: 8) {
      if start + 8 > plan.parameterCount {
        for i in start..<plan.parameterCount { rest += Double(gradient[i]) * Double(gradient[i]) }
      } else {
        let values = SIMD8<Double>(UnsafeRawPointer(gradient + start).loadUnaligned(as: SIMD8<Float>.self))
        sums += values * values
      }
    }
    return (sums.sum() + rest).squareRoot()
  }

  /// Runs all chunks of `order`, a wave at a time, and returns the sum of the samples' losses.
  private func forEachWave(
    _ order: UnsafeBufferPointer<Int>, chunk: (UnsafeBufferPointer<Int>, Int) -> Chunk,
    finishWave: (_ wave: Int, _ chunks: Int) -> Void = { _, _ in }
  ) -> Double {
    let chunks = Self.chunkCount(order.count)
    var sum = 0.0
    for first in stride(from: 0, to: chunks, by: wave) {
      let count = min(wave, chunks - first)
      func work(_ slot: Int) -> Chunk {
        let start = (first + slot) * ChunkWorkspace.capacity
        let end = min(start + ChunkWorkspace.capacity, order.count)
        return chunk(UnsafeBufferPointer(rebasing: order[start..<end]), slot)
      }
      // As many chunks as the threads have done at the same time; the rest they do together.
      let apart = count - count % team.threads
      team.performItems(apart) { thread, slot in
        losses[slot] = workspaces[thread].run(work(slot), packed: packed.pointer)
      }
      if apart < count {
        team.perform { thread in
          let crew = Crew(member: thread, count: team.threads, barrier: barrier)
          for slot in apart..<count {
            let sum = workspaces[0].run(
              work(slot), packed: packed.pointer, crew: crew, own: workspaces[thread])
            if crew.isFirst { losses[slot] = sum }
            crew.wait()
          }
        }
      }
      for slot in 0..<count { sum += losses[slot] }
      finishWave(first / wave, count)
    }
    return sum
  }

  /// Adds the gradients of a wave's chunks, in their order.
  private func addGradients(count: Int, overwriting: Bool) {
    team.performRanges(plan.parameterCount) { range in
      for slot in 0..<count {
        let part = gradients[slot]
        if slot == 0 && overwriting {
          for i in range { gradient[i] = part[i] }
        } else {
          for i in range { gradient[i] += part[i] }
        }
      }
    }
  }
}

extension SampleSet {
  /// Calls `body` with the first input and the first target.
  fileprivate func withPointers<Result>(
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Result
  ) -> Result {
    withInputs { inputs in
      targets.withUnsafeBufferPointer { targets in body(inputs.baseAddress!, targets.baseAddress!) }
    }
  }
}
