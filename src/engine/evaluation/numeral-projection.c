/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-projection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-lazy.h"
#include "nn-procrustes.h"

/* Bytes of what a layer gives for all samples. */
#define MAX_BYTES ((gsize) 1 << 30)

/* The share of the time that the layer takes; the components take the rest. */
#define LAYER_SHARE 0.5

typedef struct
{
  const NumeralProjectionConfig *config;
  GCancellable *cancellable;
  double start, share;
} Watch;

static gboolean
report (gsize n_done, gsize n, gpointer data, GError **error)
{
  const Watch *watch = data;

  if (watch->config->progress != NULL)
    watch->config->progress (watch->start + watch->share * (double) n_done / (double) MAX (n, 1),
                             watch->config->data);
  return !g_cancellable_set_error_if_cancelled (watch->cancellable, error);
}

static gboolean
check (const NnNetwork *network, const NnDataset *dataset, guint layer, GError **error)
{
  gsize size;

  if (layer == 0)
    return TRUE;
  if (network == NULL || layer > network->arch.n_layers)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("the network has %u layers, and no layer %u"),
                   network != NULL ? network->arch.n_layers : 0, layer);
      return FALSE;
    }
  size = nn_shape_size (&network->shapes[layer]);
  if (dataset->n > MAX_BYTES / sizeof (float) / size)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("layer %u gives %zu values for each sample; at most %zu samples can be "
                      "projected"),
                   layer, size, MAX_BYTES / sizeof (float) / size);
      return FALSE;
    }
  return TRUE;
}

static gboolean
project (NumeralProjection *self,
         const NnDataset *dataset,
         const NumeralProjectionConfig *config,
         Watch *watch,
         GError **error)
{
  const NnBulk bulk = { .n_workers = config->n_workers, .progress = report, .data = watch };
  g_autofree float *activations = NULL;
  NnPcaRows rows = nn_pca_rows (dataset);

  if (self->layer > 0)
    {
      watch->share = LAYER_SHARE;
      activations = nn_bulk_activations (self->network, dataset, self->layer - 1, &bulk, error);
      if (activations == NULL)
        return FALSE;
      rows = (NnPcaRows){ .n = dataset->n,
                          .n_features = (guint) nn_shape_size (&self->network->shapes[self->layer]),
                          .values = activations };
      watch->start = LAYER_SHARE;
    }
  self->pca = nn_pca_new (&rows, config->n_components, &bulk, error);
  if (self->pca == NULL)
    return FALSE;
  self->coordinates = g_new (float, rows.n * config->n_components);
  nn_pca_project (self->pca, &rows, config->n_workers, self->coordinates);
  return TRUE;
}

NumeralProjection *
numeral_projection_new (NnNetwork *network,
                        const NnDataset *dataset,
                        const NumeralProjectionConfig *config,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (NumeralProjection) self = NULL;
  Watch watch = { config, cancellable, 0, 1 };

  if (!check (network, dataset, config->layer, error))
    return NULL;
  self = g_new0 (NumeralProjection, 1);
  self->ref_count = 1;
  self->layer = config->layer;
  self->n = dataset->n;
  if (config->layer > 0)
    self->network = nn_network_ref (network);
  nn_lazy_complete (dataset, NULL);
  return project (self, dataset, config, &watch, error) ? g_steal_pointer (&self) : NULL;
}

NumeralProjection *
numeral_projection_ref (NumeralProjection *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_projection_unref (NumeralProjection *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->network, nn_network_unref);
  g_clear_pointer (&self->pca, nn_pca_free);
  g_free (self->coordinates);
  g_free (self);
}

void
numeral_projection_place (const NumeralProjection *self,
                          const NumeralProjectionReader *reader,
                          const float *x,
                          float *coordinates)
{
  NnNetwork *network = reader != NULL ? reader->network : self->network;
  g_autoptr (NnTape) tape = NULL;
  g_autofree float *values = NULL;
  NnPcaRows row = { .n = 1, .n_features = self->pca->n_features, .values = x };

  if (self->layer > 0)
    {
      tape = nn_tape_new (&network->arch, 1);
      nn_forward (network, tape, x, 1);
      row.values = nn_tape_get (tape, self->layer - 1);
    }
  if (self->layer > 0 && reader != NULL)
    {
      values = g_memdup2 (row.values, row.n_features * sizeof (float));
      numeral_units_silence (network, self->layer - 1, reader->off, reader->n_off, values);
      row.values = values;
    }
  nn_pca_project (self->pca, &row, 1, coordinates);
}

/* result [n, k] = x [n, k] rotation [k, k] */
static void
turn (const float *x, const float *rotation, gsize n, guint k, float *result)
{
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < k; j++)
      {
        float sum = 0;

        for (guint a = 0; a < k; a++)
          sum += x[i * k + a] * rotation[a * k + j];
        result[i * k + j] = sum;
      }
}

/* components = rotation^T components, and the variance along them. */
static void
turn_components (NnPca *pca, const float *rotation)
{
  const gsize d = pca->n_features, k = pca->n_components;
  float *components = g_new0 (float, k *d);
  double *variance = g_new0 (double, k);

  for (gsize i = 0; i < k; i++)
    for (gsize a = 0; a < k; a++)
      {
        const float weight = rotation[a * k + i];

        variance[i] += (double) weight * (double) weight * pca->variance[a];
        for (gsize j = 0; j < d; j++)
          components[i * d + j] += weight * pca->components[a * d + j];
      }
  g_free (pca->components);
  g_free (pca->variance);
  pca->components = components;
  pca->variance = variance;
}

void
numeral_projection_align (NumeralProjection *self, const NumeralProjection *before)
{
  const guint k = self->pca->n_components;
  g_autofree float *rotation = g_new (float, (gsize) k *k);
  float *coordinates;

  if (before->n != self->n || before->pca->n_components != k)
    return;
  nn_procrustes (before->coordinates, self->coordinates, self->n, k, rotation);
  coordinates = g_new (float, self->n *k);
  turn (self->coordinates, rotation, self->n, k, coordinates);
  g_free (self->coordinates);
  self->coordinates = coordinates;
  turn_components (self->pca, rotation);
}
