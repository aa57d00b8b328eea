/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-trainer.h"

/* What the tests of core share: data made from a seed, and comparisons. */

/* Random images of which about @ink of the pixels are not ground. Labels go round. */
NnDataset *
core_test_pixels (gsize n, guint width, guint height, guint n_classes, double ink, guint64 seed);

/* Random features in [-1, 1). Labels go round. */
NnDataset *core_test_values (gsize n, guint n_features, guint n_classes, guint64 seed);

/* A small configuration: these hidden layers, tanh, Xavier, SGD, @batch_size, 3 epochs. */
NnTrainConfig core_test_config (guint n_hidden, const guint *hidden, guint batch_size);

/* A network of zeros. */
NnNetwork *core_test_network (const NnMlp *mlp);

/* A network of the layers of a text form, with random weights and biases. */
NnNetwork *core_test_random_network (const char *text, guint64 seed);

/* A trainer for @config, which must be good. */
NnTrainer *core_test_trainer (const NnTrainConfig *config, NnDataset *dataset);

/* The state of a trainer in one piece. */
GBytes *core_test_save_state (NnTrainer *trainer);

/* Writes @network's parameters into a trainer whose optimiser keeps no moments, by way of a saved
 * state: there they are the last thing before the SHA-256. */
void core_test_set_params (NnTrainer *trainer, const NnNetwork *network);

/* The state with its SHA-256 made right again. */
GBytes *core_test_seal_state (const guint8 *data, gsize size);

/* The parameters have the same bits. */
gboolean core_test_same (const NnNetwork *a, const NnNetwork *b);

/* The error is of core's domain and has @code and a message; clears it. */
void core_test_error (GError **error, NnError code);
