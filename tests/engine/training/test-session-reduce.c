/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions that train on principal components: whatever leaves them reads pictures. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-evaluate.h"
#include "nn-forward.h"
#include "numeral-model-file.h"
#include "numeral-session.h"

#define K 12

static NumeralRunConfig *
make_config (void)
{
  NumeralRunConfig *config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 500;
  config->train.hidden[0] = 24;
  config->train.epochs = 4;
  config->train.dropout = 0.1;
  config->train.learning_rate = 0.01;
  config->train.validation = 0.2;
  config->train.threads = 2;
  config->train.pca = K;
  return config;
}

static NumeralRunData *
load (const NumeralRunConfig *config)
{
  const NumeralSourceRequest request = { .lazy = FALSE };
  g_autoptr (GError) error = NULL;
  NumeralRunData *data = numeral_run_data_load (config, &request, &error);

  g_assert_no_error (error);
  return data;
}

static void
on_reducing (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  *last = share;
}

/* Tells how much has been found until all of it is there. */
static void
test_progress (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autoptr (NumeralSession) session = NULL;
  NumeralSessionSetup setup;
  double share = 0;

  numeral_session_setup_init (&setup, &config->train, data);
  setup.reducing = on_reducing;
  setup.reducing_data = &share;
  session = numeral_session_new (&setup, NULL);
  g_assert_nonnull (session);
  g_assert_cmpfloat (share, ==, 1);
}

static NumeralSession *
begin (const NumeralRunConfig *config, const NumeralRunData *data, const NumeralRunFiles *files)
{
  NumeralSessionSetup setup;
  g_autoptr (GError) error = NULL;
  NumeralSession *session;

  numeral_session_setup_init (&setup, &config->train, data);
  setup.files = files;
  session = numeral_session_new (&setup, &error);
  g_assert_no_error (error);
  return session;
}

static void
refuse (const NumeralRunConfig *config,
        const NumeralRunData *data,
        const NumeralRunFiles *files,
        NnError code,
        const char *word)
{
  NumeralSessionSetup setup;
  g_autoptr (GError) error = NULL;

  numeral_session_setup_init (&setup, &config->train, data);
  setup.files = files;
  g_assert_null (numeral_session_new (&setup, &error));
  engine_test_error (&error, NN_ERROR, code, word);
}

/* Trains up to @n minibatches more, and finishes the session. */
static void
train (NumeralSession *session, guint64 n)
{
  g_autoptr (GError) error = NULL;
  NumeralSessionStep step;

  for (guint64 i = 0; i < n && numeral_session_get_end (session) == NUMERAL_SESSION_GOING; i++)
    {
      g_assert_true (numeral_session_step (session, &step, &error));
      g_assert_no_error (error);
    }
  if (numeral_session_get_end (session) == NUMERAL_SESSION_GOING)
    g_assert_true (numeral_session_finish (session, NUMERAL_SESSION_STOPPED, NULL, &error));
  else
    g_assert_true (
        numeral_session_finish (session, numeral_session_get_end (session), NULL, &error));
  g_assert_no_error (error);
}

static void
assert_same (const NnNetwork *a, const NnNetwork *b)
{
  g_assert_true (nn_architecture_equal (&a->arch, &b->arch));
  g_assert_cmpmem (a->params, a->n_params * sizeof (float), b->params,
                   b->n_params * sizeof (float));
}

/* The figures of an epoch are exactly those of the network that reads. */
static void
test_reading (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autoptr (NumeralSession) session = begin (config, data, NULL);
  g_autoptr (GError) error = NULL;
  NumeralSessionStep step;

  g_assert_cmpfloat (numeral_session_get_explained (session), >, 0.2);
  g_assert_cmpfloat (numeral_session_get_explained (session), <, 1);
  while (numeral_session_get_end (session) == NUMERAL_SESSION_GOING)
    {
      g_autoptr (NnNetwork) network = NULL;
      g_autoptr (NnEvaluation) evaluation = NULL;
      g_autofree char *text = NULL;

      g_assert_true (numeral_session_step (session, &step, &error));
      if (step.epoch == NULL)
        continue;
      network = numeral_session_snapshot (session);
      text = nn_architecture_to_string (&network->arch);
      g_assert_cmpstr (text, ==, "784-24-10");
      evaluation = nn_evaluate (network, data->validation, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (evaluation->loss, ==, step.epoch->validation_loss);
      g_assert_cmpfloat (evaluation->accuracy, ==, step.epoch->validation_accuracy);
    }
  /* It learns. */
  g_assert_cmpfloat (step.epoch->validation_accuracy, >, 0.4);
}

/* The same weights with any number of threads, and whatever is in the validation samples. */
static void
test_training_alone (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralModel) first = NULL;

  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (NumeralRunData) data = load (config);
      g_autoptr (NumeralSession) session = NULL;
      g_autoptr (NumeralModel) model = NULL;

      config->train.threads = i;
      if (i == 3)
        memset (data->validation->pixels, 200, data->validation->n * data->validation->n_features);
      session = begin (config, data, NULL);
      train (session, G_MAXUINT64);
      model = numeral_session_make_model (session, TRUE);
      if (first == NULL)
        first = g_steal_pointer (&model);
      else
        assert_same (first->network, model->network);
    }
}

/* Stopped and resumed in each epoch: the weights of a run that nobody disturbed. */
static void
test_resume (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "state", NULL);
  g_autoptr (NumeralRunFiles) files = numeral_run_files_new_for_checkpoint (path);
  g_autoptr (NumeralSession) whole = begin (config, data, NULL);
  g_autoptr (NumeralModel) expected = NULL, expected_last = NULL;
  NumeralSessionEnd end = NUMERAL_SESSION_STOPPED;

  train (whole, G_MAXUINT64);
  expected = numeral_session_make_model (whole, FALSE);
  expected_last = numeral_session_make_model (whole, TRUE);
  for (guint i = 0; end == NUMERAL_SESSION_STOPPED; i++)
    {
      g_autoptr (NumeralSession) session = begin (config, data, files);
      g_autoptr (NumeralModel) best = NULL, last = NULL;

      g_assert_cmpuint (numeral_session_get_step (session), ==, i * 9);
      g_assert_cmpfloat (numeral_session_get_explained (session), ==,
                         numeral_session_get_explained (whole));
      train (session, 9);
      end = numeral_session_get_end (session);
      if (end == NUMERAL_SESSION_STOPPED)
        continue;
      best = numeral_session_make_model (session, FALSE);
      last = numeral_session_make_model (session, TRUE);
      assert_same (best->network, expected->network);
      assert_same (last->network, expected_last->network);
      g_assert_cmpuint (i, >, 3);
    }
  g_assert_cmpint (end, ==, NUMERAL_SESSION_FINISHED);
  engine_test_remove (folder);
}

/* A checkpoint is not for other samples, other components or a run without them, and one without
 * components is not for a run with them. */
static void
test_refused_state (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "state", NULL);
  g_autofree char *plain_path = g_build_filename (folder, "plain", NULL);
  g_autoptr (NumeralRunFiles) files = numeral_run_files_new_for_checkpoint (path);
  g_autoptr (NumeralRunFiles) plain_files = numeral_run_files_new_for_checkpoint (plain_path);
  g_autoptr (NumeralSession) session = begin (config, data, files);
  g_autofree char *bytes = NULL;
  gsize length;

  train (session, 20);
  data->train->pixels[784 * 17 + 300] ^= 1;
  refuse (config, data, files, NN_ERROR_FORMAT, "other data");
  data->train->pixels[784 * 17 + 300] ^= 1;
  config->train.pca = K - 1;
  refuse (config, data, files, NN_ERROR_FORMAT, "other settings");
  config->train.pca = 0;
  refuse (config, data, files, NN_ERROR_FORMAT, "other settings");
  g_clear_pointer (&session, numeral_session_free);
  session = begin (config, data, plain_files);
  train (session, 20);
  config->train.pca = K;
  refuse (config, data, plain_files, NN_ERROR_FORMAT, "other settings");

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, 2000, NULL));
  refuse (config, data, files, NN_ERROR_FORMAT, "ends inside its principal components");
  bytes[2000] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  refuse (config, data, files, NN_ERROR_FORMAT, "damaged");
  bytes[2000] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length - 1, NULL));
  refuse (config, data, files, NN_ERROR_FORMAT, "the saved state has");
  engine_test_remove (folder);
}

/* The mean picture has no components: there both networks are the same. */
static void
test_initial (void)
{
  static const guint widths[] = { 784, 24, 10 }, others[] = { 784, 25, 10 };
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autoptr (NnNetwork) initial = engine_test_network (widths, 3, 5);
  g_autoptr (NnNetwork) other = engine_test_network (others, 3, 5);
  g_autoptr (NumeralSession) session = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NnDataset) mean = nn_dataset_new_values (1, 784, 10, NULL);
  g_autofree float *a = NULL, *b = NULL;
  g_autoptr (GError) error = NULL;
  NumeralSessionSetup setup;

  for (gsize i = 0; i < data->train->n; i++)
    for (guint j = 0; j < 784; j++)
      mean->values[j] +=
          (float) data->train->pixels[i * 784 + j] / (255.0f * (float) data->train->n);
  numeral_session_setup_init (&setup, &config->train, data);
  setup.initial = initial;
  session = numeral_session_new (&setup, &error);
  g_assert_no_error (error);
  network = numeral_session_snapshot (session);
  a = nn_bulk_logits (initial, mean, NULL, &error);
  b = nn_bulk_logits (network, mean, NULL, &error);
  for (guint k = 0; k < 10; k++)
    g_assert_cmpfloat_with_epsilon (a[k], b[k], 1e-4 * (1 + (double) fabsf (a[k])));
  g_assert_false (memcmp (network->params, initial->params, initial->n_params * sizeof (float)) ==
                  0);

  setup.initial = other;
  g_assert_null (numeral_session_new (&setup, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "784-24-10");
}

static void
test_refused (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ();
  g_autoptr (NumeralRunData) data = load (config);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  NumeralSessionSetup setup;

  config->train.pca = 500;
  refuse (config, data, NULL, NN_ERROR_CONFIG, "1 to 400 principal components");
  config->train.pca = K;
  nn_augment_preset (1, &config->train.augment);
  refuse (config, data, NULL, NN_ERROR_CONFIG, "augmentation");
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "augmentation");
  nn_augment_preset (0, &config->train.augment);
  g_strlcpy (config->train.network, "28x28-conv5x5x2-pool4-10", sizeof config->train.network);
  refuse (config, data, NULL, NN_ERROR_CONFIG, "first layer");
  g_assert_false (numeral_run_config_validate (config, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "first layer");
  config->train.network[0] = '\0';

  g_cancellable_cancel (cancellable);
  numeral_session_setup_init (&setup, &config->train, data);
  setup.cancellable = cancellable;
  g_assert_null (numeral_session_new (&setup, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/session/principal/progress", test_progress);
  g_test_add_func ("/engine/session/principal/reading", test_reading);
  g_test_add_func ("/engine/session/principal/training-alone", test_training_alone);
  g_test_add_func ("/engine/session/principal/resume", test_resume);
  g_test_add_func ("/engine/session/principal/refused-state", test_refused_state);
  g_test_add_func ("/engine/session/principal/initial", test_initial);
  g_test_add_func ("/engine/session/principal/refused", test_refused);
  return g_test_run ();
}
