// Swift does not import C macros that call functions, so starting to decompress is given here as a function.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// Starts to read the format of gzip, or that of zlib itself.
static inline int czlib_begin_inflate(z_stream *stream) { return inflateInit2(stream, 15 + 32); }

#endif
