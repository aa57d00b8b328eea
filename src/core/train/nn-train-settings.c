/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-train-settings.h"

#include <glib/gi18n-lib.h>

#include "nn-architecture-words.h"
#include "nn-train-config.h"

/* A choice is kept as an enumeration and read as a number. */
G_STATIC_ASSERT (sizeof (NnActivation) == sizeof (guint) && sizeof (NnInit) == sizeof (guint) &&
                 sizeof (NnLoss) == sizeof (guint) && sizeof (NnOptimizerKind) == sizeof (guint) &&
                 sizeof (NnSchedule) == sizeof (guint) && sizeof (NnBalance) == sizeof (guint));
/* Widths follow their number. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (NnTrainConfig, hidden) ==
                 G_STRUCT_OFFSET (NnTrainConfig, n_hidden) + sizeof (guint));

static const char *const activation_titles[NN_N_ACTIVATIONS] = {
  N_ ("ReLU"), N_ ("Leaky ReLU"), N_ ("GELU"), N_ ("Sigmoid"), N_ ("Tanh"),
};
static const char *const init_titles[NN_N_INITS] = {
  N_ ("Zero"),
  N_ ("Gaussian"),
  N_ ("Xavier"),
  N_ ("He"),
};
static const char *const loss_titles[NN_N_LOSSES] = {
  N_ ("Cross-Entropy"),
  N_ ("Binary Cross-Entropy"),
  N_ ("Mean Squared Error"),
};
static const char *const optimizer_titles[NN_N_OPTIMIZERS] = {
  N_ ("Gradient Descent"), N_ ("Momentum"), N_ ("RMSprop"), N_ ("Adam"), N_ ("AdamW"),
};
static const char *const schedule_titles[NN_N_SCHEDULES] = {
  N_ ("Constant"),
  N_ ("Cosine"),
  N_ ("Steps"),
};
static const char *const balance_titles[NN_N_BALANCES] = {
  N_ ("None"),
  N_ ("Weighted Loss"),
  N_ ("Oversampling"),
  N_ ("Undersampling"),
};

static gboolean
has_hidden (gconstpointer config)
{
  return ((const NnTrainConfig *) config)->n_hidden > 0 ||
         ((const NnTrainConfig *) config)->network[0] != '\0';
}

static gboolean
has_no_network (gconstpointer config)
{
  return ((const NnTrainConfig *) config)->network[0] == '\0';
}

static gboolean
has_momentum (gconstpointer config)
{
  return ((const NnTrainConfig *) config)->optimizer == NN_OPTIMIZER_MOMENTUM;
}

static gboolean
has_beta1 (gconstpointer config)
{
  const NnOptimizerKind optimizer = ((const NnTrainConfig *) config)->optimizer;

  return optimizer == NN_OPTIMIZER_ADAM || optimizer == NN_OPTIMIZER_ADAMW;
}

static gboolean
has_beta2 (gconstpointer config)
{
  return has_beta1 (config) || ((const NnTrainConfig *) config)->optimizer == NN_OPTIMIZER_RMSPROP;
}

static gboolean
has_steps (gconstpointer config)
{
  return ((const NnTrainConfig *) config)->schedule == NN_SCHEDULE_STEP;
}

static gboolean
is_private (gconstpointer config)
{
  return ((const NnTrainConfig *) config)->dp_noise > 0;
}

static char *
augment_to_text (gconstpointer member)
{
  return nn_augment_to_string (member);
}

static gboolean
augment_from_text (const char *text, gpointer member, GError **error)
{
  return nn_augment_from_string (text, member, error);
}

static const NnSettingText augment_text = { augment_to_text, augment_from_text };

/* The network of the hidden layers. */
#define NO_NETWORK "none"

static char *
network_to_text (gconstpointer member)
{
  return *(const char *) member != '\0' ? g_strdup (member) : NULL;
}

/* Whether the layers work on one another is seen when the network is made. */
static gboolean
network_from_text (const char *text, gpointer member, GError **error)
{
  NnArchitectureWords words;

  if (g_str_equal (text, NO_NETWORK))
    {
      memset (member, 0, NN_NETWORK_TEXT_SIZE);
      return TRUE;
    }
  if (!nn_architecture_words_from_string (text, &words, error))
    return FALSE;
  if (strlen (text) >= NN_NETWORK_TEXT_SIZE)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("the text of the network is longer than %d bytes"), NN_NETWORK_TEXT_SIZE - 1);
      return FALSE;
    }
  g_strlcpy (member, text, NN_NETWORK_TEXT_SIZE);
  return TRUE;
}

static const NnSettingText network_text = { network_to_text, network_from_text };

#define MEMBER(id, in, kind, field) \
  .name = id, .group = in, .type = kind, .offset = G_STRUCT_OFFSET (NnTrainConfig, field)
#define CHOICE(id, in, prefix, start)                                                      \
  MEMBER (id, in, NN_SETTING_CHOICE, prefix), .names = &nn_##prefix##_names,               \
                                              .titles = prefix##_titles, .initial = start, \
                                              .value = N_ ("NAME")
#define RANGE(from, to, start, by) .low = from, .high = to, .initial = start, .step = by

const NnSetting nn_train_settings[NN_N_TRAIN_SETTINGS] = {
  { MEMBER ("hidden", NN_SETTING_NETWORK, NN_SETTING_WIDTHS, n_hidden),
    RANGE (1, NN_MAX_WIDTH, 128, 16), .max_items = NN_MAX_HIDDEN, .value = N_ ("N,N,..."),
    .title = N_ ("Hidden Layers"),
    .hint = N_ ("Widths of the hidden layers from input to output, or none"),
    .matters = has_no_network },
  { MEMBER ("network", NN_SETTING_NETWORK, NN_SETTING_TEXT, network), .text = &network_text,
    .initial_text = NO_NETWORK, .allowed = "784-128-10, 28x28-conv5x5x8-pool2-10, ...",
    .value = N_ ("TEXT"), .title = N_ ("Network"),
    .hint = N_ ("All layers from input to output, in place of the hidden layers") },
  { MEMBER ("pca", NN_SETTING_NETWORK, NN_SETTING_COUNT, pca), RANGE (0, NN_MAX_PRINCIPAL, 0, 10),
    .value = N_ ("N"), .title = N_ ("Principal Components"),
    .hint = N_ ("Number of principal components that the network learns from in place of the "
                "pixels, 0 for all pixels") },
  { CHOICE ("activation", NN_SETTING_NETWORK, activation, NN_ACTIVATION_RELU),
    .title = N_ ("Activation"), .hint = N_ ("Activation function of the hidden layers"),
    .state = NN_STATE_WHOLE + 0, .matters = has_hidden },
  { CHOICE ("init", NN_SETTING_NETWORK, init, NN_INIT_HE), .title = N_ ("Initialisation"),
    .hint = N_ ("Distribution of the initial weights") },
  { CHOICE ("loss", NN_SETTING_NETWORK, loss, NN_LOSS_CROSS_ENTROPY), .title = N_ ("Loss"),
    .hint = N_ ("Function that training minimises"), .state = NN_STATE_WHOLE + 1 },
  { CHOICE ("optimizer", NN_SETTING_OPTIMIZER, optimizer, NN_OPTIMIZER_ADAM),
    .title = N_ ("Optimiser"), .hint = N_ ("Rule that turns gradients into steps"),
    .state = NN_STATE_WHOLE + 2 },
  { MEMBER ("learning-rate", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, learning_rate),
    RANGE (0, 1000, 0.001, 0.001), .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("RATE"),
    .title = N_ ("Learning Rate"), .hint = N_ ("Size of each step"), .state = NN_STATE_REAL + 0 },
  { MEMBER ("momentum", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, momentum), RANGE (0, 1, 0.9, 0.05),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("SHARE"), .title = N_ ("Momentum"),
    .hint = N_ ("Share of the previous step that the momentum optimiser adds to the next one"),
    .state = NN_STATE_REAL + 1, .matters = has_momentum },
  { MEMBER ("beta1", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, beta1), RANGE (0, 1, 0.9, 0.01),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("SHARE"), .title = N_ ("Beta 1"),
    .hint = N_ ("Decay rate of the gradient average of Adam and AdamW"), .state = NN_STATE_REAL + 2,
    .matters = has_beta1 },
  { MEMBER ("beta2", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, beta2), RANGE (0, 1, 0.999, 0.001),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("SHARE"), .title = N_ ("Beta 2"),
    .hint = N_ ("Decay rate of the squared-gradient average of Adam, AdamW and RMSprop"),
    .state = NN_STATE_REAL + 3, .matters = has_beta2 },
  { MEMBER ("epsilon", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, epsilon), RANGE (0, 1, 1e-8, 1e-8),
    .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("NUMBER"), .title = N_ ("Epsilon"),
    .hint = N_ ("Small constant that avoids division by zero in Adam, AdamW and RMSprop"),
    .state = NN_STATE_REAL + 4, .matters = has_beta2 },
  { MEMBER ("weight-decay", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, weight_decay),
    RANGE (0, 100, 0, 0.0001), .value = N_ ("NUMBER"), .title = N_ ("Weight Decay"),
    .hint = N_ ("Strength with which the weights are pulled towards zero"),
    .state = NN_STATE_REAL + 5 },
  { MEMBER ("dropout", NN_SETTING_NETWORK, NN_SETTING_REAL, dropout), RANGE (0, 1, 0, 5),
    .flags = NN_SETTING_BELOW_HIGH, .unit = NN_UNIT_SHARE, .value = N_ ("SHARE"),
    .title = N_ ("Dropout"),
    .hint = N_ ("Share of the hidden units that each minibatch leaves out"),
    .state = NN_STATE_REAL + 6, .matters = has_hidden },
  { MEMBER ("label-smoothing", NN_SETTING_NETWORK, NN_SETTING_REAL, label_smoothing),
    RANGE (0, 1, 0, 1), .flags = NN_SETTING_BELOW_HIGH, .unit = NN_UNIT_SHARE,
    .value = N_ ("SHARE"), .title = N_ ("Label Smoothing"),
    .hint = N_ ("Share of the target that is spread over all classes"),
    .state = NN_STATE_REAL + 7 },
  { MEMBER ("dp-noise", NN_SETTING_PRIVACY, NN_SETTING_REAL, dp_noise), RANGE (0, 1000, 0, 0.1),
    .value = N_ ("NUMBER"), .title = N_ ("Private Noise"),
    .hint = N_ ("Noise of differential privacy on each step, in units of the clipping norm, 0 for "
                "none") },
  { MEMBER ("dp-clip", NN_SETTING_PRIVACY, NN_SETTING_REAL, dp_clip), RANGE (0, 1e6, 1, 0.1),
    .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("NORM"), .title = N_ ("Clipping Norm"),
    .hint = N_ ("Norm to which the gradient of each sample is clipped for differential privacy"),
    .matters = is_private },
  { MEMBER ("dp-delta", NN_SETTING_PRIVACY, NN_SETTING_REAL, dp_delta), RANGE (0, 1, 1e-5, 1e-6),
    .flags = NN_SETTING_ABOVE_LOW | NN_SETTING_BELOW_HIGH, .value = N_ ("NUMBER"),
    .title = N_ ("Private Delta"),
    .hint = N_ ("Probability with which epsilon of differential privacy may not hold"),
    .matters = is_private },
  { MEMBER ("dp-epsilon", NN_SETTING_PRIVACY, NN_SETTING_REAL, dp_epsilon), RANGE (0, 1e6, 0, 1),
    .value = N_ ("NUMBER"), .title = N_ ("Privacy Budget"),
    .hint = N_ ("Epsilon of differential privacy at which training ends, 0 for no limit"),
    .matters = is_private },
  { CHOICE ("schedule", NN_SETTING_OPTIMIZER, schedule, NN_SCHEDULE_CONSTANT),
    .title = N_ ("Schedule"), .hint = N_ ("Change of the learning rate over the run"),
    .state = NN_STATE_REAL + 9 },
  { MEMBER ("step-epochs", NN_SETTING_OPTIMIZER, NN_SETTING_COUNT, step_epochs),
    RANGE (1, G_MAXUINT, 10, 1), .unit = NN_UNIT_EPOCHS, .value = N_ ("N"),
    .title = N_ ("Decay Interval"), .hint = N_ ("Epochs between two decays of the step schedule"),
    .state = NN_STATE_REAL + 10, .matters = has_steps },
  { MEMBER ("step-factor", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, step_factor),
    RANGE (0, 1, 0.1, 0.1), .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("FACTOR"),
    .title = N_ ("Decay Factor"),
    .hint = N_ ("Factor of the learning rate at each decay of the step schedule"),
    .state = NN_STATE_REAL + 11, .matters = has_steps },
  { MEMBER ("warmup", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, warmup_epochs), RANGE (0, 1e6, 0, 0.5),
    .unit = NN_UNIT_EPOCHS, .value = N_ ("EPOCHS"), .title = N_ ("Warm-up"),
    .hint = N_ ("Epochs in which the learning rate rises to its value"),
    .state = NN_STATE_REAL + 8 },
  { CHOICE ("balance", NN_SETTING_DATA, balance, NN_BALANCE_NONE), .title = N_ ("Class Balancing"),
    .hint = N_ ("Compensation for classes with fewer samples than others"),
    .state = NN_STATE_WHOLE + 4 },
  { MEMBER ("augment", NN_SETTING_AUGMENT, NN_SETTING_TEXT, augment), .text = &augment_text,
    .parts = nn_augment_settings, .n_parts = NN_N_AUGMENT_FIELDS, .initial_text = "none",
    .allowed = "none, light, strong, rotation=N, ...", .value = N_ ("NAME,FIELD=N,..."),
    .title = N_ ("Augmentation"),
    .hint = N_ ("Random distortion of the images each time they are trained on") },
  { MEMBER ("batch-size", NN_SETTING_LENGTH, NN_SETTING_COUNT, batch_size), RANGE (1, 65535, 32, 8),
    .value = N_ ("N"), .title = N_ ("Minibatch Size"),
    .hint = N_ ("Number of samples in each step"), .state = NN_STATE_WHOLE + 3 },
  { MEMBER ("epochs", NN_SETTING_LENGTH, NN_SETTING_COUNT, epochs), RANGE (1, 1000000, 5, 1),
    .value = N_ ("N"), .title = N_ ("Epochs"),
    .hint = N_ ("Number of passes over the training samples") },
  { MEMBER ("seed", NN_SETTING_LENGTH, NN_SETTING_SEED, seed), RANGE (0, 0x1p64, 1, 1),
    .value = N_ ("N"), .title = N_ ("Seed"),
    .hint = N_ ("Start of all random numbers: the same seed repeats the run exactly"),
    .state = NN_STATE_SEED },
  { MEMBER ("validation", NN_SETTING_DATA, NN_SETTING_REAL, validation), RANGE (0, 1, 0.1, 5),
    .flags = NN_SETTING_BELOW_HIGH, .unit = NN_UNIT_SHARE, .value = N_ ("SHARE"),
    .title = N_ ("Validation"),
    .hint = N_ ("Share of the samples that is kept for validation and never trained on") },
  { MEMBER ("patience", NN_SETTING_LENGTH, NN_SETTING_COUNT, patience), RANGE (0, G_MAXUINT, 0, 1),
    .unit = NN_UNIT_EPOCHS, .value = N_ ("N"), .title = N_ ("Patience"),
    .hint = N_ ("Epochs without a lower validation loss before training stops, 0 for no limit") },
  { MEMBER ("threads", NN_SETTING_LENGTH, NN_SETTING_COUNT, threads), RANGE (0, 256, 0, 1),
    .flags = NN_SETTING_NO_RESULT, .value = N_ ("N"), .title = N_ ("Threads"),
    .hint = N_ ("Number of workers, 0 for one per processor; never changes the result") },
};

const NnSetting *
nn_train_setting (const char *name)
{
  const NnSetting *setting = nn_settings_find (nn_train_settings, NN_N_TRAIN_SETTINGS, name);

  g_return_val_if_fail (setting != NULL, NULL);

  return setting;
}
