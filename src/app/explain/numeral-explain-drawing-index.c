/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <glib/gi18n.h>

#include "numeral-data.h"
#include "numeral-format.h"
#include "numeral-units.h"

/* The model changes many times a second while somebody looks back through a run. The samples are
 * looked at when it has not changed for so long, in ms. */
#define REST 300

/* While a network learns so many samples are looked at, with a pause before the next time. The
 * training needs the processors: the pause is at least so long, in ms, and twice as long as the
 * look took. */
#define SOME 10000
#define PAUSE 150

/* Pause between two looks at the progress, in ms. */
#define POLL 150

/* Progress is an integer that two threads share. */
#define WHOLE 1000

/**
 * Indexing:
 * @samples: (nullable): %NULL: they are loaded first
 * @some: (nullable): some of @samples
 * @whole: whether to look at all samples
 * @done: share that is done, of WHOLE; atomic
 *
 * Looking at the training samples with a model, in a thread.
 */
typedef struct
{
  GWeakRef drawing;
  NumeralModel *model;
  NnDataset *samples, *some;
  gboolean whole;
  int done;
} Indexing;

static void
indexing_free (gpointer data)
{
  Indexing *indexing = data;

  g_weak_ref_clear (&indexing->drawing);
  numeral_model_unref (indexing->model);
  g_clear_pointer (&indexing->samples, nn_dataset_unref);
  g_clear_pointer (&indexing->some, nn_dataset_unref);
  g_free (indexing);
}

static void
on_progress (double share, gpointer data)
{
  g_atomic_int_set (&((Indexing *) data)->done, (int) (share * WHOLE));
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Indexing *indexing = data;
  GError *error = NULL;
  NumeralNeighbours *neighbours = NULL;

  if (!indexing->samples)
    {
      g_autofree char *mnist = numeral_data_find_mnist ();

      if (!mnist)
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                                   _ ("MNIST is not on this computer."));
          return;
        }
      indexing->samples = numeral_data_load (mnist, NUMERAL_SPLIT_TRAIN, NULL, cancellable, &error);
    }
  if (indexing->samples && !indexing->some)
    indexing->some = numeral_units_thin_out (indexing->samples, SOME);
  if (indexing->samples)
    neighbours = numeral_neighbours_new (indexing->model->network,
                                         indexing->whole ? indexing->samples : indexing->some,
                                         on_progress, indexing, cancellable, &error);
  if (neighbours)
    g_task_return_pointer (task, neighbours, (GDestroyNotify) numeral_neighbours_unref);
  else
    g_task_return_error (task, error);
}

static void
stop (NumeralExplainDrawing *self)
{
  g_clear_handle_id (&self->index_delay, g_source_remove);
  g_clear_handle_id (&self->index_poll, g_source_remove);
  if (self->indexing)
    g_cancellable_cancel (self->indexing);
  g_clear_object (&self->indexing);
  self->index_task = NULL;
}

static void
on_indexed (GObject *source, GAsyncResult *result, gpointer unused)
{
  Indexing *indexing = g_task_get_task_data (G_TASK (result));
  g_autoptr (NumeralExplainDrawing) self = g_weak_ref_get (&indexing->drawing);
  g_autoptr (GError) error = NULL;
  NumeralNeighbours *neighbours = g_task_propagate_pointer (G_TASK (result), &error);

  /* A stale callback no longer matches the task. */
  if (!self || self->index_task != G_TASK (result))
    {
      g_clear_pointer (&neighbours, numeral_neighbours_unref);
      return;
    }
  stop (self);
  numeral_neighbours_card_set_progress (self->neighbours, -1);
  self->index_took = g_get_monotonic_time () - self->index_began;
  if (indexing->samples && !self->samples)
    {
      self->samples = nn_dataset_ref (indexing->samples);
      self->some = nn_dataset_ref (indexing->some);
    }
  if (!neighbours)
    {
      const gboolean missing = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_autofree char *text = numeral_format_sentence (error->message);

      g_clear_pointer (&self->question.neighbours, numeral_neighbours_unref);
      numeral_neighbours_card_set_message (self->neighbours, text, missing);
      return;
    }
  numeral_neighbours_card_set_message (self->neighbours, NULL, FALSE);
  g_clear_pointer (&self->question.neighbours, numeral_neighbours_unref);
  self->question.neighbours = neighbours;
  numeral_explain_drawing_ask (self);
  /* There may be a newer model. */
  numeral_explain_drawing_index (self);
}

static gboolean
on_poll (gpointer data)
{
  NumeralExplainDrawing *self = data;
  const Indexing *indexing = g_task_get_task_data (self->index_task);

  numeral_neighbours_card_set_progress (self->neighbours,
                                        (double) g_atomic_int_get (&indexing->done) / WHOLE);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_learning (NumeralExplainDrawing *self)
{
  NumeralLab *lab = numeral_page_get_lab (NUMERAL_PAGE (self));

  return numeral_trainer_get_state (numeral_lab_get_trainer (lab)) == NUMERAL_TRAINER_RUNNING;
}

/* With the newest model. */
static void
begin (gpointer data)
{
  NumeralExplainDrawing *self = data;
  NumeralModel *model = numeral_page_get_model (NUMERAL_PAGE (self));
  Indexing *indexing = g_new0 (Indexing, 1);
  g_autoptr (GTask) task = NULL;

  self->index_delay = 0;
  self->indexing = g_cancellable_new ();
  numeral_model_ref (model);
  g_clear_pointer (&self->indexed, numeral_model_unref);
  self->indexed = model;
  self->index_whole = !is_learning (self);
  self->index_began = g_get_monotonic_time ();
  g_weak_ref_init (&indexing->drawing, self);
  indexing->model = numeral_model_ref (model);
  indexing->samples = self->samples ? nn_dataset_ref (self->samples) : NULL;
  indexing->some = self->some ? nn_dataset_ref (self->some) : NULL;
  indexing->whole = self->index_whole;
  task = g_task_new (NULL, self->indexing, on_indexed, NULL);
  g_task_set_task_data (task, indexing, indexing_free);
  self->index_task = task;
  if (self->index_whole || !self->question.neighbours)
    {
      self->index_poll = g_timeout_add (POLL, on_poll, self);
      numeral_neighbours_card_set_progress (self->neighbours, 0);
    }
  g_task_run_in_thread (task, run);
}

void
numeral_explain_drawing_index (NumeralExplainDrawing *self)
{
  NumeralModel *model = numeral_page_get_model (NUMERAL_PAGE (self));
  gboolean learning;

  if (!numeral_page_get_shown (NUMERAL_PAGE (self)) || !model)
    return;
  learning = is_learning (self);
  /* The samples may have come since the last look. */
  if (self->indexed == model && (self->index_whole || learning) &&
      (self->question.neighbours || self->indexing))
    return;
  /* The thread of a snapshot is soon done, and goes on with the newest one. */
  if (learning && (self->index_delay || (self->indexing && !self->index_whole)))
    return;
  if (!self->indexed ||
      !nn_architecture_equal (&self->indexed->network->arch, &model->network->arch))
    numeral_explain_drawing_forget_index (self);
  else
    stop (self);
  self->index_delay =
      g_timeout_add_once (!learning ? REST : MAX (PAUSE, (guint) (2 * self->index_took / 1000)),
                          begin, self);
}

void
numeral_explain_drawing_forget_index (NumeralExplainDrawing *self)
{
  stop (self);
  self->index_took = 0;
  g_clear_pointer (&self->question.neighbours, numeral_neighbours_unref);
  g_clear_pointer (&self->indexed, numeral_model_unref);
}
