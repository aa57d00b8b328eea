/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-gan-trainer.h"

G_BEGIN_DECLS

/* Private to training: the thread of a NumeralGanTrainer. */

/**
 * NumeralGanNews:
 * @points: (element-type NnGanStep)
 * @snapshots: (element-type NumeralGanSnapshot)
 * @epochs: (element-type NumeralGanEpoch)
 * @warnings: (element-type utf8)
 * @generator: (nullable): a newer one
 * @n_steps: of the whole run
 * @error: (nullable): why it ended; %NULL if all epochs were trained or it was stopped
 *
 * What the main thread has not been told yet.
 */
typedef struct
{
  GArray *points, *snapshots, *epochs;
  GPtrArray *warnings;
  NumeralGenerator *generator;
  guint64 n_steps;
  gboolean ended;
  GError *error;
} NumeralGanNews;

void numeral_gan_news_clear (NumeralGanNews *news);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralGanNews, numeral_gan_news_clear)

/* A run. Reference-counted (atomic). */
typedef struct _NumeralGanRun NumeralGanRun;

/* Starts the thread. @ready: called in the thread-default main context of the caller when there are
 * news. @data: (transfer full), freed with @free in that context, too. */
NumeralGanRun *numeral_gan_run_new (const NnGanConfig *config,
                                    const NumeralRunConfig *source,
                                    void (*ready) (NumeralGanRun *run, gpointer data),
                                    gpointer data,
                                    GDestroyNotify free);
void numeral_gan_run_unref (NumeralGanRun *run);

/* In the main thread: moves the news to @news, which is overwritten. */
void numeral_gan_run_take_news (NumeralGanRun *run, NumeralGanNews *news);
void numeral_gan_run_set_paused (NumeralGanRun *run, gboolean paused);
void numeral_gan_run_stop (NumeralGanRun *run);
/* Stops it and waits until its thread has ended, which takes a minibatch. */
void numeral_gan_run_join (NumeralGanRun *run);

G_END_DECLS
