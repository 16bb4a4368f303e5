// Preloaded into the program, fails a chosen call on files below a folder, or ends the process there.
//
//   FAILING_CALLS_FOLDER  absolute path of the folder
//   FAILING_CALLS_KIND    "change": calls that change files or folders; "read": calls that open or read files
//   FAILING_CALLS_ONLY    name of the only call that counts; all of the kind without it
//   FAILING_CALLS_AT      number of the call that fails, from 1
//   FAILING_CALLS_STAYS   set: all later ones fail too, except for unlink
//   FAILING_CALLS_AS      an errno as a number; "kill": SIGKILL, in writes after half of the bytes; "wait": never
//                         returns
//   FAILING_CALLS_LOG     file to which each call that counts adds a line with its name
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder, *kind, *only, *manner, *log_file;
static long chosen;
static int stays;
static atomic_long calls;

__attribute__((constructor)) static void configure(void) {
  folder = getenv("FAILING_CALLS_FOLDER");
  kind = getenv("FAILING_CALLS_KIND");
  only = getenv("FAILING_CALLS_ONLY");
  manner = getenv("FAILING_CALLS_AS");
  log_file = getenv("FAILING_CALLS_LOG");
  stays = getenv("FAILING_CALLS_STAYS") != NULL;
  const char *at = getenv("FAILING_CALLS_AT");
  chosen = at ? atol(at) : 0;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void add_to_log(const char *name) {
  int saved = errno;
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  int (*real_close)(int) = dlsym(RTLD_NEXT, "close");
  char line[64];
  int length = snprintf(line, sizeof line, "%s\n", name);
  int descriptor = real_open(log_file, O_WRONLY | O_APPEND | O_CREAT, 0666);
  if (real_write(descriptor, line, length) != length) abort();
  real_close(descriptor);
  errno = saved;
}

static int is_below(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  return length && path && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_open_below(int descriptor) {
  char link[64], path[PATH_MAX];
  int saved = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = saved;
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Whether this call is to fail; errno is set then. Does not return if the process is to end or to wait here, except in
// writes, which ask `is_last` and call `end`.
static int fails(const char *its_kind, const char *name, int is_chosen_file, int *is_last) {
  if (!is_chosen_file || !kind || strcmp(kind, its_kind) || (only && strcmp(only, name))) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_file) add_to_log(name);
  if (number != chosen && !(stays && chosen && number > chosen)) return 0;
  if (strcmp(manner, "wait") == 0) for (;;) pause();
  if (strcmp(manner, "kill") == 0) {
    if (!is_last) end();
    *is_last = 1;
    return 0;
  }
  errno = atoi(manner);
  return 1;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list list; \
    va_start(list, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; \
    va_end(list); \
    int is_change = (flags & O_ACCMODE) != O_RDONLY; \
    return fails(is_change ? "change" : "read", "open", is_below(path), NULL) ? -1 : real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name) \
  FILE *name(const char *path, const char *mode) { \
    REAL(name); \
    return fails(mode[0] == 'r' ? "read" : "change", "fopen", is_below(path), NULL) ? NULL : real(path, mode); \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  int is_last = 0;
  if (fails("change", "write", is_open_below(descriptor), &is_last)) return -1;
  ssize_t written = real(descriptor, bytes, is_last ? count / 2 : count);
  if (is_last) end();
  return written;
}

#define PWRITE(name, offset_type) \
  ssize_t name(int descriptor, const void *bytes, size_t count, offset_type offset) { \
    REAL(name); \
    int is_last = 0; \
    if (fails("change", "pwrite", is_open_below(descriptor), &is_last)) return -1; \
    ssize_t written = real(descriptor, bytes, is_last ? count / 2 : count, offset); \
    if (is_last) end(); \
    return written; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  REAL(fwrite);
  int is_last = 0;
  if (fails("change", "fwrite", is_open_below(fileno(file)), &is_last)) return 0;
  size_t written = real(bytes, size, is_last ? count / 2 : count, file);
  if (is_last) {
    int (*real_fflush)(FILE *) = dlsym(RTLD_NEXT, "fflush");
    real_fflush(file);
    end();
  }
  return written;
}

int fflush(FILE *file) {
  REAL(fflush);
  return fails("change", "fflush", file && is_open_below(fileno(file)), NULL) ? EOF : real(file);
}

int fclose(FILE *file) {
  REAL(fclose);
  int failed = fails("change", "fclose", is_open_below(fileno(file)), NULL);
  int saved = errno;
  int result = real(file);
  if (!failed) return result;
  errno = saved;
  return EOF;
}

int close(int descriptor) {
  REAL(close);
  int failed = fails("change", "close", is_open_below(descriptor), NULL);
  int saved = errno;
  int result = real(descriptor);
  if (!failed) return result;
  errno = saved;
  return -1;
}

int fsync(int descriptor) {
  REAL(fsync);
  struct stat status;
  int is_folder = fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
  const char *name = is_folder ? "fsync of a folder" : "fsync";
  return fails("change", name, is_open_below(descriptor), NULL) ? -1 : real(descriptor);
}

#define FTRUNCATE(name, length_type) \
  int name(int descriptor, length_type length) { \
    REAL(name); \
    return fails("change", "ftruncate", is_open_below(descriptor), NULL) ? -1 : real(descriptor, length); \
  }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define RENAMING(name) \
  int name(const char *from, const char *to) { \
    REAL(name); \
    return fails("change", #name, is_below(from) || is_below(to), NULL) ? -1 : real(from, to); \
  }
RENAMING(rename)
RENAMING(link)

int unlink(const char *path) {
  REAL(unlink);
  // A full disk takes nothing, but gives back.
  if (stays) return real(path);
  return fails("change", "unlink", is_below(path), NULL) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  return fails("change", "mkdir", is_below(path), NULL) ? -1 : real(path, mode);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(read);
  return fails("read", "read", is_open_below(descriptor), NULL) ? -1 : real(descriptor, bytes, count);
}

#define PREAD(name, offset_type) \
  ssize_t name(int descriptor, void *bytes, size_t count, offset_type offset) { \
    REAL(name); \
    return fails("read", "pread", is_open_below(descriptor), NULL) ? -1 : real(descriptor, bytes, count, offset); \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

// Data that glibc reads below fread would stay in its buffer, and ferror silent: the stream's descriptor is exchanged for
// a folder's, which cannot be read.
size_t fread(void *bytes, size_t size, size_t count, FILE *file) {
  REAL(fread);
  if (!fails("read", "fread", is_open_below(fileno(file)), NULL)) return real(bytes, size, count, file);
  int directory = open("/", O_RDONLY | O_DIRECTORY);
  dup2(directory, fileno(file));
  close(directory);
  return real(bytes, size, count, file);
}
