/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "ink-error.h"
#include "numeral-document.h"
#include "numeral-reader.h"

/* What every file of one call has in common. */
typedef struct
{
  NumeralReader *reader;
  gboolean novelty; /* whether the model measures it */
  gboolean json;
  CliJson line;
} Reader;

static void
print_text (const char *source, guint index, const NumeralReading *reading)
{
  const double probability = (double) reading->probabilities[reading->digit];

  if (reading->refused)
    cli_print (_ ("%s[%u]: not sure this is a digit (best guess %u %.4f)\n"), source, index,
               reading->digit, probability);
  else
    cli_print ("%s[%u]: %u %.4f\n", source, index, reading->digit, probability);
}

static void
print_json (
    Reader *reader, const char *source, guint index, int label, const NumeralReading *reading)
{
  CliJson *line = &reader->line;
  const gboolean is_digit = reading != NULL && !reading->refused;

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
  cli_json_key (line, "digit");
  if (is_digit)
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
  if (is_digit)
    cli_json_null (line);
  else
    cli_json_string (line, reading != NULL ? "not a digit" : "blank");
  cli_json_key (line, "probabilities");
  if (reading != NULL)
    {
      cli_json_begin_array (line);
      for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
        cli_json_float (line, reading->probabilities[i]);
      cli_json_end_array (line);
    }
  else
    cli_json_null (line);
  cli_json_end_object (line);
  cli_json_print_line (line);
}

/* @label: -1 where the file does not say; @tensor: (nullable): there is no ink */
static void
read_tensor (Reader *reader, const char *source, guint index, int label, const float *tensor)
{
  NumeralReading reading = { 0 };

  if (tensor != NULL)
    {
      memcpy (reading.tensor, tensor, sizeof reading.tensor);
      numeral_reader_read (reader->reader, &reading);
    }
  if (reader->json)
    print_json (reader, source, index, label, tensor != NULL ? &reading : NULL);
  else if (tensor != NULL)
    print_text (source, index, &reading);
  else
    cli_print (_ ("%s[%u]: blank\n"), source, index);
}

/* Whether all that was in the file could be read. */
static gboolean
read_file (Reader *reader, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document = numeral_document_load (file, NULL, &error);

  if (document == NULL)
    {
      /* That is an answer, too. */
      if (g_error_matches (error, INK_ERROR, INK_ERROR_EMPTY))
        {
          read_tensor (reader, path, 0, -1, NULL);
          return TRUE;
        }
      cli_error ("%s", error->message);
      return FALSE;
    }
  if (document->samples == NULL)
    {
      read_tensor (reader, path, 0, -1, document->tensor);
      return TRUE;
    }
  for (guint i = 0; i < document->samples->len && cli_output_ok (); i++)
    {
      const InkSample *sample = g_ptr_array_index (document->samples, i);
      float tensor[INK_TENSOR_SIZE];
      gboolean ink = ink_tensor_from_drawing (sample->drawing, NULL, tensor);

      read_tensor (reader, path, i, sample->label, ink ? tensor : NULL);
    }
  return TRUE;
}

static gboolean
check_model (const NumeralModel *model, const char *path)
{
  guint n_inputs = nn_architecture_n_inputs (&model->network->arch);
  guint n_classes = nn_architecture_n_classes (&model->network->arch);

  if (n_inputs == INK_TENSOR_SIZE && n_classes == NUMERAL_N_DIGITS)
    return TRUE;
  cli_error (_ ("%s cannot recognise digits: it takes %u values and tells %u classes apart, where "
                "digits need %d and %d"),
             path, n_inputs, n_classes, INK_TENSOR_SIZE, NUMERAL_N_DIGITS);
  return FALSE;
}

int
cli_recognize (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *model_path = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Read with this model rather than the one that ships"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object a line"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("FILE...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "recognize",
    _ ("Reads the digits in images (PNG, JPEG and others), InkML and UNIPEN files."),
    _ ("Each digit is a line \"FILE[INDEX]: DIGIT PROBABILITY\". What does not look like a digit "
       "is\n"
       "refused; its line says so, and what it would be if it were one."),
    entries,
  };
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralReader) digit_reader = NULL;
  g_autoptr (GError) error = NULL;
  Reader reader;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (paths == NULL)
    return cli_usage_error (options.verb, _ ("no file to read was given"));

  model = cli_load_model (model_path, &error);
  if (model == NULL)
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }
  if (!check_model (model, model_path != NULL ? model_path : _ ("the model that ships")))
    return CLI_FAILED;

  digit_reader = numeral_reader_new (model->network);
  numeral_reader_set_novelty (digit_reader, model->novelty);
  reader.reader = digit_reader;
  reader.novelty = model->novelty != NULL;
  reader.json = json;
  cli_json_init (&reader.line);
  for (guint i = 0; paths[i] != NULL && cli_output_ok (); i++)
    if (!read_file (&reader, paths[i]))
      status = CLI_FAILED;
  cli_json_clear (&reader.line);
  return status;
}
