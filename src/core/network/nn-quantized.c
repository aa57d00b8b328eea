/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-quantized.h"

#include "nn-quantized-private.h"

NnQuantized *
nn_quantized_ref (NnQuantized *quantized)
{
  g_atomic_int_inc (&quantized->ref_count);
  return quantized;
}

void
nn_quantized_unref (NnQuantized *quantized)
{
  if (!g_atomic_int_dec_and_test (&quantized->ref_count))
    return;
  for (guint i = 0; i < quantized->n_weights; i++)
    {
      g_free (quantized->weights[i].weight);
      g_free (quantized->weights[i].scale);
      g_free (quantized->weights[i].bias);
    }
  g_clear_pointer (&quantized->plan, nn_quantized_plan_free);
  g_free (quantized);
}
