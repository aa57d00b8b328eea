/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-predictor.h"

#include "nn-forward.h"
#include "nn-panel.h"
#include "nn-quantized-forward.h"

typedef struct
{
  NnPanelLayout layout;
  float *panels;
} PackedLayer;

struct _NnPredictor
{
  NnLoss loss;
  guint n_inputs, n_classes;
  const float *logits; /* of the last run */

  /* A multilayer perceptron: every layer packed. */
  NnMlp mlp; /* n_layers is 0 for other networks */
  PackedLayer layers[NN_MAX_DENSE];
  guint32 *columns; /* [widest] the entries of a layer's input that are not zero, */
  float *values;    /* [widest] and their values */
  float *z;         /* [widest, rounded up] a layer's output */

  /* A network in 8 bits. */
  NnQuantized *quantized;
  NnQuantizedScratch *scratch;

  /* Any other network: as it is. */
  NnNetwork *network;
  NnTape *tape;
};

static void
pack_mlp (NnPredictor *predictor, const NnNetwork *network)
{
  guint widest = 0;

  for (guint l = 0; l < predictor->mlp.n_layers; l++)
    {
      PackedLayer *layer = &predictor->layers[l];
      const NnWeights *from = &network->weights[l];

      nn_panel_layout_init (&layer->layout, from->n_in, from->n_out);
      layer->panels = nn_aligned_new0 (layer->layout.size);
      nn_panel_pack (&layer->layout, from->weight, from->bias, layer->panels);
      widest = MAX (widest, MAX (from->n_in, layer->layout.stride));
    }
  predictor->columns = g_new (guint32, widest);
  predictor->values = g_new (float, widest);
  predictor->z = nn_aligned_new0 (widest);
}

NnPredictor *
nn_predictor_new (const NnNetwork *network)
{
  NnPredictor *predictor = g_new0 (NnPredictor, 1);

  predictor->loss = network->arch.loss;
  predictor->n_inputs = nn_architecture_n_inputs (&network->arch);
  predictor->n_classes = nn_architecture_n_classes (&network->arch);
  if (network->quantized != NULL)
    {
      predictor->quantized = nn_quantized_ref (network->quantized);
      predictor->scratch = nn_quantized_scratch_new (predictor->quantized, 1, nn_int8_kernel ());
    }
  else if (nn_architecture_get_mlp (&network->arch, &predictor->mlp))
    pack_mlp (predictor, network);
  else
    {
      predictor->network = nn_network_copy (network);
      predictor->tape = nn_tape_new_fused (&network->arch, 1);
      nn_tape_set_network (predictor->tape, predictor->network);
    }
  return predictor;
}

void
nn_predictor_free (NnPredictor *predictor)
{
  for (guint l = 0; l < predictor->mlp.n_layers; l++)
    nn_aligned_free (predictor->layers[l].panels);
  g_free (predictor->columns);
  g_free (predictor->values);
  nn_aligned_free (predictor->z);
  g_clear_pointer (&predictor->scratch, nn_quantized_scratch_free);
  g_clear_pointer (&predictor->quantized, nn_quantized_unref);
  g_clear_pointer (&predictor->network, nn_network_unref);
  g_clear_pointer (&predictor->tape, nn_tape_free);
  g_free (predictor);
}

guint
nn_predictor_n_classes (const NnPredictor *predictor)
{
  return predictor->n_classes;
}

static const float *
run_mlp (NnPredictor *predictor, const float *x)
{
  for (guint l = 0; l < predictor->mlp.n_layers; l++)
    {
      PackedLayer *layer = &predictor->layers[l];
      gsize n = 0;

      /* Without a branch: the processor cannot predict where the ink is. */
      for (guint j = 0; j < layer->layout.n_in; j++)
        {
          predictor->columns[n] = j;
          predictor->values[n] = x[j];
          n += x[j] != 0;
        }
      for (guint p = 0; p < layer->layout.n_panels; p++)
        nn_panel_forward_vector (&layer->layout, layer->panels, p, predictor->columns,
                                 predictor->values, n, predictor->z);
      if (l + 1 < predictor->mlp.n_layers)
        nn_activation_forward (predictor->mlp.activation, predictor->z, predictor->z,
                               layer->layout.n_out);
      x = predictor->z;
    }
  return predictor->z;
}

void
nn_predictor_run (NnPredictor *predictor, const float *x, float *probabilities)
{
  predictor->logits =
      predictor->scratch != NULL ? nn_quantized_forward (predictor->scratch, x, 1) :
      predictor->tape != NULL    ? nn_forward (predictor->network, predictor->tape, x, 1) :
                                   run_mlp (predictor, x);
  nn_loss_outputs (predictor->loss, predictor->logits, probabilities, 1, predictor->n_classes);
  nn_loss_probabilities (predictor->loss, probabilities, probabilities, 1, predictor->n_classes);
}

const float *
nn_predictor_logits (const NnPredictor *predictor)
{
  return predictor->logits;
}
