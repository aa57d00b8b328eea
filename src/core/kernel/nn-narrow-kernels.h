/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Private to nn-narrow.c, which includes this once for each level of the instruction set, as
 * nn-panel-kernels.h is included. All levels add up in the same order. */

#define VECTORS (NN_NARROW / LANES)
/* Number of units whose sums fit the registers together. */
#define UNITS (LANES == NN_NARROW ? 16 : 8)
#define forward_rows LEVEL (forward_rows)
#define narrow_forward LEVEL (narrow_forward)
#define narrow_backward LEVEL (narrow_backward)
#define gradient_vector LEVEL (gradient_vector)
#define narrow_gradient LEVEL (narrow_gradient)

NN_INLINE void
forward_rows (guint rows, guint n, const float *a, gsize lda, float (*w)[NN_NARROW], float *z)
{
  VECTOR sum[ROWS][VECTORS];

  for (guint i = 0; i < rows; i++)
    for (guint v = 0; v < VECTORS; v++)
      sum[i][v] = *(const VECTOR *) (z + i * NN_NARROW + v * LANES);
  for (guint j = 0; j < n; j++)
    for (guint i = 0; i < rows; i++)
      for (guint v = 0; v < VECTORS; v++)
        sum[i][v] += *(const VECTOR *) (w[j] + v * LANES) * a[i * lda + j];
  for (guint i = 0; i < rows; i++)
    for (guint v = 0; v < VECTORS; v++)
      *(VECTOR *) (z + i * NN_NARROW + v * LANES) = sum[i][v];
}

TARGET static void
narrow_forward (gsize n_rows,
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

TARGET static void
narrow_backward (gsize n_rows,
                 guint n_in,
                 guint n_out,
                 const float *dz,
                 const float *w,
                 gsize ldw,
                 float *da,
                 gsize lda)
{
  const guint n_whole = n_in / NN_NARROW * NN_NARROW;

  for (gsize i = 0; i < n_rows; i++, dz += NN_NARROW, da += lda)
    {
      for (guint j = 0; j < n_whole; j += NN_NARROW)
        {
          VECTOR sum[VECTORS] = { { 0 } };

          for (guint u = 0; u < n_out; u++)
            for (guint v = 0; v < VECTORS; v++)
              sum[v] += *(const VECTOR *) (w + u * ldw + j + v * LANES) * dz[u];
          for (guint v = 0; v < VECTORS; v++)
            *(VECTOR *) (da + j + v * LANES) = sum[v];
        }
      for (guint j = n_whole; j < n_in; j++)
        {
          da[j] = 0;
          for (guint u = 0; u < n_out; u++)
            da[j] += w[u * ldw + j] * dz[u];
        }
    }
}

/* Handles LANES inputs of at most UNITS units; values that are read beyond them are discarded. */
NN_INLINE void
gradient_vector (
    gsize n_rows, guint n_out, const float *dz, const float *a, gsize lda, float *dw, gsize ldw)
{
  VECTOR sum[UNITS];

  for (guint u = 0; u < UNITS; u++)
    sum[u] = (VECTOR){ 0 };
  for (gsize i = 0; i < n_rows; i++)
    for (guint u = 0; u < UNITS; u++)
      sum[u] += *(const VECTOR *) (a + i * lda) * dz[i * NN_NARROW + u];
  for (guint u = 0; u < n_out; u++)
    *(VECTOR *) (dw + u * ldw) = sum[u];
}

TARGET static void
narrow_gradient (gsize n_rows,
                 guint n_in,
                 guint n_out,
                 const float *dz,
                 const float *a,
                 gsize lda,
                 float *dw,
                 gsize ldw)
{
  const guint n_whole = n_in / NN_NARROW * NN_NARROW;

  for (guint j = 0; j < n_whole; j += LANES)
    for (guint u = 0; u < n_out; u += UNITS)
      gradient_vector (n_rows, MIN (UNITS, n_out - u), dz + u, a + j, lda, dw + u * ldw + j, ldw);
  for (guint j = n_whole; j < n_in; j++)
    for (guint u = 0; u < n_out; u++)
      {
        float sum = 0;

        for (gsize i = 0; i < n_rows; i++)
          sum += a[i * lda + j] * dz[i * NN_NARROW + u];
        dw[u * ldw + j] = sum;
      }
}

#undef forward_rows
#undef narrow_forward
#undef narrow_backward
#undef gradient_vector
#undef narrow_gradient
#undef VECTORS
#undef UNITS
#undef LEVEL
#undef TARGET
#undef LANES
#undef VECTOR
