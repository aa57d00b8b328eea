/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>

#include "nn-dataset.h"
#include "numeral-run-record.h"
#include "numeral-trainer.h"
#include "numeral-unsaved-run.h"

G_BEGIN_DECLS

/* Private to numeral-trainer*.c: all that the object and its thread share.
 *
 * Threads never hold the object, whose last reference may go away at any time; they hold this,
 * which is counted by itself. */

/**
 * NumeralTrainerCommands:
 * @serial: of the newest numeral_trainer_start(); the other commands are for that run
 * @next: (nullable): the run to begin, not yet taken by the thread
 * @minibatches: to train while paused
 * @epoch: train to the end of the epoch while paused
 * @scale: of the learning rate, NaN where it is not to be changed
 * @want_snapshot: somebody looks at the weights, and has got the last ones
 */
typedef struct
{
  guint64 serial;
  NumeralRunRecord *next;
  GCancellable *cancellable;
  gboolean quit, stop, paused;
  guint64 minibatches;
  gboolean epoch;
  double scale;
  gboolean want_snapshot;
} NumeralTrainerCommands;

/**
 * NumeralTrainerNews:
 * @serial: of the run that they are about
 * @begin: (nullable): the curve so far, of a run that was begun or taken up again; @points and
 *   @epochs come after it
 * @problem: (nullable): why the run is not saved at the moment
 * @unsaved: (element-type NumeralUnsavedRun): runs that ended and could not be saved, of any serial
 * @error: (nullable): of @finished
 *
 * What the thread has to say, gathered until the main context takes it.
 */
typedef struct
{
  guint64 serial;
  NumeralTrainerState state;
  gboolean reducing;
  double progress, images_per_second, seconds_left, epochs_done, scale;
  NumeralHistory *begin;
  GArray *points, *epochs;
  NnDataset *train, *validation;
  NnNetwork *network;
  char *problem;
  GPtrArray *unsaved;
  gboolean finished;
  GError *error;
} NumeralTrainerNews;

void numeral_trainer_news_init (NumeralTrainerNews *news);
void numeral_trainer_news_clear (NumeralTrainerNews *news);

typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  /* Not 0: commands changed. Looked at between minibatches without the mutex. */
  int attention;
  NumeralTrainerCommands commands;
  NumeralTrainerNews news;
  GSource *source; /* wakes the main context; one for all news; NULL where the object is gone */
  gint64 checkpoint_interval; /* microseconds */
  GWeakRef owner;             /* only dispatch looks at it */
  int ref_count;
} NumeralTrainerLink;

/* @owner: the object; the source calls @dispatch in the thread's default main context */
NumeralTrainerLink *numeral_trainer_link_new (GObject *owner,
                                              void (*dispatch) (NumeralTrainerLink *link));
NumeralTrainerLink *numeral_trainer_link_ref (NumeralTrainerLink *link);
void numeral_trainer_link_unref (NumeralTrainerLink *link);
/* No more news from here on. */
void numeral_trainer_link_detach (NumeralTrainerLink *link);

void numeral_trainer_link_lock (NumeralTrainerLink *link);
void numeral_trainer_link_unlock (NumeralTrainerLink *link);
/* Locked: commands were changed; wakes the thread. */
void numeral_trainer_link_command (NumeralTrainerLink *link);
/* Locked: there are news; wakes the main context. */
void numeral_trainer_link_announce (NumeralTrainerLink *link);

static inline gboolean
numeral_trainer_link_has_attention (NumeralTrainerLink *link)
{
  return __atomic_load_n (&link->attention, __ATOMIC_ACQUIRE) != 0;
}

/* The thread: trains one run after the other until told to quit. Takes over a reference to @link.
 */
gpointer numeral_trainer_thread (gpointer link);

/* For tests, which cannot wait for as long as a checkpoint usually takes. Before the first start.
 */
void numeral_trainer_set_checkpoint_interval (NumeralTrainer *self, double seconds);

G_END_DECLS
