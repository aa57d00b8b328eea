/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-augment.h"

#include "nn-augmenter.h"

void
numeral_augment_show (const NnAugment *augment,
                      const guint8 sample[INK_TENSOR_SIZE],
                      guint n,
                      float *tensors)
{
  g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (augment, INK_TENSOR_SIDE, INK_TENSOR_SIDE);
  const gboolean on = nn_augment_is_on (augment);
  guint8 look[INK_TENSOR_SIZE];

  for (guint i = 0; i < n; i++)
    {
      const guint8 *from = i > 0 && on ? look : sample;

      if (from == look)
        nn_augmenter_apply (augmenter, i, sample, look);
      for (guint p = 0; p < INK_TENSOR_SIZE; p++)
        tensors[i * INK_TENSOR_SIZE + p] = (float) from[p] / 255;
    }
}
