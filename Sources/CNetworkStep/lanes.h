// Questions to all lanes of a vector.
#ifndef NETWORK_LANES_H
#define NETWORK_LANES_H

#include "vectors.h"

// Whether any lane is ones, all others being zero. A different bit is looked at in every lane, or else clang packs the
// lanes of comparisons first.
INLINE bool has_bits(counts16 x) {
  const uint16_t b = 1;
  const counts16 bits = {
    b,      b << 1, b << 2,  b << 3,  b << 4,  b << 5,  b << 6,  b << 7,  b << 8, b << 9, b << 10,
    b << 11, b << 12, b << 13, b << 14, (uint16_t)(b << 15), b, b << 1, b << 2, b << 3, b << 4, b << 5,
    b << 6, b << 7, b << 8,  b << 9,  b << 10, b << 11, b << 12, b << 13, b << 14, (uint16_t)(b << 15),
  };
  return __builtin_reduce_or((line_bits)(x & bits)) != 0;
}

// One bit for each lane of a comparison.
INLINE uint32_t lane_bits(numbers32 comparison) {
  const truths lanes = __builtin_convertvector(comparison, truths);
  uint16_t bits;
  memcpy(&bits, &lanes, sizeof bits);
  return bits;
}

// a where the mask is ones, b where it is zero.
INLINE potentials32 select(numbers32 mask, potentials32 a, potentials32 b) {
  return (potentials32)(((numbers32)a & mask) | ((numbers32)b & ~mask));
}

#endif
