/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <glib/gi18n.h>

#include "numeral-data.h"
#include "numeral-format.h"

/* A network that learns changes many times a second. Its samples are looked at when it has not
 * changed for so long, in ms. */
#define REST 1200

/* Pause between two looks at the progress, in ms. */
#define POLL 150

/* Progress is an integer that two threads share. */
#define WHOLE 1000

/**
 * Indexing:
 * @samples: (nullable): %NULL: they are loaded first
 * @done: share that is done, of WHOLE; atomic
 *
 * Looking at all training samples with a model, in a thread.
 */
typedef struct
{
  GWeakRef drawing;
  NumeralModel *model;
  NnDataset *samples;
  int done;
} Indexing;

static void
indexing_free (gpointer data)
{
  Indexing *indexing = data;

  g_weak_ref_clear (&indexing->drawing);
  numeral_model_unref (indexing->model);
  g_clear_pointer (&indexing->samples, nn_dataset_unref);
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
  if (indexing->samples)
    neighbours = numeral_neighbours_new (indexing->model->network, indexing->samples, on_progress,
                                         indexing, cancellable, &error);
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
  if (indexing->samples && !self->samples)
    self->samples = nn_dataset_ref (indexing->samples);
  if (!neighbours)
    {
      const gboolean missing = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_autofree char *text = numeral_format_sentence (error->message);

      numeral_neighbours_card_set_message (self->neighbours, text, missing);
      return;
    }
  numeral_neighbours_card_set_message (self->neighbours, NULL, FALSE);
  self->question.neighbours = neighbours;
  numeral_explain_drawing_ask (self);
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

static void
begin (gpointer data)
{
  NumeralExplainDrawing *self = data;
  Indexing *indexing = g_new0 (Indexing, 1);
  g_autoptr (GTask) task = NULL;

  self->index_delay = 0;
  self->indexing = g_cancellable_new ();
  g_weak_ref_init (&indexing->drawing, self);
  indexing->model = numeral_model_ref (self->indexed);
  indexing->samples = self->samples ? nn_dataset_ref (self->samples) : NULL;
  task = g_task_new (NULL, self->indexing, on_indexed, NULL);
  g_task_set_task_data (task, indexing, indexing_free);
  self->index_task = task;
  self->index_poll = g_timeout_add (POLL, on_poll, self);
  numeral_neighbours_card_set_progress (self->neighbours, 0);
  g_task_run_in_thread (task, run);
}

void
numeral_explain_drawing_index (NumeralExplainDrawing *self)
{
  NumeralModel *model = numeral_page_get_lab (NUMERAL_PAGE (self)) ?
                            numeral_lab_get_model (numeral_page_get_lab (NUMERAL_PAGE (self))) :
                            NULL;
  const gboolean training =
      numeral_page_get_lab (NUMERAL_PAGE (self)) &&
      numeral_trainer_get_state (numeral_lab_get_trainer (
          numeral_page_get_lab (NUMERAL_PAGE (self)))) == NUMERAL_TRAINER_RUNNING;

  if (!numeral_page_get_shown (NUMERAL_PAGE (self)) || !model)
    return;
  /* The samples may have come since the last look. */
  if (self->indexed == model && (self->question.neighbours || self->indexing || self->index_delay))
    return;
  numeral_explain_drawing_forget_index (self);
  self->indexed = numeral_model_ref (model);
  if (training)
    numeral_neighbours_card_set_message (self->neighbours,
                                         _ ("The samples are compared when the training rests."),
                                         FALSE);
  self->index_delay = g_timeout_add_once (REST, begin, self);
}

void
numeral_explain_drawing_forget_index (NumeralExplainDrawing *self)
{
  stop (self);
  g_clear_pointer (&self->question.neighbours, numeral_neighbours_unref);
  g_clear_pointer (&self->indexed, numeral_model_unref);
}
