/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-confident.h"

#include <math.h>

/* (transfer full): [n_classes] mean probability of the label among the samples that have it, and
 * in @counts how many those are */
static double *
mean_confidence (
    const float *probabilities, const guint8 *labels, gsize n, guint n_classes, gsize *counts)
{
  double *means = g_new0 (double, n_classes);

  for (gsize i = 0; i < n; i++)
    {
      means[labels[i]] += (double) probabilities[i * n_classes + labels[i]];
      counts[labels[i]]++;
    }
  for (guint k = 0; k < n_classes; k++)
    means[k] = counts[k] > 0 ? means[k] / (double) counts[k] : INFINITY;
  return means;
}

/* The most probable class that reaches its threshold; @n_classes if none does. */
static guint
confident_class (const float *probabilities, const double *thresholds, guint n_classes)
{
  guint best = n_classes;

  for (guint k = 0; k < n_classes; k++)
    if ((double) probabilities[k] >= thresholds[k] &&
        (best == n_classes || probabilities[k] > probabilities[best]))
      best = k;
  return best;
}

void
nn_confident_joint (
    const float *probabilities, const guint8 *labels, gsize n, guint n_classes, double *joint)
{
  g_autofree gsize *counts = g_new0 (gsize, n_classes);
  g_autofree double *thresholds = mean_confidence (probabilities, labels, n, n_classes, counts);

  for (gsize c = 0; c < (gsize) n_classes * n_classes; c++)
    joint[c] = 0;
  for (gsize i = 0; i < n; i++)
    {
      const guint k = confident_class (probabilities + i * n_classes, thresholds, n_classes);

      if (k < n_classes)
        joint[(gsize) labels[i] * n_classes + k]++;
    }
  /* The samples that count as no class are shared out as the others of their label. */
  for (guint r = 0; r < n_classes; r++)
    {
      double *row = joint + (gsize) r * n_classes, sum = 0;

      for (guint k = 0; k < n_classes; k++)
        sum += row[k];
      for (guint k = 0; k < n_classes; k++)
        row[k] = sum > 0 ? row[k] * (double) counts[r] / sum : k == r ? (double) counts[r] : 0;
    }
}

static int
by_margin (gconstpointer a, gconstpointer b)
{
  const NnSuspect *x = a, *y = b;

  if (x->margin != y->margin)
    return x->margin > y->margin ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* (transfer full) (element-type NnSuspect): samples for which another class is more probable */
static GArray *
list_doubted (const float *probabilities, const guint8 *labels, gsize n, guint n_classes)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (NnSuspect));

  for (gsize i = 0; i < n; i++)
    {
      const float *row = probabilities + i * n_classes;
      NnSuspect suspect = { .index = i, .label = labels[i], .better = labels[i] };

      for (guint k = 0; k < n_classes; k++)
        if (row[k] > row[suspect.better])
          suspect.better = (guint8) k;
      suspect.margin = row[suspect.better] - row[suspect.label];
      if (suspect.better != suspect.label)
        g_array_append_val (list, suspect);
    }
  g_array_sort (list, by_margin);
  return list;
}

GArray *
nn_confident_suspects (const float *probabilities, const guint8 *labels, gsize n, guint n_classes)
{
  g_autofree double *joint = g_new (double, (gsize) n_classes *n_classes);
  g_autoptr (GArray) doubted = list_doubted (probabilities, labels, n, n_classes);
  GArray *suspects = g_array_new (FALSE, FALSE, sizeof (NnSuspect));

  nn_confident_joint (probabilities, labels, n, n_classes, joint);
  for (guint i = 0; i < doubted->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (doubted, NnSuspect, i);
      double *left = &joint[(gsize) suspect->label * n_classes + suspect->better];

      if (*left < 0.5)
        continue;
      *left -= 1;
      g_array_append_vals (suspects, suspect, 1);
    }
  return suspects;
}
