/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Models through every format and back: what the table of formats promises. */

#include <string.h>

#include "engine-test.h"
#include "nn-quantize.h"
#include "numeral-generate.h"
#include "numeral-model-format.h"

/* All kinds of layers, activations and losses.
 * @novelty: whether there is a network for non-digits
 * @int8: whether the network is in 8 bits
 * @pruned: whether most of its weights are zero
 * @part: what a format that lacks it cannot hold; NUMERAL_N_PARTS for nothing */
static const struct
{
  const char *architecture;
  NnActivation activation;
  NnLoss loss;
  gboolean novelty, int8, pruned;
  NumeralModelPart part;
} models[] = {
  { "784-12-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, TRUE, FALSE, FALSE, NUMERAL_N_PARTS },
  { "784-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, FALSE, FALSE, FALSE, NUMERAL_N_PARTS },
  { "784-12-sigmoid-dropout0.25-9-linear-10", NN_ACTIVATION_TANH, NN_LOSS_MSE, FALSE, FALSE, FALSE,
    NUMERAL_N_PARTS },
  { "28x28-conv5x5x3-pool2-conv3x3x4s2p1-avgpool2-10", NN_ACTIVATION_LEAKY_RELU,
    NN_LOSS_BINARY_CROSS_ENTROPY, TRUE, FALSE, FALSE, NUMERAL_N_PARTS },
  { "28x28-avgpool3s2-conv3x5x3p2-dropout0.5-flatten-8-10", NN_ACTIVATION_GELU,
    NN_LOSS_CROSS_ENTROPY, FALSE, FALSE, FALSE, NUMERAL_N_PARTS },
  { "5-7-3", NN_ACTIVATION_SIGMOID, NN_LOSS_CROSS_ENTROPY, FALSE, FALSE, FALSE, NUMERAL_N_PARTS },
  { "6-conv1x1x4-3", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, FALSE, FALSE, FALSE,
    NUMERAL_PART_VECTOR },
  { "784-12-10", NN_ACTIVATION_TANH, NN_LOSS_CROSS_ENTROPY, TRUE, TRUE, FALSE, NUMERAL_N_PARTS },
  { "28x28-conv5x5x3-pool2-10", NN_ACTIVATION_RELU, NN_LOSS_MSE, FALSE, TRUE, FALSE,
    NUMERAL_N_PARTS },
  { "784-12-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, TRUE, FALSE, TRUE, NUMERAL_N_PARTS },
  { "28x28-conv5x5x3-pool2-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, FALSE, TRUE, TRUE,
    NUMERAL_N_PARTS },
};

/* Makes two of three weights zero, as of a network that was pruned. */
static void
prune (NnNetwork *network)
{
  for (gsize i = 0; i < network->n_params; i++)
    if (i % 3 != 0)
      network->params[i] = 0;
}

/* (transfer full) */
static NnNetwork *
in_8_bits (const NnNetwork *network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) samples =
      numeral_generate_digits (100, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);
  NnNetwork *quantized;

  g_assert_no_error (error);
  quantized = nn_quantize (network, samples, NULL, &error);
  g_assert_no_error (error);
  return quantized;
}

static NumeralModel *
make_model (guint row)
{
  g_autoptr (NnNetwork) network =
      engine_test_network_from (models[row].architecture, models[row].activation, models[row].loss,
                                row);
  g_autoptr (NnNetwork) quantized = NULL;
  g_autoptr (NnNetwork) other =
      engine_test_network_from ("784-6-3", NN_ACTIVATION_TANH, NN_LOSS_CROSS_ENTROPY, 50);
  g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (other, 0.75, NULL);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);

  if (models[row].pruned)
    prune (network);
  if (models[row].int8)
    quantized = in_8_bits (network);
  g_hash_table_insert (card, (gpointer) "name", (gpointer) "A “model”\n\t*/ \\ \x01");
  g_hash_table_insert (card, (gpointer) "temperature", (gpointer) "1.25");
  g_hash_table_insert (card, (gpointer) "empty", (gpointer) "");
  return numeral_model_new (quantized != NULL ? quantized : network,
                            models[row].novelty ? novelty : NULL, card);
}

/* (nullable): with an error that names the format, if it cannot hold the model */
static GBytes *
bytes_of (const NumeralModelFormat *format,
          const NumeralModel *model,
          NumeralSaveFlags flags,
          GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();

  if (!format->save (model, flags, nn_write_to_array, array, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/* (transfer full): the model out of the bytes */
static NumeralModel *
load (const NumeralModelFormat *format, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  NumeralModel *model = format->load (bytes, NULL, &error);

  g_assert_no_error (error);
  return model;
}

/* From safetensors to the format and back: the same bytes. Where the format has the weights of 8
 * bits as float32, it is the same network in these. */
static void
check_way (const NumeralModelFormat *format, guint row, NumeralSaveFlags flags)
{
  const NumeralModelFormat *first = numeral_model_formats ()[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) made = make_model (row);
  g_autoptr (GBytes) before = bytes_of (first, made, flags, &error);
  g_autoptr (NumeralModel) model = load (first, before);
  g_autoptr (GBytes) between = bytes_of (format, model, flags, &error);
  g_autoptr (NumeralModel) other = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) after = NULL;

  if (models[row].part < NUMERAL_N_PARTS && format->kept[models[row].part] == NUMERAL_KEPT_NO)
    {
      g_assert_null (between);
      engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, format->name);
      return;
    }
  g_assert_no_error (error);
  if (format->kept[NUMERAL_PART_READ] == NUMERAL_KEPT_NO)
    {
      g_assert_null (format->load);
      return;
    }
  other = load (format, between);
  again = bytes_of (format, other, flags, &error);
  g_assert_true (models[row].int8 || g_bytes_equal (between, again));
  if (models[row].int8 && format->kept[NUMERAL_PART_INT8] == NUMERAL_KEPT_AS_FLOAT32)
    {
      g_assert_null (other->network->quantized);
      if ((flags & NUMERAL_SAVE_HALF) == 0)
        g_assert_cmpmem (other->network->params, other->network->n_params * sizeof (float),
                         model->network->params, model->network->n_params * sizeof (float));
      return;
    }
  after = bytes_of (first, other, flags, &error);
  g_assert_no_error (error);
  if (!g_bytes_equal (before, after))
    g_error ("%s does not keep %s", format->name, models[row].architecture);
}

static void
test_ways (gconstpointer data)
{
  for (guint row = 0; row < G_N_ELEMENTS (models); row++)
    {
      check_way (data, row, NUMERAL_SAVE_DEFAULT);
      check_way (data, row, NUMERAL_SAVE_HALF);
    }
}

int
main (int argc, char **argv)
{
  const NumeralModelFormat *const *formats = numeral_model_formats ();

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/formats/%s", formats[i]->suffixes[0]);

      g_test_add_data_func (path, formats[i], test_ways);
    }
  return g_test_run ();
}
