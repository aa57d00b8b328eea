/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-neighbours.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-bulk.h"
#include "nn-forward.h"
#include "nn-lazy.h"

/* Bytes of the activations of all samples. */
#define MAX_BYTES ((gsize) 1 << 30)

typedef struct
{
  void (*progress) (double share, gpointer data);
  gpointer data;
  GCancellable *cancellable;
} Watch;

static gboolean
report (gsize n_done, gsize n, gpointer data, GError **error)
{
  const Watch *watch = data;

  if (watch->progress != NULL)
    watch->progress ((double) n_done / (double) MAX (n, 1), watch->data);
  return !g_cancellable_set_error_if_cancelled (watch->cancellable, error);
}

static gboolean
all_finite (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

/* What the last layer with weights reads. */
static guint
last_hidden_layer (const NnNetwork *network)
{
  return network->weights[network->n_weights - 1].layer;
}

NumeralNeighbours *
numeral_neighbours_new (NnNetwork *network,
                        NnDataset *dataset,
                        void (*progress) (double share, gpointer data),
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  Watch watch = { progress, data, cancellable };
  const NnBulk bulk = { .progress = report, .data = &watch };
  const guint layer = last_hidden_layer (network);
  const gsize size = nn_shape_size (&network->shapes[layer]);
  g_autofree float *values = NULL;
  NumeralNeighbours *self;

  if (dataset->n > MAX_BYTES / sizeof (float) / size)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("at most %zu samples can be compared in a layer of %zu values"),
                   MAX_BYTES / sizeof (float) / size, size);
      return NULL;
    }
  if (layer > 0)
    values = nn_bulk_activations (network, dataset, layer - 1, &bulk, error);
  else if (nn_architecture_n_inputs (&network->arch) != dataset->n_features)
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("the network reads %u features and the data has %u"),
                 nn_architecture_n_inputs (&network->arch), dataset->n_features);
  else
    {
      nn_lazy_complete (dataset, NULL);
      values = g_new (float, MAX (dataset->n * size, 1));
      for (gsize i = 0; i < dataset->n; i++)
        nn_dataset_get (dataset, i, values + i * size);
    }
  if (values == NULL)
    return NULL;
  if (!all_finite (values, dataset->n * size))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                           _ ("a value of the hidden layer is not a finite number"));
      return NULL;
    }
  self = g_new0 (NumeralNeighbours, 1);
  self->ref_count = 1;
  self->dataset = nn_dataset_ref (dataset);
  self->network = nn_network_ref (network);
  self->layer = layer;
  self->index = nn_neighbours_new (values, dataset->n, (guint) size);
  return self;
}

NumeralNeighbours *
numeral_neighbours_ref (NumeralNeighbours *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_neighbours_unref (NumeralNeighbours *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  nn_dataset_unref (self->dataset);
  nn_network_unref (self->network);
  nn_neighbours_free (self->index);
  g_free (self);
}

gboolean
numeral_neighbours_are_of (const NumeralNeighbours *self, const NnNetwork *network)
{
  return self->network == network;
}

guint
numeral_neighbours_find (const NumeralNeighbours *self,
                         const float *x,
                         NnNeighbour *found,
                         guint n_wanted)
{
  g_autoptr (NnTape) tape = NULL;
  const float *values = x;

  if (self->layer > 0)
    {
      tape = nn_tape_new (&self->network->arch, 1);
      nn_forward (self->network, tape, x, 1);
      values = nn_tape_get (tape, self->layer - 1);
    }
  if (!all_finite (values, nn_shape_size (&self->network->shapes[self->layer])))
    return 0;
  return nn_neighbours_find (self->index, values, 0, found, n_wanted);
}
