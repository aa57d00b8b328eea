/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-lesson.h"

#include "ink-tensor.h"
#include "numeral-data-ink.h"
#include "numeral-data.h"
#include "numeral-hand-digits.h"
#include "numeral-hand-model.h"
#include "numeral-memory.h"
#include "numeral-model-file.h"

/* The same samples give the same model. */
#define SEED 1

/* The share of the work before the training. */
#define BEFORE 0.1

/* (nullable) (transfer full): MNIST's training split. If it is damaged, the generator stands in for
 * it: one's own hand is learned all the same. */
static NnDataset *
load_others (GCancellable *cancellable)
{
  g_autofree char *path = numeral_data_find_mnist ();

  return path != NULL ? numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, cancellable, NULL) :
                        NULL;
}

/* (transfer full) (nullable): the digits among @samples, perhaps too few. */
static NnDataset *
make_dataset (const GPtrArray *samples, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) digits = numeral_hand_select_digits (samples, NULL, NULL);
  gsize n_without_ink = 0;

  if (digits->len > 0)
    return numeral_data_from_ink (digits, FALSE, &n_without_ink, cancellable, error);
  /* numeral_adapt() says how many are needed. */
  return nn_dataset_new_pixels (0, INK_TENSOR_SIDE, INK_TENSOR_SIDE, NUMERAL_HAND_NOT_A_DIGIT,
                                error);
}

static gint64
find_newest (const GPtrArray *samples)
{
  gint64 newest = 0;

  for (guint i = 0; i < samples->len; i++)
    newest = MAX (newest, ((const NumeralHandSample *) g_ptr_array_index (samples, i))->id);
  return newest;
}

/* Whether each sample that was learned from is still there with the same label. */
static gboolean
are_still_there (const GPtrArray *learned, const GPtrArray *now)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < now->len; i++)
    {
      NumeralHandSample *sample = g_ptr_array_index (now, i);

      g_hash_table_insert (labels, &sample->id, sample);
    }
  for (guint i = 0; i < learned->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (learned, i);
      const NumeralHandSample *found = g_hash_table_lookup (labels, &sample->id);

      if (found == NULL || found->label != sample->label)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const NumeralHandLessonRequest *request;
} Progress;

static void
on_progress (double share, gpointer data)
{
  const NumeralHandLessonRequest *request = ((Progress *) data)->request;

  if (request->progress != NULL)
    request->progress (BEFORE + (1 - BEFORE) * share, request->user_data);
}

/* @samples: (element-type NumeralHandSample) */
static gboolean
adapt (NumeralHandLesson *lesson,
       const NumeralHandLessonRequest *request,
       const GPtrArray *samples,
       NnDataset *others,
       GError **error)
{
  g_autoptr (NnDataset) own = make_dataset (samples, request->cancellable, error);
  g_autoptr (NumeralModel) adapted = NULL;
  Progress progress = { request };
  const NumeralAdaptRequest adapt_request = { .model = lesson->base,
                                              .name = lesson->name,
                                              .samples = own,
                                              .others = others,
                                              .seed = SEED,
                                              .cancellable = request->cancellable,
                                              .progress = on_progress,
                                              .user_data = &progress };

  if (own == NULL)
    return FALSE;
  on_progress (0, &progress);
  g_clear_pointer (&lesson->adaptation, numeral_adaptation_free);
  lesson->adaptation = numeral_adapt (&adapt_request, error);
  if (lesson->adaptation == NULL)
    return FALSE;
  lesson->newest = find_newest (samples);
  adapted = lesson->adaptation->model;
  lesson->adaptation->model = numeral_hand_model_new (adapted, lesson->newest);
  return TRUE;
}

static gboolean
learn (NumeralHandLesson *lesson,
       const NumeralHandLessonRequest *request,
       NnDataset *others,
       GError **error)
{
  g_autoptr (GPtrArray) samples =
      numeral_hand_db_read_all (request->db, request->cancellable, error);

  while (samples != NULL)
    {
      g_autoptr (GPtrArray) now = NULL;

      if (!adapt (lesson, request, samples, others, error))
        return FALSE;
      now = numeral_hand_db_read_all (request->db, request->cancellable, error);
      if (now == NULL)
        return FALSE;
      if (are_still_there (samples, now))
        return TRUE;
      g_ptr_array_unref (samples);
      samples = g_steal_pointer (&now);
    }
  return FALSE;
}

NumeralHandLesson *
numeral_hand_lesson_new (const NumeralHandLessonRequest *request, GError **error)
{
  const gint64 begin = g_get_monotonic_time ();
  g_autoptr (NumeralHandLesson) lesson = g_new0 (NumeralHandLesson, 1);
  g_autoptr (NnDataset) others = NULL;
  gboolean done;

  lesson->name = g_strdup (request->name);
  lesson->base = request->model != NULL ? numeral_model_ref (request->model) :
                                          numeral_model_load_shipped (error);
  if (lesson->base == NULL)
    return NULL;
  others = load_others (request->cancellable);
  lesson->mnist = others != NULL;
  done = !g_cancellable_set_error_if_cancelled (request->cancellable, error) &&
         learn (lesson, request, others, error);
  g_clear_pointer (&others, nn_dataset_unref);
  /* What the files and the pictures took. */
  numeral_memory_trim ();
  lesson->seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  return done ? g_steal_pointer (&lesson) : NULL;
}

void
numeral_hand_lesson_free (NumeralHandLesson *lesson)
{
  g_clear_pointer (&lesson->base, numeral_model_unref);
  g_clear_pointer (&lesson->adaptation, numeral_adaptation_free);
  g_free (lesson->name);
  g_free (lesson);
}
