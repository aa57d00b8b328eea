/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config-fields.h"

#include <glib/gi18n.h>

#include "numeral-config-text.h"

#define AT(member) G_STRUCT_OFFSET (NumeralRunConfig, member)
#define TRAIN(member) AT (train.member)

static gboolean
is_generated (const NumeralRunConfig *config)
{
  return config->source == NUMERAL_SOURCE_GENERATED;
}

static gboolean
has_hidden (const NumeralRunConfig *config)
{
  return config->train.n_hidden > 0;
}

static gboolean
has_momentum (const NumeralRunConfig *config)
{
  return config->train.optimizer == NN_OPTIMIZER_MOMENTUM;
}

static gboolean
has_beta1 (const NumeralRunConfig *config)
{
  return config->train.optimizer == NN_OPTIMIZER_ADAM ||
         config->train.optimizer == NN_OPTIMIZER_ADAMW;
}

static gboolean
has_beta2 (const NumeralRunConfig *config)
{
  return has_beta1 (config) || config->train.optimizer == NN_OPTIMIZER_RMSPROP;
}

static gboolean
has_steps (const NumeralRunConfig *config)
{
  return config->train.schedule == NN_SCHEDULE_STEP;
}

static gboolean
has_elastic (const NumeralRunConfig *config)
{
  return config->train.augment.elastic > 0;
}

static const NumeralConfigField data_fields[] = {
  { N_ ("Source"), N_ ("What is learned from"), NUMERAL_CONFIG_CHOICE, AT (source),
    .choice = numeral_config_source_title },
  { N_ ("Digits to Write"), N_ ("The program writes them with pens and hands of its own"),
    NUMERAL_CONFIG_COUNT, AT (generated), NUMERAL_GENERATED_MIN, NUMERAL_GENERATED_MAX, 1000,
    .matters = is_generated },
  { N_ ("For Validation, %"), N_ ("Samples that are kept aside to measure, and never learned from"),
    NUMERAL_CONFIG_SHARE, TRAIN (validation), 0, 90, 5, .choice = NULL },
  { N_ ("Class Balancing"), N_ ("What is done where some digits are rarer than others"),
    NUMERAL_CONFIG_CHOICE, TRAIN (balance), .choice = numeral_config_balance_title },
};

static const NumeralConfigField network_fields[] = {
  { N_ ("Activation"), N_ ("Of the hidden layers"), NUMERAL_CONFIG_CHOICE, TRAIN (activation),
    .choice = numeral_config_activation_title, .matters = has_hidden },
  { N_ ("Initialisation"), N_ ("What the weights are at the beginning"), NUMERAL_CONFIG_CHOICE,
    TRAIN (init), .choice = numeral_config_init_title },
  { N_ ("Loss"), N_ ("What is made as small as possible"), NUMERAL_CONFIG_CHOICE, TRAIN (loss),
    .choice = numeral_config_loss_title },
  { N_ ("Dropout, %"), N_ ("Hidden units that are left out by chance in each minibatch"),
    NUMERAL_CONFIG_SHARE, TRAIN (dropout), 0, 99, 5, .matters = has_hidden },
  { N_ ("Label Smoothing, %"), N_ ("How much of the truth is spread over all ten digits"),
    NUMERAL_CONFIG_SHARE, TRAIN (label_smoothing), 0, 99, 1, .choice = NULL },
};

static const NumeralConfigField optimizer_fields[] = {
  { N_ ("Optimiser"), N_ ("How the weights follow the gradient"), NUMERAL_CONFIG_CHOICE,
    TRAIN (optimizer), .choice = numeral_config_optimizer_title },
  { N_ ("Learning Rate"), N_ ("How far the weights move in a step"), NUMERAL_CONFIG_REAL,
    TRAIN (learning_rate), 1e-7, 1000, 0.001, .choice = NULL },
  { N_ ("Momentum"), N_ ("How much of the last step goes into this one"), NUMERAL_CONFIG_REAL,
    TRAIN (momentum), 0, 0.9999, 0.05, .matters = has_momentum },
  { N_ ("Beta 1"), N_ ("How slowly the mean of the gradient forgets"), NUMERAL_CONFIG_REAL,
    TRAIN (beta1), 0, 0.9999, 0.01, .matters = has_beta1 },
  { N_ ("Beta 2"), N_ ("How slowly the mean of its square forgets"), NUMERAL_CONFIG_REAL,
    TRAIN (beta2), 0, 0.99999, 0.001, .matters = has_beta2 },
  { N_ ("Epsilon"), N_ ("Keeps a division from being one by zero"), NUMERAL_CONFIG_REAL,
    TRAIN (epsilon), 1e-9, 1, 1e-8, .matters = has_beta2 },
  { N_ ("Weight Decay"), N_ ("How strongly weights are drawn to zero"), NUMERAL_CONFIG_REAL,
    TRAIN (weight_decay), 0, 100, 0.0001, .choice = NULL },
  { N_ ("Schedule"), N_ ("How the learning rate changes with time"), NUMERAL_CONFIG_CHOICE,
    TRAIN (schedule), .choice = numeral_config_schedule_title },
  { N_ ("Epochs in a Step"), N_ ("After so many epochs the learning rate falls"),
    NUMERAL_CONFIG_COUNT, TRAIN (step_epochs), 1, 1000000, 1, .matters = has_steps },
  { N_ ("Factor of a Step"), N_ ("What the learning rate is multiplied by"), NUMERAL_CONFIG_REAL,
    TRAIN (step_factor), 0.001, 1, 0.1, .matters = has_steps },
  { N_ ("Warm-up, Epochs"), N_ ("The learning rate rises from zero at first"), NUMERAL_CONFIG_REAL,
    TRAIN (warmup_epochs), 0, 1000, 0.5, .choice = NULL },
};

static const NumeralConfigField length_fields[] = {
  { N_ ("Minibatch"), N_ ("Samples that one step learns from"), NUMERAL_CONFIG_COUNT,
    TRAIN (batch_size), 1, 65535, 8, .choice = NULL },
  { N_ ("Epochs"), N_ ("How often all samples are gone through"), NUMERAL_CONFIG_COUNT,
    TRAIN (epochs), 1, 1000000, 1, .choice = NULL },
  { N_ ("Stop Early After"),
    N_ ("Epochs without a better validation loss before it ends; 0: never"), NUMERAL_CONFIG_COUNT,
    TRAIN (patience), 0, 1000, 1, .choice = NULL },
  { N_ ("Seed"), N_ ("The same seed gives the same run, to the last bit"), NUMERAL_CONFIG_SEED,
    /* Up to where doubles, which spin buttons count in, tell neighbours apart. */
    TRAIN (seed), 0, 9007199254740991.0, 1, .choice = NULL },
  { N_ ("Threads"), N_ ("0: as many as there are processors; the result is always the same"),
    NUMERAL_CONFIG_COUNT, TRAIN (threads), 0, 256, 1, .choice = NULL },
};

/* The bounds are those of nn_augment_fields. */
static const NumeralConfigField augment_fields[] = {
  { N_ ("Rotation, Degrees"), N_ ("Turned by up to this either way"), NUMERAL_CONFIG_REAL,
    TRAIN (augment.rotation), 0, 180, 1, .choice = NULL },
  { N_ ("Scaling, %"), N_ ("Larger or smaller by up to this"), NUMERAL_CONFIG_SHARE,
    TRAIN (augment.scale), 0, 50, 1, .choice = NULL },
  { N_ ("Slant, Degrees"), N_ ("Uprights lean by up to this either way"), NUMERAL_CONFIG_REAL,
    TRAIN (augment.shear), 0, 45, 1, .choice = NULL },
  { N_ ("Shift, Pixels"),
    N_ ("How far the middle of a digit moves either way; nothing else moves it"),
    NUMERAL_CONFIG_REAL, TRAIN (augment.shift), 0, 10, 0.5, .choice = NULL },
  { N_ ("Elastic Distortion, Pixels"), N_ ("How far points are displaced, each by itself"),
    NUMERAL_CONFIG_REAL, TRAIN (augment.elastic), 0, 5, 0.1, .choice = NULL },
  { N_ ("Its Smoothness, Pixels"), N_ ("How far points are displaced together"),
    NUMERAL_CONFIG_REAL, TRAIN (augment.smoothness), 1, 20, 0.5, .matters = has_elastic },
  { N_ ("Line Width"), N_ ("How much thicker or thinner lines get; 1: a pixel on each side"),
    NUMERAL_CONFIG_REAL, TRAIN (augment.stroke), 0, 1, 0.1, .choice = NULL },
  { N_ ("Pen Strokes"),
    N_ ("Where samples are ink: how much strokes are bent and moved before they are drawn; 1: "
        "about "
        "as much as one person's digits differ"),
    NUMERAL_CONFIG_REAL, TRAIN (augment.ink), 0, 3, 0.1, .choice = NULL },
};

#define GROUP(fields)             \
  {                               \
    fields, G_N_ELEMENTS (fields) \
  }

const NumeralConfigField *
numeral_config_fields (NumeralConfigGroup group, guint *n)
{
  static const struct
  {
    const NumeralConfigField *fields;
    guint n;
  } groups[] = { GROUP (data_fields), GROUP (network_fields), GROUP (optimizer_fields),
                 GROUP (length_fields), GROUP (augment_fields) };

  g_return_val_if_fail ((guint) group < G_N_ELEMENTS (groups), NULL);

  *n = groups[group].n;
  return groups[group].fields;
}
