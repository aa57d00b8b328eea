/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-gan-config.h"
#include "nn-pool.h"

G_BEGIN_DECLS

/**
 * NnGan:
 *
 * A conditional generative adversarial network in training (Goodfellow et al. 2014; Mirza and
 * Osindero 2014): a generator G makes an image from noise z and a class y, and a discriminator D
 * tells real images x from generated ones. With D the logit, σ the sigmoid and t the target of real
 * images, a step on a minibatch of real images with their classes
 *
 * - updates D by the gradient of the mean of  t softplus (-D (x, y)) + (1 - t) softplus (D (x, y))
 * + softplus (D (G (z, y), y)), and of the regulariser,
 * - updates G, with new noise, by the gradient of the mean of  softplus (-D (G (z, y), y)): the
 *   non-saturating loss, whose gradient does not vanish while D wins.
 *
 * Both with Adam (Kingma and Ba 2015). The weights that images are made with are an average of G's
 * over the steps (Yazıcı et al. 2019), which hides its oscillation about the equilibrium.
 *
 * The regulariser is γ/2 times the mean of |∇x D (x, y)|² over real images (R1: Mescheder, Geiger
 * and Nowozin 2018, equation 9), every fourth step and four times as strongly (Karras et al. 2020).
 * Its gradient at D's parameters has second derivatives, which are calculated as a difference of
 * first ones. Besides, D reads images with noise that falls to zero over the run.
 *
 * The same config, seed and data give the same run bit for bit on the same machine, with any number
 * of threads. Owned by one thread; the workers inside it are joined when it is freed.
 */
typedef struct _NnGan NnGan;

/**
 * NnGanStep:
 * @step: @epoch: 0-based
 * @discriminator_loss: @generator_loss: means over the minibatch, without the regulariser
 * @real: @generated: means of D's answers σ (D) in the minibatch, before its update
 * @gradient: root mean square of the gradient of G's loss at the pixels of the generated images,
 *   times the size of the minibatch
 * @n: images in the minibatch
 */
typedef struct
{
  guint64 step;
  guint epoch;
  double discriminator_loss, generator_loss;
  double real, generated;
  double gradient;
  guint n;
  gboolean epoch_done, run_done;
} NnGanStep;

/* @train: its features are from 0 to 1. NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE,
 * NN_ERROR_VALUE. */
NnGan *nn_gan_new (const NnGanConfig *config, NnDataset *train, GError **error);
void nn_gan_free (NnGan *gan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnGan, nn_gan_free)

const NnGanConfig *nn_gan_get_config (const NnGan *gan);
const NnGanShape *nn_gan_get_shape (const NnGan *gan);
guint64 nn_gan_get_steps_per_epoch (const NnGan *gan);
/* The step that the next nn_gan_step() will train. */
guint64 nn_gan_get_step (const NnGan *gan);

/* Begins with these networks instead of those of the seed, before the first step. NN_ERROR_SHAPE if
 * an architecture differs; then nothing changes. */
gboolean nn_gan_set_networks (NnGan *gan,
                              const NnNetwork *generator,
                              const NnNetwork *discriminator,
                              GError **error);

/* Trains one minibatch. %FALSE with NN_ERROR_VALUE if a loss is no longer finite; the parameters
 * are then those before the step that failed. */
gboolean nn_gan_step (NnGan *gan, NnGanStep *step, GError **error);

/* (transfer full): copies of the weights, which are never changed; of the generator the average. */
NnNetwork *nn_gan_snapshot_generator (const NnGan *gan);
NnNetwork *nn_gan_snapshot_discriminator (const NnGan *gan);

/* The gradient of the discriminator's and of the generator's loss for the next minibatch with the
 * networks as they are, for tests: [n_params] of each. The discriminator's loss has the penalty. */
void nn_gan_gradients (NnGan *gan,
                       float *discriminator,
                       float *generator,
                       double *discriminator_loss,
                       double *generator_loss);

G_END_DECLS
