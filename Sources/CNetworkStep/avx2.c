#ifdef __x86_64__

#include "kernels.h"
#include "vectors.h"

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "step.h"

void network_draw_avx2(const network_drive *drive, size_t line, uint64_t first_draw, uint16_t *counts) {
  draw_line(drive, line, first_draw, counts);
}

static int step_all(
  const network_neurons *neurons, const network_drive *drive, const network_inputs *inputs, size_t lines,
  uint64_t first_draw, uint32_t *spikes) {
  return step(neurons, drive, inputs, lines, first_draw, network_draw_avx2, spikes);
}

#pragma clang attribute pop

const network_kernels network_avx2 = {"AVX2", network_draw_avx2, step_all};

#endif
