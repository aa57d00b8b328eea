/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "numeral-gan-session.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-gan-diversity.h"
#include "numeral-run-card.h"

/* Seed of the noise of the samples that show how the generator develops. */
#define SAMPLE_SEED 1

/* A class has collapsed if its samples are this close to each other, compared to the training
 * samples. Measured on MNIST: generators that read as diverse have 0.8 and more. */
#define LOW_DIVERSITY 0.5
/* A generator that has just begun does not vary yet, and its discriminator has an easy task. */
#define FIRST_JUDGED_STEP 500

/* The discriminator wins if its mean answers are beyond these. */
#define SURE_REAL 0.95
#define SURE_GENERATED 0.05
/* And the gradient at the generated images is below this share of that of the best epoch. */
#define LOW_GRADIENT 0.25
/* Or if its answers leave no doubt at all. */
#define CERTAIN 0.99

struct _NumeralGanSession
{
  NnGanConfig config;
  NnGan *gan;
  NumeralRunData *data; /* of the owner, which keeps it */
  char *name, *licence;
  guint width, height;
  double spread[NN_MAX_CLASSES]; /* of the training samples; NaN for a class without any */

  NumeralGanEpoch sums; /* of the present epoch */
  guint n_steps;        /* in it */
  gint64 began;
  NumeralGanEpoch epoch; /* the last one */
  double best_gradient;
  guint told; /* NumeralGanTrouble flags */
};

NumeralGanSession *
numeral_gan_session_new (const NumeralGanSetup *setup, GError **error)
{
  NnDataset *train = setup->data->train;
  g_autoptr (NnGan) gan = nn_gan_new (setup->config, train, error);
  NumeralGanSession *session;

  if (gan == NULL)
    return NULL;
  if (train->width == 0)
    {
      numeral_fail (error, NN_ERROR_SHAPE, _ ("a generator learns from images, not from a table"));
      return NULL;
    }
  if (setup->initial != NULL && setup->initial->discriminator == NULL)
    {
      numeral_fail (error, NN_ERROR_CONFIG,
                    _ ("the file has no discriminator, without which the training cannot go on"));
      return NULL;
    }
  if (setup->initial != NULL &&
      !nn_gan_set_networks (gan, setup->initial->network, setup->initial->discriminator, error))
    return NULL;
  session = g_new0 (NumeralGanSession, 1);
  session->config = *setup->config;
  session->gan = g_steal_pointer (&gan);
  session->data = (NumeralRunData *) setup->data;
  session->name = g_strdup (setup->name);
  session->licence = g_strdup (setup->licence);
  session->width = train->width;
  session->height = train->height;
  numeral_gan_diversity_of_data (train, session->spread);
  session->began = g_get_monotonic_time ();
  return session;
}

void
numeral_gan_session_free (NumeralGanSession *session)
{
  nn_gan_free (session->gan);
  g_free (session->name);
  g_free (session->licence);
  g_free (session);
}

const NnGan *
numeral_gan_session_get_gan (const NumeralGanSession *session)
{
  return session->gan;
}

static void
add_step (NumeralGanSession *session, const NnGanStep *step)
{
  NumeralGanEpoch *sums = &session->sums;

  sums->epoch = step->epoch;
  sums->discriminator_loss += step->discriminator_loss;
  sums->generator_loss += step->generator_loss;
  sums->real += step->real;
  sums->generated += step->generated;
  sums->gradient += step->gradient;
  sums->n_images += step->n;
  session->n_steps++;
}

void
numeral_gan_session_get_means (const NumeralGanSession *session, NumeralGanEpoch *means)
{
  const double n = MAX (session->n_steps, 1);

  *means = session->sums;
  means->discriminator_loss /= n;
  means->generator_loss /= n;
  means->real /= n;
  means->generated /= n;
  means->gradient /= n;
  means->seconds = (double) (g_get_monotonic_time () - session->began) / G_USEC_PER_SEC;
}

NnDataset *
numeral_gan_session_sample (const NumeralGanSession *session)
{
  g_autoptr (NumeralGenerator) generator = numeral_gan_session_make_generator (session, NULL, NULL);
  g_autofree guint *counts = NULL;

  if (generator == NULL)
    return NULL;
  counts = g_new (guint, generator->n_classes);
  for (guint c = 0; c < generator->n_classes; c++)
    counts[c] = NUMERAL_GAN_SAMPLES;
  return numeral_generator_make (generator, counts, SAMPLE_SEED, 1, NULL, NULL, NULL, NULL);
}

static gboolean
has_won (const NumeralGanSession *session, const NumeralGanEpoch *epoch)
{
  if (epoch->real >= CERTAIN && epoch->generated <= 1 - CERTAIN)
    return TRUE;
  return epoch->real >= SURE_REAL && epoch->generated <= SURE_GENERATED &&
         epoch->gradient < LOW_GRADIENT * session->best_gradient;
}

/* Looks for what goes wrong. */
static void
judge (NumeralGanSession *session, NumeralGanEpoch *epoch)
{
  g_autoptr (NnDataset) samples = numeral_gan_session_sample (session);
  double lowest = G_MAXDOUBLE;

  epoch->n_classes = session->data->train->n_classes;
  if (samples == NULL)
    return;
  numeral_gan_diversity_of_data (samples, epoch->diversity);
  for (guint c = 0; c < epoch->n_classes; c++)
    {
      epoch->diversity[c] /= session->spread[c];
      if (epoch->diversity[c] < lowest)
        {
          lowest = epoch->diversity[c];
          epoch->collapsed = c;
        }
    }
  session->best_gradient = MAX (session->best_gradient, epoch->gradient);
  if (nn_gan_get_step (session->gan) < FIRST_JUDGED_STEP)
    return;
  if (lowest < LOW_DIVERSITY)
    epoch->trouble |= NUMERAL_GAN_COLLAPSE;
  if (has_won (session, epoch))
    epoch->trouble |= NUMERAL_GAN_WON;
}

gboolean
numeral_gan_session_step (NumeralGanSession *session,
                          NnGanStep *step,
                          const NumeralGanEpoch **epoch,
                          GError **error)
{
  *epoch = NULL;
  if (!nn_gan_step (session->gan, step, error))
    return FALSE;
  add_step (session, step);
  if (!step->epoch_done)
    return TRUE;
  numeral_gan_session_get_means (session, &session->epoch);
  judge (session, &session->epoch);
  session->n_steps = 0;
  session->sums = (NumeralGanEpoch){ 0 };
  session->began = g_get_monotonic_time ();
  *epoch = &session->epoch;
  return TRUE;
}

char *
numeral_gan_session_take_warning (NumeralGanSession *session)
{
  const guint trouble = session->epoch.trouble, new = trouble & ~session->told;

  session->told = trouble;
  if (new &NUMERAL_GAN_COLLAPSE)
    return g_strdup_printf (_ ("the digits of class %u are nearly the same (diversity %.0f %% of "
                               "that of the data): the "
                               "generator has collapsed; more noise or a smaller learning rate of "
                               "the generator helps"),
                            session->epoch.collapsed,
                            100 * session->epoch.diversity[session->epoch.collapsed]);
  if (new &NUMERAL_GAN_WON)
    return g_strdup (_ ("the discriminator tells all digits apart, so that the generator no longer "
                        "learns; more noise, dropout or a smaller learning rate of the "
                        "discriminator helps"));
  return NULL;
}

static char *
describe_settings (const NnGanConfig *config)
{
  GString *text = g_string_new ("--generative gan");

  for (guint i = 0; i < NN_N_GAN_SETTINGS; i++)
    if (!(nn_gan_settings[i].flags & NN_SETTING_NO_RESULT))
      {
        g_autofree char *value = nn_setting_get_text (&nn_gan_settings[i], config);

        g_string_append_printf (text, " --%s %s", nn_gan_settings[i].name, value);
      }
  return g_string_free (text, FALSE);
}

/* Takes ownership of @value (nullable). */
static void
add (GHashTable *card, const char *key, char *value)
{
  if (value != NULL)
    g_hash_table_insert (card, g_strdup (key), value);
}

NumeralGenerator *
numeral_gan_session_make_generator (const NumeralGanSession *session,
                                    const char *stopped,
                                    GError **error)
{
  g_autoptr (NnNetwork) network = nn_gan_snapshot_generator (session->gan);
  g_autoptr (NnNetwork) discriminator = nn_gan_snapshot_discriminator (session->gan);
  g_autoptr (GHashTable) card = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add (card, "generator", g_strdup ("Numeral " PACKAGE_VERSION));
  add (card, "name", g_strdup (session->name));
  add (card, "licence", g_strdup (session->licence));
  add (card, "data", numeral_run_card_describe_data (session->data));
  add (card, NUMERAL_CARD_CLASSES, g_strdup (session->data->train->class_names));
  add (card, "settings", describe_settings (&session->config));
  add (card, "seed", g_strdup_printf ("%" G_GUINT64_FORMAT, session->config.seed));
  add (card, "steps", g_strdup_printf ("%" G_GUINT64_FORMAT, nn_gan_get_step (session->gan)));
  add (card, "stopped", g_strdup (stopped));
  return numeral_generator_new (network, discriminator, session->width, session->height,
                                session->data->train->n_classes, card, error);
}
