/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-contrast.h"

#include <math.h>
#include <string.h>

double
nn_contrast_value (const NnContrast *contrast, const float *logits)
{
  const double target = (double) logits[contrast->target];

  return contrast->against < 0 ? target : target - (double) logits[contrast->against];
}

double
nn_contrast_probability (const NnContrast *contrast, const float *logits, guint n_classes)
{
  double sum = 0;

  if (contrast->against >= 0)
    return 1 / (1 + exp (-nn_contrast_value (contrast, logits)));
  for (guint c = 0; c < n_classes; c++)
    sum += exp ((double) logits[c] - (double) logits[contrast->target]);
  return 1 / sum;
}

void
nn_contrast_gradient (const NnContrast *contrast, float *dlogits, gsize n, guint n_classes)
{
  memset (dlogits, 0, n * n_classes * sizeof (float));
  for (gsize i = 0; i < n; i++)
    {
      dlogits[i * n_classes + contrast->target] = 1;
      if (contrast->against >= 0)
        dlogits[i * n_classes + (guint) contrast->against] = -1;
    }
}
