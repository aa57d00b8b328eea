/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-sample-reader.h"
#include "numeral-test-samples.h"
#include "numeral-toast.h"
#include "numeral-train-page-private.h"

/* A stale callback no longer matches the page's cancellable. */

typedef struct
{
  NumeralTrainPage *page;
  GCancellable *cancellable;
  NumeralRun *run; /* the run that is read; at first the one that is shown */
} Earlier;

static void read_earlier (Earlier *earlier);

static void
earlier_free (Earlier *earlier)
{
  g_object_unref (earlier->page);
  g_object_unref (earlier->cancellable);
  g_object_unref (earlier->run);
  g_free (earlier);
}

static void
on_earlier (GObject *source, GAsyncResult *result, gpointer data)
{
  Earlier *earlier = data;
  NumeralTrainPage *self = earlier->page;
  g_autoptr (NumeralHistory) history = numeral_run_load_history_finish (result, NULL);

  if (self->loading != earlier->cancellable)
    {
      earlier_free (earlier);
      return;
    }
  if (history && numeral_history_get_n_steps (history) > 0)
    {
      numeral_run_curves_set_earlier (self->curves, numeral_run_get_name (earlier->run), history);
      earlier_free (earlier);
      return;
    }
  read_earlier (earlier);
}

/* (transfer full) (nullable): the next run that can be read. */
static NumeralRun *
next_run (NumeralRunStore *store, NumeralRun *run)
{
  guint at;

  if (!numeral_run_store_find (store, run, &at))
    return NULL;
  for (;;)
    {
      g_autoptr (NumeralRun) next = g_list_model_get_item (G_LIST_MODEL (store), ++at);

      if (!next || numeral_run_is_readable (next))
        return g_steal_pointer (&next);
    }
}

/* Takes ownership of @earlier. */
static void
read_earlier (Earlier *earlier)
{
  NumeralRunStore *store = numeral_lab_get_store (earlier->page->lab);
  g_autoptr (NumeralRun) run = next_run (store, earlier->run);

  if (run)
    {
      g_set_object (&earlier->run, run);
      numeral_run_load_history_async (run, earlier->cancellable, on_earlier, earlier);
    }
  else
    {
      /* It may not be in the list yet. */
      earlier->page->more_wanted = numeral_run_store_get_loading (store);
      earlier_free (earlier);
    }
}

/* Loads the curve of the run before the one that is shown, for comparison. */
static void
load_earlier (NumeralTrainPage *self)
{
  NumeralRun *shown = numeral_lab_get_run (self->lab);
  Earlier *earlier;

  self->more_wanted = FALSE;
  if (!shown)
    return;
  earlier = g_new0 (Earlier, 1);
  earlier->page = g_object_ref (self);
  earlier->cancellable = g_object_ref (self->loading);
  earlier->run = g_object_ref (shown);
  read_earlier (earlier);
}

void
numeral_train_page_load_more (NumeralTrainPage *self)
{
  if (self->lab && self->more_wanted && self->loading)
    load_earlier (self);
}

static void
on_history (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralTrainPage) self = data;
  g_autoptr (GError) error = NULL;
  NumeralHistory *history = numeral_run_load_history_finish (result, &error);

  if (self->loading != g_task_get_cancellable (G_TASK (result)))
    {
      g_clear_pointer (&history, numeral_history_free);
      return;
    }
  g_clear_pointer (&self->history, numeral_history_free);
  self->history = history;
  if (!history)
    numeral_toast_show (GTK_WIDGET (self), error->message);
  self->loaded (self);
  load_earlier (self);
}

void
numeral_train_page_load_curves (NumeralTrainPage *self)
{
  NumeralRun *run = numeral_lab_get_run (self->lab);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  g_clear_pointer (&self->history, numeral_history_free);
  numeral_run_curves_set_earlier (self->curves, NULL, NULL);
  /* The curve that is shown comes first: a long one takes both processors. */
  if (run && !numeral_train_page_shows_trainer (self))
    numeral_run_load_history_async (run, self->loading, on_history, g_object_ref (self));
  else
    load_earlier (self);
}

static void
on_test (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralTrainPage) self = data;
  /* The settings report damaged test data; show training samples here. */
  NnDataset *test = numeral_test_samples_load_finish (result, NULL);

  if (self->test_loading != g_task_get_cancellable (G_TASK (result)))
    {
      g_clear_pointer (&test, nn_dataset_unref);
      return;
    }
  g_clear_object (&self->test_loading);
  self->test = test;
  self->loaded (self);
}

static void
load_test (NumeralTrainPage *self, NumeralRun *run)
{
  g_cancellable_cancel (self->test_loading);
  g_clear_object (&self->test_loading);
  g_clear_pointer (&self->test, nn_dataset_unref);
  self->test_of = run;
  if (!run)
    return;
  self->test_loading = g_cancellable_new ();
  numeral_test_samples_load_async (numeral_run_get_config (run), NUMERAL_SAMPLE_READER_N,
                                   self->test_loading, on_test, g_object_ref (self));
}

void
numeral_train_page_grid_update (NumeralTrainPage *self)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (self->lab);
  NnNetwork *network = numeral_trainer_get_network (trainer);
  NnDataset *validation = numeral_trainer_get_validation_data (trainer);
  NnDataset *dataset = NULL;
  NumeralRun *run = numeral_trainer_get_run (trainer);
  g_autofree char *text = NULL;
  guint right, n;

  if (run != self->test_of)
    load_test (self, run);
  if (!self->test_loading)
    dataset = self->test ? self->test :
              validation ? validation :
                           numeral_trainer_get_train_data (trainer);
  /* Samples that arrive late are read with the current weights. */
  if (numeral_sample_grid_set_data (self->grid, dataset) && network)
    numeral_sample_grid_set_network (self->grid, network);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->grid)), dataset != NULL);

  n = numeral_sample_grid_count (self->grid, &right);
  if (n == 0)
    text = g_strdup (_ ("What the network says"));
  else if (self->test)
    text = g_strdup_printf (_ ("Test data: %u of %u right"), right, n);
  else if (validation)
    text = g_strdup_printf (_ ("Validation data: %u of %u right"), right, n);
  else
    text = g_strdup_printf (_ ("Training data: %u of %u right"), right, n);
  gtk_label_set_text (self->grid_title, text);
}

void
numeral_train_page_load_clear (NumeralTrainPage *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->history, numeral_history_free);
  load_test (self, NULL);
}
