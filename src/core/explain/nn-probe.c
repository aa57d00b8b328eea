/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-probe.h"

#include <string.h>

#include "nn-backward.h"
#include "nn-forward.h"
#include "nn-simd.h"

struct _NnProbe
{
  NnNetwork *network;
  NnTape *tape;
  guint n_inputs, n_classes;
  gsize n;        /* rows of the last forward pass */
  float *x;       /* [NN_PROBE_MAX_N, n_inputs] */
  float *dx;      /* [NN_PROBE_MAX_N, n_inputs] */
  float *dlogits; /* [NN_PROBE_MAX_N, n_classes] */
  NnProbe *tail;  /* NULL until it is needed */
};

gboolean
nn_progress_report (const NnProgress *progress, double share)
{
  return progress == NULL || progress->proceed (share, progress->data);
}

NnProbe *
nn_probe_new (NnNetwork *network)
{
  NnProbe *probe = g_new0 (NnProbe, 1);

  probe->network = nn_network_ref (network);
  probe->tape = nn_tape_new_fused (&network->arch, NN_PROBE_MAX_N);
  nn_tape_set_network (probe->tape, network);
  probe->n_inputs = nn_architecture_n_inputs (&network->arch);
  probe->n_classes = nn_architecture_n_classes (&network->arch);
  probe->x = nn_aligned_new0 ((gsize) NN_PROBE_MAX_N * probe->n_inputs);
  probe->dx = nn_aligned_new0 ((gsize) NN_PROBE_MAX_N * probe->n_inputs);
  probe->dlogits = nn_aligned_new0 ((gsize) NN_PROBE_MAX_N * probe->n_classes);
  return probe;
}

void
nn_probe_free (NnProbe *probe)
{
  g_clear_pointer (&probe->tail, nn_probe_free);
  nn_tape_free (probe->tape);
  nn_network_unref (probe->network);
  nn_aligned_free (probe->x);
  nn_aligned_free (probe->dx);
  nn_aligned_free (probe->dlogits);
  g_free (probe);
}

guint
nn_probe_n_inputs (const NnProbe *probe)
{
  return probe->n_inputs;
}

guint
nn_probe_n_classes (const NnProbe *probe)
{
  return probe->n_classes;
}

float *
nn_probe_rows (NnProbe *probe)
{
  return probe->x;
}

const float *
nn_probe_forward (NnProbe *probe, gsize n)
{
  g_return_val_if_fail (n <= NN_PROBE_MAX_N, NULL);

  probe->n = n;
  return nn_forward (probe->network, probe->tape, probe->x, n);
}

const float *
nn_probe_gradient (NnProbe *probe, const NnContrast *contrast)
{
  nn_contrast_gradient (contrast, probe->dlogits, probe->n, probe->n_classes);
  nn_backward (probe->network, probe->tape, probe->dlogits, NULL, probe->dx);
  return probe->dx;
}

/* The first layer that does more than flatten, if it is dense and others follow; else 0 with
 * %FALSE. */
static gboolean
find_head (const NnNetwork *network, guint *layer)
{
  *layer = 0;
  while (network->arch.layers[*layer].kind == NN_LAYER_FLATTEN ||
         network->arch.layers[*layer].kind == NN_LAYER_DROPOUT)
    ++*layer;
  return network->arch.layers[*layer].kind == NN_LAYER_DENSE && network->n_weights > 1;
}

/* A copy of the layers from @first on. */
static NnNetwork *
copy_tail (const NnNetwork *network, guint first)
{
  const gsize skipped = (gsize) (network->weights[1].weight - network->params);
  NnArchitecture arch = { .input = network->shapes[first],
                          .n_layers = network->arch.n_layers - first,
                          .loss = network->arch.loss };
  NnNetwork *tail;

  memcpy (arch.layers, network->arch.layers + first, arch.n_layers * sizeof *arch.layers);
  tail = nn_network_new (&arch, NULL);
  memcpy (tail->params, network->params + skipped, tail->n_params * sizeof (float));
  return tail;
}

NnProbe *
nn_probe_tail (NnProbe *probe, const NnWeights **head)
{
  guint layer;

  if (!find_head (probe->network, &layer))
    return NULL;
  *head = &probe->network->weights[0];
  if (probe->tail == NULL)
    {
      g_autoptr (NnNetwork) tail = copy_tail (probe->network, layer + 1);

      probe->tail = nn_probe_new (tail);
    }
  return probe->tail;
}

double
nn_probe_value (NnProbe *probe, const NnContrast *contrast, const float *x)
{
  memcpy (probe->x, x, probe->n_inputs * sizeof (float));
  return nn_contrast_value (contrast, nn_probe_forward (probe, 1));
}
