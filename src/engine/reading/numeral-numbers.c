/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-numbers.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"

/* Limit of the vertical offset of a digit, in standard deviations. */
#define JITTER_LIMIT 2.5

const NumeralNumbersConfig numeral_numbers_config_default = {
  .length = 4, .gap_low = 0.10, .gap_high = 0.45, .jitter = 0.04, .n_passes = 10, .seed = 1
};

InkDrawing *
numeral_numbers_compose (const NumeralNumbersConfig *config,
                         InkDrawing *const *digits,
                         InkRandom *random)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  double height = 0.0, x = 0.0;

  for (guint i = 0; i < config->length; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]);

      height += ((double) box.y1 - box.y0) / config->length;
    }
  for (guint i = 0; i < config->length; i++)
    {
      const InkBox box = ink_drawing_box (digits[i]);
      const double foot = ink_random_normal (random, 0.0, config->jitter, JITTER_LIMIT) * height;
      g_autoptr (InkDrawing) moved = NULL;

      if (i > 0)
        x += ink_random_range (random, config->gap_low, config->gap_high) * height;
      moved =
          ink_drawing_transform (digits[i], 1.0f, (float) (x - box.x0), (float) (foot - box.y1));
      for (guint s = 0; s < moved->n_strokes; s++)
        g_ptr_array_add (strokes, ink_stroke_ref (moved->strokes[s]));
      x += (double) box.x1 - box.x0;
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

/* A number that is being composed. */
typedef struct
{
  NumeralReader *reader;
  const NumeralNumbersConfig *config;
  NumeralNumbersFailure failure;
  gpointer user_data;
  NumeralNumbersResult *result;
} Measure;

/* Whether @part consists of the @n strokes of the page that begin at @first. */
static gboolean
is_part (const InkDrawing *part, const InkDrawing *page, guint first, guint n)
{
  if (part->n_strokes != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (part->strokes[i] != page->strokes[first + i])
      return FALSE;
  return TRUE;
}

static void
measure_page (Measure *measure, InkSample *const *samples, InkDrawing *page)
{
  g_autoptr (GPtrArray) parts = numeral_reader_split (measure->reader, page);
  g_autoptr (NumeralPrediction) prediction = numeral_reader_read_drawing (measure->reader, page);
  g_autofree char *read = numeral_prediction_get_number (prediction);
  g_autofree char *written = g_malloc0 (measure->config->length + 1);
  NumeralNumbersResult *result = measure->result;
  guint first = 0, n_split = 0;

  for (guint i = 0; i < measure->config->length; i++)
    {
      const guint n = samples[i]->drawing->n_strokes;

      written[i] = (char) ('0' + samples[i]->label);
      for (guint p = 0; p < parts->len; p++)
        if (is_part (g_ptr_array_index (parts, p), page, first, n))
          {
            n_split++;
            result->n_digits_right += prediction->digits[p].digit == (guint) samples[i]->label;
          }
      first += n;
    }
  result->n_numbers++;
  result->n_digits += measure->config->length;
  result->n_split += n_split == measure->config->length && parts->len == n_split;
  if (g_str_equal (read, written))
    result->n_right++;
  else if (measure->failure != NULL)
    measure->failure (page, written, read, measure->user_data);
}

static void
shuffle (GPtrArray *samples, InkRandom *random)
{
  for (guint i = samples->len; i > 1; i--)
    {
      const guint j = (guint) (ink_random_uniform (random) * i);
      gpointer swap = samples->pdata[i - 1];

      samples->pdata[i - 1] = samples->pdata[j];
      samples->pdata[j] = swap;
    }
}

/* @samples: of one writer. */
static void
measure_writer (Measure *measure, GPtrArray *samples, guint64 writer)
{
  const guint length = measure->config->length;
  g_autofree InkDrawing **digits = g_new (InkDrawing *, length);
  InkRandom random;

  ink_random_init (&random, measure->config->seed, writer);
  for (guint pass = 0; pass < measure->config->n_passes; pass++)
    {
      shuffle (samples, &random);
      for (guint first = 0; first + length <= samples->len; first += length)
        {
          InkSample **chosen = (InkSample **) samples->pdata + first;
          g_autoptr (InkDrawing) page = NULL;

          for (guint i = 0; i < length; i++)
            digits[i] = chosen[i]->drawing;
          page = numeral_numbers_compose (measure->config, digits, &random);
          measure_page (measure, chosen, page);
        }
    }
}

static gboolean
check_config (const NumeralNumbersConfig *config, GError **error)
{
  if (config->length < 1 || config->length > NUMERAL_MAX_NUMBER)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("a number has 1 to %u digits, not %u"),
                   NUMERAL_MAX_NUMBER, config->length);
      return FALSE;
    }
  if (!(config->gap_low <= config->gap_high) || !(config->gap_low >= -1) ||
      !(config->gap_high <= 10))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("gaps between digits are two numbers from -1 to 10, the smaller one "
                              "first"));
      return FALSE;
    }
  return TRUE;
}

static int
by_writer (gconstpointer a, gconstpointer b)
{
  const InkSample *p = *(InkSample *const *) a, *q = *(InkSample *const *) b;

  return (p->writer > q->writer) - (p->writer < q->writer);
}

gboolean
numeral_numbers_measure (NumeralReader *reader,
                         GPtrArray *samples,
                         const NumeralNumbersConfig *config,
                         NumeralNumbersFailure failure,
                         gpointer user_data,
                         NumeralNumbersResult *result,
                         GError **error)
{
  Measure measure = { reader, config, failure, user_data, result };
  g_autoptr (GPtrArray) labelled = g_ptr_array_new ();

  if (!check_config (config, error))
    return FALSE;
  *result = (NumeralNumbersResult){ 0 };
  for (guint i = 0; i < samples->len; i++)
    {
      InkSample *sample = g_ptr_array_index (samples, i);

      if (sample->label >= 0 && sample->label < NUMERAL_N_DIGITS &&
          !ink_drawing_is_empty (sample->drawing))
        g_ptr_array_add (labelled, sample);
    }
  /* A stable sort: the samples are shuffled from their order in the file. */
  g_ptr_array_sort (labelled, by_writer);
  for (guint begin = 0, end; begin < labelled->len; begin = end)
    {
      const guint writer = ((InkSample *) g_ptr_array_index (labelled, begin))->writer;
      g_autoptr (GPtrArray) theirs = g_ptr_array_new ();

      for (end = begin; end < labelled->len &&
                        ((InkSample *) g_ptr_array_index (labelled, end))->writer == writer;
           end++)
        g_ptr_array_add (theirs, g_ptr_array_index (labelled, end));
      measure_writer (&measure, theirs, writer);
    }
  if (result->n_numbers == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("no writer has the %u labelled digits that a number takes"), config->length);
      return FALSE;
    }
  return TRUE;
}
