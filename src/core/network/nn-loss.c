/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-loss.h"

#include <math.h>

#include "nn-math.h"
#include "nn-names.h"

static const char *const names[NN_N_LOSSES] = { "cross-entropy", "binary-cross-entropy", "mse" };

NN_DEFINE_NAMES (NnLoss, nn_loss, names, "loss")

static guint
largest (const float *row, guint k)
{
  guint best = 0;

  for (guint j = 1; j < k; j++)
    if (row[j] > row[best])
      best = j;
  return best;
}

/* p = e^(z - max) / sum; returns log-sum-exp of the row, max included. */
static double
softmax (const float *z, float *p, guint k)
{
  float max = z[largest (z, k)];
  float sum = 0;

  for (guint j = 0; j < k; j++)
    sum += p[j] = nn_expf (z[j] - max);
  for (guint j = 0; j < k; j++)
    p[j] /= sum;
  return (double) max + log ((double) sum);
}

void
nn_loss_outputs (NnLoss loss, const float *logits, float *outputs, gsize n, guint k)
{
  if (loss == NN_LOSS_CROSS_ENTROPY)
    for (gsize i = 0; i < n; i++)
      {
        float row[256];

        g_assert (k <= G_N_ELEMENTS (row));
        softmax (logits + i * k, row, k);
        for (guint j = 0; j < k; j++)
          outputs[i * k + j] = row[j];
      }
  else
    for (gsize i = 0; i < n * k; i++)
      outputs[i] = nn_sigmoidf (logits[i]);
}

void
nn_loss_probabilities (NnLoss loss, const float *outputs, float *probabilities, gsize n, guint k)
{
  for (gsize i = 0; i < n; i++)
    {
      const float *o = outputs + i * k;
      float *p = probabilities + i * k;
      float sum = 0;

      for (guint j = 0; j < k; j++)
        sum += o[j];
      /* Sigmoids may all be so small that nothing can be told: then nothing is. */
      for (guint j = 0; j < k; j++)
        p[j] = loss == NN_LOSS_CROSS_ENTROPY ? o[j] : sum > 1e-30f ? o[j] / sum : 1.0f / (float) k;
    }
}

/* softplus: log (1 + e^x) without overflow. */
static double
softplus (double x)
{
  return fmax (x, 0) + log1p (exp (-fabs (x)));
}

double
nn_loss_forward_backward (NnLoss loss,
                          const float *logits,
                          const guint8 *labels,
                          const float *sample_weights,
                          float smoothing,
                          float *dlogits,
                          gsize n,
                          guint k,
                          gsize *n_correct)
{
  double total = 0;
  gsize correct = 0;
  float on = 1 - smoothing + smoothing / (float) k;
  float off = smoothing / (float) k;

  g_assert (k <= 256);

  for (gsize i = 0; i < n; i++)
    {
      const float *z = logits + i * k;
      float weight = sample_weights != NULL ? sample_weights[i] : 1;
      float scale = weight / (float) n;
      float p[256], t[256];
      double row = 0;

      for (guint j = 0; j < k; j++)
        t[j] = off;
      t[labels[i]] = on;
      correct += largest (z, k) == labels[i];

      switch (loss)
        {
        case NN_LOSS_CROSS_ENTROPY:
          {
            /* L = -sum t log p = lse (z) - sum t z, for the t add up to 1;  dL/dz = p - t */
            double lse = softmax (z, p, k);

            row = lse;
            for (guint j = 0; j < k; j++)
              row -= (double) t[j] * z[j];
            for (guint j = 0; j < k; j++)
              p[j] = p[j] - t[j];
            break;
          }
        case NN_LOSS_BINARY_CROSS_ENTROPY:
          /* L = sum softplus (z) - t z;  dL/dz = sigmoid (z) - t */
          for (guint j = 0; j < k; j++)
            {
              row += softplus (z[j]) - (double) t[j] * z[j];
              p[j] = nn_sigmoidf (z[j]) - t[j];
            }
          break;
        case NN_LOSS_MSE:
          /* L = 1/2 sum (s - t)^2, s = sigmoid (z);  dL/dz = (s - t) s (1 - s) */
          for (guint j = 0; j < k; j++)
            {
              float s = nn_sigmoidf (z[j]);

              row += 0.5 * ((double) s - t[j]) * ((double) s - t[j]);
              p[j] = (s - t[j]) * s * (1 - s);
            }
          break;
        case NN_N_LOSSES:
        default:
          g_assert_not_reached ();
        }

      total += weight * row;
      if (dlogits != NULL)
        for (guint j = 0; j < k; j++)
          dlogits[i * k + j] = scale * p[j];
    }

  if (n_correct != NULL)
    *n_correct = correct;
  return total;
}
