/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <math.h>

#include "nn-predictor.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"

/* A model file. A model that is read can also be written, and is then the same. */

/* Reads an image of zeros, as the recogniser reads a drawing. */
static void
predict (const NnNetwork *network)
{
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);
  g_autofree float *x = g_new0 (float, nn_architecture_n_inputs (&network->arch));
  g_autofree float *probabilities = g_new (float, nn_predictor_n_classes (predictor));

  nn_predictor_run (predictor, x, probabilities);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralModel) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  model = numeral_model_parse (bytes, "input.safetensors", &error);
  if (!fuzz_check (model != NULL, &error))
    return 0;
  g_assert_true (nn_network_check_finite (model->network, NULL));
  predict (model->network);
  if (!fuzz_check (numeral_model_formats ()[0]->save (model, FALSE, nn_write_to_array, array,
                                                      &error),
                   &error))
    return 0;
  written = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  again = numeral_model_parse (written, "written.safetensors", &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&model->network->arch, &again->network->arch));
  g_assert_cmpmem (again->network->params, again->network->n_params * sizeof (float),
                   model->network->params, model->network->n_params * sizeof (float));
  g_assert_true ((model->novelty == NULL) == (again->novelty == NULL));
  return 0;
}
