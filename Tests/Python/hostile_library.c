// Preloaded into the program: H5Dread does, in one file, what damaged files have made the library do.
//
//   HOSTILE_LIBRARY_FILE   end of the file's path
//   HOSTILE_LIBRARY        "wait": never returns; "crash": a segmentation fault
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*Read)(int64_t, int64_t, int64_t, int64_t, int64_t, void *);
typedef ssize_t (*Name)(int64_t, char *, size_t);

int H5Dread(int64_t dataset, int64_t type, int64_t memory, int64_t file, int64_t transfer, void *buffer) {
  const char *manner = getenv("HOSTILE_LIBRARY"), *wanted = getenv("HOSTILE_LIBRARY_FILE");
  char name[4096] = "";
  ((Name)dlsym(RTLD_NEXT, "H5Fget_name"))(dataset, name, sizeof name);
  size_t length = strlen(name), end = wanted ? strlen(wanted) : 0;
  if (!manner || end > length || strcmp(name + length - end, wanted)) {
    return ((Read)dlsym(RTLD_NEXT, "H5Dread"))(dataset, type, memory, file, transfer, buffer);
  }
  if (strcmp(manner, "crash") == 0) {
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
  }
  for (;;) pause();
}
