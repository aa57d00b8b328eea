/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-robustness.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-batch.h"

static const char *const names[NUMERAL_N_CHANGES] = { "rotation", "size", "width", "shift-x",
                                                      "shift-y" };

const NumeralRobustnessConfig numeral_robustness_config_default = {
  NUMERAL_CHANGE_ROTATION,
  NUMERAL_CHANGE_SIZE,
  NUMERAL_ROBUSTNESS_COLUMNS,
  NUMERAL_ROBUSTNESS_ROWS,
};

/* A digit of the largest size still fits the field; the other ranges go beyond what people write.
 */
static const struct
{
  double low, high;
} ranges[NUMERAL_N_CHANGES] = {
  { -60, 60 }, { 0.5, 1.4 }, { 0.4, 2.2 }, { -6, 6 }, { -6, 6 },
};

const char *
numeral_change_name (NumeralChange change)
{
  return names[change];
}

gboolean
numeral_change_from_name (const char *name, NumeralChange *change)
{
  for (guint i = 0; i < NUMERAL_N_CHANGES; i++)
    if (g_str_equal (name, names[i]))
      {
        *change = i;
        return TRUE;
      }
  return FALSE;
}

void
numeral_change_get_range (NumeralChange change, double *low, double *high)
{
  *low = ranges[change].low;
  *high = ranges[change].high;
}

/* The amount of every change. */
typedef struct
{
  double values[NUMERAL_N_CHANGES];
} Amounts;

/* A copy with the path rotated about the middle of its box. */
static InkDrawing *
rotate (const InkDrawing *drawing, double degrees)
{
  const InkBox box = ink_drawing_box (drawing);
  const double x0 = 0.5 * ((double) box.x0 + (double) box.x1);
  const double y0 = 0.5 * ((double) box.y0 + (double) box.y1);
  const double cosine = cos (degrees * G_PI / 180), sine = sin (degrees * G_PI / 180);
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *from = drawing->strokes[i];
      InkStroke *stroke = ink_stroke_new (from->width);

      for (guint j = 0; j < from->n_points; j++)
        {
          InkPoint point = from->points[j];
          const double x = (double) point.x - x0, y = (double) point.y - y0;

          point.x = (float) (x0 + cosine * x - sine * y);
          point.y = (float) (y0 + sine * x + cosine * y);
          ink_stroke_append (stroke, point);
        }
      g_ptr_array_add (strokes, stroke);
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

/* Draws the ink with the changes. */
static void
draw (const InkDrawing *drawing, const Amounts *amounts, float *tensor)
{
  const double *values = amounts->values;
  g_autoptr (InkDrawing) rotated = rotate (drawing, values[NUMERAL_CHANGE_ROTATION]);
  InkTensorStyle style = ink_tensor_style_default;

  style.box *= values[NUMERAL_CHANGE_SIZE];
  style.pen *= values[NUMERAL_CHANGE_WIDTH];
  style.shift_x += values[NUMERAL_CHANGE_SHIFT_X];
  style.shift_y += values[NUMERAL_CHANGE_SHIFT_Y];
  ink_tensor_from_drawing (rotated, &style, tensor);
}

static double
pixel (const float *tensor, int x, int y)
{
  return x >= 0 && y >= 0 && x < INK_TENSOR_SIDE && y < INK_TENSOR_SIDE ?
             (double) tensor[y * INK_TENSOR_SIDE + x] :
             0;
}

/* Resamples a picture bilinearly, about the place of its centre of mass. */
static void
resample (const float *from, const Amounts *amounts, float *tensor)
{
  const double *values = amounts->values;
  const double angle = values[NUMERAL_CHANGE_ROTATION] * G_PI / 180;
  const double cosine = cos (angle) / values[NUMERAL_CHANGE_SIZE];
  const double sine = sin (angle) / values[NUMERAL_CHANGE_SIZE];

  for (int i = 0; i < INK_TENSOR_SIZE; i++)
    {
      const double dx = i % INK_TENSOR_SIDE - INK_TENSOR_CENTRE - values[NUMERAL_CHANGE_SHIFT_X];
      const double dy = i / INK_TENSOR_SIDE - INK_TENSOR_CENTRE - values[NUMERAL_CHANGE_SHIFT_Y];
      const double x = INK_TENSOR_CENTRE + cosine * dx + sine * dy;
      const double y = INK_TENSOR_CENTRE - sine * dx + cosine * dy;
      const int column = (int) floor (x), row = (int) floor (y);
      const double s = x - column, t = y - row;

      tensor[i] = (float) ((1 - t) * ((1 - s) * pixel (from, column, row) +
                                      s * pixel (from, column + 1, row)) +
                           t * ((1 - s) * pixel (from, column, row + 1) +
                                s * pixel (from, column + 1, row + 1)));
    }
}

static double *
axis_values (NumeralChange change, guint n)
{
  double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] =
        ranges[change].low + (ranges[change].high - ranges[change].low) * (double) i / (n - 1);
  return values;
}

/* The digit in every cell, and as it is in the last row. */
static NnDataset *
make_samples (const NumeralRobustness *self, const InkDrawing *drawing, const float *tensor)
{
  const gsize n = (gsize) self->n_rows * self->n_columns;
  NnDataset *dataset = nn_dataset_new_values (n + 1, INK_TENSOR_SIZE, NUMERAL_N_DIGITS, NULL);

  for (gsize i = 0; i <= n; i++)
    {
      Amounts amounts = { { 0, 1, 1, 0, 0 } };
      float *x = dataset->values + i * INK_TENSOR_SIZE;

      if (i < n)
        {
          amounts.values[self->across] = self->columns[i % self->n_columns];
          amounts.values[self->down] = self->rows[i / self->n_columns];
        }
      if (drawing != NULL)
        draw (drawing, &amounts, x);
      else
        resample (tensor, &amounts, x);
    }
  return dataset;
}

static NumeralRobustCell
read_cell (const NumeralModel *model, const NumeralBatch *batch, gsize i)
{
  const float *logits = batch->logits + i * batch->n_classes;
  NumeralRobustCell cell = { 0 };
  float p[NUMERAL_N_DIGITS];
  gboolean finite = TRUE;

  for (guint k = 0; k < NUMERAL_N_DIGITS; k++)
    finite = finite && isfinite (logits[k]);
  if (!finite)
    return (NumeralRobustCell){ .digit = -1, .refused = TRUE };
  nn_loss_outputs (model->network->arch.loss, logits, p, 1, NUMERAL_N_DIGITS);
  nn_loss_probabilities (model->network->arch.loss, p, p, 1, NUMERAL_N_DIGITS);
  for (guint k = 1; k < NUMERAL_N_DIGITS; k++)
    if (p[k] > p[cell.digit])
      cell.digit = (int) k;
  cell.probability = p[cell.digit];
  /* A novelty that is not a number refuses too. */
  cell.refused = batch->novelty != NULL &&
                 !(numeral_novelty_from_log_odds (batch->novelty[i]) <= model->novelty->threshold);
  return cell;
}

static gboolean
check (const NumeralModel *model,
       const InkDrawing *drawing,
       const NumeralRobustnessConfig *config,
       GError **error)
{
  const guint n_least = MIN (config->n_columns, config->n_rows);
  const guint n_most = MAX (config->n_columns, config->n_rows);

  if (!numeral_digits_check (model->network, error))
    return FALSE;
  if (config->across == config->down)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("a map needs two different changes"));
  else if (n_least < 2 || n_most > NUMERAL_ROBUSTNESS_MAX_SIDE)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("a map has 2 to %d rows and columns"),
                 NUMERAL_ROBUSTNESS_MAX_SIDE);
  else if (drawing == NULL &&
           (config->across == NUMERAL_CHANGE_WIDTH || config->down == NUMERAL_CHANGE_WIDTH))
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 _ ("only pen strokes can be drawn with another width"));
  else
    return TRUE;
  return FALSE;
}

NumeralRobustness *
numeral_robustness_new (const NumeralModel *model,
                        const InkDrawing *drawing,
                        const float tensor[INK_TENSOR_SIZE],
                        const NumeralRobustnessConfig *config,
                        GCancellable *cancellable,
                        GError **error)
{
  const gsize n = (gsize) config->n_rows * config->n_columns;
  g_autoptr (NumeralRobustness) self = NULL;
  g_autoptr (NumeralBatch) batch = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  gsize n_same = 0;

  if (!check (model, drawing, config, error))
    return NULL;
  self = g_new0 (NumeralRobustness, 1);
  self->ref_count = 1;
  self->across = config->across;
  self->down = config->down;
  self->n_columns = config->n_columns;
  self->n_rows = config->n_rows;
  self->columns = axis_values (config->across, config->n_columns);
  self->rows = axis_values (config->down, config->n_rows);
  dataset = make_samples (self, drawing, tensor);
  batch = numeral_batch_new (model, dataset, NULL, cancellable, error);
  if (batch == NULL)
    return NULL;
  self->cells = g_new (NumeralRobustCell, n);
  self->answer = (guint) MAX (read_cell (model, batch, n).digit, 0);
  for (gsize i = 0; i < n; i++)
    {
      self->cells[i] = read_cell (model, batch, i);
      n_same += self->cells[i].digit == (int) self->answer && !self->cells[i].refused;
    }
  self->share = (double) n_same / (double) n;
  return g_steal_pointer (&self);
}

NumeralRobustness *
numeral_robustness_ref (NumeralRobustness *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_robustness_unref (NumeralRobustness *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->columns);
  g_free (self->rows);
  g_free (self->cells);
  g_free (self);
}
