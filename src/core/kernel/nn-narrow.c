/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-narrow.h"

#include <string.h>

#define LANES 16
#define CHUNK 64 /* inputs whose weights are turned at a time */
#define ROWS 4   /* rows that go through them together, so that additions need not wait */

G_STATIC_ASSERT (NN_NARROW == LANES);

/* turned[j, u] = w[u, j] for n inputs; zero for units that are none. */
NN_INLINE void
turn (guint n, guint n_out, const float *w, gsize ldw, float (*turned)[NN_NARROW])
{
  memset (turned, 0, n * sizeof *turned);
  for (guint u = 0; u < n_out; u++)
    for (guint j = 0; j < n; j++)
      turned[j][u] = w[u * ldw + j];
}

NN_INLINE void
forward_rows (guint rows, guint n, const float *a, gsize lda, float (*w)[NN_NARROW], float *z)
{
  NnVec16 sum[ROWS];

  for (guint i = 0; i < rows; i++)
    sum[i] = *(const NnVec16 *) (z + i * NN_NARROW);
  for (guint j = 0; j < n; j++)
    for (guint i = 0; i < rows; i++)
      sum[i] += *(const NnVec16 *) w[j] * a[i * lda + j];
  for (guint i = 0; i < rows; i++)
    *(NnVec16 *) (z + i * NN_NARROW) = sum[i];
}

NN_CLONES void
nn_narrow_forward (gsize n_rows,
                   guint n_in,
                   guint n_out,
                   const float *a,
                   gsize lda,
                   const float *w,
                   gsize ldw,
                   float *z)
{
  float turned[CHUNK][NN_NARROW] __attribute__ ((aligned (NN_ALIGN)));

  for (guint j = 0; j < n_in; j += CHUNK)
    {
      const guint n = MIN (CHUNK, n_in - j);
      gsize i = 0;

      turn (n, n_out, w + j, ldw, turned);
      for (; i + ROWS <= n_rows; i += ROWS)
        forward_rows (ROWS, n, a + i * lda + j, lda, turned, z + i * NN_NARROW);
      for (; i < n_rows; i++)
        forward_rows (1, n, a + i * lda + j, lda, turned, z + i * NN_NARROW);
    }
}

NN_CLONES void
nn_narrow_backward (gsize n_rows,
                    guint n_in,
                    guint n_out,
                    const float *dz,
                    const float *w,
                    gsize ldw,
                    float *da,
                    gsize lda)
{
  const guint n_whole = n_in / LANES * LANES;

  for (gsize i = 0; i < n_rows; i++, dz += NN_NARROW, da += lda)
    {
      for (guint j = 0; j < n_whole; j += LANES)
        {
          NnVec16 sum = { 0 };

          for (guint u = 0; u < n_out; u++)
            sum += *(const NnVec16 *) (w + u * ldw + j) * dz[u];
          *(NnVec16 *) (da + j) = sum;
        }
      for (guint j = n_whole; j < n_in; j++)
        {
          da[j] = 0;
          for (guint u = 0; u < n_out; u++)
            da[j] += w[u * ldw + j] * dz[u];
        }
    }
}

NN_CLONES void
nn_narrow_gradient (gsize n_rows,
                    guint n_in,
                    guint n_out,
                    const float *dz,
                    const float *a,
                    gsize lda,
                    float *dw,
                    gsize ldw)
{
  const guint n_whole = n_in / LANES * LANES;

  for (guint j = 0; j < n_whole; j += LANES)
    {
      NnVec16 sum[NN_NARROW];

      for (guint u = 0; u < NN_NARROW; u++)
        sum[u] = (NnVec16){ 0 };
      for (gsize i = 0; i < n_rows; i++)
        for (guint u = 0; u < NN_NARROW; u++)
          sum[u] += *(const NnVec16 *) (a + i * lda + j) * dz[i * NN_NARROW + u];
      for (guint u = 0; u < n_out; u++)
        *(NnVec16 *) (dw + u * ldw + j) = sum[u];
    }
  for (guint j = n_whole; j < n_in; j++)
    for (guint u = 0; u < n_out; u++)
      {
        float sum = 0;

        for (gsize i = 0; i < n_rows; i++)
          sum += a[i * lda + j] * dz[i * NN_NARROW + u];
        dw[u * ldw + j] = sum;
      }
}
