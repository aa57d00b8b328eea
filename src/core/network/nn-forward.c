/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-forward.h"

#include "nn-tape-private.h"

float *
nn_forward (const NnNetwork *network, NnTape *tape, const float *x, gsize n)
{
  g_assert (n <= tape->max_n);

  tape->x = x;
  tape->n = n;
  for (guint l = 0; l < tape->arch.n_layers; l++)
    {
      const NnLayerPass pass = nn_tape_pass (tape, network, l);
      NnFusedLayers *fused = tape->fused[l];

      if (fused != NULL)
        {
          if (!tape->is_packed)
            nn_fused_layers_pack (fused, &pass);
          l = fused->last;
          nn_fused_layers_forward (fused, x, tape->y[l], n);
        }
      else
        nn_layer_kind (pass.spec->kind)->forward (&pass, x, tape->y[l], n);
      x = tape->y[l];
    }
  return tape->y[tape->arch.n_layers - 1];
}
