/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-gan-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define GENERATOR "74-256-512-784-sigmoid"
#define DISCRIMINATOR "784-512-256-10"

static const char *const balance_titles[NN_N_BALANCES] = {
  N_ ("None"),
  N_ ("Weighted Loss"),
  N_ ("Oversampling"),
  N_ ("Undersampling"),
};

static char *
network_to_text (gconstpointer member)
{
  return g_strdup (member);
}

/* Whether the two networks fit the samples is known when these are there. */
static gboolean
network_from_text (const char *text, gpointer member, GError **error)
{
  g_autofree NnArchitecture *arch = g_new (NnArchitecture, 1);

  if (!nn_architecture_from_string_as_map (text, NN_ACTIVATION_RELU, arch, error))
    return FALSE;
  if (strlen (text) >= NN_NETWORK_TEXT_SIZE)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("the description of the network has more than %d characters"),
                   NN_NETWORK_TEXT_SIZE - 1);
      return FALSE;
    }
  memset (member, 0, NN_NETWORK_TEXT_SIZE);
  memcpy (member, text, strlen (text));
  return TRUE;
}

static const NnSettingText network_text = { network_to_text, network_from_text };

#define MEMBER(n, g, t, m) \
  .name = n, .group = g, .type = t, .offset = G_STRUCT_OFFSET (NnGanConfig, m)
#define RANGE(l, h, i, s) .low = l, .high = h, .initial = i, .step = s

const NnSetting nn_gan_settings[NN_N_GAN_SETTINGS] = {
  { MEMBER ("generator", NN_SETTING_NETWORK, NN_SETTING_TEXT, generator), .text = &network_text,
    .initial_text = GENERATOR, .value = N_ ("NOISE+CLASSES-LAYER-..."), .title = N_ ("Generator"),
    .hint = N_ ("Layers of the network that makes digits from noise and the class") },
  { MEMBER ("discriminator", NN_SETTING_NETWORK, NN_SETTING_TEXT, discriminator),
    .text = &network_text, .initial_text = DISCRIMINATOR, .value = N_ ("INPUT-LAYER-..."),
    .title = N_ ("Discriminator"),
    .hint = N_ ("Layers of the network that tells real digits from generated ones") },
  { MEMBER ("learning-rate", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, learning_rate),
    RANGE (0, 1, 0.001, 0.0005), .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("RATE"),
    .title = N_ ("Learning Rate"), .hint = N_ ("Size of each step of the generator") },
  { MEMBER ("discriminator-rate", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, discriminator_rate),
    RANGE (0, 1, 0.001, 0.0005), .flags = NN_SETTING_ABOVE_LOW, .value = N_ ("RATE"),
    .title = N_ ("Learning Rate of the Discriminator"),
    .hint = N_ ("Size of each step of the discriminator") },
  { MEMBER ("beta1", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, beta1), RANGE (0, 1, 0.5, 0.05),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("DECAY"), .title = N_ ("Beta 1"),
    .hint = N_ ("Decay rate of the gradient average of Adam") },
  { MEMBER ("beta2", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, beta2), RANGE (0, 1, 0.99, 0.001),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("DECAY"), .title = N_ ("Beta 2"),
    .hint = N_ ("Decay rate of the squared-gradient average of Adam") },
  { MEMBER ("label-smoothing", NN_SETTING_NETWORK, NN_SETTING_REAL, label_smoothing),
    RANGE (0, 0.5, 0, 1), .unit = NN_UNIT_SHARE, .value = N_ ("SHARE"),
    .title = N_ ("Label Smoothing"), .hint = N_ ("How far the target of real digits is from 1") },
  { MEMBER ("penalty", NN_SETTING_NETWORK, NN_SETTING_REAL, penalty), RANGE (0, 1000, 0.1, 0.1),
    .value = N_ ("WEIGHT"), .title = N_ ("Gradient Penalty"),
    .hint = N_ ("Strength with which the discriminator is kept flat at real digits") },
  { MEMBER ("noise", NN_SETTING_AUGMENT, NN_SETTING_REAL, noise), RANGE (0, 10, 0.4, 0.05),
    .value = N_ ("DEVIATION"), .title = N_ ("Noise"),
    .hint = N_ ("Deviation of the noise on real and generated digits before they are told apart") },
  { MEMBER ("average", NN_SETTING_OPTIMIZER, NN_SETTING_REAL, average), RANGE (0, 1, 0.999, 0.001),
    .flags = NN_SETTING_BELOW_HIGH, .value = N_ ("DECAY"), .title = N_ ("Averaged Weights"),
    .hint = N_ ("Decay rate of the average of the generator's weights, 0 for none") },
  { MEMBER ("shift", NN_SETTING_AUGMENT, NN_SETTING_COUNT, shift), RANGE (0, 14, 0, 1),
    .unit = NN_UNIT_PIXELS, .value = N_ ("PIXELS"), .title = N_ ("Shift"),
    .hint = N_ ("Largest displacement of real and generated digits before they are told apart") },
  { MEMBER ("balance", NN_SETTING_DATA, NN_SETTING_CHOICE, balance),
    RANGE (0, NN_N_BALANCES - 1, NN_BALANCE_NONE, 1), .names = &nn_balance_names,
    .titles = balance_titles, .title = N_ ("Class Balancing"),
    .hint = N_ ("Compensation for classes with fewer samples than others") },
  { MEMBER ("batch-size", NN_SETTING_LENGTH, NN_SETTING_COUNT, batch_size), RANGE (2, 4096, 128, 8),
    .value = N_ ("N"), .title = N_ ("Minibatch Size"),
    .hint = N_ ("Number of samples in each step") },
  { MEMBER ("epochs", NN_SETTING_LENGTH, NN_SETTING_COUNT, epochs), RANGE (1, 1000000, 20, 1),
    .value = N_ ("N"), .title = N_ ("Epochs"),
    .hint = N_ ("Number of passes over the training samples") },
  { MEMBER ("seed", NN_SETTING_LENGTH, NN_SETTING_SEED, seed), RANGE (0, 0x1p64, 1, 1),
    .value = N_ ("N"), .title = N_ ("Seed"),
    .hint = N_ ("Start of all random numbers: the same seed repeats the run exactly") },
  { MEMBER ("threads", NN_SETTING_LENGTH, NN_SETTING_COUNT, threads), RANGE (0, 256, 0, 1),
    .flags = NN_SETTING_NO_RESULT, .value = N_ ("N"), .title = N_ ("Threads"),
    .hint = N_ ("Number of workers, 0 for one per processor; never changes the result") },
};

void
nn_gan_config_init (NnGanConfig *config)
{
  memset (config, 0, sizeof *config);
  nn_settings_reset (nn_gan_settings, NN_N_GAN_SETTINGS, config);
}

gboolean
nn_gan_config_validate (const NnGanConfig *config, GError **error)
{
  return nn_settings_find_problem (nn_gan_settings, NN_N_GAN_SETTINGS, config, error) == NULL;
}

gboolean
nn_gan_config_equal (const NnGanConfig *a, const NnGanConfig *b)
{
  return nn_settings_equal (nn_gan_settings, NN_N_GAN_SETTINGS, a, b);
}

gboolean
nn_gan_check_generator (
    const NnArchitecture *arch, guint n_features, guint n_classes, guint *n_noise, GError **error)
{
  const guint n_inputs = nn_architecture_n_inputs (arch);

  if (arch->layers[arch->n_layers - 1].kind != NN_LAYER_SIGMOID)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("the last layer of a generator must be sigmoid, because pixels are "
                              "from 0 to 1"));
      return FALSE;
    }
  if (nn_architecture_n_outputs (arch) != n_features)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the generator makes %zu values, but an image has %u"),
                   nn_architecture_n_outputs (arch), n_features);
      return FALSE;
    }
  if (!nn_shape_is_flat (&arch->input) || n_inputs <= n_classes)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the generator reads %u values: it must read a vector of more than the %u "
                      "that say the class"),
                   n_inputs, n_classes);
      return FALSE;
    }
  *n_noise = n_inputs - n_classes;
  return TRUE;
}

gboolean
nn_gan_config_shape (
    const NnGanConfig *config, guint n_features, guint n_classes, NnGanShape *shape, GError **error)
{
  guint n_inputs;
  gsize n_outputs;

  shape->n_classes = n_classes;
  shape->n_features = n_features;
  if (!nn_architecture_from_string_as_map (config->generator, NN_ACTIVATION_RELU, &shape->generator,
                                           error) ||
      !nn_gan_check_generator (&shape->generator, n_features, n_classes, &shape->n_noise, error))
    {
      g_prefix_error (error, "%s: ", config->generator);
      return FALSE;
    }
  if (!nn_architecture_from_string_as_map (config->discriminator, NN_ACTIVATION_LEAKY_RELU,
                                           &shape->discriminator, error))
    {
      g_prefix_error (error, "%s: ", config->discriminator);
      return FALSE;
    }
  n_inputs = nn_architecture_n_inputs (&shape->discriminator);
  n_outputs = nn_architecture_n_outputs (&shape->discriminator);
  if (n_inputs == n_features + n_classes && n_outputs == 1)
    shape->condition = NN_GAN_CLASS_BESIDE;
  else if (n_inputs == n_features && n_outputs == n_classes)
    shape->condition = NN_GAN_CLASS_PROJECTED;
  else
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the discriminator %1$s must read %2$u values and give one, or read %3$u and "
                      "give %4$u"),
                   config->discriminator, n_features + n_classes, n_features, n_classes);
      return FALSE;
    }
  return TRUE;
}
