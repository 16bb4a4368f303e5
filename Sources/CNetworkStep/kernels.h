// The functions of each instruction set. They are compiled apart, so that all may have the same names.
#ifndef NETWORK_KERNELS_H
#define NETWORK_KERNELS_H

#include "network_step.h"

extern const network_kernels network_baseline;
extern const network_kernels network_avx2;
extern const network_kernels network_avx512;

// Comparisons of AVX-512 go through mask registers, which takes longer than comparing twice with AVX2: both use this.
void network_draw_avx2(const network_drive *drive, size_t line, uint64_t first_draw, uint16_t *counts);

#endif
