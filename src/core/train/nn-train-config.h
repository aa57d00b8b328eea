/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augment.h"
#include "nn-architecture-words.h"
#include "nn-network.h"
#include "nn-sampler.h"
#include "nn-train-settings.h"
#include "nn-update.h"

G_BEGIN_DECLS

/* "sgd", "momentum", "rmsprop", "adam", "adamw" */
extern const NnNames nn_optimizer_names;
const char *nn_optimizer_name (NnOptimizerKind optimizer);
gboolean nn_optimizer_from_name (const char *name, NnOptimizerKind *out, GError **error);

typedef enum
{
  NN_SCHEDULE_CONSTANT,
  NN_SCHEDULE_COSINE, /* to zero over all steps, Loshchilov and Hutter 2017 */
  NN_SCHEDULE_STEP,   /* times step_factor after every step_epochs epochs */
  NN_N_SCHEDULES,
} NnSchedule;

/* "constant", "cosine", "step" */
extern const NnNames nn_schedule_names;
const char *nn_schedule_name (NnSchedule schedule);
gboolean nn_schedule_from_name (const char *name, NnSchedule *out, GError **error);

/* Room for the text form of a network, with its NUL. */
#define NN_NETWORK_TEXT_SIZE 512

/* Most principal components that can be the input. */
#define NN_MAX_PRINCIPAL 784

/**
 * NnTrainConfig:
 * @network: the network in the text form of nn-architecture.h; empty for a multilayer perceptron
 *   of @hidden. @activation is the default of the text, and @dropout is added to a text without
 *   dropout layers
 * @hidden: [n_hidden] widths
 * @pca: number of principal components that the trainer's samples consist of (nn-reduction.h); 0 if
 *   they are what the network reads. Excludes augmentation and a first layer that is not dense.
 *   @network, too, describes the network that reads
 * @weight_decay: L2: added to the gradient of weights, not biases; decoupled for AdamW
 * @dp_noise: noise multiplier of DP-SGD, 0 for a training that is not private; @dp_clip: norm to
 *   which the gradient of each sample is clipped; @dp_delta: @dp_epsilon: the run ends with the
 * last epoch that keeps epsilon at most here, 0 for no bound. Excludes class balancing and
 * principal components, which are computed from samples without noise
 * @dropout: probability of dropping a hidden unit, [0, 1); inverted dropout
 * @label_smoothing: [0, 1)
 * @augment: random distortion of the samples each time they are trained on; images only
 * @warmup_epochs: linear warm-up before the schedule, may be 0 or a fraction
 * @validation: share of the data set kept for validation, [0, 1)
 * @patience: epochs without a better validation loss before stopping, 0 for never
 * @threads: workers, 0 for as many as there are processors; never changes the result
 *
 * All settings of a run except its data. Plain data; nn_train_settings describes each member.
 */
typedef struct
{
  char network[NN_NETWORK_TEXT_SIZE];
  guint n_hidden;
  guint hidden[NN_MAX_HIDDEN];
  guint pca;
  NnActivation activation;
  NnInit init;
  NnLoss loss;
  NnOptimizerKind optimizer;
  double learning_rate;
  double momentum;     /* momentum */
  double beta1, beta2; /* Adam, AdamW; RMSprop decays by beta2 */
  double epsilon;
  double weight_decay;
  double dropout;
  double label_smoothing;
  double dp_noise, dp_clip, dp_delta, dp_epsilon;
  NnSchedule schedule;
  guint step_epochs;
  double step_factor;
  double warmup_epochs;
  NnBalance balance;
  NnAugment augment;
  guint batch_size;
  guint epochs;
  guint64 seed;
  double validation;
  guint patience;
  guint threads;
} NnTrainConfig;

/* The textbook: 784-128-10, ReLU, He, softmax, Adam 0.001, batch 32, 5 epochs, seed 1,
 * validation 0.1, no decay, no dropout, constant. */
void nn_train_config_init (NnTrainConfig *config);

/* NN_ERROR_CONFIG with a message that names the setting and its range, or the two settings that
 * exclude each other. */
gboolean nn_train_config_validate (const NnTrainConfig *config, GError **error);
/* (transfer none) (nullable): the row of nn_train_settings or nn_augment_settings of the first
 * member that is out of its range or excluded by another, with that error; %NULL if @config is
 * valid. */
const NnSetting *nn_train_config_find_problem (const NnTrainConfig *config, GError **error);
gboolean nn_train_config_equal (const NnTrainConfig *a, const NnTrainConfig *b);

/* The network for samples of @input and @n_classes. If @input are the principal components, the
 * input of the requested network is replaced by them. NN_ERROR_SHAPE if the requested network has
 * another input or another number of classes; NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE. */
gboolean nn_train_config_architecture (const NnTrainConfig *config,
                                       NnShape input,
                                       guint n_classes,
                                       NnArchitecture *arch,
                                       GError **error);

/* Requests a network with the architecture and the loss of an existing one. @arch must be valid. */
void nn_train_config_take_architecture (NnTrainConfig *config, const NnArchitecture *arch);

/* The layers that the configuration requests, in the words of a person, for samples of @input and
 * @n_classes; a configuration that names its network has both in the text. NN_ERROR_CONFIG. */
gboolean nn_train_config_get_words (const NnTrainConfig *config,
                                    NnShape input,
                                    guint n_classes,
                                    NnArchitectureWords *words,
                                    GError **error);
/* Requests the network of these words: dense layers alone as hidden layers, to which the samples
 * give the input and the classes; others as text. NN_ERROR_CONFIG if the text is too long. */
gboolean
nn_train_config_set_words (NnTrainConfig *config, const NnArchitectureWords *words, GError **error);

/* The learning rate of a step, 0-based, @steps_per_epoch of them in each epoch. */
double
nn_train_config_learning_rate (const NnTrainConfig *config, guint64 step, guint64 steps_per_epoch);

G_END_DECLS
