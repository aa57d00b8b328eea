/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-augment.h"

#include "nn-augmenter.h"

static void
to_tensor (const guint8 look[INK_TENSOR_SIZE], float tensor[INK_TENSOR_SIZE])
{
  for (guint p = 0; p < INK_TENSOR_SIZE; p++)
    tensor[p] = (float) look[p] / 255;
}

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
      to_tensor (from, tensors + i * INK_TENSOR_SIZE);
    }
}

void
numeral_augment_show_ink (const NnAugment *augment, const NnOrigin *origin, guint n, float *tensors)
{
  const NnAugment none = { 0 };
  guint8 look[INK_TENSOR_SIZE];

  for (guint i = 0; i < n; i++)
    {
      origin->klass->draw (origin, i > 0 ? augment : &none, i, look);
      to_tensor (look, tensors + i * INK_TENSOR_SIZE);
    }
}
