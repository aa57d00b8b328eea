/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-predictor.h"

#include "nn-panel.h"

typedef struct
{
  NnPanelLayout layout;
  float *panels;
} PackedLayer;

struct _NnPredictor
{
  NnArchitecture arch;
  PackedLayer layers[NN_MAX_LAYERS];
  guint32 *columns; /* [widest] the entries of a layer's input that are not zero, */
  float *values;    /* [widest] and their values */
  float *z;         /* [widest, rounded up] a layer's output */
};

NnPredictor *
nn_predictor_new (const NnNetwork *network)
{
  NnPredictor *predictor = g_new0 (NnPredictor, 1);
  guint widest = 0;

  predictor->arch = network->arch;
  for (guint l = 0; l < network->arch.n_layers; l++)
    {
      PackedLayer *layer = &predictor->layers[l];
      const NnLayer *from = &network->layers[l];

      nn_panel_layout_init (&layer->layout, from->n_in, from->n_out);
      layer->panels = nn_aligned_new0 (layer->layout.size);
      nn_panel_pack (&layer->layout, from->weight, from->bias, layer->panels);
      widest = MAX (widest, MAX (from->n_in, layer->layout.stride));
    }
  predictor->columns = g_new (guint32, widest);
  predictor->values = g_new (float, widest);
  predictor->z = nn_aligned_new0 (widest);
  return predictor;
}

void
nn_predictor_free (NnPredictor *predictor)
{
  for (guint l = 0; l < predictor->arch.n_layers; l++)
    nn_aligned_free (predictor->layers[l].panels);
  g_free (predictor->columns);
  g_free (predictor->values);
  nn_aligned_free (predictor->z);
  g_free (predictor);
}

guint
nn_predictor_n_inputs (const NnPredictor *predictor)
{
  return nn_architecture_n_inputs (&predictor->arch);
}

guint
nn_predictor_n_classes (const NnPredictor *predictor)
{
  return nn_architecture_n_classes (&predictor->arch);
}

void
nn_predictor_run (NnPredictor *predictor, const float *x, float *probabilities)
{
  guint n_classes = nn_architecture_n_classes (&predictor->arch);
  guint n_layers = predictor->arch.n_layers;

  for (guint l = 0; l < n_layers; l++)
    {
      PackedLayer *layer = &predictor->layers[l];
      gsize n = 0;

      /* Without a branch: where the ink is, is hard to predict. */
      for (guint j = 0; j < layer->layout.n_in; j++)
        {
          predictor->columns[n] = j;
          predictor->values[n] = x[j];
          n += x[j] != 0;
        }
      for (guint p = 0; p < layer->layout.n_panels; p++)
        nn_panel_forward_vector (&layer->layout, layer->panels, p, predictor->columns,
                                 predictor->values, n, predictor->z);
      if (l + 1 < n_layers)
        nn_activation_forward (predictor->arch.activation, predictor->z, predictor->z,
                               layer->layout.n_out);
      x = predictor->z;
    }

  nn_loss_outputs (predictor->arch.loss, predictor->z, probabilities, 1, n_classes);
  nn_loss_probabilities (predictor->arch.loss, probabilities, probabilities, 1, n_classes);
}

const float *
nn_predictor_logits (const NnPredictor *predictor)
{
  return predictor->z;
}
