/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <math.h>

#include "core-test.h"
#include "nn-idx.h"

/* Does it learn what the textbooks say that it learns, and not what they say that it cannot? */

static void
train (NnTrainer *trainer, guint n_steps)
{
  g_autoptr (GError) error = NULL;

  for (guint s = 0; s < n_steps; s++)
    {
      NnStep step;

      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
    }
}

static double
accuracy_of (NnTrainer *trainer, const NnDataset *dataset)
{
  double loss, accuracy;

  nn_trainer_measure (trainer, dataset, &loss, &accuracy);
  return accuracy;
}

/* 100 samples of 5 features in two classes: whether the first two have the same sign. The other
 * three are noise. No line divides them. */
static NnDataset *
same_sign (void)
{
  NnDataset *dataset = core_test_values (100, 5, 2, 12);

  for (guint i = 0; i < 100; i++)
    {
      float *x = dataset->values + i * 5;

      /* Away from the border. */
      for (guint j = 0; j < 2; j++)
        x[j] += x[j] > 0 ? 0.2f : -0.2f;
      dataset->labels[i] = x[0] * x[1] > 0;
    }
  return dataset;
}

static void
test_classic (gconstpointer data)
{
  static const guint hidden[] = { 16 };
  guint which = GPOINTER_TO_UINT (data);
  NnTrainConfig config = core_test_config (1, hidden, 10);
  g_autoptr (NnDataset) dataset = same_sign ();
  g_autoptr (NnTrainer) trainer = NULL;

  config.activation = which / NN_N_LOSSES;
  config.loss = which % NN_N_LOSSES;
  config.optimizer = NN_OPTIMIZER_ADAM;
  config.learning_rate = 0.02;
  trainer = core_test_trainer (&config, dataset);
  g_assert_cmpfloat (accuracy_of (trainer, dataset), <, 0.8);
  train (trainer, 3000);
  g_assert_cmpfloat (accuracy_of (trainer, dataset), ==, 1);
}

/* What one layer cannot do. */
static void
test_classic_without_hidden (void)
{
  NnTrainConfig config = core_test_config (0, NULL, 10);
  g_autoptr (NnDataset) dataset = same_sign ();
  g_autoptr (NnTrainer) trainer = NULL;

  config.optimizer = NN_OPTIMIZER_ADAM;
  config.learning_rate = 0.02;
  trainer = core_test_trainer (&config, dataset);
  train (trainer, 3000);
  g_assert_cmpfloat (accuracy_of (trainer, dataset), <, 0.8);
}

static NnDataset *
exclusive_or (void)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_values (4, 2, 2, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      dataset->values[2 * i] = i & 1;
      dataset->values[2 * i + 1] = i >> 1;
      dataset->labels[i] = (i & 1) ^ (i >> 1);
    }
  return dataset;
}

static void
test_xor (gconstpointer data)
{
  static const double rates[NN_N_OPTIMIZERS] = { 0.5, 0.1, 0.01, 0.02, 0.02 };
  static const guint hidden[] = { 8 };
  NnOptimizerKind optimizer = GPOINTER_TO_UINT (data);
  NnTrainConfig config = core_test_config (1, hidden, 4);
  g_autoptr (NnDataset) dataset = exclusive_or ();
  g_autoptr (NnTrainer) trainer = NULL;
  double loss, accuracy;

  config.optimizer = optimizer;
  config.learning_rate = rates[optimizer];
  trainer = core_test_trainer (&config, dataset);
  train (trainer, 2000);
  nn_trainer_measure (trainer, dataset, &loss, &accuracy);
  g_assert_cmpfloat (accuracy, ==, 1);
  g_assert_cmpfloat (loss, <, 0.05);
}

/* One line leaves a quarter wrong at best, and the best loss is that of a guess. */
static void
test_xor_without_hidden (void)
{
  NnTrainConfig config = core_test_config (0, NULL, 4);
  g_autoptr (NnDataset) dataset = exclusive_or ();
  g_autoptr (NnTrainer) trainer = NULL;
  double loss, accuracy;

  config.learning_rate = 0.5;
  trainer = core_test_trainer (&config, dataset);
  train (trainer, 3000);
  nn_trainer_measure (trainer, dataset, &loss, &accuracy);
  g_assert_cmpfloat (accuracy, <=, 0.75);
  g_assert_cmpfloat_with_epsilon (loss, log (2), 1e-4);
}

/* From zero, units whose activation is zero at zero get no gradient and give none: nothing but the
 * last bias ever moves. */
static void
test_zero_stays (gconstpointer data)
{
  static const guint hidden[] = { 7, 9 };
  NnTrainConfig config = core_test_config (2, hidden, 10);
  g_autoptr (NnDataset) dataset = same_sign ();
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) network = NULL;
  guint n_ones = 0;

  for (guint i = 0; i < 30; i++)
    dataset->labels[i] = 1; /* unbalanced, so that the last bias has somewhere to go */
  for (guint i = 0; i < 100; i++)
    n_ones += dataset->labels[i];
  config.activation = GPOINTER_TO_UINT (data);
  config.init = NN_INIT_ZERO;
  config.optimizer = NN_OPTIMIZER_ADAM;
  config.learning_rate = 0.01;
  trainer = core_test_trainer (&config, dataset);
  train (trainer, 300);
  network = nn_trainer_snapshot (trainer);
  for (gsize i = 0; i < network->n_params - 2; i++)
    g_assert_cmpfloat (network->params[i], ==, 0);
  g_assert_cmpfloat (network->weights[2].bias[1], >, 0.01f);
  g_assert_cmpfloat_with_epsilon (accuracy_of (trainer, dataset), n_ones / 100.0, 1e-9);
}

/* With sigmoids the weights move, but all units of a layer alike: they remain copies of one. */
static void
test_zero_symmetric (void)
{
  static const guint hidden[] = { 7 };
  NnTrainConfig config = core_test_config (1, hidden, 10);
  g_autoptr (NnDataset) dataset = same_sign ();
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) network = NULL;

  config.activation = NN_ACTIVATION_SIGMOID;
  config.init = NN_INIT_ZERO;
  config.learning_rate = 0.3;
  trainer = core_test_trainer (&config, dataset);
  train (trainer, 500);
  network = nn_trainer_snapshot (trainer);
  for (guint j = 0; j < 5; j++)
    g_assert_cmpfloat (network->weights[0].weight[j], !=, 0);
  for (guint u = 1; u < 7; u++)
    for (guint j = 0; j < 5; j++)
      g_assert_cmpfloat_with_epsilon (network->weights[0].weight[u * 5 + j],
                                      network->weights[0].weight[j], 1e-5f);
  g_assert_cmpfloat (accuracy_of (trainer, dataset), <, 0.8);
}

/* Decay pulls weights down and leaves biases alone. */
static void
test_decay (gconstpointer data)
{
  static const guint hidden[] = { 20 };
  NnTrainConfig config = core_test_config (1, hidden, 10);
  g_autoptr (NnDataset) dataset = same_sign ();
  double squares[2];

  config.optimizer = GPOINTER_TO_UINT (data);
  config.learning_rate = 0.01;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NnTrainer) trainer = NULL;
      g_autoptr (NnNetwork) network = NULL;

      config.weight_decay = i == 0 ? 0 : 0.1;
      trainer = core_test_trainer (&config, dataset);
      train (trainer, 1000);
      network = nn_trainer_snapshot (trainer);
      squares[i] = 0;
      for (guint l = 0; l < 2; l++)
        for (guint j = 0; j < network->weights[l].n_in * network->weights[l].n_out; j++)
          squares[i] += pow ((double) network->weights[l].weight[j], 2);
    }
  g_assert_cmpfloat (squares[1], <, 0.7 * squares[0]);
  g_assert_cmpfloat (squares[1], >, 0);
}

static GBytes *
gunzip (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, "mnist", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, &error);
  g_autoptr (GConverter) converter = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  stream = g_converter_input_stream_new (G_INPUT_STREAM (raw), converter);
  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static NnDataset *
mnist (const char *folder, const char *images, const char *labels)
{
  g_autoptr (GBytes) i = gunzip (folder, images);
  g_autoptr (GBytes) l = gunzip (folder, labels);
  g_autoptr (GError) error = NULL;
  gsize rejected = 99;
  NnDataset *dataset = nn_idx_parse_take (g_bytes_ref (i), l, 10, &rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rejected, ==, 0);
  return dataset;
}

/* One epoch of the textbook. */
static void
test_mnist (void)
{
  const char *folder = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *there = folder != NULL ? g_build_filename (folder, "mnist", NULL) : NULL;
  g_autoptr (NnDataset) training = NULL;
  g_autoptr (NnDataset) test = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  NnTrainConfig config;
  double accuracy;

  if (there == NULL || !g_file_test (there, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("set NUMERAL_DATA_DIR to a folder with mnist/*.gz");
      return;
    }
  training = mnist (folder, "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
  test = mnist (folder, "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");
  g_assert_cmpuint (training->n, ==, 60000);
  g_assert_cmpuint (test->n, ==, 10000);
  g_assert_cmpuint (test->n_features, ==, 784);
  nn_train_config_init (&config);
  trainer = core_test_trainer (&config, training);
  train (trainer, (guint) nn_trainer_get_steps_per_epoch (trainer));
  accuracy = accuracy_of (trainer, test);
  g_test_message ("%.2f %% of the test images", 100 * accuracy);
  g_assert_cmpfloat (accuracy, >, 0.94);
}

int
main (int argc, char **argv)
{
  static const NnActivation zero_at_zero[] = { NN_ACTIVATION_RELU, NN_ACTIVATION_LEAKY_RELU,
                                               NN_ACTIVATION_GELU, NN_ACTIVATION_TANH };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < NN_N_ACTIVATIONS * NN_N_LOSSES; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/core/learning/same-sign/%s/%s", nn_activation_name (i / NN_N_LOSSES),
                           nn_loss_name (i % NN_N_LOSSES));

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_classic);
    }
  g_test_add_func ("/core/learning/same-sign/without-hidden", test_classic_without_hidden);
  for (guint o = 0; o < NN_N_OPTIMIZERS; o++)
    {
      g_autofree char *xor_path = g_strdup_printf ("/core/learning/xor/%s", nn_optimizer_name (o));
      g_autofree char *decay_path =
          g_strdup_printf ("/core/learning/decay/%s", nn_optimizer_name (o));

      g_test_add_data_func (xor_path, GUINT_TO_POINTER (o), test_xor);
      g_test_add_data_func (decay_path, GUINT_TO_POINTER (o), test_decay);
    }
  g_test_add_func ("/core/learning/xor/without-hidden", test_xor_without_hidden);
  for (guint a = 0; a < G_N_ELEMENTS (zero_at_zero); a++)
    {
      g_autofree char *path =
          g_strdup_printf ("/core/learning/zero-stays/%s", nn_activation_name (zero_at_zero[a]));

      g_test_add_data_func (path, GUINT_TO_POINTER (zero_at_zero[a]), test_zero_stays);
    }
  g_test_add_func ("/core/learning/zero-symmetric", test_zero_symmetric);
  g_test_add_func ("/core/learning/mnist", test_mnist);
  return g_test_run ();
}
