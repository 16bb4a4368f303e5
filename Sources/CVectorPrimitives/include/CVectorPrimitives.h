// Operations on whole vectors for which Swift's own work lane by lane: the optimiser reassembles vector
// instructions from them in small functions, but not reliably in step loops, which were up to three
// times slower. Clang's vector types come into Swift as SIMD8<Float>, SIMD8<Double> and SIMD8<UInt32>.
#ifndef C_VECTOR_PRIMITIVES_H
#define C_VECTOR_PRIMITIVES_H

typedef float vector_float4 __attribute__((ext_vector_type(4)));
typedef float vector_float8 __attribute__((ext_vector_type(8)));
typedef float vector_float16 __attribute__((ext_vector_type(16)));
typedef unsigned int vector_uint8 __attribute__((ext_vector_type(8)));
typedef int vector_int8 __attribute__((ext_vector_type(8)));
typedef double vector_double8 __attribute__((ext_vector_type(8)));

// Floats in a vector register of the machine that is compiled for.
#ifdef __AVX512F__
#define VECTOR_REGISTER_FLOATS 16
#elif defined(__AVX__)
#define VECTOR_REGISTER_FLOATS 8
#else
#define VECTOR_REGISTER_FLOATS 4
#endif

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

// The larger of two numbers in every lane, x where they are equal or either is NaN.
VECTOR_PRIMITIVE vector_float4 vector_maximum4(vector_float4 x, vector_float4 y) { return x < y ? y : x; }
VECTOR_PRIMITIVE vector_float8 vector_maximum8(vector_float8 x, vector_float8 y) { return x < y ? y : x; }
VECTOR_PRIMITIVE vector_float16 vector_maximum16(vector_float16 x, vector_float16 y) { return x < y ? y : x; }

// Asks for the cache line at address ahead of its use.
VECTOR_PRIMITIVE void vector_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

#undef VECTOR_PRIMITIVE
#endif
