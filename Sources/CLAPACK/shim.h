// LAPACK's Fortran entry points that the package uses, as seen from C.
#include <stddef.h>

// Eigenvalues and eigenvectors of a symmetric matrix by divide and conquer. Fortran compilers pass the lengths of
// character arguments at the end.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info,
             size_t jobz_length, size_t uplo_length);
