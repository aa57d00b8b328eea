/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-gan.h"
#include "numeral-generator.h"
#include "numeral-run-data.h"

G_BEGIN_DECLS

/* Digits of each class that show how the generator develops. */
#define NUMERAL_GAN_SAMPLES 8

/* What can go wrong with the training of a generative adversarial network, as flags. */
typedef enum
{
  NUMERAL_GAN_COLLAPSE = 1 << 0, /* the digits of a class are nearly the same: mode collapse */
  NUMERAL_GAN_WON = 1 << 1,      /* the discriminator is always right, and the generator's gradient
                                    vanishes */
} NumeralGanTrouble;

/**
 * NumeralGanEpoch:
 * @epoch: 0-based
 * @discriminator_loss: @generator_loss: @real: @generated: @gradient: means of NnGanStep over the
 *   epoch
 * @diversity: [n_classes] mean distance between the samples of a class, divided by that of the
 *   training samples: about 1 for a good generator, 0 for one that makes the same digit again; NaN
 *   for a class that the training samples lack
 * @n_classes: at most NN_MAX_CLASSES
 * @trouble: NumeralGanTrouble flags
 * @collapsed: the class of the lowest @diversity
 * @seconds: @n_images: of its training
 */
typedef struct
{
  guint epoch;
  double discriminator_loss, generator_loss, real, generated, gradient;
  guint n_classes;
  double diversity[NN_MAX_CLASSES];
  guint trouble;
  guint collapsed;
  double seconds;
  guint64 n_images;
} NumeralGanEpoch;

/**
 * NumeralGanSetup:
 * @config: copied
 * @data: its training samples; those for validation are not used
 * @initial: (nullable): a generator whose training goes on; it must have its discriminator
 * @name: @licence: (nullable): for the card
 */
typedef struct
{
  const NnGanConfig *config;
  const NumeralRunData *data;
  const NumeralGenerator *initial;
  const char *name, *licence;
} NumeralGanSetup;

/**
 * NumeralGanSession:
 *
 * The training of a generator, from its first minibatch to its end. As NumeralSession it has no
 * thread and no main loop of its own: the owner calls numeral_gan_session_step() until it says that
 * the run is done. The window's thread and `numeral-cli train --generative gan` drive the same
 * session, so that the same configuration and data give the same generator byte for byte. Owned by
 * one thread.
 */
typedef struct _NumeralGanSession NumeralGanSession;

/* NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE, NN_ERROR_VALUE */
NumeralGanSession *numeral_gan_session_new (const NumeralGanSetup *setup, GError **error);
void numeral_gan_session_free (NumeralGanSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralGanSession, numeral_gan_session_free)

const NnGan *numeral_gan_session_get_gan (const NumeralGanSession *session);

/**
 * numeral_gan_session_step:
 * @step: (out): the figures of the minibatch
 * @epoch: (out) (nullable): those of the epoch that it ended; valid until the next call
 *
 * Returns: %FALSE with NN_ERROR_VALUE if a loss is no longer finite
 */
gboolean numeral_gan_session_step (NumeralGanSession *session,
                                   NnGanStep *step,
                                   const NumeralGanEpoch **epoch,
                                   GError **error);

/* The figures of the epoch so far, without its diversity and trouble. */
void numeral_gan_session_get_means (const NumeralGanSession *session, NumeralGanEpoch *means);

/**
 * numeral_gan_session_sample:
 *
 * The digits that the generator makes now of noise that is always the same: NUMERAL_GAN_SAMPLES of
 * each class, sample i being of class i % n_classes.
 *
 * Returns: (transfer full)
 */
NnDataset *numeral_gan_session_sample (const NumeralGanSession *session);

/* (transfer full) (nullable): what the trouble of an epoch means and what to do; %NULL if there is
 * none, or if it was told before and has not gone away since. */
char *numeral_gan_session_take_warning (NumeralGanSession *session);

/* (transfer full): the generator as it is now, with its discriminator and its card. NN_ERROR_VALUE
 * if the run diverged. @stopped: (nullable): why the run ended, as numeral_session_end_name() */
NumeralGenerator *numeral_gan_session_make_generator (const NumeralGanSession *session,
                                                      const char *stopped,
                                                      GError **error);

/* (transfer full): the figures of a step, or of an epoch, as one JSON object for a log. */
char *numeral_gan_step_to_json (const NnGanStep *step);
char *numeral_gan_epoch_to_json (const NumeralGanEpoch *epoch);

G_END_DECLS
