#ifndef CFFTW3_SHIM_H
#define CFFTW3_SHIM_H

#include <fftw3.h>

#endif
