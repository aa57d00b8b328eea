/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-simd.h"

#include <stdlib.h>
#include <string.h>

float *
nn_aligned_new0 (gsize n_floats)
{
  gsize n_bytes = (MAX (n_floats, 1) * sizeof (float) + NN_ALIGN - 1) / NN_ALIGN * NN_ALIGN;
  float *block = aligned_alloc (NN_ALIGN, n_bytes);

  if (block == NULL)
    g_error ("out of memory: %" G_GSIZE_FORMAT " bytes", n_bytes);
  memset (block, 0, n_bytes);
  return block;
}

void
nn_aligned_free (float *block)
{
  free (block);
}
