/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-narrow.h"

#include <string.h>

#define CHUNK 64 /* inputs whose weights are transposed together */
#define ROWS 4   /* rows that are processed together, to hide the latency of additions */

G_STATIC_ASSERT (NN_NARROW == 16);

/* turned[j, u] = w[u, j] for n inputs; zero for the padding units. */
NN_INLINE void
turn (guint n, guint n_out, const float *w, gsize ldw, float (*turned)[NN_NARROW])
{
  memset (turned, 0, n * sizeof *turned);
  for (guint u = 0; u < n_out; u++)
    for (guint j = 0; j < n; j++)
      turned[j][u] = w[u * ldw + j];
}

#define LEVEL(name) name##_baseline
#define TARGET
#define LANES 4
#define VECTOR NnVec4
#include "nn-narrow-kernels.h"

#ifdef NN_HAS_LEVELS
#define LEVEL(name) name##_avx2
#define TARGET NN_TARGET_AVX2
#define LANES 8
#define VECTOR NnVec8
#include "nn-narrow-kernels.h"

#define LEVEL(name) name##_avx512
#define TARGET NN_TARGET_AVX512
#define LANES 16
#define VECTOR NnVec16
#include "nn-narrow-kernels.h"
#endif

void
nn_narrow_forward (gsize n_rows,
                   guint n_in,
                   guint n_out,
                   const float *a,
                   gsize lda,
                   const float *w,
                   gsize ldw,
                   float *z)
{
  NN_CALL_LEVEL (narrow_forward, n_rows, n_in, n_out, a, lda, w, ldw, z);
}

void
nn_narrow_backward (gsize n_rows,
                    guint n_in,
                    guint n_out,
                    const float *dz,
                    const float *w,
                    gsize ldw,
                    float *da,
                    gsize lda)
{
  NN_CALL_LEVEL (narrow_backward, n_rows, n_in, n_out, dz, w, ldw, da, lda);
}

void
nn_narrow_gradient (gsize n_rows,
                    guint n_in,
                    guint n_out,
                    const float *dz,
                    const float *a,
                    gsize lda,
                    float *dw,
                    gsize ldw)
{
  NN_CALL_LEVEL (narrow_gradient, n_rows, n_in, n_out, dz, a, lda, dw, ldw);
}
