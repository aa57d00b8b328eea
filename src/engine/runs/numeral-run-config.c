/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-config.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-prediction.h"
#include "numeral-run-settings.h"

NumeralRunConfig *
numeral_run_config_new_for_source (NumeralSourceKind source)
{
  NumeralRunConfig *config = g_new0 (NumeralRunConfig, 1);

  nn_train_config_init (&config->train);
  config->source = source;
  nn_setting_reset (numeral_run_setting ("generated")->setting, config);
  nn_setting_reset (numeral_run_setting ("generator")->setting, config);
  return config;
}

NumeralRunConfig *
numeral_run_config_new (void)
{
  NumeralRunConfig *config = numeral_run_config_new_for_source (NUMERAL_SOURCE_MNIST);
  g_autoptr (NumeralSource) source = numeral_run_config_create_source (config);

  if (!numeral_source_find (source, NULL))
    config->source = NUMERAL_SOURCE_GENERATED;
  return config;
}

NumeralRunConfig *
numeral_run_config_copy (const NumeralRunConfig *config)
{
  NumeralRunConfig *copy = g_new (NumeralRunConfig, 1);

  *copy = *config;
  copy->path = g_strdup (config->path);
  copy->samples = g_strdup (config->samples);
  copy->left_out = g_strdup (config->left_out);
  return copy;
}

void
numeral_run_config_free (NumeralRunConfig *config)
{
  g_free (config->path);
  g_free (config->samples);
  g_free (config->left_out);
  g_free (config);
}

NumeralSource *
numeral_run_config_create_source (const NumeralRunConfig *config)
{
  const NumeralSourceOptions options = {
    .path = config->path,
    .generated = config->generated,
    .generator = config->generator,
    .seed = config->train.seed,
    .counts = config->samples,
    .threads = config->train.threads,
  };

  return numeral_source_new (config->source, &options);
}

const NnSetting *
numeral_run_config_data_setting (const NumeralRunConfig *config)
{
  const NumeralSourceClass *kind = numeral_source_get_kind (config->source);

  return numeral_run_setting (kind != NULL && kind->setting != NULL ? kind->setting : "source")
      ->setting;
}

static gboolean
validate_source (const NumeralRunConfig *config, const NnSetting **setting, GError **error)
{
  g_autoptr (NumeralSource) source = NULL;

  *setting = numeral_run_config_data_setting (config);
  if (numeral_source_get_kind (config->source) == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("unknown source of data"));
  source = numeral_run_config_create_source (config);
  return nn_setting_check (*setting, config, error) && numeral_source_check (source, error);
}

/* Checks the network with the inputs and classes of digits. A CSV table may have others, but
 * they are known only after it is read. */
static gboolean
validate_network (const NumeralRunConfig *config, const NnSetting **setting, GError **error)
{
  NnArchitecture arch;

  if (config->train.network[0] != '\0')
    {
      *setting = nn_train_setting ("network");
      return !numeral_source_get_kind (config->source)->is_digits ||
             nn_train_config_architecture (&config->train, (NnShape){ INK_TENSOR_SIZE, 1, 1 },
                                           NUMERAL_N_DIGITS, &arch, error);
    }
  *setting = nn_train_setting ("hidden");
  return (nn_train_config_architecture (&config->train, (NnShape){ INK_TENSOR_SIZE, 1, 1 },
                                        NUMERAL_N_DIGITS, &arch, NULL) &&
          nn_architecture_validate (&arch, NULL)) ||
         numeral_fail (error, NN_ERROR_TOO_LARGE,
                       _ ("these hidden layers have too many weights; take fewer or narrower "
                          "ones"));
}

gboolean
numeral_run_config_check (const NumeralRunConfig *config, const NnSetting **setting, GError **error)
{
  *setting = nn_train_config_find_problem (&config->train, error);
  if (*setting != NULL || !validate_source (config, setting, error) ||
      !validate_network (config, setting, error))
    return FALSE;
  /* As on the command line, patience needs the validation loss. */
  *setting = nn_train_setting ("patience");
  if (config->train.patience > 0 && config->train.validation <= 0)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("early stopping needs samples for validation, and none are kept"));
  *setting = NULL;
  return TRUE;
}

gboolean
numeral_run_config_validate (const NumeralRunConfig *config, GError **error)
{
  const NnSetting *setting;
  g_autoptr (NumeralSource) source = NULL;

  if (!numeral_run_config_check (config, &setting, error))
    return FALSE;
  source = numeral_run_config_create_source (config);
  return numeral_source_find (source, error);
}

/* The network and optimiser of a preset; other members are as in the preset "textbook". */
typedef struct
{
  NumeralPreset preset;
  void (*apply) (NnTrainConfig *config);
} Preset;

static void
apply_textbook (NnTrainConfig *config)
{
}

static void
apply_quick (NnTrainConfig *config)
{
  config->hidden[0] = 32;
  config->learning_rate = 0.003;
  config->batch_size = 64;
  config->epochs = 2;
}

static void
apply_wide (NnTrainConfig *config)
{
  config->n_hidden = 2;
  config->hidden[0] = config->hidden[1] = 800;
  config->optimizer = NN_OPTIMIZER_ADAMW;
  config->weight_decay = 0.01;
  config->dropout = 0.3;
  config->schedule = NN_SCHEDULE_COSINE;
  config->warmup_epochs = 1;
  config->batch_size = 128;
  config->epochs = 20;
}

static void
apply_deep (NnTrainConfig *config)
{
  config->n_hidden = 4;
  for (guint l = 0; l < config->n_hidden; l++)
    config->hidden[l] = 128;
  config->activation = NN_ACTIVATION_GELU;
  config->schedule = NN_SCHEDULE_COSINE;
  config->warmup_epochs = 0.5;
  config->batch_size = 64;
  config->epochs = 10;
}

static void
apply_classic (NnTrainConfig *config)
{
  config->hidden[0] = 30;
  config->activation = NN_ACTIVATION_SIGMOID;
  config->init = NN_INIT_XAVIER;
  config->loss = NN_LOSS_MSE;
  config->optimizer = NN_OPTIMIZER_SGD;
  config->learning_rate = 3;
  config->batch_size = 10;
  config->epochs = 30;
}

static void
apply_line (NnTrainConfig *config)
{
  config->n_hidden = 0;
  config->init = NN_INIT_ZERO;
  config->optimizer = NN_OPTIMIZER_MOMENTUM;
  config->learning_rate = 0.01;
}

static void
set_network (NnTrainConfig *config, const char *text)
{
  g_strlcpy (config->network, text, sizeof config->network);
}

/* LeCun, Bottou, Bengio, Haffner 1998, "Gradient-Based Learning Applied to Document Recognition",
 * with softmax in place of radial basis functions, and all channels connected. */
static void
apply_lenet (NnTrainConfig *config)
{
  set_network (config, "28x28-conv5x5x6p2-avgpool2-conv5x5x16-avgpool2-120-84-10");
  config->activation = NN_ACTIVATION_TANH;
  config->init = NN_INIT_XAVIER;
  config->batch_size = 64;
}

/* The network of MNIST-7, -8 and -12 in the ONNX model zoo. */
static void
apply_zoo (NnTrainConfig *config)
{
  set_network (config, "28x28-conv5x5x8p2-pool2-conv5x5x16p2-pool3-10");
  config->batch_size = 64;
}

static const Preset presets[] = {
  { { "textbook", N_ ("Textbook"),
      N_ ("784-128-10, ReLU, softmax, Adam, minibatches of 32, 5 epochs") },
    apply_textbook },
  { { "quick", N_ ("Small and quick"), N_ ("32 hidden units, 2 epochs: done in a moment") },
    apply_quick },
  { { "wide", N_ ("Wide"),
      N_ ("Two layers of 800 units with dropout, AdamW, cosine schedule: the most accurate") },
    apply_wide },
  { { "deep", N_ ("Deep"), N_ ("Four layers of 128 units, GELU, cosine schedule") }, apply_deep },
  { { "classic", N_ ("Classic 1990s"),
      N_ ("30 sigmoid units, mean squared error, plain gradient descent") },
    apply_classic },
  { { "lenet", N_ ("LeNet-5"),
      N_ ("Two convolutions with mean pooling, tanh: the network of 1998") },
    apply_lenet },
  { { "zoo", N_ ("ONNX Model Zoo"),
      N_ ("Two convolutions with max pooling, 5,994 parameters: small, and few mistakes") },
    apply_zoo },
  { { "linear", N_ ("No hidden layer"),
      N_ ("Softmax regression: every pixel votes, and its weights can be looked at") },
    apply_line },
};

const NumeralPreset *
numeral_run_config_presets (guint *n)
{
  static NumeralPreset list[G_N_ELEMENTS (presets)];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
        list[i] = (NumeralPreset){ presets[i].preset.name, _ (presets[i].preset.title),
                                   _ (presets[i].preset.description) };
      g_once_init_leave (&made, 1);
    }
  *n = G_N_ELEMENTS (presets);
  return list;
}

gboolean
numeral_run_config_apply_preset (NumeralRunConfig *config, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].preset.name, name))
      {
        NnTrainConfig train;

        nn_train_config_init (&train);
        presets[i].apply (&train);
        /* A preset does not change the settings of the data and the machine. */
        train.seed = config->train.seed;
        train.validation = config->train.validation;
        train.balance = config->train.balance;
        train.threads = config->train.threads;
        config->train = train;
        return TRUE;
      }
  return FALSE;
}
