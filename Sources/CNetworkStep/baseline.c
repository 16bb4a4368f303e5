// What all machines of an architecture have, whatever the compiler is told of this one.
#include "kernels.h"
#include "vectors.h"

#ifdef __x86_64__
#pragma clang attribute push(__attribute__((target("arch=x86-64"))), apply_to = function)
#endif
#include "step.h"

static void draw(const network_drive *drive, size_t line, uint64_t first_draw, uint16_t *counts) {
  draw_line(drive, line, first_draw, counts);
}

static int step_all(
  const network_neurons *neurons, const network_drive *drive, const network_inputs *inputs, size_t lines,
  uint64_t first_draw, uint32_t *spikes) {
  return step(neurons, drive, inputs, lines, first_draw, draw, spikes);
}

#ifdef __x86_64__
#pragma clang attribute pop
#endif

const network_kernels network_baseline = {"baseline", draw, step_all};
