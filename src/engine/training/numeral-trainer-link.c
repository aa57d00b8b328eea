/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-trainer-link.h"

#include <math.h>

/* What a kill may cost. */
#define CHECKPOINT_INTERVAL (2 * G_USEC_PER_SEC)

typedef struct
{
  GSource source;
  NumeralTrainerLink *link;
  void (*dispatch) (NumeralTrainerLink *link);
} NewsSource;

void
numeral_trainer_news_init (NumeralTrainerNews *news)
{
  *news = (NumeralTrainerNews){
    .seconds_left = NAN,
    .scale = 1,
    .points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint)),
    .epochs = g_array_new (FALSE, FALSE, sizeof (NumeralEpochPoint)),
    .unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_unsaved_run_unref),
  };
}

void
numeral_trainer_news_clear (NumeralTrainerNews *news)
{
  g_clear_pointer (&news->begin, numeral_history_free);
  g_clear_pointer (&news->points, g_array_unref);
  g_clear_pointer (&news->epochs, g_array_unref);
  g_clear_pointer (&news->train, nn_dataset_unref);
  g_clear_pointer (&news->validation, nn_dataset_unref);
  g_clear_pointer (&news->network, nn_network_unref);
  g_clear_pointer (&news->unsaved, g_ptr_array_unref);
  g_clear_pointer (&news->problem, g_free);
  g_clear_error (&news->error);
}

static gboolean
news_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  NewsSource *news = (NewsSource *) source;
  NumeralTrainerLink *link = numeral_trainer_link_ref (news->link);

  /* Before anything is taken: news that come later wake again. */
  g_source_set_ready_time (source, -1);
  news->dispatch (link);
  numeral_trainer_link_unref (link);
  return G_SOURCE_CONTINUE;
}

static void
news_finalize (GSource *source)
{
  numeral_trainer_link_unref (((NewsSource *) source)->link);
}

static GSourceFuncs news_funcs = {
  .dispatch = news_dispatch,
  .finalize = news_finalize,
};

NumeralTrainerLink *
numeral_trainer_link_new (GObject *owner, void (*dispatch) (NumeralTrainerLink *link))
{
  NumeralTrainerLink *link = g_new0 (NumeralTrainerLink, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  pthread_mutex_init (&link->mutex, NULL);
  pthread_cond_init (&link->cond, NULL);
  link->ref_count = 1;
  link->commands.scale = NAN;
  link->checkpoint_interval = CHECKPOINT_INTERVAL;
  numeral_trainer_news_init (&link->news);
  g_weak_ref_init (&link->owner, owner);
  link->source = g_source_new (&news_funcs, sizeof (NewsSource));
  ((NewsSource *) link->source)->link = numeral_trainer_link_ref (link);
  ((NewsSource *) link->source)->dispatch = dispatch;
  g_source_set_static_name (link->source, "numeral-trainer");
  /* After the pointer's events, before GTK draws. */
  g_source_set_priority (link->source, G_PRIORITY_HIGH_IDLE);
  g_source_attach (link->source, context);
  return link;
}

NumeralTrainerLink *
numeral_trainer_link_ref (NumeralTrainerLink *link)
{
  g_atomic_int_inc (&link->ref_count);
  return link;
}

void
numeral_trainer_link_unref (NumeralTrainerLink *link)
{
  if (!g_atomic_int_dec_and_test (&link->ref_count))
    return;
  g_clear_pointer (&link->commands.next, numeral_run_record_unref);
  g_clear_object (&link->commands.cancellable);
  numeral_trainer_news_clear (&link->news);
  g_weak_ref_clear (&link->owner);
  pthread_cond_destroy (&link->cond);
  pthread_mutex_destroy (&link->mutex);
  g_free (link);
}

void
numeral_trainer_link_detach (NumeralTrainerLink *link)
{
  g_autoptr (GSource) source = NULL;
  g_autoptr (GPtrArray) unsaved = NULL;

  pthread_mutex_lock (&link->mutex);
  source = g_steal_pointer (&link->source);
  /* They hold the link. */
  unsaved = g_steal_pointer (&link->news.unsaved);
  link->news.unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_unsaved_run_unref);
  pthread_mutex_unlock (&link->mutex);
  if (source != NULL)
    g_source_destroy (source);
}

void
numeral_trainer_link_lock (NumeralTrainerLink *link)
{
  pthread_mutex_lock (&link->mutex);
}

void
numeral_trainer_link_unlock (NumeralTrainerLink *link)
{
  pthread_mutex_unlock (&link->mutex);
}

void
numeral_trainer_link_command (NumeralTrainerLink *link)
{
  __atomic_store_n (&link->attention, 1, __ATOMIC_RELEASE);
  pthread_cond_signal (&link->cond);
}

void
numeral_trainer_link_announce (NumeralTrainerLink *link)
{
  if (link->source != NULL)
    g_source_set_ready_time (link->source, 0);
}
