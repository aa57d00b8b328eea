/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-backward.h"
#include "nn-blas.h"
#include "nn-forward.h"
#include "nn-lazy.h"
#include "numeral-fail.h"

/* Samples of one forward pass. */
#define CHUNK 100
/* Samples for the mean gradient. */
#define N_GRADIENTS 100

G_DEFINE_BOXED_TYPE (NumeralUnits, numeral_units, numeral_units_ref, numeral_units_unref)

static gboolean
is_activation (NnLayerKindId kind)
{
  return kind >= NN_LAYER_RELU && kind <= NN_LAYER_TANH;
}

guint
numeral_units_site (const NnNetwork *network, guint layer)
{
  const guint end =
      layer + 1 < network->n_weights ? network->weights[layer + 1].layer : network->arch.n_layers;
  guint site = network->weights[layer].layer;

  for (guint l = site + 1; l < end; l++)
    if (is_activation (network->arch.layers[l].kind))
      site = l;
  return site;
}

static gboolean
check (const NnNetwork *network, const NnDataset *dataset, guint layer, GError **error)
{
  if (layer >= network->n_weights)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("the network has %u layers with weights, and no layer %u"),
                         network->n_weights, layer + 1);
  if (dataset->n_features != nn_architecture_n_inputs (&network->arch) ||
      dataset->n_classes > nn_architecture_n_classes (&network->arch))
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("the network does not read such samples"));
  if (dataset->n == 0)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("there are no samples"));
  return TRUE;
}

gsize
numeral_units_pick (gsize n, gsize n_samples, gsize i)
{
  const gsize first = i * n / n_samples, end = (i + 1) * n / n_samples;
  /* Knuth's multiplicative hash. */
  const guint32 hash = (guint32) i * 2654435761U;

  return end > first ? first + (hash >> 8) % (end - first) : first;
}

NnDataset *
numeral_units_thin_out (NnDataset *dataset, gsize n)
{
  g_autofree guint32 *indices = NULL;

  if (dataset->n <= n)
    return nn_dataset_ref (dataset);
  indices = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    indices[i] = (guint32) numeral_units_pick (dataset->n, n, i);
  return nn_dataset_subset (dataset, indices, n);
}

static guint32
pick (const NumeralUnits *units, gsize i)
{
  return (guint32) numeral_units_pick (units->dataset->n, units->n_samples, i);
}

static NumeralUnits *
create (NnNetwork *network, NnDataset *dataset, guint layer, gsize max_samples)
{
  NumeralUnits *self = g_new0 (NumeralUnits, 1);
  const NnShape *shape;
  NnLayerKindId kind;

  self->ref_count = 1;
  self->network = nn_network_ref (network);
  self->layer = layer;
  self->site = numeral_units_site (network, layer);
  self->n = network->weights[layer].n_out;
  shape = &network->shapes[self->site + 1];
  self->map_height = shape->height;
  self->map_width = (guint) (nn_shape_size (shape) / self->n / shape->height);
  self->n_inputs = nn_architecture_n_inputs (&network->arch);
  self->n_classes = nn_architecture_n_classes (&network->arch);
  self->dataset = nn_dataset_ref (dataset);
  self->n_samples = MIN (MAX (max_samples, 1), dataset->n);
  kind = network->arch.layers[self->site].kind;
  self->may_die = kind == NN_LAYER_RELU || kind == NN_LAYER_LEAKY_RELU || kind == NN_LAYER_GELU;
  self->dead = g_new0 (gboolean, self->n);
  self->mean = g_new0 (float, self->n);
  self->largest = g_new (float, self->n);
  self->input = g_new0 (float, self->n_inputs);
  self->exciting = g_new0 (float, (gsize) self->n * self->n_inputs);
  self->n_top = (guint) MIN (NUMERAL_UNITS_TOP, self->n_samples);
  self->top = g_new0 (guint32, (gsize) self->n * self->n_top);
  self->top_activation = g_new (float, (gsize) self->n * self->n_top);
  for (guint u = 0; u < self->n; u++)
    self->largest[u] = -INFINITY;
  for (gsize i = 0; i < (gsize) self->n * self->n_top; i++)
    self->top_activation[i] = -INFINITY;
  return self;
}

/* Activations [n_samples, n] from the output of the site [n_samples, n, map]. */
static void
reduce (const NumeralUnits *self, const float *values, gsize n_samples, float *activations)
{
  const gsize map = (gsize) self->map_height * self->map_width;

  for (gsize i = 0; i < n_samples * self->n; i++)
    {
      float most = values[i * map];

      for (gsize j = 1; j < map; j++)
        most = MAX (most, values[i * map + j]);
      activations[i] = most;
    }
}

/* Keeps @sample if it is among those that excite unit @u most. */
static void
rank (NumeralUnits *self, guint u, guint32 sample, float activation)
{
  guint32 *top = self->top + (gsize) u * self->n_top;
  float *best = self->top_activation + (gsize) u * self->n_top;
  guint at = self->n_top;

  while (at > 0 && activation > best[at - 1])
    at--;
  if (at == self->n_top)
    return;
  for (guint i = self->n_top - 1; i > at; i--)
    {
      best[i] = best[i - 1];
      top[i] = top[i - 1];
    }
  best[at] = activation;
  top[at] = sample;
}

/* Sums over the samples. */
typedef struct
{
  double *sums, *weights; /* [n] of the activations, and of those above 0 */
  double *input;          /* [n_inputs] */
  gsize n_right;
  float *x, *activations; /* of a chunk: [CHUNK, n_inputs], [CHUNK, n] */
  guint8 labels[CHUNK];
  guint32 indices[CHUNK];
} Sums;

static void
sums_init (Sums *sums, const NumeralUnits *self)
{
  sums->sums = g_new0 (double, self->n);
  sums->weights = g_new0 (double, self->n);
  sums->input = g_new0 (double, self->n_inputs);
  sums->n_right = 0;
  sums->x = g_new (float, (gsize) CHUNK * self->n_inputs);
  sums->activations = g_new (float, (gsize) CHUNK * self->n);
}

static void
sums_clear (Sums *sums)
{
  g_free (sums->sums);
  g_free (sums->weights);
  g_free (sums->input);
  g_free (sums->x);
  g_free (sums->activations);
}

static guint
find_answer (const float *logits, guint n)
{
  guint answer = 0;

  for (guint k = 1; k < n; k++)
    if (logits[k] > logits[answer])
      answer = k;
  return answer;
}

/* Adds a chunk of @n samples, whose activations become those above 0. */
static void
add_chunk (NumeralUnits *self, Sums *sums, const float *logits, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float *a = sums->activations + i * self->n;

      if (find_answer (logits + i * self->n_classes, self->n_classes) == sums->labels[i])
        sums->n_right++;
      for (guint j = 0; j < self->n_inputs; j++)
        sums->input[j] += (double) sums->x[i * self->n_inputs + j];
      for (guint u = 0; u < self->n; u++)
        {
          sums->sums[u] += (double) a[u];
          self->largest[u] = MAX (self->largest[u], a[u]);
          rank (self, u, sums->indices[i], a[u]);
          a[u] = MAX (a[u], 0);
          sums->weights[u] += (double) a[u];
        }
    }
  /* exciting += activations^T x */
  nn_sgemm (TRUE, FALSE, self->n, self->n_inputs, n, 1, sums->activations, self->n, sums->x,
            self->n_inputs, 1, self->exciting, self->n_inputs);
}

static void
divide (NumeralUnits *self, const Sums *sums)
{
  const double n = (double) self->n_samples;

  self->accuracy = (double) sums->n_right / n;
  for (guint j = 0; j < self->n_inputs; j++)
    self->input[j] = (float) (sums->input[j] / n);
  for (guint u = 0; u < self->n; u++)
    {
      float *exciting = self->exciting + (gsize) u * self->n_inputs;

      self->mean[u] = (float) (sums->sums[u] / n);
      self->dead[u] = self->may_die && !(self->largest[u] > 0);
      self->n_dead += self->dead[u] ? 1 : 0;
      if (sums->weights[u] > 0)
        for (guint j = 0; j < self->n_inputs; j++)
          exciting[j] = (float) ((double) exciting[j] / sums->weights[u]);
      else
        memcpy (exciting, self->input, self->n_inputs * sizeof (float));
    }
}

static gboolean
read_samples (NumeralUnits *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (NnTape) tape = nn_tape_new (&self->network->arch, CHUNK);
  gboolean done = TRUE;
  Sums sums;

  sums_init (&sums, self);
  for (gsize first = 0; first < self->n_samples && done; first += CHUNK)
    {
      const gsize n = MIN (CHUNK, self->n_samples - first);
      const float *logits;

      for (gsize i = 0; i < n; i++)
        sums.indices[i] = pick (self, first + i);
      nn_lazy_write (self->dataset, sums.indices, n, NULL);
      nn_dataset_gather (self->dataset, sums.indices, n, sums.x, sums.labels);
      logits = nn_forward (self->network, tape, sums.x, n);
      reduce (self, nn_tape_get (tape, self->site), n, sums.activations);
      add_chunk (self, &sums, logits, n);
      done = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (done)
    divide (self, &sums);
  sums_clear (&sums);
  return done;
}

/* (transfer full): the layers behind the site, as a network of their own */
static NnNetwork *
copy_tail (const NumeralUnits *self, GError **error)
{
  const NnNetwork *network = self->network;
  NnArchitecture arch = { .input = network->shapes[self->site + 1], .loss = network->arch.loss };
  NnNetwork *tail;

  for (guint l = self->site + 1; l < network->arch.n_layers; l++)
    arch.layers[arch.n_layers++] = network->arch.layers[l];
  tail = nn_network_new (&arch, error);
  /* The parameters of the last layers are the end of the block. */
  if (tail != NULL)
    memcpy (tail->params, network->params + (network->n_params - tail->n_params),
            tail->n_params * sizeof (float));
  return tail;
}

/* The mean gradient of each logit at the site. @values: [n, size] what the site gives */
static gboolean
add_gradients (NumeralUnits *self,
               const NnNetwork *tail,
               const float *values,
               gsize n,
               GCancellable *cancellable,
               GError **error)
{
  const gsize map = (gsize) self->map_height * self->map_width, size = map * self->n;
  g_autoptr (NnTape) tape = nn_tape_new (&tail->arch, n);
  g_autofree float *dlogits = g_new (float, n * self->n_classes);
  g_autofree float *dx = g_new (float, n *size);

  nn_forward (tail, tape, values, n);
  for (guint k = 0; k < self->n_classes; k++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n * self->n_classes; i++)
        dlogits[i] = i % self->n_classes == k;
      nn_backward (tail, tape, dlogits, NULL, dx);
      for (guint u = 0; u < self->n; u++)
        {
          double sum = 0;

          for (gsize i = 0; i < n; i++)
            for (gsize j = 0; j < map; j++)
              sum += (double) dx[i * size + u * map + j];
          self->voice[(gsize) u * self->n_classes + k] = (float) (sum / (double) n);
        }
    }
  return TRUE;
}

static gboolean
find_voice (NumeralUnits *self, GCancellable *cancellable, GError **error)
{
  const gsize n = MIN (N_GRADIENTS, self->n_samples);
  const gsize size = nn_shape_size (&self->network->shapes[self->site + 1]);
  g_autoptr (NnNetwork) tail = NULL;
  g_autoptr (NnTape) tape = NULL;
  g_autofree float *x = NULL;
  g_autofree float *values = NULL;

  /* The logits speak for themselves. */
  if (self->layer + 1 == self->network->n_weights)
    return TRUE;
  tail = copy_tail (self, error);
  if (tail == NULL)
    return FALSE;
  tape = nn_tape_new (&self->network->arch, n);
  x = g_new (float, n * self->n_inputs);
  for (gsize i = 0; i < n; i++)
    nn_dataset_get (self->dataset, pick (self, i * self->n_samples / n), x + i * self->n_inputs);
  nn_forward (self->network, tape, x, n);
  values = g_memdup2 (nn_tape_get (tape, self->site), n * size * sizeof (float));
  self->voice = g_new0 (float, (gsize) self->n * self->n_classes);
  return add_gradients (self, tail, values, n, cancellable, error);
}

NumeralUnits *
numeral_units_new (NnNetwork *network,
                   NnDataset *dataset,
                   guint layer,
                   gsize max_samples,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (NumeralUnits) self = NULL;

  if (!check (network, dataset, layer, error))
    return NULL;
  self = create (network, dataset, layer, max_samples);
  if (!read_samples (self, cancellable, error) || !find_voice (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

NumeralUnits *
numeral_units_ref (NumeralUnits *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_units_unref (NumeralUnits *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  nn_network_unref (self->network);
  nn_dataset_unref (self->dataset);
  g_free (self->dead);
  g_free (self->mean);
  g_free (self->largest);
  g_free (self->input);
  g_free (self->exciting);
  g_free (self->top);
  g_free (self->top_activation);
  g_free (self->voice);
  g_free (self);
}

/* Whether the input is an image, or as many values as a square one. */
static gboolean
get_image (const NnShape *shape, guint *height, guint *width)
{
  const guint side = (guint) lround (sqrt (shape->channels));

  if (shape->height > 1 && shape->width > 1)
    {
      *height = shape->height;
      *width = shape->width;
      return shape->channels == 1;
    }
  *height = *width = side;
  return shape->height * shape->width == 1 && side > 1 && side * side == shape->channels;
}

float *
numeral_units_weights (const NumeralUnits *self, guint unit, guint *height, guint *width)
{
  const NnWeights *weights = &self->network->weights[self->layer];
  const NnLayerSpec *spec = &self->network->arch.layers[weights->layer];
  const float *row = weights->weight + (gsize) unit * weights->n_in;
  float *picture;
  gsize size;

  g_return_val_if_fail (unit < self->n, NULL);

  if (spec->kind == NN_LAYER_CONV2D)
    {
      *height = spec->kernel[0];
      *width = spec->kernel[1];
    }
  else if (self->layer > 0 || !get_image (&self->network->arch.input, height, width) ||
           (gsize) *height * *width != weights->n_in)
    return NULL;
  size = (gsize) *height * *width;
  picture = g_new0 (float, size);
  for (gsize i = 0; i < weights->n_in; i++)
    picture[i % size] += row[i];
  return picture;
}

void
numeral_units_measure (const NumeralUnits *self,
                       const NnNetwork *network,
                       const float *x,
                       float *activations,
                       float *maps)
{
  const gsize map = (gsize) self->map_height * self->map_width;
  g_autoptr (NnTape) tape = nn_tape_new (&self->network->arch, 1);
  const float *values;

  nn_forward (network != NULL ? network : self->network, tape, x, 1);
  values = nn_tape_get (tape, self->site);
  reduce (self, values, 1, activations);
  if (maps != NULL)
    memcpy (maps, values, self->n * map * sizeof (float));
}
