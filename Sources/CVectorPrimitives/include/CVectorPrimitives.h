// Operations on whole vectors for which Swift's own work lane by lane: the optimiser reassembles vector
// instructions from them in small functions, but not reliably in step loops, which were up to three
// times slower. Clang's vector types come into Swift as SIMD8<Float>, SIMD8<Double> and SIMD8<UInt32>.
#ifndef C_VECTOR_PRIMITIVES_H
#define C_VECTOR_PRIMITIVES_H

typedef float vector_float8 __attribute__((ext_vector_type(8)));
typedef unsigned int vector_uint8 __attribute__((ext_vector_type(8)));
typedef int vector_int8 __attribute__((ext_vector_type(8)));
typedef double vector_double8 __attribute__((ext_vector_type(8)));

#define VECTOR_PRIMITIVE static inline __attribute__((always_inline, nodebug))

// Lanes that hold signed whole numbers as numbers.
VECTOR_PRIMITIVE vector_float8 vector_numbers(vector_uint8 x) {
  return __builtin_convertvector((vector_int8)x, vector_float8);
}

// Numbers in double precision.
VECTOR_PRIMITIVE vector_double8 vector_doubles(vector_float8 x) {
  return __builtin_convertvector(x, vector_double8);
}

// The square root of every lane.
VECTOR_PRIMITIVE vector_float8 vector_square_root(vector_float8 x) {
  return __builtin_elementwise_sqrt(x);
}

// Asks for the cache line at address ahead of its use.
VECTOR_PRIMITIVE void vector_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

#undef VECTOR_PRIMITIVE
#endif
