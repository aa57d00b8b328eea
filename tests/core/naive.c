/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naive.h"

#include <math.h>
#include <string.h>

#include "nn-layer-dropout.h"

/* The purpose that the trainer gives the stream which shuffles an epoch. */
#define STREAM_SAMPLER 2

void
naive_matmul (gboolean transpose_a,
              gboolean transpose_b,
              gsize m,
              gsize n,
              gsize k,
              const double *a,
              gsize lda,
              const double *b,
              gsize ldb,
              double *c,
              gsize ldc)
{
  for (gsize i = 0; i < m; i++)
    for (gsize j = 0; j < n; j++)
      {
        double sum = 0;

        for (gsize p = 0; p < k; p++)
          sum += (transpose_a ? a[p * lda + i] : a[i * lda + p]) *
                 (transpose_b ? b[j * ldb + p] : b[p * ldb + j]);
        c[i * ldc + j] = sum;
      }
}

static double
sigmoid (double z)
{
  return 1 / (1 + exp (-z));
}

double
naive_activation (NnActivation activation, double z)
{
  switch (activation)
    {
    case NN_ACTIVATION_RELU:
      return fmax (z, 0);
    case NN_ACTIVATION_LEAKY_RELU:
      return z > 0 ? z : 0.01 * z;
    case NN_ACTIVATION_GELU:
      return 0.5 * z * (1 + tanh (sqrt (2 / G_PI) * (z + 0.044715 * z * z * z)));
    case NN_ACTIVATION_SIGMOID:
      return sigmoid (z);
    case NN_ACTIVATION_TANH:
      return tanh (z);
    case NN_N_ACTIVATIONS:
    default:
      g_assert_not_reached ();
    }
}

double
naive_activation_derivative (NnActivation activation, double z)
{
  switch (activation)
    {
    case NN_ACTIVATION_RELU:
      return z > 0 ? 1 : 0;
    case NN_ACTIVATION_LEAKY_RELU:
      return z > 0 ? 1 : 0.01;
    case NN_ACTIVATION_GELU:
      {
        double c = sqrt (2 / G_PI), t = tanh (c * (z + 0.044715 * z * z * z));

        return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * c * (1 + 3 * 0.044715 * z * z);
      }
    case NN_ACTIVATION_SIGMOID:
      return sigmoid (z) * (1 - sigmoid (z));
    case NN_ACTIVATION_TANH:
      return 1 - tanh (z) * tanh (z);
    case NN_N_ACTIVATIONS:
    default:
      g_assert_not_reached ();
    }
}

void
naive_batch_init (NaiveBatch *batch,
                  const NnTrainConfig *config,
                  const NnDataset *dataset,
                  guint64 step)
{
  gsize size = MIN (config->batch_size, dataset->n), k = dataset->n_features;
  guint64 steps_per_epoch = (dataset->n + size - 1) / size;
  gsize first = step % steps_per_epoch * size;
  g_autofree guint32 *order = g_new (guint32, dataset->n);
  g_autofree float *row = g_new (float, k);
  NnRandom random;

  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_init_stream (&random, config->seed, STREAM_SAMPLER, step / steps_per_epoch);
  nn_random_shuffle (&random, order, dataset->n);

  *batch = (NaiveBatch){
    .n = MIN (size, dataset->n - first),
    .smoothing = config->label_smoothing,
    .decay = config->weight_decay,
    .dropout = config->dropout,
    .seed = config->seed,
    .step = step,
  };
  batch->x = g_new (double, batch->n *k);
  batch->labels = g_new (guint8, batch->n);
  for (gsize i = 0; i < batch->n; i++)
    {
      nn_dataset_get (dataset, order[first + i], row);
      for (gsize j = 0; j < k; j++)
        batch->x[i * k + j] = (double) row[j];
      batch->labels[i] = dataset->labels[order[first + i]];
    }
}

void
naive_batch_clear (NaiveBatch *batch)
{
  g_clear_pointer (&batch->x, g_free);
  g_clear_pointer (&batch->labels, g_free);
}

/* Activations of one sample: layer l reads a[l] and makes z[l]. */
typedef struct
{
  double *z[NN_MAX_DENSE];
  double *a[NN_MAX_DENSE + 1];
  double *mask[NN_MAX_DENSE];
  double *dz[NN_MAX_DENSE];
  guint64 pattern; /* of which hidden units are above zero, over all samples */
} Pass;

static void
pass_init (Pass *pass, const NnMlp *mlp)
{
  pass->pattern = 0;
  pass->a[0] = g_new0 (double, mlp->widths[0]);
  for (guint l = 0; l < mlp->n_layers; l++)
    {
      pass->z[l] = g_new0 (double, mlp->widths[l + 1]);
      pass->a[l + 1] = g_new0 (double, mlp->widths[l + 1]);
      pass->mask[l] = g_new0 (double, mlp->widths[l + 1]);
      pass->dz[l] = g_new0 (double, mlp->widths[l + 1]);
    }
}

static void
pass_clear (Pass *pass, const NnMlp *mlp)
{
  g_free (pass->a[0]);
  for (guint l = 0; l < mlp->n_layers; l++)
    {
      g_free (pass->z[l]);
      g_free (pass->a[l + 1]);
      g_free (pass->mask[l]);
      g_free (pass->dz[l]);
    }
}

/* Where layer @l's weights begin; its biases come after them. */
static gsize
layer_offset (const NnMlp *mlp, guint l)
{
  gsize offset = 0;

  for (guint i = 0; i < l; i++)
    offset += (gsize) mlp->widths[i + 1] * (mlp->widths[i] + 1);
  return offset;
}

/* @batch: (nullable): with the dropout masks of its row @row */
static void
forward (const NnMlp *mlp,
         const double *params,
         const double *x,
         const NaiveBatch *batch,
         gsize row,
         Pass *pass)
{
  memcpy (pass->a[0], x, mlp->widths[0] * sizeof (double));
  for (guint l = 0; l < mlp->n_layers; l++)
    {
      guint n_in = mlp->widths[l], n_out = mlp->widths[l + 1];
      const double *weight = params + layer_offset (mlp, l);
      const double *bias = weight + (gsize) n_in * n_out;
      g_autofree float *mask = g_new (float, n_out);

      if (batch != NULL && batch->dropout > 0)
        nn_dropout_mask (nn_dropout_key (batch->seed, batch->step, l, row), batch->dropout, 0,
                         n_out, mask);
      for (guint u = 0; u < n_out; u++)
        {
          double z = bias[u];

          for (guint j = 0; j < n_in; j++)
            z += weight[(gsize) u * n_in + j] * pass->a[l][j];
          pass->z[l][u] = z;
          if (l + 1 < mlp->n_layers)
            pass->pattern = pass->pattern * G_GUINT64_CONSTANT (6364136223846793005) + 1 + (z > 0);
          pass->mask[l][u] = batch != NULL && batch->dropout > 0 ? (double) mask[u] : 1;
          pass->a[l + 1][u] =
              l + 1 < mlp->n_layers ? pass->mask[l][u] * naive_activation (mlp->activation, z) : z;
        }
    }
}

/* Loss of one sample from its logits; dz: (nullable): d loss / d logits. */
static double
output_loss (NnLoss loss, const double *z, guint label, double smoothing, double *dz, guint k)
{
  double max = z[0], sum = 0, total = 0;

  for (guint j = 1; j < k; j++)
    max = fmax (max, z[j]);
  for (guint j = 0; j < k; j++)
    sum += exp (z[j] - max);
  for (guint j = 0; j < k; j++)
    {
      double t = (j == label ? 1 - smoothing : 0) + smoothing / k;
      double p = exp (z[j] - max) / sum, s = sigmoid (z[j]), d = 0;

      switch (loss)
        {
        case NN_LOSS_CROSS_ENTROPY:
          total -= t * (z[j] - max - log (sum));
          d = p - t;
          break;
        case NN_LOSS_BINARY_CROSS_ENTROPY:
          total -= t * log (s) + (1 - t) * log (sigmoid (-z[j]));
          d = s - t;
          break;
        case NN_LOSS_MSE:
          total += 0.5 * (s - t) * (s - t);
          d = (s - t) * s * (1 - s);
          break;
        case NN_N_LOSSES:
        default:
          g_assert_not_reached ();
        }
      if (dz != NULL)
        dz[j] = d;
    }
  return total;
}

static void
backward (const NnMlp *mlp, const double *params, Pass *pass, double scale, double *gradient)
{
  for (guint l = mlp->n_layers; l-- > 0;)
    {
      guint n_in = mlp->widths[l], n_out = mlp->widths[l + 1];
      gsize weight = layer_offset (mlp, l), bias = weight + (gsize) n_in * n_out;

      for (guint u = 0; u < n_out; u++)
        {
          for (guint j = 0; j < n_in; j++)
            gradient[weight + (gsize) u * n_in + j] += scale * pass->dz[l][u] * pass->a[l][j];
          gradient[bias + u] += scale * pass->dz[l][u];
        }
      for (guint j = 0; l > 0 && j < n_in; j++)
        {
          double da = 0;

          for (guint u = 0; u < n_out; u++)
            da += pass->dz[l][u] * params[weight + (gsize) u * n_in + j];
          pass->dz[l - 1][j] = da * pass->mask[l - 1][j] *
                               naive_activation_derivative (mlp->activation, pass->z[l - 1][j]);
        }
    }
}

static double
loss_and_gradient (const NnMlp *mlp,
                   const double *params,
                   const NaiveBatch *batch,
                   double *gradient,
                   guint64 *pattern)
{
  guint last = mlp->n_layers - 1, k = mlp->widths[mlp->n_layers];
  double total = 0, squares = 0;
  Pass pass;

  pass_init (&pass, mlp);
  if (gradient != NULL)
    memset (gradient, 0, layer_offset (mlp, mlp->n_layers) * sizeof (double));
  for (gsize i = 0; i < batch->n; i++)
    {
      forward (mlp, params, batch->x + i * mlp->widths[0], batch, i, &pass);
      total += output_loss (mlp->loss, pass.z[last], batch->labels[i], batch->smoothing,
                            gradient != NULL ? pass.dz[last] : NULL, k);
      if (gradient != NULL)
        backward (mlp, params, &pass, 1 / (double) batch->n, gradient);
    }
  for (guint l = 0; l < mlp->n_layers; l++)
    {
      gsize first = layer_offset (mlp, l), n = (gsize) mlp->widths[l] * mlp->widths[l + 1];

      for (gsize i = first; i < first + n; i++)
        {
          squares += params[i] * params[i];
          if (gradient != NULL)
            gradient[i] += batch->decay * params[i];
        }
    }
  if (pattern != NULL)
    *pattern = pass.pattern;
  pass_clear (&pass, mlp);
  return total / (double) batch->n + 0.5 * batch->decay * squares;
}

double
naive_gradient (const NnMlp *mlp, const double *params, const NaiveBatch *batch, double *gradient)
{
  return loss_and_gradient (mlp, params, batch, gradient, NULL);
}

double
naive_loss (const NnMlp *mlp, const double *params, const NaiveBatch *batch)
{
  return loss_and_gradient (mlp, params, batch, NULL, NULL);
}

double
naive_difference (const NnMlp *mlp, double *params, const NaiveBatch *batch, gsize i)
{
  double at = params[i];

  /* A difference across the kink of a ReLU is no derivative: closer, until there is none between.
   */
  for (double step = 1e-5;; step /= 8)
    {
      double above, below;
      guint64 pattern_above, pattern_below;

      params[i] = at + step;
      above = loss_and_gradient (mlp, params, batch, NULL, &pattern_above);
      params[i] = at - step;
      below = loss_and_gradient (mlp, params, batch, NULL, &pattern_below);
      params[i] = at;
      if (pattern_above == pattern_below || step < 1e-8)
        return (above - below) / (2 * step);
    }
}

void
naive_logits (const NnMlp *mlp, const double *params, const double *x, double *logits)
{
  Pass pass;

  pass_init (&pass, mlp);
  forward (mlp, params, x, NULL, 0, &pass);
  memcpy (logits, pass.z[mlp->n_layers - 1], mlp->widths[mlp->n_layers] * sizeof (double));
  pass_clear (&pass, mlp);
}

void
naive_probabilities (NnLoss loss, const double *logits, double *probabilities, guint k)
{
  double max = logits[0], sum = 0;

  for (guint j = 1; j < k; j++)
    max = fmax (max, logits[j]);
  for (guint j = 0; j < k; j++)
    {
      probabilities[j] =
          loss == NN_LOSS_CROSS_ENTROPY ? exp (logits[j] - max) : sigmoid (logits[j]);
      sum += probabilities[j];
    }
  for (guint j = 0; j < k; j++)
    probabilities[j] /= sum;
}

Naive *
naive_new (const NnNetwork *network)
{
  Naive *naive = g_new0 (Naive, 1);

  if (!nn_architecture_get_mlp (&network->arch, &naive->mlp))
    g_error ("the reference knows multilayer perceptrons only");
  naive->n_params = network->n_params;
  naive->params = g_new0 (double, network->n_params);
  naive->m = g_new0 (double, network->n_params);
  naive->v = g_new0 (double, network->n_params);
  naive->gradient = g_new0 (double, network->n_params);
  naive->is_bias = g_new0 (gboolean, network->n_params);
  for (gsize i = 0; i < network->n_params; i++)
    naive->params[i] = (double) network->params[i];
  for (guint l = 0; l < network->n_weights; l++)
    for (guint u = 0; u < network->weights[l].n_out; u++)
      naive->is_bias[network->weights[l].bias - network->params + u] = TRUE;
  return naive;
}

void
naive_free (Naive *naive)
{
  g_free (naive->params);
  g_free (naive->m);
  g_free (naive->v);
  g_free (naive->gradient);
  g_free (naive->is_bias);
  g_free (naive);
}

double
naive_learning_rate (const NnTrainConfig *config, guint64 step, guint64 steps_per_epoch)
{
  double warmup = config->warmup_epochs * (double) steps_per_epoch;
  double end = (double) (config->epochs * steps_per_epoch);

  if ((double) step < warmup)
    return config->learning_rate * (double) (step + 1) / (warmup + 1);
  if (config->schedule == NN_SCHEDULE_COSINE)
    return config->learning_rate / 2 *
           (1 + cos (G_PI * fmin (((double) step - warmup) / (end - warmup), 1)));
  if (config->schedule == NN_SCHEDULE_STEP)
    {
      double rate = config->learning_rate;

      for (guint64 e = config->step_epochs; e <= step / steps_per_epoch; e += config->step_epochs)
        rate *= config->step_factor;
      return rate;
    }
  return config->learning_rate;
}

double
naive_step (Naive *naive, const NnTrainConfig *config, const NnDataset *dataset)
{
  gsize size = MIN (config->batch_size, dataset->n);
  double rate = naive_learning_rate (config, naive->t, (dataset->n + size - 1) / size);
  double t = (double) (naive->t + 1), loss;
  NaiveBatch batch;

  naive_batch_init (&batch, config, dataset, naive->t);
  batch.decay = 0;
  loss = naive_gradient (&naive->mlp, naive->params, &batch, naive->gradient);
  naive_batch_clear (&batch);

  for (gsize i = 0; i < naive->n_params; i++)
    {
      double *w = &naive->params[i], *m = &naive->m[i], *v = &naive->v[i], g = naive->gradient[i];
      double decay = naive->is_bias[i] ? 0 : config->weight_decay, m_hat, v_hat;

      if (config->optimizer != NN_OPTIMIZER_ADAMW)
        g += decay * *w;
      switch (config->optimizer)
        {
        case NN_OPTIMIZER_SGD:
          *w -= rate * g;
          break;
        case NN_OPTIMIZER_MOMENTUM:
          *m = config->momentum * *m + g;
          *w -= rate * *m;
          break;
        case NN_OPTIMIZER_RMSPROP:
          *v = config->beta2 * *v + (1 - config->beta2) * g * g;
          *w -= rate * g / (sqrt (*v) + config->epsilon);
          break;
        case NN_OPTIMIZER_ADAM:
        case NN_OPTIMIZER_ADAMW:
          *m = config->beta1 * *m + (1 - config->beta1) * g;
          *v = config->beta2 * *v + (1 - config->beta2) * g * g;
          m_hat = *m / (1 - pow (config->beta1, t));
          v_hat = *v / (1 - pow (config->beta2, t));
          if (config->optimizer == NN_OPTIMIZER_ADAMW)
            *w -= rate * decay * *w;
          *w -= rate * m_hat / (sqrt (v_hat) + config->epsilon);
          break;
        case NN_N_OPTIMIZERS:
        default:
          g_assert_not_reached ();
        }
    }
  naive->t++;
  return loss;
}
