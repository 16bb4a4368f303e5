// Operations on whole vectors for which Swift's own work lane by lane: the optimiser reassembles vector
// instructions from them in small functions, but not reliably in the step loop, which was up to three
// times slower. Clang's vector types come into Swift as SIMD8<Float>, SIMD8<Double>, SIMD8<UInt32> and SIMD4<UInt64>.
#ifndef C_VECTOR_PRIMITIVES_H
#define C_VECTOR_PRIMITIVES_H

typedef float vector_float8 __attribute__((ext_vector_type(8)));
typedef unsigned int vector_uint8 __attribute__((ext_vector_type(8)));
typedef int vector_int8 __attribute__((ext_vector_type(8)));
typedef double vector_double8 __attribute__((ext_vector_type(8)));
typedef unsigned long long vector_uint64x4 __attribute__((ext_vector_type(4)));

#define VECTOR_PRIMITIVE static inline __attribute__((always_inline, nodebug))

// The lower 16 bits of every lane as numbers.
VECTOR_PRIMITIVE vector_float8 vector_lower_halves(vector_uint8 x) {
  return __builtin_convertvector(x & 0xffff, vector_float8);
}

// The upper 16 bits of every lane as numbers.
VECTOR_PRIMITIVE vector_float8 vector_upper_halves(vector_uint8 x) {
  return __builtin_convertvector(x >> 16, vector_float8);
}

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

// Ones in the lanes whose lower 16 bits are zero.
VECTOR_PRIMITIVE vector_uint8 vector_lower_is_zero(vector_uint8 x) {
  return (vector_uint8)((x & 0xffff) == 0);
}

// Ones in the lanes whose upper 16 bits are zero.
VECTOR_PRIMITIVE vector_uint8 vector_upper_is_zero(vector_uint8 x) {
  return (vector_uint8)((x >> 16) == 0);
}

// Ones in the lanes where a >= b.
VECTOR_PRIMITIVE vector_uint8 vector_at_least(vector_float8 a, vector_float8 b) {
  return (vector_uint8)(a >= b);
}

// a in the lanes where mask is ones, b where it is zero.
VECTOR_PRIMITIVE vector_float8 vector_select(vector_uint8 mask, vector_float8 a, vector_float8 b) {
  return (vector_float8)(((vector_uint8)a & mask) | ((vector_uint8)b & ~mask));
}

// Bit 2·lane of lanes set in even, bit 2·lane + 1 of lanes set in odd, in no lane-wise order.
VECTOR_PRIMITIVE vector_uint8 vector_interleaved_bits(vector_uint8 even, vector_uint8 odd) {
  const vector_uint8 bits = {1 << 0, 1 << 2, 1 << 4, 1 << 6, 1 << 8, 1 << 10, 1 << 12, 1 << 14};
  return (even & bits) | (odd & (bits << 1));
}

// Whether any bit is set.
VECTOR_PRIMITIVE _Bool vector_has_bits(vector_uint8 x) {
  return __builtin_reduce_or((vector_uint64x4)x) != 0;
}

// The bits of all lanes in one word.
VECTOR_PRIMITIVE unsigned int vector_combined_bits(vector_uint8 x) {
  return __builtin_reduce_or(x);
}

// Asks for the cache line at address ahead of its use.
VECTOR_PRIMITIVE void vector_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

#undef VECTOR_PRIMITIVE
#endif
