#include <stdbool.h>

#include "kernels.h"

#ifdef __x86_64__

// All that the functions may be compiled to.
static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
    && __builtin_cpu_supports("f16c") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("lzcnt")
    && __builtin_cpu_supports("movbe") && __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
    && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

const network_kernels *network_kernels_at(int index) {
  __builtin_cpu_init();
  if (index == 0) return &network_baseline;
  if (index == 1 && has_avx2()) return &network_avx2;
  if (index == 2 && has_avx512()) return &network_avx512;
  return NULL;
}

#else

const network_kernels *network_kernels_at(int index) { return index == 0 ? &network_baseline : NULL; }

#endif
