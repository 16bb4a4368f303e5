#ifdef __x86_64__

#include "kernels.h"
#include "vectors.h"

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#include "step.h"

static int step_all(
  const network_neurons *neurons, const network_drive *drive, const network_inputs *inputs, size_t lines,
  uint64_t first_draw, uint32_t *spikes) {
  return step(neurons, drive, inputs, lines, first_draw, network_draw_avx2, spikes);
}

#pragma clang attribute pop

const network_kernels network_avx512 = {"AVX-512", network_draw_avx2, step_all};

#endif
