/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-in-order.h"
#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "ink-error.h"
#include "numeral-document.h"
#include "numeral-reader.h"

/* What all threads share. */
typedef struct
{
  char **paths;
  const NumeralModel *model;
  gboolean json;
  int status; /* of the calling thread */
} Work;

/* What one thread reads files with. */
typedef struct
{
  NumeralReader *reader;
  gboolean novelty; /* whether the model measures novelty */
  gboolean json;
  gboolean at_once; /* print each line when it is there */
  CliJson line;
  GString *text; /* what is to be printed */
} Reader;

/* The output for one file. */
typedef struct
{
  char *text;
  char *error; /* (nullable): why the file could not be read */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer->error);
  g_free (answer);
}

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
  if (reading != NULL && !reading->overflow && reading->sign == INK_SIGN_NONE)
    cli_json_uint (line, reading->digit);
  else
    cli_json_null (line);
  cli_json_key (line, "novelty");
  if (reading != NULL && reader->novelty && !reading->overflow)
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
put_number (const Reader *reader,
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
put_text (GString *text, const char *source, guint index, const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);
  const double probability = numeral_prediction_get_probability (prediction);

  if (prediction->empty)
    g_string_append_printf (text, _ ("%s[%u]: blank\n"), source, index);
  else if (numeral_prediction_overflows (prediction))
    g_string_append_printf (text,
                            _ ("%s[%u]: this model cannot read this, because its weights are too "
                               "large\n"),
                            source, index);
  else if (!numeral_prediction_is_refused (prediction))
    g_string_append_printf (text, "%s[%u]: %s %.4f\n", source, index, number, probability);
  else if (prediction->n_digits == 1)
    g_string_append_printf (text, _ ("%s[%u]: not sure this is a digit (best guess %s %.4f)\n"),
                            source, index, number, probability);
  else
    g_string_append_printf (text,
                            _ ("%s[%u]: not sure all of these are digits (best guess %s %.4f)\n"),
                            source, index, number, probability);
}

/* @label: -1 if the file has none. */
static void
put_prediction (
    Reader *reader, const char *source, guint index, int label, const NumeralPrediction *prediction)
{
  g_autofree char *number = numeral_prediction_get_number (prediction);
  CliJson *line = &reader->line;

  if (!reader->json)
    {
      put_text (reader->text, source, index, prediction);
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
  cli_json_append_line (line, reader->text);
}

/* Ink that a file labels with a digit is read as one digit, without splitting. */
static void
read_sample (Reader *reader, const char *path, guint index, const InkSample *sample)
{
  g_autoptr (NumeralPrediction) prediction =
      sample->label >= 0 ? numeral_reader_read_digit (reader->reader, sample->drawing) :
                           numeral_reader_read_drawing (reader->reader, sample->drawing);

  put_prediction (reader, path, index, sample->label, prediction);
  if (!reader->at_once)
    return;
  cli_print ("%s", reader->text->str);
  g_string_truncate (reader->text, 0);
}

/* A blank file is a valid answer. */
static void
read_file (Reader *reader, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (NumeralDocument) document = numeral_document_load (file, NULL, &local);
  g_autoptr (NumeralPrediction) prediction = NULL;

  if (document == NULL && !g_error_matches (local, INK_ERROR, INK_ERROR_EMPTY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return;
    }
  if (document != NULL && document->samples != NULL)
    {
      for (guint i = 0; i < document->samples->len && (!reader->at_once || cli_output_ok ()); i++)
        read_sample (reader, path, i, g_ptr_array_index (document->samples, i));
      return;
    }
  prediction = document == NULL ? numeral_prediction_new (0) :
                                  numeral_reader_read_image (reader->reader, document->image);
  put_prediction (reader, path, 0, -1, prediction);
}

static gpointer
reader_new (gpointer data)
{
  const Work *work = data;
  Reader *reader = g_new0 (Reader, 1);

  reader->reader = numeral_reader_new (work->model);
  reader->novelty = work->model->novelty != NULL;
  reader->json = work->json;
  /* A single file is read by the calling thread, which may print. */
  reader->at_once = work->paths[1] == NULL;
  cli_json_init (&reader->line);
  reader->text = g_string_new (NULL);
  return reader;
}

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  numeral_reader_free (reader->reader);
  cli_json_clear (&reader->line);
  g_string_free (reader->text, TRUE);
  g_free (reader);
}

static gpointer
answer_item (gpointer worker, guint item, gpointer data)
{
  Reader *reader = worker;
  const Work *work = data;
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GError) error = NULL;

  read_file (reader, work->paths[item], &error);
  answer->text = g_strndup (reader->text->str, reader->text->len);
  g_string_truncate (reader->text, 0);
  if (error != NULL)
    answer->error = g_strdup (error->message);
  return answer;
}

static gboolean
print_answer (gpointer result, gpointer data)
{
  Answer *answer = result;
  Work *work = data;

  cli_print ("%s", answer->text);
  if (answer->error != NULL)
    {
      cli_error ("%s", answer->error);
      work->status = CLI_FAILED;
    }
  answer_free (answer);
  return cli_output_ok ();
}

static const CliInOrder reading = {
  .worker_new = reader_new,
  .worker_free = reader_free,
  .work = answer_item,
  .take = print_answer,
  .result_free = answer_free,
};

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
  g_autoptr (GError) error = NULL;
  Work work;
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

  work = (Work){ .paths = paths, .model = model, .json = json, .status = status };
  cli_in_order (&reading, g_strv_length (paths), &work);
  return work.status;
}
