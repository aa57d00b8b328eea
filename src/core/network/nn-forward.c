/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-forward.h"

#include <string.h>

#include "nn-blas.h"
#include "nn-simd.h"

void
nn_scratch_init (NnScratch *scratch, const NnArchitecture *arch, gsize max_n)
{
  guint widest = 0;

  for (guint l = 1; l <= arch->n_layers; l++)
    widest = MAX (widest, arch->widths[l]);
  scratch->max_n = max_n;
  scratch->a[0] = nn_aligned_new0 (max_n * widest);
  scratch->a[1] = nn_aligned_new0 (max_n * widest);
}

void
nn_scratch_clear (NnScratch *scratch)
{
  nn_aligned_free (scratch->a[0]);
  nn_aligned_free (scratch->a[1]);
  *scratch = (NnScratch){ 0 };
}

float *
nn_forward (const NnNetwork *network, NnScratch *scratch, const float *x, gsize n)
{
  guint n_layers = network->arch.n_layers;
  float *z = NULL;

  g_assert (n <= scratch->max_n);

  for (guint l = 0; l < n_layers; l++)
    {
      const NnLayer *layer = &network->layers[l];

      z = scratch->a[l % 2]; /* [n, n_out] */
      for (gsize i = 0; i < n; i++)
        memcpy (z + i * layer->n_out, layer->bias, layer->n_out * sizeof (float));
      nn_sgemm (FALSE, TRUE, n, layer->n_out, layer->n_in, 1, x, layer->n_in, layer->weight,
                layer->n_in, 1, z, layer->n_out);
      if (l + 1 < n_layers)
        nn_activation_forward (network->arch.activation, z, z, n * layer->n_out);
      x = z;
    }
  return z;
}
