/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "ink-error.h"
#include "numeral-document.h"
#include "numeral-reader.h"

/* The state that all files of a call share. */
typedef struct
{
  NumeralReader *reader;
  gboolean novelty; /* whether the model measures novelty */
  gboolean json;
  CliJson line;
} Reader;

/* @reading: (nullable): %NULL if there is no ink */
static void
put_digit (const Reader *reader, CliJson *line, const NumeralReading *reading)
{
  cli_json_key (line, "digit");
  if (reading != NULL && !reading->refused)
    cli_json_uint (line, reading->digit);
  else
    cli_json_null (line);
  cli_json_key (line, "best_guess");
  if (reading != NULL)
    cli_json_uint (line, reading->digit);
  else
    cli_json_null (line);
  cli_json_key (line, "novelty");
  if (reading != NULL && reader->novelty)
    cli_json_float (line, reading->novelty);
  else
    cli_json_null (line);
  cli_json_key (line, "reason");
  if (reading == NULL)
    cli_json_string (line, "blank");
  else if (reading->refused)
    cli_json_string (line, "not a digit");
  else
    cli_json_null (line);
  cli_json_key (line, "probabilities");
  if (reading == NULL)
    {
      cli_json_null (line);
      return;
    }
  cli_json_begin_array (line);
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    cli_json_float (line, reading->probabilities[i]);
  cli_json_end_array (line);
}

static gboolean
is_refused (const NumeralPrediction *prediction)
{
  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].refused)
      return TRUE;
  return FALSE;
}

static void
put_number (const Reader *reader,
            CliJson *line,
            const NumeralPrediction *prediction,
            const char *number)
{
  const gboolean refused = is_refused (prediction);

  cli_json_key (line, "number");
  if (refused)
    cli_json_null (line);
  else
    cli_json_string (line, number);
  cli_json_key (line, "best_guess");
  cli_json_string (line, number);
  cli_json_key (line, "reason");
  if (refused)
    cli_json_string (line, "not a digit");
  else
    cli_json_null (line);
  cli_json_key (line, "probability");
  cli_json_double (line, numeral_prediction_get_probability (prediction));
  cli_json_key (line, "digits");
  cli_json_begin_array (line);
  for (guint i = 0; i < prediction->n_digits; i++)
    {
      const InkBox *box = &prediction->digits[i].box;

      cli_json_begin_object (line);
      put_digit (reader, line, &prediction->digits[i]);
      cli_json_key (line, "box");
      cli_json_begin_array (line);
      cli_json_float (line, box->x0);
      cli_json_float (line, box->y0);
      cli_json_float (line, box->x1);
      cli_json_float (line, box->y1);
      cli_json_end_array (line);
      cli_json_end_object (line);
    }
  cli_json_end_array (line);
}

static void
print_text (const char *source, guint index, const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);
  const double probability = numeral_prediction_get_probability (prediction);

  if (prediction->empty)
    cli_print (_ ("%s[%u]: blank\n"), source, index);
  else if (!is_refused (prediction))
    cli_print ("%s[%u]: %s %.4f\n", source, index, number, probability);
  else if (prediction->n_digits == 1)
    cli_print (_ ("%s[%u]: not sure this is a digit (best guess %s %.4f)\n"), source, index, number,
               probability);
  else
    cli_print (_ ("%s[%u]: not sure all of these are digits (best guess %s %.4f)\n"), source, index,
               number, probability);
}

/* @label: -1 if the file has none. */
static void
print_prediction (
    Reader *reader, const char *source, guint index, int label, const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);
  CliJson *line = &reader->line;

  if (!reader->json)
    {
      print_text (source, index, prediction);
      return;
    }
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
  if (prediction->n_digits > 1)
    put_number (reader, line, prediction, number);
  else
    put_digit (reader, line, prediction->empty ? NULL : &prediction->digits[0]);
  cli_json_end_object (line);
  cli_json_print_line (line);
}

/* Ink that a file labels with a digit is read as one digit, without splitting. */
static void
read_sample (Reader *reader, const char *path, guint index, const InkSample *sample)
{
  g_autoptr (NumeralPrediction) prediction =
      sample->label >= 0 ? numeral_reader_read_digit (reader->reader, sample->drawing) :
                           numeral_reader_read_drawing (reader->reader, sample->drawing);

  print_prediction (reader, path, index, sample->label, prediction);
}

/* Returns whether the file could be read. A blank file is a valid answer. */
static gboolean
read_file (Reader *reader, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document = numeral_document_load (file, NULL, &error);
  g_autoptr (NumeralPrediction) prediction = NULL;

  if (document == NULL && !g_error_matches (error, INK_ERROR, INK_ERROR_EMPTY))
    {
      cli_error ("%s", error->message);
      return FALSE;
    }
  if (document != NULL && document->samples != NULL)
    {
      for (guint i = 0; i < document->samples->len && cli_output_ok (); i++)
        read_sample (reader, path, i, g_ptr_array_index (document->samples, i));
      return TRUE;
    }
  prediction = document == NULL ? numeral_prediction_new (0) :
                                  numeral_reader_read_image (reader->reader, document->image);
  print_prediction (reader, path, 0, -1, prediction);
  return TRUE;
}

int
cli_recognize (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *model_path = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Read with this model instead of the one that ships"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object per line"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("FILE...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "recognize",
    _ ("Reads the digits in images (PNG, JPEG and others), InkML and UNIPEN files."),
    _ ("Each digit, or number of several digits side by side in ink, is a line "
       "\"FILE[INDEX]: NUMBER PROBABILITY\". What does not look like a digit is refused; its line "
       "says so, and what it would be if it were one."),
    entries,
    NULL,
  };
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralReader) numeral_reader = NULL;
  g_autoptr (GError) error = NULL;
  Reader reader;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (paths == NULL)
    return cli_usage_error (options.verb, _ ("no file to read was given"));

  model = cli_load_digit_model (model_path, &error);
  if (model == NULL)
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }

  numeral_reader = numeral_reader_new (model);
  reader.reader = numeral_reader;
  reader.novelty = model->novelty != NULL;
  reader.json = json;
  cli_json_init (&reader.line);
  for (guint i = 0; paths[i] != NULL && cli_output_ok (); i++)
    if (!read_file (&reader, paths[i]))
      status = CLI_FAILED;
  cli_json_clear (&reader.line);
  return status;
}
