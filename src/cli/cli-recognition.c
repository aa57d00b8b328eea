/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-recognition.h"

#include <glib/gi18n.h>

#include "numeral-blank.h"
#include "numeral-csv.h"

/* @reading: (nullable): %NULL if there is no ink */
static void
put_digit (const CliRecognition *self, CliJson *line, const NumeralReading *reading)
{
  cli_json_key (line, "digit");
  if (reading != NULL && !reading->refused)
    cli_json_uint (line, reading->digit);
  else
    cli_json_null (line);
  cli_json_key (line, "best_guess");
  if (reading != NULL && !reading->overflow && reading->sign == INK_SIGN_NONE)
    cli_json_uint (line, reading->digit);
  else
    cli_json_null (line);
  cli_json_key (line, "novelty");
  if (reading != NULL && self->novelty && !reading->overflow)
    cli_json_float (line, reading->novelty);
  else
    cli_json_null (line);
  cli_json_key (line, "reason");
  if (reading == NULL)
    cli_json_string (line, "blank");
  else if (reading->overflow)
    cli_json_string (line, "overflow");
  else if (reading->sign != INK_SIGN_NONE)
    cli_json_string (line, "sign");
  else if (reading->refused)
    cli_json_string (line, "not a digit");
  else
    cli_json_null (line);
  cli_json_key (line, "probabilities");
  if (reading == NULL || reading->overflow)
    {
      cli_json_null (line);
      return;
    }
  cli_json_begin_array (line);
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    cli_json_float (line, reading->probabilities[i]);
  cli_json_end_array (line);
}

static void
put_box (CliJson *line, const InkBox *box)
{
  cli_json_key (line, "box");
  cli_json_begin_array (line);
  cli_json_float (line, box->x0);
  cli_json_float (line, box->y0);
  cli_json_float (line, box->x1);
  cli_json_float (line, box->y1);
  cli_json_end_array (line);
}

static void
put_number (const CliRecognition *self,
            CliJson *line,
            const NumeralPrediction *prediction,
            const char *number)
{
  const gboolean refused = numeral_prediction_is_refused (prediction);
  const gboolean overflow = numeral_prediction_overflows (prediction);

  cli_json_key (line, "number");
  if (refused)
    cli_json_null (line);
  else
    cli_json_string (line, number);
  cli_json_key (line, "best_guess");
  if (overflow)
    cli_json_null (line);
  else
    cli_json_string (line, number);
  cli_json_key (line, "reason");
  if (refused)
    cli_json_string (line, overflow ? "overflow" : "not a digit");
  else
    cli_json_null (line);
  cli_json_key (line, "probability");
  cli_json_double (line, numeral_prediction_get_probability (prediction));
  cli_json_key (line, "digits");
  cli_json_begin_array (line);
  for (guint i = 0; i < prediction->n_digits; i++)
    {
      cli_json_begin_object (line);
      put_digit (self, line, &prediction->digits[i]);
      put_box (line, &prediction->digits[i].box);
      cli_json_end_object (line);
    }
  cli_json_end_array (line);
}

/* A line of text. @n: number of digits; @number: what they are */
static void
put_text_line (GString *text,
               const char *source,
               guint index,
               guint n,
               gboolean refused,
               const char *number,
               double probability)
{
  if (!refused)
    g_string_append_printf (text, "%s[%u]: %s %.4f\n", source, index, number, probability);
  else if (n == 1)
    g_string_append_printf (text, _ ("%s[%u]: not sure this is a digit (best guess %s %.4f)\n"),
                            source, index, number, probability);
  else
    g_string_append_printf (text,
                            _ ("%s[%u]: not sure all of these are digits (best guess %s %.4f)\n"),
                            source, index, number, probability);
}

static void
put_text (GString *text, const char *source, guint index, const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);

  if (prediction->empty)
    g_string_append_printf (text, _ ("%s[%u]: blank\n"), source, index);
  else if (numeral_prediction_overflows (prediction))
    g_string_append_printf (text,
                            _ ("%s[%u]: this model cannot read this, because its weights are too "
                               "large\n"),
                            source, index);
  else
    put_text_line (text, source, index, prediction->n_digits,
                   numeral_prediction_is_refused (prediction), number,
                   numeral_prediction_get_probability (prediction));
}

const char *
cli_recognition_header (CliRecognitionFormat format)
{
  return format == CLI_RECOGNITION_CSV ? NUMERAL_CSV_HEADER : "";
}

void
cli_recognition_init (CliRecognition *self, CliRecognitionFormat format, gboolean novelty)
{
  self->format = format;
  self->novelty = novelty;
  self->text = g_string_new (NULL);
  cli_json_init (&self->line);
}

void
cli_recognition_clear (CliRecognition *self)
{
  g_string_free (self->text, TRUE);
  cli_json_clear (&self->line);
}

/* Ends the object of a picture. */
static void
end_picture (CliRecognition *self)
{
  if (self->turn != 0)
    {
      cli_json_key (&self->line, "turn");
      cli_json_uint (&self->line, (guint64) self->turn);
    }
  cli_json_end_object (&self->line);
  cli_json_append_line (&self->line, self->text);
}

static void
put_source (CliJson *line, const char *source, guint index, int label)
{
  cli_json_begin_object (line);
  cli_json_key (line, "source");
  cli_json_string (line, source);
  cli_json_key (line, "index");
  cli_json_uint (line, index);
  cli_json_key (line, "label");
  if (label >= 0)
    cli_json_uint (line, (guint64) label);
  else
    cli_json_null (line);
}

void
cli_recognition_put (CliRecognition *self,
                     const char *source,
                     guint index,
                     int label,
                     const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);

  if (self->format == CLI_RECOGNITION_TEXT)
    put_text (self->text, source, index, prediction);
  if (self->format == CLI_RECOGNITION_CSV)
    numeral_csv_append (self->text, source, index, 0, prediction);
  if (self->format != CLI_RECOGNITION_JSON)
    return;
  put_source (&self->line, source, index, label);
  if (prediction->n_digits > 1)
    put_number (self, &self->line, prediction, number);
  else
    put_digit (self, &self->line, prediction->empty ? NULL : &prediction->digits[0]);
  end_picture (self);
}

void
cli_recognition_put_blank (CliRecognition *self, const char *source, InkBlank kind)
{
  g_autoptr (NumeralPrediction) none = numeral_prediction_new (0);

  switch (self->format)
    {
    case CLI_RECOGNITION_TEXT:
      g_string_append_printf (self->text, _ ("%s[%u]: blank: %s\n"), source, 0,
                              numeral_blank_get_text (kind));
      break;
    case CLI_RECOGNITION_CSV:
      numeral_csv_append (self->text, source, 0, 0, none);
      break;
    case CLI_RECOGNITION_JSON:
    default:
      put_source (&self->line, source, 0, -1);
      put_digit (self, &self->line, NULL);
      cli_json_key (&self->line, "blank");
      cli_json_string (&self->line, ink_blank_get_name (kind));
      cli_json_end_object (&self->line);
      cli_json_append_line (&self->line, self->text);
      break;
    }
}

/* A number of a page, which has a box also if it has one digit or none. */
static void
put_sheet_number (const CliRecognition *self, CliJson *line, const NumeralSheetNumber *number)
{
  g_autofree char *text = numeral_prediction_get_number (number->prediction);

  cli_json_begin_object (line);
  cli_json_key (line, "column");
  cli_json_uint (line, number->column);
  put_box (line, &number->box);
  if (!number->prediction->empty)
    put_number (self, line, number->prediction, text);
  else
    {
      cli_json_key (line, "number");
      cli_json_null (line);
      cli_json_key (line, "best_guess");
      cli_json_null (line);
      cli_json_key (line, "reason");
      cli_json_string (line, "blank");
      cli_json_key (line, "probability");
      cli_json_null (line);
      cli_json_key (line, "digits");
      cli_json_begin_array (line);
      cli_json_end_array (line);
    }
  cli_json_end_object (line);
}

static void
put_sheet_json (
    CliRecognition *self, const char *source, const NumeralSheet *sheet, guint width, guint height)
{
  CliJson *line = &self->line;

  put_source (line, source, 0, -1);
  cli_json_key (line, "width");
  cli_json_uint (line, width);
  cli_json_key (line, "height");
  cli_json_uint (line, height);
  cli_json_key (line, "columns");
  if (sheet->n_columns > 0)
    cli_json_uint (line, sheet->n_columns);
  else
    cli_json_null (line);
  cli_json_key (line, "outside");
  cli_json_uint (line, sheet->n_outside);
  cli_json_key (line, "lines");
  cli_json_begin_array (line);
  for (guint first = 0, last; first < sheet->n_numbers; first = last)
    {
      g_autofree char *text = NULL;

      last = numeral_sheet_end_of_line (sheet, first);
      text = numeral_sheet_get_text (sheet, first, last);
      cli_json_begin_object (line);
      cli_json_key (line, "text");
      cli_json_string (line, text);
      cli_json_key (line, "numbers");
      cli_json_begin_array (line);
      for (guint i = first; i < last; i++)
        put_sheet_number (self, line, &sheet->numbers[i]);
      cli_json_end_array (line);
      cli_json_end_object (line);
    }
  cli_json_end_array (line);
  end_picture (self);
}

void
cli_recognition_put_sheet (
    CliRecognition *self, const char *source, const NumeralSheet *sheet, guint width, guint height)
{
  if (self->format == CLI_RECOGNITION_JSON)
    put_sheet_json (self, source, sheet, width, height);
  if (self->format == CLI_RECOGNITION_CSV)
    numeral_csv_append_sheet (self->text, source, sheet);
  if (self->format != CLI_RECOGNITION_TEXT)
    return;
  for (guint first = 0, last; first < sheet->n_numbers; first = last)
    {
      g_autofree char *text = NULL;
      gboolean refused;
      double probability;

      last = numeral_sheet_end_of_line (sheet, first);
      text = numeral_sheet_get_text (sheet, first, last);
      probability = numeral_sheet_get_probability (sheet, first, last, &refused);
      put_text_line (self->text, source, sheet->numbers[first].line, last - first + 1, refused,
                     text, probability);
    }
}
