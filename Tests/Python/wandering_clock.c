// Preloaded into the program, makes the time of day jump by up to ten years, forth and back, at every look at it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <time.h>

static atomic_uint looks;

static time_t jump(void) {
  unsigned look = atomic_fetch_add(&looks, 1) + 1;
  return (time_t)(look * 2654435761u % 630720000u) - 315360000;
}

int clock_gettime(clockid_t clock, struct timespec *result) {
  int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
  int status = real(clock, result);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) result->tv_sec += jump();
  return status;
}

int gettimeofday(struct timeval *result, void *zone) {
  int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
  int status = real(result, zone);
  result->tv_sec += jump();
  return status;
}

time_t time(time_t *result) {
  time_t (*real)(time_t *) = dlsym(RTLD_NEXT, "time");
  time_t now = real(0) + jump();
  if (result) *result = now;
  return now;
}
