/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-sampler.h"
#include "nn-setting.h"
#include "nn-train-config.h"

G_BEGIN_DECLS

/**
 * NnGanConfig:
 * @generator: the network that makes images, in the text form of nn-architecture.h: it reads noise
 *   followed by the class as a one-hot vector, and gives a value in [0, 1] for each pixel, so that
 *   its last layer is a sigmoid. The activation that the text leaves out is ReLU
 * @discriminator: the network that tells real images from generated ones. It reads the image
 *   followed by the class as a one-hot vector and gives one logit (Mirza and Osindero 2014), or it
 *   reads the image alone and gives a logit for each class, of which that of the image's class
 *   counts: the projection of Miyato and Koyama 2018, with which convolutions are possible. The
 *   activation that the text leaves out is leaky ReLU
 * @learning_rate: @discriminator_rate: of Adam
 * @label_smoothing: target of real images is 1 less this much; that of generated images stays 0
 *   (one-sided: Salimans et al. 2016)
 * @penalty: weight of the penalty on the discriminator's gradient at real images (R1: Mescheder,
 *   Geiger and Nowozin 2018), 0 for none
 * @noise: deviation of the noise on real and generated images before the discriminator reads them
 *   (Sønderby et al. 2017; Arjovsky and Bottou 2017); it falls to zero over the run
 * @shift: pixels: real and generated images are displaced by up to this much before the
 *   discriminator reads them (differentiable augmentation: Zhao et al. 2020); images only
 * @average: decay per step of the generator's averaged weights (Yazıcı et al. 2019)
 * @balance: which classes an epoch takes how often; generated images have the classes of the real
 *   ones beside them
 * @threads: workers, 0 for as many as there are processors; never changes the result
 *
 * All settings of the training of a generative adversarial network except its data. Plain data;
 * nn_gan_settings describes each member.
 */
typedef struct
{
  char generator[NN_NETWORK_TEXT_SIZE];
  char discriminator[NN_NETWORK_TEXT_SIZE];
  double learning_rate, discriminator_rate;
  double beta1, beta2;
  double label_smoothing;
  double penalty, noise;
  double average;
  guint shift;
  NnBalance balance;
  guint batch_size;
  guint epochs;
  guint64 seed;
  guint threads;
} NnGanConfig;

#define NN_N_GAN_SETTINGS 16
extern const NnSetting nn_gan_settings[NN_N_GAN_SETTINGS];

/* The defaults of the table. */
void nn_gan_config_init (NnGanConfig *config);
/* NN_ERROR_CONFIG with a message that names the setting and its range. */
gboolean nn_gan_config_validate (const NnGanConfig *config, GError **error);
gboolean nn_gan_config_equal (const NnGanConfig *a, const NnGanConfig *b);

/* How the discriminator reads the class. */
typedef enum
{
  NN_GAN_CLASS_BESIDE,    /* as more values beside the image */
  NN_GAN_CLASS_PROJECTED, /* one logit for each class */
} NnGanClass;

/**
 * NnGanShape:
 * @n_noise: values of noise that the generator reads
 *
 * The two networks of a config for samples of one shape, checked against each other.
 */
typedef struct
{
  NnArchitecture generator, discriminator;
  NnGanClass condition;
  guint n_noise, n_classes, n_features;
} NnGanShape;

/* NN_ERROR_SHAPE where a network does not fit the samples; NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE. */
gboolean nn_gan_config_shape (const NnGanConfig *config,
                              guint n_features,
                              guint n_classes,
                              NnGanShape *shape,
                              GError **error);

/**
 * nn_gan_check_generator:
 * @n_noise: (out)
 *
 * Whether @arch can be a generator of images of @n_features pixels: NN_ERROR_SHAPE if not.
 */
gboolean nn_gan_check_generator (
    const NnArchitecture *arch, guint n_features, guint n_classes, guint *n_noise, GError **error);

G_END_DECLS
