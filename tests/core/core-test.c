/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"

#include <string.h>

NnDataset *
core_test_pixels (gsize n, guint width, guint height, guint n_classes, double ink, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (n, width, height, n_classes, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, seed);
  for (gsize i = 0; i < n * dataset->n_features; i++)
    if ((double) nn_random_uniform (&random) < ink)
      dataset->pixels[i] = (guint8) (1 + nn_random_below (&random, 255));
  for (gsize i = 0; i < n; i++)
    dataset->labels[i] = (guint8) (i % n_classes);
  return dataset;
}

NnDataset *
core_test_values (gsize n, guint n_features, guint n_classes, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_values (n, n_features, n_classes, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, seed);
  for (gsize i = 0; i < n * n_features; i++)
    dataset->values[i] = nn_random_range (&random, -1, 1);
  for (gsize i = 0; i < n; i++)
    dataset->labels[i] = (guint8) (i % n_classes);
  return dataset;
}

NnTrainConfig
core_test_config (guint n_hidden, const guint *hidden, guint batch_size)
{
  NnTrainConfig config;

  nn_train_config_init (&config);
  config.n_hidden = n_hidden;
  for (guint l = 0; l < n_hidden; l++)
    config.hidden[l] = hidden[l];
  config.activation = NN_ACTIVATION_TANH;
  config.init = NN_INIT_XAVIER;
  config.optimizer = NN_OPTIMIZER_SGD;
  config.batch_size = batch_size;
  config.epochs = 3;
  config.threads = 1;
  return config;
}

NnNetwork *
core_test_network (const NnMlp *mlp)
{
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;
  NnNetwork *network;

  nn_architecture_from_mlp (mlp, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  return network;
}

NnNetwork *
core_test_random_network (const char *text, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;
  NnNetwork *network;
  NnRandom random;

  g_assert_true (
      nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, &error));
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  for (guint w = 0; w < network->n_weights; w++)
    for (guint o = 0; o < network->weights[w].n_out; o++)
      network->weights[w].bias[o] = 0.3f * nn_random_normal (&random);
  return network;
}

NnTrainer *
core_test_trainer (const NnTrainConfig *config, NnDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (config, dataset, &error);

  g_assert_no_error (error);
  g_assert_nonnull (trainer);
  return trainer;
}

#define DIGEST_LENGTH 32

GBytes *
core_test_save_state (NnTrainer *trainer)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_trainer_write_state (trainer, nn_write_to_array, array, &error));
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (array);
}

GBytes *
core_test_seal_state (const guint8 *data, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 *sealed = g_memdup2 (data, size);
  gsize length = DIGEST_LENGTH;

  g_assert_cmpuint (size, >, DIGEST_LENGTH);
  g_checksum_update (checksum, sealed, (gssize) (size - DIGEST_LENGTH));
  g_checksum_get_digest (checksum, sealed + size - DIGEST_LENGTH, &length);
  return g_bytes_new_take (sealed, size);
}

void
core_test_set_params (NnTrainer *trainer, const NnNetwork *network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) old = core_test_save_state (trainer);
  g_autoptr (GBytes) sealed = NULL;
  gsize size, n_bytes = network->n_params * sizeof (float);
  const guint8 *data = g_bytes_get_data (old, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);

  memcpy (copy + size - DIGEST_LENGTH - n_bytes, network->params, n_bytes);
  sealed = core_test_seal_state (copy, size);
  g_assert_true (nn_trainer_restore_state (trainer, sealed, &error));
  g_assert_no_error (error);
}

gboolean
core_test_same (const NnNetwork *a, const NnNetwork *b)
{
  return nn_architecture_equal (&a->arch, &b->arch) && a->n_params == b->n_params &&
         memcmp (a->params, b->params, a->n_params * sizeof (float)) == 0;
}

void
core_test_error (GError **error, NnError code)
{
  g_assert_error (*error, NN_ERROR, (int) code);
  g_assert_cmpuint (strlen ((*error)->message), >, 8);
  g_clear_error (error);
}
