/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core-test.h"
#include "naive.h"

static void
test_defaults (void)
{
  NnTrainConfig c;
  NnArchitecture arch;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  nn_train_config_init (&c);
  g_assert_true (nn_train_config_validate (&c, &error));
  g_assert_no_error (error);
  g_assert_true (nn_train_config_architecture (&c, (NnShape){ 784, 1, 1 }, 10, &arch, NULL));
  name = nn_architecture_to_string (&arch);
  g_assert_cmpstr (name, ==, "784-128-10");
  g_assert_cmpuint (nn_architecture_n_params (&arch), ==, 101770);
  g_assert_cmpint (c.activation, ==, NN_ACTIVATION_RELU);
  g_assert_cmpint (c.init, ==, NN_INIT_HE);
  g_assert_cmpint (c.loss, ==, NN_LOSS_CROSS_ENTROPY);
  g_assert_cmpint (c.optimizer, ==, NN_OPTIMIZER_ADAM);
  g_assert_cmpfloat (c.learning_rate, ==, 0.001);
  g_assert_cmpuint (c.batch_size, ==, 32);
  g_assert_cmpuint (c.epochs, ==, 5);
  g_assert_cmpuint (c.seed, ==, 1);
  g_assert_cmpfloat (c.weight_decay, ==, 0);
  g_assert_cmpfloat (c.dropout, ==, 0);
}

/* A field, a value for it, and the word in the message that names it; NULL: it is good. */
typedef struct
{
  gsize offset;
  gboolean real;
  double value;
  const char *word;
} Field;

#define REAL(field, value, word)                       \
  {                                                    \
    offsetof (NnTrainConfig, field), TRUE, value, word \
  }
#define WHOLE(field, value, word)                       \
  {                                                     \
    offsetof (NnTrainConfig, field), FALSE, value, word \
  }

static const Field fields[] = {
  WHOLE (n_hidden, 0, NULL),
  WHOLE (n_hidden, 17, "hidden layers"),
  WHOLE (n_hidden, 4294967295.0, "hidden layers"),
  WHOLE (hidden[0], 0, "Hidden Layers"),
  WHOLE (hidden[0], 1, NULL),
  WHOLE (hidden[0], 65536, NULL),
  WHOLE (hidden[0], 65537, "Hidden Layers"),
  WHOLE (pca, 784, NULL),
  WHOLE (pca, 785, "Principal Components"),
  WHOLE (activation, NN_N_ACTIVATIONS, "Activation"),
  WHOLE (activation, 4294967295.0, "Activation"),
  WHOLE (init, NN_N_INITS, "Initialisation"),
  WHOLE (loss, NN_N_LOSSES, "Loss"),
  WHOLE (optimizer, NN_N_OPTIMIZERS, "Optimiser"),
  WHOLE (schedule, NN_N_SCHEDULES, "Schedule"),
  REAL (learning_rate, 0, "Learning Rate"),
  REAL (learning_rate, -1, "Learning Rate"),
  REAL (learning_rate, NAN, "Learning Rate"),
  REAL (learning_rate, INFINITY, "Learning Rate"),
  REAL (learning_rate, 1000, NULL),
  REAL (learning_rate, 1001, "Learning Rate"),
  REAL (momentum, 0, NULL),
  REAL (momentum, 1, "Momentum"),
  REAL (momentum, -0.1, "Momentum"),
  REAL (momentum, NAN, "Momentum"),
  REAL (beta1, 1, "Beta 1"),
  REAL (beta1, 0, NULL),
  REAL (beta1, NAN, "Beta 1"),
  REAL (beta2, 1, "Beta 2"),
  REAL (beta2, -1, "Beta 2"),
  REAL (beta2, NAN, "Beta 2"),
  REAL (epsilon, 0, "Epsilon"),
  REAL (epsilon, 2, "Epsilon"),
  REAL (epsilon, NAN, "Epsilon"),
  REAL (weight_decay, -1, "Weight Decay"),
  REAL (weight_decay, 100, NULL),
  REAL (weight_decay, 101, "Weight Decay"),
  REAL (weight_decay, NAN, "Weight Decay"),
  REAL (dropout, 0.999, NULL),
  REAL (dropout, 1, "Dropout"),
  REAL (dropout, -0.1, "Dropout"),
  REAL (dropout, NAN, "Dropout"),
  REAL (label_smoothing, 1, "Label Smoothing"),
  REAL (label_smoothing, -0.1, "Label Smoothing"),
  REAL (label_smoothing, NAN, "Label Smoothing"),
  WHOLE (step_epochs, 0, "Decay Interval"),
  REAL (step_factor, 0, "Decay Factor"),
  REAL (step_factor, 1, NULL),
  REAL (step_factor, 1.1, "Decay Factor"),
  REAL (step_factor, NAN, "Decay Factor"),
  REAL (warmup_epochs, -1, "Warm-up"),
  REAL (warmup_epochs, NAN, "Warm-up"),
  REAL (warmup_epochs, INFINITY, "Warm-up"),
  WHOLE (batch_size, 0, "Minibatch Size"),
  WHOLE (batch_size, 65535, NULL),
  WHOLE (batch_size, 65536, "Minibatch Size"),
  WHOLE (epochs, 0, "Epochs"),
  WHOLE (epochs, 1000001, "Epochs"),
  REAL (validation, 0, NULL),
  REAL (validation, 1, "Validation"),
  REAL (validation, -0.1, "Validation"),
  REAL (validation, NAN, "Validation"),
  WHOLE (threads, 256, NULL),
  WHOLE (threads, 257, "Threads"),
  REAL (augment.shear, 45.5, "Shear"),
  REAL (augment.smoothness, 0.5, "Smoothness"),
  REAL (augment.stroke, NAN, "Line Width"),
};

static void
test_validate (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    {
      NnTrainConfig config;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;
      const NnSetting *setting;
      gboolean good;
      gsize offset;

      nn_train_config_init (&config);
      if (fields[f].real)
        memcpy ((char *) &config + fields[f].offset, &fields[f].value, sizeof (double));
      else
        {
          guint value = (guint) fields[f].value;

          memcpy ((char *) &config + fields[f].offset, &value, sizeof value);
        }
      good = nn_train_config_validate (&config, &error);
      if (fields[f].word == NULL)
        {
          g_assert_no_error (error);
          g_assert_true (good);
          continue;
        }
      g_assert_false (good);
      g_assert_nonnull (error);
      if (strstr (error->message, fields[f].word) == NULL)
        g_error ("field %u: “%s” does not name the %s", f, error->message, fields[f].word);
      setting = nn_train_config_find_problem (&config, &again);
      g_assert_nonnull (setting);
      g_assert_cmpstr (again->message, ==, error->message);
      offset = setting->offset;
      if (setting->group == NN_SETTING_AUGMENT)
        offset += offsetof (NnTrainConfig, augment);
      if (setting->type == NN_SETTING_WIDTHS)
        g_assert_true (fields[f].offset == offset || fields[f].offset == offset + sizeof (guint));
      else
        g_assert_cmpuint (offset, ==, fields[f].offset);
      core_test_error (&error, NN_ERROR_CONFIG);
    }
}

/* Augmentation needs pixels, and a convolution neighbours. */
static void
test_principal (void)
{
  static const struct
  {
    const char *network;
    const char *reduced; /* NULL: refused */
  } cases[] = {
    { "", "40-128-10" },
    { "784-50-tanh-20-10", "40-50-20-relu-10" },
    { "28x28-50-10", "40-50-10" },
    { "784-dropout0.2-50-10", "40-dropout0.2-50-10" },
    { "28x28-conv5x5x8-pool2-10", NULL },
    { "28x28-pool2-10", NULL },
    { "784-tanh-10", NULL },
    { "784-50-9", NULL },
  };
  NnTrainConfig config;
  g_autoptr (NnDataset) dataset = core_test_values (20, 39, 10, 1);
  g_autoptr (GError) error = NULL;

  nn_train_config_init (&config);
  config.pca = 40;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NnArchitecture arch;
      g_autofree char *text = NULL;

      g_strlcpy (config.network, cases[i].network, sizeof config.network);
      g_assert_true (nn_train_config_validate (&config, NULL));
      if (cases[i].reduced == NULL)
        {
          g_assert_false (
              nn_train_config_architecture (&config, (NnShape){ 784, 1, 1 }, 10, &arch, &error));
          g_clear_error (&error);
          g_assert_false (
              nn_train_config_architecture (&config, (NnShape){ 40, 1, 1 }, 10, &arch, &error));
          g_clear_error (&error);
          continue;
        }
      g_assert_true (
          nn_train_config_architecture (&config, (NnShape){ 784, 1, 1 }, 10, &arch, &error));
      g_assert_cmpuint (nn_architecture_n_inputs (&arch), ==, 784);
      g_assert_true (
          nn_train_config_architecture (&config, (NnShape){ 40, 1, 1 }, 10, &arch, &error));
      text = nn_architecture_to_string (&arch);
      g_assert_cmpstr (text, ==, cases[i].reduced);
    }
  config.network[0] = '\0';
  /* The samples of a trainer are these components. */
  g_assert_null (nn_trainer_new (&config, dataset, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
  nn_augment_preset (1, &config.augment);
  g_assert_true (nn_train_config_find_problem (&config, &error) == nn_train_setting ("pca"));
  g_assert_nonnull (strstr (error->message, "augmentation"));
  core_test_error (&error, NN_ERROR_CONFIG);
  config.pca = 0;
  g_assert_null (nn_train_config_find_problem (&config, &error));
}

/* There and back, and a message that lists what there is. */
#define CHECK_NAMES(Type, prefix, count)                                       \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autoptr (GError) error = NULL;                                           \
    Type back = 0;                                                             \
                                                                               \
    for (guint i = 0; i < count; i++)                                          \
      {                                                                        \
        g_assert_true (prefix##_from_name (prefix##_name (i), &back, &error)); \
        g_assert_cmpuint (back, ==, i);                                        \
      }                                                                        \
    g_assert_false (prefix##_from_name ("no such thing", &back, &error));      \
    for (guint i = 0; i < count; i++)                                          \
      g_assert_nonnull (strstr (error->message, prefix##_name (i)));           \
    core_test_error (&error, NN_ERROR_CONFIG);                                 \
    g_assert_false (prefix##_from_name ("", &back, &error));                   \
    core_test_error (&error, NN_ERROR_CONFIG);                                 \
  }                                                                            \
  G_STMT_END

static void
test_names (void)
{
  CHECK_NAMES (NnActivation, nn_activation, NN_N_ACTIVATIONS);
  CHECK_NAMES (NnInit, nn_init, NN_N_INITS);
  CHECK_NAMES (NnLoss, nn_loss, NN_N_LOSSES);
  CHECK_NAMES (NnOptimizerKind, nn_optimizer, NN_N_OPTIMIZERS);
  CHECK_NAMES (NnSchedule, nn_schedule, NN_N_SCHEDULES);
}

static void
test_schedules (void)
{
  static const double warmups[] = { 0, 0.1, 1, 2.5, 6, 50 };

  for (guint schedule = 0; schedule < NN_N_SCHEDULES; schedule++)
    for (guint w = 0; w < G_N_ELEMENTS (warmups); w++)
      {
        NnTrainConfig config;
        const guint64 steps = 7;

        nn_train_config_init (&config);
        config.schedule = schedule;
        config.warmup_epochs = warmups[w];
        config.epochs = 6;
        config.step_epochs = 2;
        config.step_factor = 0.5;
        for (guint64 s = 0; s < 80; s++)
          {
            double rate = nn_train_config_learning_rate (&config, s, steps);

            if (s < 42 || warmups[w] < 6)
              g_assert_cmpfloat_with_epsilon (rate, naive_learning_rate (&config, s, steps), 1e-15);
            g_assert_true (rate >= 0 && rate <= config.learning_rate);
          }
      }
}

/* Points that are known without a formula. */
static void
test_schedule_points (void)
{
  NnTrainConfig config;

  nn_train_config_init (&config);
  config.learning_rate = 1;
  config.epochs = 10;
  config.schedule = NN_SCHEDULE_COSINE;
  g_assert_cmpfloat (nn_train_config_learning_rate (&config, 0, 10), ==, 1);
  g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, 50, 10), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, 100, 10), 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, 1000, 10), 0, 1e-12);

  config.schedule = NN_SCHEDULE_STEP;
  config.step_epochs = 3;
  config.step_factor = 0.1;
  g_assert_cmpfloat (nn_train_config_learning_rate (&config, 29, 10), ==, 1);
  g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, 30, 10), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, 99, 10), 0.001, 1e-12);

  config.schedule = NN_SCHEDULE_CONSTANT;
  config.warmup_epochs = 0.9; /* nine steps: 1/10, 2/10, ... 9/10, then all */
  for (guint s = 0; s < 10; s++)
    g_assert_cmpfloat_with_epsilon (nn_train_config_learning_rate (&config, s, 10), (s + 1) / 10.0,
                                    1e-12);
  g_assert_cmpfloat (nn_train_config_learning_rate (&config, 10, 10), ==, 1);
}

/* The layers of a configuration as words, and back: dense layers alone are hidden layers. */
static void
test_words (void)
{
  const NnShape input = { 784, 1, 1 };
  g_autoptr (GError) error = NULL;
  NnArchitectureWords words;
  NnTrainConfig config;

  nn_train_config_init (&config);
  g_assert_true (nn_train_config_get_words (&config, input, 10, &words, NULL));
  g_assert_cmpuint (words.n, ==, 2);
  g_assert_cmpuint (words.input.channels, ==, 784);
  words.words[0].units = 64;
  g_assert_true (nn_train_config_set_words (&config, &words, NULL));
  g_assert_cmpuint (config.n_hidden, ==, 1);
  g_assert_cmpuint (config.hidden[0], ==, 64);
  g_assert_cmpstr (config.network, ==, "");

  words.words[words.n++] = (NnLayerSpec){ .kind = NN_LAYER_DENSE, .units = 5 };
  words.words[1] = (NnLayerSpec){ .kind = NN_LAYER_DROPOUT, .rate = 0.5 };
  g_assert_true (nn_train_config_set_words (&config, &words, NULL));
  g_assert_cmpstr (config.network, ==, "784-64-dropout0.5-5");
  g_assert_true (nn_train_config_get_words (&config, input, 10, &words, NULL));
  g_assert_cmpuint (words.n, ==, 3);

  words.words[1].kind = NN_LAYER_DENSE;
  words.words[1].units = 7;
  g_assert_true (nn_train_config_set_words (&config, &words, NULL));
  g_assert_cmpstr (config.network, ==, "");
  g_assert_cmpuint (config.hidden[1], ==, 7);

  while (words.n < NN_MAX_WORDS)
    words.words[words.n++] = (NnLayerSpec){ .kind = NN_LAYER_DROPOUT, .rate = 0.25 };
  g_assert_false (nn_train_config_set_words (&config, &words, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  g_assert_cmpuint (config.hidden[1], ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/config/defaults", test_defaults);
  g_test_add_func ("/core/config/validate", test_validate);
  g_test_add_func ("/core/config/principal", test_principal);
  g_test_add_func ("/core/config/names", test_names);
  g_test_add_func ("/core/config/schedules", test_schedules);
  g_test_add_func ("/core/config/schedule-points", test_schedule_points);
  g_test_add_func ("/core/config/words", test_words);
  return g_test_run ();
}
