/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reader.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "nn-predictor.h"

struct _NumeralReader
{
  NnPredictor *predictor;
  NumeralNovelty *novelty;
  NnPredictor *novelty_predictor; /* of @novelty's network; NULL if @novelty is NULL */
  float *novelty_outputs;         /* [classes of that network] */
  /* Output for candidates of a digit. */
  NumeralReading scratch;
};

static void
set_novelty (NumeralReader *reader, NumeralNovelty *novelty)
{
  if (novelty == reader->novelty)
    return;
  g_clear_pointer (&reader->novelty, numeral_novelty_unref);
  g_clear_pointer (&reader->novelty_predictor, nn_predictor_free);
  g_clear_pointer (&reader->novelty_outputs, g_free);
  if (novelty == NULL)
    return;
  reader->novelty = numeral_novelty_ref (novelty);
  reader->novelty_predictor = nn_predictor_new (novelty->network);
  reader->novelty_outputs = g_new (float, nn_predictor_n_classes (reader->novelty_predictor));
}

NumeralReader *
numeral_reader_new (const NumeralModel *model)
{
  NumeralReader *reader = g_new0 (NumeralReader, 1);

  numeral_reader_set_model (reader, model);
  return reader;
}

void
numeral_reader_free (NumeralReader *reader)
{
  set_novelty (reader, NULL);
  nn_predictor_free (reader->predictor);
  g_free (reader);
}

void
numeral_reader_set_model (NumeralReader *reader, const NumeralModel *model)
{
  g_clear_pointer (&reader->predictor, nn_predictor_free);
  reader->predictor = nn_predictor_new (model->network);
  set_novelty (reader, model->novelty);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
rank (NumeralReading *reading)
{
  const float *p = reading->probabilities;
  guint first = 0, second;

  for (guint i = 1; i < NUMERAL_N_DIGITS; i++)
    if (p[i] > p[first])
      first = i;
  second = first == 0 ? 1 : 0;
  for (guint i = second + 1; i < NUMERAL_N_DIGITS; i++)
    if (i != first && p[i] > p[second])
      second = i;
  reading->digit = first;
  reading->runner_up = second;
}

static gboolean
all_finite (const float *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

/* Fills in all members but the novelty. Finite weights may still give logits that are not. */
static void
read_digit (NumeralReader *reader, NumeralReading *reading)
{
  nn_predictor_run (reader->predictor, reading->tensor, reading->probabilities);
  reading->overflow = !all_finite (nn_predictor_logits (reader->predictor), NUMERAL_N_DIGITS) ||
                      !all_finite (reading->probabilities, NUMERAL_N_DIGITS);
  if (reading->overflow)
    memset (reading->probabilities, 0, sizeof reading->probabilities);
  rank (reading);
  reading->novelty = 0;
  reading->refused = reading->overflow;
}

static void
read_novelty (NumeralReader *reader, NumeralReading *reading)
{
  double log_odds, novelty;

  if (reader->novelty == NULL || reading->overflow)
    return;
  nn_predictor_run (reader->novelty_predictor, reading->tensor, reader->novelty_outputs);
  if (!all_finite (nn_predictor_logits (reader->novelty_predictor),
                   nn_predictor_n_classes (reader->novelty_predictor)))
    {
      reading->refused = reading->overflow = TRUE;
      return;
    }
  log_odds = numeral_novelty_log_odds (nn_predictor_logits (reader->novelty_predictor),
                                       nn_predictor_n_classes (reader->novelty_predictor));
  novelty = numeral_novelty_from_log_odds (log_odds);
  reading->novelty = (float) novelty;
  reading->refused = novelty > reader->novelty->threshold;
}

double
numeral_reader_read (NumeralReader *reader, NumeralReading *reading)
{
  const double start = now ();

  read_digit (reader, reading);
  read_novelty (reader, reading);
  return now () - start;
}

NumeralPrediction *
numeral_reader_read_tensor (NumeralReader *reader, const float tensor[INK_TENSOR_SIZE])
{
  NumeralPrediction *prediction = numeral_prediction_new (1);

  memcpy (prediction->digits[0].tensor, tensor, sizeof prediction->digits[0].tensor);
  prediction->digits[0].box = (InkBox){ 0, 0, -1, -1 };
  prediction->forward_seconds = numeral_reader_read (reader, &prediction->digits[0]);
  return prediction;
}

/* Share of a digit's samples that have more than one stroke, from the pen data that also gave
 * the odds in ink-split. Two digits together often look like a third digit, but seldom like one
 * that is written with so many strokes. */
static const double several_strokes[NUMERAL_N_DIGITS] = { 0.031, 0.051, 0.004, 0.002, 0.650,
                                                          0.810, 0.004, 0.880, 0.063, 0.049 };

/* Share of a digit's pictures that have more than one connected component, from the training
 * images of MNIST. A poor pen or the scan broke these digits, or a bar of theirs is separate. */
static const double several_pieces[NUMERAL_N_DIGITS] = { 0.003, 0.012, 0.008, 0.014, 0.009,
                                                         0.053, 0.011, 0.009, 0.008, 0.024 };

/* log of the sum over digits of P(digit | tensor) P(one or several parts | digit), for the
 * tensor in @reader's scratch. Parts are strokes or connected components. @several: P(several
 * parts | digit) */
static double
score (NumeralReader *reader, guint n_strokes, const double *several)
{
  NumeralReading *reading = &reader->scratch;
  double probability = 0.0;

  read_digit (reader, reading);
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    probability +=
        (double) reading->probabilities[i] * (n_strokes > 1 ? several[i] : 1.0 - several[i]);
  return log (probability);
}

static double
score_strokes (const InkDrawing *part, gpointer user_data)
{
  NumeralReader *reader = user_data;

  if (!ink_tensor_from_drawing (part, NULL, reader->scratch.tensor))
    return 0.0;
  return score (reader, part->n_strokes, several_strokes);
}

typedef struct
{
  NumeralReader *reader;
  const InkImage *image;
} ImageReader;

static double
score_pieces (const InkDrawing *part, gpointer user_data)
{
  ImageReader *self = user_data;

  ink_image_get_part_tensor (self->image, part, self->reader->scratch.tensor);
  return score (self->reader, part->n_strokes, several_pieces);
}

GPtrArray *
numeral_reader_split (NumeralReader *reader, InkDrawing *drawing)
{
  return ink_split_drawing (drawing, score_strokes, reader);
}

/* @parts: [n] */
static NumeralPrediction *
read_parts (NumeralReader *reader, InkDrawing *const *parts, guint n)
{
  NumeralPrediction *prediction = numeral_prediction_new (n);

  for (guint i = 0; i < n; i++)
    {
      NumeralReading *reading = &prediction->digits[i];

      ink_tensor_from_drawing (parts[i], NULL, reading->tensor);
      reading->box = ink_drawing_box (parts[i]);
      prediction->forward_seconds += numeral_reader_read (reader, reading);
    }
  return prediction;
}

G_STATIC_ASSERT (INK_SPLIT_MAX_STROKES <= 64);

/* Only a drawing of at most INK_SPLIT_MAX_STROKES strokes is split. */
static void
note_strokes (NumeralPrediction *prediction, const InkDrawing *drawing, const GPtrArray *parts)
{
  for (guint i = 0; i < parts->len && parts->len > 1; i++)
    {
      const InkDrawing *part = g_ptr_array_index (parts, i);

      /* Both are in the order in which they were drawn. */
      for (guint s = 0, next = 0; s < drawing->n_strokes && next < part->n_strokes; s++)
        if (drawing->strokes[s] == part->strokes[next])
          {
            prediction->digits[i].strokes |= G_GUINT64_CONSTANT (1) << s;
            next++;
          }
    }
}

/* A sign is no digit, however much it looks like one when it is enlarged. */
static void
name_signs (NumeralPrediction *prediction, const GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      prediction->digits[i].sign = ink_split_get_sign (parts, i, prediction->digits[i].refused);
      if (prediction->digits[i].sign != INK_SIGN_NONE)
        prediction->digits[i].refused = TRUE;
    }
}

NumeralPrediction *
numeral_reader_read_digit (NumeralReader *reader, InkDrawing *drawing)
{
  return read_parts (reader, &drawing, ink_drawing_is_empty (drawing) ? 0 : 1);
}

NumeralPrediction *
numeral_reader_read_image (NumeralReader *reader, InkImage *image)
{
  ImageReader asker = { reader, image };
  g_autoptr (GPtrArray) parts =
      ink_split_drawing (ink_image_get_outlines (image), score_pieces, &asker);
  NumeralPrediction *prediction;

  if (parts->len < 2)
    {
      float tensor[INK_TENSOR_SIZE];

      ink_image_get_tensor (image, tensor);
      return numeral_reader_read_tensor (reader, tensor);
    }
  prediction = numeral_prediction_new (parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      const InkDrawing *part = g_ptr_array_index (parts, i);
      NumeralReading *reading = &prediction->digits[i];

      ink_image_get_part_tensor (image, part, reading->tensor);
      reading->box = ink_drawing_box (part);
      prediction->forward_seconds += numeral_reader_read (reader, reading);
    }
  name_signs (prediction, parts);
  return prediction;
}

NumeralPrediction *
numeral_reader_read_drawing (NumeralReader *reader, InkDrawing *drawing)
{
  g_autoptr (GPtrArray) parts = NULL;
  NumeralPrediction *prediction;

  if (drawing->n_strokes < 2 || ink_drawing_is_empty (drawing))
    return numeral_reader_read_digit (reader, drawing);
  parts = numeral_reader_split (reader, drawing);
  prediction = read_parts (reader, (InkDrawing *const *) parts->pdata, parts->len);
  note_strokes (prediction, drawing, parts);
  name_signs (prediction, parts);
  return prediction;
}
