/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-quantize.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-forward.h"
#include "nn-int8.h"
#include "nn-lazy.h"
#include "nn-simd.h"
#include "nn-unit-order.h"

/* Samples of a minibatch. */
#define CHUNK 64
#define N_BINS 2048
/* Ranges that are tried: i / N_RANGES of the whole one. */
#define N_RANGES 100

/* The values of one place of the network over all samples. */
typedef struct
{
  float low, high; /* with 0 between them */
  double *bins;    /* [N_BINS] number of values in each part of [low, high] */
} Values;

typedef struct
{
  const NnNetwork *network;
  const NnDataset *samples;
  const NnBulk *bulk;
  NnTape *tape;
  float *x;                         /* [CHUNK, n_features] */
  Values values[NN_MAX_LAYERS + 1]; /* of what layer i reads */
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->tape, nn_tape_free);
  nn_aligned_free (work->x);
  for (guint l = 0; l <= NN_MAX_LAYERS; l++)
    g_free (work->values[l].bins);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
extend (Values *values, const float *x, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      values->low = MIN (values->low, x[i]);
      values->high = MAX (values->high, x[i]);
    }
}

static void
count (Values *values, const float *x, gsize n)
{
  const float width = (values->high - values->low) / N_BINS;

  for (gsize i = 0; i < n && width > 0; i++)
    {
      const gint bin = (gint) ((x[i] - values->low) / width);

      values->bins[CLAMP (bin, 0, N_BINS - 1)]++;
    }
}

/* Calls @add with the values of all samples at each place. @pass: of two */
static gboolean
visit (Work *work, guint pass, void (*add) (Values *, const float *, gsize), GError **error)
{
  const NnDataset *samples = work->samples;
  const NnNetwork *network = work->network;

  for (gsize first = 0; first < samples->n; first += CHUNK)
    {
      const gsize n = MIN (CHUNK, samples->n - first);

      for (gsize i = 0; i < n; i++)
        nn_dataset_get (samples, first + i, work->x + i * samples->n_features);
      nn_forward (network, work->tape, work->x, n);
      add (&work->values[0], work->x, n * samples->n_features);
      for (guint l = 0; l + 1 < network->arch.n_layers; l++)
        add (&work->values[l + 1], nn_tape_get (work->tape, l),
             n * nn_shape_size (&network->shapes[l + 1]));
      if (work->bulk->progress != NULL &&
          !work->bulk->progress ((pass * samples->n + first + n) / 2, samples->n, work->bulk->data,
                                 error))
        return FALSE;
    }
  return TRUE;
}

static NnQuantizer
make_quantizer (double low, double high)
{
  const double scale =
      CLAMP ((high - low) / 255, (double) NN_QUANTIZED_MIN_SCALE, (double) NN_QUANTIZED_MAX_SCALE);

  return (NnQuantizer){ (float) scale, (guint8) CLAMP (rint (-low / scale), 0, 255) };
}

/* Sum of the squared errors of all values. */
static double
get_error (const Values *values, const NnQuantizer *quantizer)
{
  const double width = ((double) values->high - (double) values->low) / N_BINS;
  double sum = 0;

  for (guint b = 0; b < N_BINS; b++)
    {
      /* Most values of a layer with ReLU are 0, which is stored exactly. */
      const double at = (double) values->low + (b + 0.5) * width;
      const double x = fabs (at) <= width / 2 ? 0 : at, scale = (double) quantizer->scale;
      const double q = CLAMP (rint (x / scale), -(double) quantizer->zero, 255.0 - quantizer->zero);

      sum += values->bins[b] * (x - q * scale) * (x - q * scale);
    }
  return sum;
}

static NnQuantizer
find_quantizer (const Values *values)
{
  NnQuantizer best = { 0 };
  double least = INFINITY;

  for (guint i = N_RANGES; i >= 1; i--)
    {
      const double share = (double) i / N_RANGES;
      const NnQuantizer quantizer =
          make_quantizer ((double) values->low * share, (double) values->high * share);
      const double error = get_error (values, &quantizer);

      if (error < least)
        {
          least = error;
          best = quantizer;
        }
    }
  return best;
}

static NnQuantizer
get_input_quantizer (const Values *values)
{
  if (values->low >= 0 && values->high <= 1)
    return (NnQuantizer){ 1.0f / 255, 0 };
  return make_quantizer ((double) values->low, (double) values->high);
}

/* What layers that only move or choose values give is stored as what they read. */
static gboolean
keeps_scale (NnLayerKindId kind)
{
  return kind == NN_LAYER_MAXPOOL2D || kind == NN_LAYER_AVGPOOL2D || kind == NN_LAYER_FLATTEN ||
         kind == NN_LAYER_DROPOUT;
}

static void
set_quantizers (const Work *work, NnQuantized *quantized)
{
  const NnArchitecture *arch = &quantized->arch;
  NnQuantizer quantizer = get_input_quantizer (&work->values[0]);

  for (guint l = 0; l < arch->n_layers; l++)
    {
      if (l > 0 && !keeps_scale (arch->layers[l - 1].kind))
        quantizer = find_quantizer (&work->values[l]);
      quantized->scale[l] = quantizer.scale;
      quantized->zero[l] = quantizer.zero;
    }
}

static void
set_weights (const NnWeights *from, float in_scale, NnQuantizedWeights *to)
{
  for (guint o = 0; o < from->n_out; o++)
    {
      const float *row = from->weight + (gsize) o * from->n_in;
      gint8 *q = to->weight + (gsize) o * from->n_in;
      float largest = 0, scale;

      for (gsize j = 0; j < from->n_in; j++)
        largest = MAX (largest, fabsf (row[j]));
      /* The bias must be a whole number of 31 bits. */
      scale = MAX (largest / 127, fabsf (from->bias[o]) / in_scale / (NN_INT8_MAX_BIAS / 2));
      scale = MAX (scale, NN_QUANTIZED_MIN_SCALE);
      for (gsize j = 0; j < from->n_in; j++)
        q[j] = (gint8) CLAMP (lrintf (row[j] / scale), -127, 127);
      to->scale[o] = scale;
      to->bias[o] = from->bias[o];
    }
}

static gboolean
check_samples (const NnNetwork *network, const NnDataset *samples, GError **error)
{
  const guint n_inputs = nn_architecture_n_inputs (&network->arch);

  if (samples->n_features == n_inputs)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("the network reads %u features and the data has %u"), n_inputs,
               samples->n_features);
  return FALSE;
}

static gboolean
measure (Work *work, GError **error)
{
  const NnNetwork *network = work->network;

  work->tape = nn_tape_new (&network->arch, CHUNK);
  work->x = nn_aligned_new0 (CHUNK * (gsize) work->samples->n_features);
  if (!visit (work, 0, extend, error))
    return FALSE;
  for (guint l = 0; l < network->arch.n_layers; l++)
    {
      if (!isfinite (work->values[l].high - work->values[l].low))
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                               _ ("the activations of the network are not finite numbers"));
          return FALSE;
        }
      work->values[l].bins = g_new0 (double, N_BINS);
    }
  return visit (work, 1, count, error);
}

NnNetwork *
nn_quantize (const NnNetwork *network, const NnDataset *samples, const NnBulk *bulk, GError **error)
{
  static const NnBulk plain = { 0 };
  g_auto (Work) work = { .samples = samples, .bulk = bulk != NULL ? bulk : &plain };
  g_autoptr (NnNetwork) ordered = NULL;
  g_autoptr (NnQuantized) quantized = NULL;

  if (!check_samples (network, samples, error))
    return NULL;
  quantized = nn_quantized_new (&network->arch, error);
  if (quantized == NULL)
    return NULL;
  nn_lazy_complete (samples, NULL);
  work.network = ordered = nn_network_copy (network);
  nn_unit_order_apply (ordered, samples);
  if (!measure (&work, error))
    return NULL;
  set_quantizers (&work, quantized);
  for (guint i = 0; i < network->n_weights; i++)
    set_weights (&ordered->weights[i], quantized->scale[network->weights[i].layer],
                 &quantized->weights[i]);
  return nn_quantized_to_network (g_steal_pointer (&quantized), error);
}
