// Vectors of one cache line. They become whatever registers an instruction set has.
#ifndef NETWORK_VECTORS_H
#define NETWORK_VECTORS_H

#include <stdbool.h>
#include <string.h>

#include "network_step.h"

// Vectors are handed over only between inlined functions, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
// Contracted products would give other bits on machines that have them.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

typedef uint64_t line_bits __attribute__((ext_vector_type(8)));
typedef uint16_t counts16 __attribute__((ext_vector_type(32)));
typedef int16_t words16 __attribute__((ext_vector_type(32)));
typedef uint32_t lanes32 __attribute__((ext_vector_type(16)));
typedef int32_t numbers32 __attribute__((ext_vector_type(16)));
typedef float potentials32 __attribute__((ext_vector_type(16)));
typedef bool truths __attribute__((ext_vector_type(16)));

#endif
