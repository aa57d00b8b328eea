/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-omission.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-batch.h"
#include "numeral-reader.h"

/* (element-type guint): what is kept without each set of @n_left_out of @n pieces. */
static GArray *
list_sets (guint n, guint n_left_out)
{
  const guint all = (1u << n) - 1;
  GArray *sets = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint left_out = 1; left_out < all; left_out++)
    if ((guint) __builtin_popcount (left_out) == n_left_out)
      {
        const guint kept = all & ~left_out;

        g_array_append_val (sets, kept);
      }
  return sets;
}

/* What is left of the digit, a sample for each set. */
static NnDataset *
draw_sets (const NumeralOmission *self, const InkDrawing *drawing, const GArray *sets)
{
  NnDataset *dataset = nn_dataset_new_values (sets->len, INK_TENSOR_SIZE, NUMERAL_N_DIGITS, NULL);

  for (guint i = 0; i < sets->len; i++)
    {
      g_autoptr (InkDrawing) rest =
          ink_pieces_select (drawing, self->pieces, self->n_pieces, g_array_index (sets, guint, i));

      ink_tensor_from_drawing (rest, NULL, dataset->values + (gsize) i * INK_TENSOR_SIZE);
    }
  return dataset;
}

/* How far the target is ahead of the other digits, in logits; minus infinity if it is not, or if
 * the rest is refused. */
static double
ahead (const NumeralModel *model, const NumeralBatch *batch, gsize i, guint target)
{
  const float *logits = batch->logits + i * batch->n_classes;
  double distance = INFINITY;

  if (batch->novelty != NULL &&
      !(numeral_novelty_from_log_odds (batch->novelty[i]) <= model->novelty->threshold))
    return -INFINITY;
  for (guint k = 0; k < NUMERAL_N_DIGITS; k++)
    if (k != target)
      distance = MIN (distance, (double) logits[target] - (double) logits[k]);
  return distance > 0 ? distance : -INFINITY;
}

/* Whether a set of this size does it; the best one is in self->kept then. */
static gboolean
try_size (NumeralOmission *self,
          const NumeralModel *model,
          const InkDrawing *drawing,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GArray) sets = list_sets (self->n_pieces, self->n_left_out);
  g_autoptr (NnDataset) dataset = draw_sets (self, drawing, sets);
  g_autoptr (NumeralBatch) batch = numeral_batch_new (model, dataset, NULL, cancellable, error);
  double best = -INFINITY;

  for (guint i = 0; batch != NULL && i < sets->len; i++)
    {
      const double distance = ahead (model, batch, i, self->target);

      if (distance <= best)
        continue;
      best = distance;
      self->kept = g_array_index (sets, guint, i);
    }
  return best > 0;
}

static double
length_of (const InkDrawing *drawing)
{
  double length = 0;

  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 1; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *points = drawing->strokes[i]->points + j;

        length +=
            hypot ((double) (points[0].x - points[-1].x), (double) (points[0].y - points[-1].y));
      }
  return length;
}

/* Reads the rest as the canvas does. */
static gboolean
read_rest (NumeralOmission *self, const NumeralModel *model, const InkDrawing *drawing)
{
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);
  g_autoptr (InkDrawing) rest =
      ink_pieces_select (drawing, self->pieces, self->n_pieces, self->kept);
  const double all = length_of (drawing);

  ink_tensor_from_drawing (rest, NULL, self->reading.tensor);
  self->reading.box = ink_drawing_box (rest);
  numeral_reader_read (reader, &self->reading);
  self->ink = all > 0 ? 1 - length_of (rest) / all : 0;
  return self->reading.digit == self->target && !self->reading.refused;
}

NumeralOmission *
numeral_omission_find (const NumeralModel *model,
                       const InkDrawing *drawing,
                       guint target,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (NumeralOmission) self = NULL;
  GError *local = NULL;

  if (!numeral_digits_check (model->network, error))
    return NULL;
  self = g_new0 (NumeralOmission, 1);
  self->ref_count = 1;
  self->target = target;
  self->n_pieces = ink_pieces_find (drawing, self->pieces);
  for (self->n_left_out = 1; self->n_left_out < self->n_pieces; self->n_left_out++)
    {
      if (try_size (self, model, drawing, cancellable, &local) && read_rest (self, model, drawing))
        return g_steal_pointer (&self);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
    }
  g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
               _ ("there are no pieces of stroke without which it is a %u and is accepted as a "
                  "digit"),
               target);
  return NULL;
}

NumeralOmission *
numeral_omission_ref (NumeralOmission *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_omission_unref (NumeralOmission *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self);
}
