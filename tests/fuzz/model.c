/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include "fuzz.h"
#include "nn-predictor.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"

/* Above this a prediction takes longer than it teaches. */
#define MAX_PARAMS (1 << 20)

/* Reads an image of zeros, as the recogniser reads a drawing. */
static void
predict (const NnNetwork *network)
{
  g_autoptr (NnPredictor) predictor = NULL;
  g_autofree float *x = NULL, *probabilities = NULL;

  if (network->n_params > MAX_PARAMS)
    return;
  predictor = nn_predictor_new (network);
  x = g_new0 (float, nn_architecture_n_inputs (&network->arch));
  probabilities = g_new (float, nn_predictor_n_classes (predictor));
  nn_predictor_run (predictor, x, probabilities);
}

/* Flattening a vector does nothing; ONNX is read without it. */
static gboolean
flattens_vector (const NnNetwork *network)
{
  for (guint l = 0; l < network->arch.n_layers; l++)
    if (network->arch.layers[l].kind == NN_LAYER_FLATTEN && nn_shape_is_flat (&network->shapes[l]))
      return TRUE;
  return FALSE;
}

/* Writes the model in a format and reads it again. */
static void
check_format (const NumeralModel *model, const NumeralModelFormat *format)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (NumeralModel) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  if (!fuzz_check (format->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array, array, &error),
                   &error))
    return;
  written = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  again = format->load (written, NULL, &error);
  g_assert_no_error (error);
  if (!flattens_vector (model->network) &&
      (model->novelty == NULL || !flattens_vector (model->novelty->network)))
    g_assert_true (nn_architecture_equal (&model->network->arch, &again->network->arch));
  g_assert_cmpmem (again->network->params, again->network->n_params * sizeof (float),
                   model->network->params, model->network->n_params * sizeof (float));
  g_assert_true ((model->novelty == NULL) == (again->novelty == NULL));
}

void
fuzz_model (const uint8_t *data, size_t size, const char *name)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) error = NULL;

  model = numeral_model_parse (bytes, name, &error);
  if (!fuzz_check (model != NULL, &error))
    return;
  g_assert_true (nn_network_check_finite (model->network, NULL));
  predict (model->network);
  for (guint i = 0; numeral_model_formats ()[i] != NULL; i++)
    if (numeral_model_formats ()[i]->load != NULL)
      check_format (model, numeral_model_formats ()[i]);
}
