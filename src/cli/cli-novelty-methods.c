/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-novelty-methods.h"

#include <math.h>
#include <string.h>

#include "nn-bulk.h"

/* Enough for a covariance of a thousand features. */
#define MAX_FIT ((gsize) 12000)
/* Added to the variances, as a share of their mean, because units that are never active have
 * variance 0. */
#define RIDGE 0.01

/**
 * CliNoveltyMethods:
 * @d: width of the last hidden layer; 0 if the classes are unknown
 * @factor: [d, d] lower triangle L of the covariance, L L^T
 * @means: [n_classes, d] means of the classes, divided by L
 */
struct _CliNoveltyMethods
{
  NumeralModel *model;
  guint d;
  double *factor, *means;
};

const char *
cli_novelty_method_name (CliNoveltyMethod method)
{
  static const char *const names[CLI_N_NOVELTY_METHODS] = {
    "own network", "softmax", "energy", "mahalanobis", "own + softmax",
  };

  return names[method];
}

static const NnWeights *
last_weights (const NnNetwork *network)
{
  return &network->weights[network->n_weights - 1];
}

/* What the last layer with weights reads, [n, d]. */
static float *
features_of (const CliNoveltyMethods *m, const NnDataset *dataset, GError **error)
{
  const NnNetwork *network = m->model->network;

  return nn_bulk_activations (network, dataset, last_weights (network)->layer - 1, NULL, error);
}

/* Replaces the covariance in @a by its Cholesky factor. */
static void
factorise (double *a, guint d)
{
  for (guint i = 0; i < d; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = a[(gsize) i * d + j];

        for (guint k = 0; k < j; k++)
          sum -= a[(gsize) i * d + k] * a[(gsize) j * d + k];
        a[(gsize) i * d + j] = i == j ? sqrt (sum) : sum / a[(gsize) j * d + j];
      }
}

/* Replaces x by L^-1 x. */
static void
whiten (const double *factor, double *x, guint d)
{
  for (guint i = 0; i < d; i++)
    {
      const double *row = factor + (gsize) i * d;
      double sum = x[i];

      for (guint k = 0; k < i; k++)
        sum -= row[k] * x[k];
      x[i] = sum / row[i];
    }
}

static gboolean
fit_classes (CliNoveltyMethods *m, const NnDataset *fit)
{
  const guint k = nn_architecture_n_classes (&m->model->network->arch), d = m->d;
  const gsize step = (fit->n + MAX_FIT - 1) / MAX_FIT;
  g_autofree float *f = features_of (m, fit, NULL);
  g_autofree double *counts = g_new0 (double, k);
  g_autofree double *x = g_new (double, d);
  double n = 0, trace = 0;

  if (f == NULL)
    return FALSE;
  m->means = g_new0 (double, (gsize) k *d);
  m->factor = g_new0 (double, (gsize) d *d);
  for (gsize i = 0; i < fit->n; i++)
    {
      counts[fit->labels[i]]++;
      for (guint j = 0; j < d; j++)
        m->means[(gsize) fit->labels[i] * d + j] += (double) f[i * d + j];
    }
  for (guint c = 0; c < k; c++)
    for (guint j = 0; j < d; j++)
      m->means[(gsize) c * d + j] /= MAX (counts[c], 1);
  for (gsize i = 0; i < fit->n; i += step, n++)
    {
      for (guint j = 0; j < d; j++)
        x[j] = (double) f[i * d + j] - m->means[(gsize) fit->labels[i] * d + j];
      for (guint a = 0; a < d; a++)
        for (guint b = 0; b <= a && x[a] != 0; b++)
          m->factor[(gsize) a * d + b] += x[a] * x[b];
    }
  for (gsize i = 0; i < (gsize) d * d; i++)
    m->factor[i] /= MAX (n, 1);
  for (guint j = 0; j < d; j++)
    trace += m->factor[(gsize) j * d + j];
  for (guint j = 0; j < d; j++)
    m->factor[(gsize) j * d + j] += RIDGE * trace / d;
  factorise (m->factor, d);
  for (guint c = 0; c < k; c++)
    whiten (m->factor, m->means + (gsize) c * d, d);
  return TRUE;
}

CliNoveltyMethods *
cli_novelty_methods_new (NumeralModel *model, const NnDataset *fit)
{
  CliNoveltyMethods *m = g_new0 (CliNoveltyMethods, 1);

  m->model = numeral_model_ref (model);
  if (fit == NULL || last_weights (model->network)->layer == 0)
    return m;
  m->d = last_weights (model->network)->n_in;
  if (!fit_classes (m, fit))
    m->d = 0;
  return m;
}

void
cli_novelty_methods_free (CliNoveltyMethods *m)
{
  numeral_model_unref (m->model);
  g_free (m->factor);
  g_free (m->means);
  g_free (m);
}

gboolean
cli_novelty_methods_has (const CliNoveltyMethods *m, CliNoveltyMethod method)
{
  switch (method)
    {
    case CLI_NOVELTY_OWN:
    case CLI_NOVELTY_BOTH:
      return m->model->novelty != NULL;
    case CLI_NOVELTY_MAHALANOBIS:
      return m->d > 0;
    case CLI_NOVELTY_SOFTMAX:
    case CLI_NOVELTY_ENERGY:
      return TRUE;
    case CLI_N_NOVELTY_METHODS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static double *
score_mahalanobis (const CliNoveltyMethods *m, const NnDataset *dataset, GError **error)
{
  const guint k = nn_architecture_n_classes (&m->model->network->arch), d = m->d;
  g_autofree float *f = features_of (m, dataset, error);
  g_autofree double *x = g_new (double, d);
  double *scores;

  if (f == NULL)
    return NULL;
  scores = g_new (double, MAX (dataset->n, 1));
  for (gsize i = 0; i < dataset->n; i++)
    {
      for (guint j = 0; j < d; j++)
        x[j] = (double) f[i * d + j];
      whiten (m->factor, x, d);
      scores[i] = INFINITY;
      for (guint c = 0; c < k; c++)
        {
          double square = 0;

          for (guint j = 0; j < d; j++)
            square += (x[j] - m->means[(gsize) c * d + j]) * (x[j] - m->means[(gsize) c * d + j]);
          scores[i] = MIN (scores[i], square);
        }
    }
  return scores;
}

/* log sum exp of the logits, without the largest one if @but_largest. */
static double
log_sum (const float *logits, guint k, gboolean but_largest, double *largest)
{
  double sum = 0, second = -INFINITY;
  guint first = 0;

  for (guint j = 1; j < k; j++)
    if (logits[j] > logits[first])
      first = j;
  *largest = (double) logits[first];
  for (guint j = 0; j < k; j++)
    if (j != first || !but_largest)
      second = MAX (second, (double) logits[j]);
  for (guint j = 0; j < k; j++)
    if (j != first || !but_largest)
      sum += exp ((double) logits[j] - second);
  return second + log (sum);
}

double *
cli_novelty_methods_score (const CliNoveltyMethods *m,
                           CliNoveltyMethod method,
                           const NnDataset *dataset,
                           GError **error)
{
  const guint k = nn_architecture_n_classes (&m->model->network->arch);
  g_autofree float *logits = NULL;
  double *scores;

  if (method == CLI_NOVELTY_OWN)
    return numeral_novelty_measure (m->model->novelty, dataset, error);
  if (method == CLI_NOVELTY_MAHALANOBIS)
    return score_mahalanobis (m, dataset, error);
  logits = nn_bulk_logits (m->model->network, dataset, NULL, error);
  if (logits == NULL)
    return NULL;
  scores = method == CLI_NOVELTY_BOTH ?
               numeral_novelty_measure (m->model->novelty, dataset, error) :
               g_new0 (double, MAX (dataset->n, 1));
  for (gsize i = 0; i < dataset->n && scores != NULL; i++)
    {
      double largest;
      double sum = log_sum (logits + i * k, k, method != CLI_NOVELTY_ENERGY, &largest);

      /* The log odds of all other classes have the same order as 1 - the probability. */
      scores[i] += method == CLI_NOVELTY_ENERGY ? -sum : sum - largest;
    }
  return scores;
}
