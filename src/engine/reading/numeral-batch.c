/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-batch.h"

#include "nn-forward.h"

void
numeral_batch_read (const NnNetwork *network, const float *tensors, guint n, int *answers)
{
  const guint n_classes = nn_architecture_n_classes (&network->arch);
  NnScratch scratch;
  const float *logits;

  nn_scratch_init (&scratch, &network->arch, n);
  logits = nn_forward (network, &scratch, tensors, n);
  for (guint i = 0; i < n; i++, logits += n_classes)
    {
      answers[i] = 0;
      for (guint k = 1; k < n_classes; k++)
        if (logits[k] > logits[answers[i]])
          answers[i] = (int) k;
    }
  nn_scratch_clear (&scratch);
}
