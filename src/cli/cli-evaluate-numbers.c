/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-numbers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-json.h"
#include "cli-load.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "ink-inkml.h"
#include "nn-error.h"
#include "numeral-document.h"

/* The folder for misread numbers. */
typedef struct
{
  const char *folder;
  guint n;
  GError *error;
} Failures;

static void
keep_failure (InkDrawing *page, const char *written, const char *read, gpointer user_data)
{
  Failures *failures = user_data;
  g_autofree char *name = g_strdup_printf ("%04u-%s-as-%s.inkml", failures->n++, written, read);
  g_autofree char *path = g_build_filename (failures->folder, name, NULL);
  g_autoptr (GBytes) bytes = ink_inkml_format (page);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (failures->error == NULL)
    g_file_set_contents (path, text, (gssize) size, &failures->error);
}

/* Keeps only the samples of @writers; each writer must have some. */
static gboolean
keep_writers (GPtrArray *samples, const char *path, const GArray *writers, GError **error)
{
  g_autofree gboolean *seen = g_new0 (gboolean, writers->len);

  for (guint i = samples->len; i-- > 0;)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);
      guint w = 0;

      while (w < writers->len && g_array_index (writers, guint32, w) != sample->writer)
        w++;
      if (w < writers->len)
        seen[w] = TRUE;
      else
        g_ptr_array_remove_index (samples, i);
    }
  for (guint w = 0; w < writers->len; w++)
    if (!seen[w])
      {
        g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("writer %u has no samples in %s"),
                     g_array_index (writers, guint32, w), path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
measure (const CliNumbers *numbers, NumeralNumbersResult *result, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_digit_model (numbers->model_path, error);
  g_autoptr (NumeralModel) network = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (numbers->path);
  g_autoptr (NumeralDocument) document = NULL;
  g_autoptr (NumeralReader) reader = NULL;
  Failures failures = { numbers->failures, 0, NULL };

  if (model == NULL)
    return FALSE;
  document = numeral_document_load (file, NULL, error);
  if (document == NULL)
    return FALSE;
  if (document->samples == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("%s holds no ink; numbers are made of the digits of a UNIPEN file"),
                   numbers->path);
      return FALSE;
    }
  if (numbers->writers != NULL &&
      !keep_writers (document->samples, numbers->path, numbers->writers, error))
    return FALSE;
  /* Nothing is refused here, and the novelty would only take time. */
  network = numeral_model_new (model->network, NULL, model->metadata);
  reader = numeral_reader_new (network);
  if (!numeral_numbers_measure (reader, document->samples, &numbers->config,
                                numbers->failures != NULL ? keep_failure : NULL, &failures, result,
                                error))
    {
      g_prefix_error (error, "%s: ", numbers->path);
      return FALSE;
    }
  if (failures.error != NULL)
    g_propagate_error (error, failures.error);
  return failures.error == NULL;
}

static void
print_share (CliJson *json, const char *count, const char *share, guint n, guint of)
{
  cli_json_key (json, count);
  cli_json_uint (json, n);
  cli_json_key (json, share);
  cli_json_double (json, (double) n / of);
}

static void
print_json (const CliNumbers *numbers, const NumeralNumbersResult *result)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "length");
  cli_json_uint (&json, numbers->config.length);
  cli_json_key (&json, "gap");
  cli_json_begin_array (&json);
  cli_json_double (&json, numbers->config.gap_low);
  cli_json_double (&json, numbers->config.gap_high);
  cli_json_end_array (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, result->n_numbers);
  print_share (&json, "right", "accuracy", result->n_right, result->n_numbers);
  print_share (&json, "split", "split_accuracy", result->n_split, result->n_numbers);
  cli_json_key (&json, "digits");
  cli_json_uint (&json, result->n_digits);
  print_share (&json, "digits_right", "digit_accuracy", result->n_digits_right, result->n_digits);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const CliNumbers *numbers, const NumeralNumbersResult *result)
{
  cli_print (_ ("numbers   %u of %u digits, %g to %g digit heights apart\n"), result->n_numbers,
             numbers->config.length, numbers->config.gap_low, numbers->config.gap_high);
  cli_print (_ ("right     %.2f %% (%u) as a whole\n"), 100.0 * result->n_right / result->n_numbers,
             result->n_right);
  cli_print (_ ("split     %.2f %% (%u) into just their digits\n"),
             100.0 * result->n_split / result->n_numbers, result->n_split);
  cli_print (_ ("digits    %.2f %% (%u of %u) right\n"),
             100.0 * result->n_digits_right / result->n_digits, result->n_digits_right,
             result->n_digits);
}

int
cli_evaluate_numbers (const CliNumbers *numbers)
{
  g_autoptr (GError) error = NULL;
  NumeralNumbersResult result;

  if (!measure (numbers, &result, &error))
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }
  if (numbers->json)
    print_json (numbers, &result);
  else
    print_text (numbers, &result);
  return CLI_OK;
}

gboolean
cli_numbers_parse_gap (const char *text, NumeralNumbersConfig *config, GError **error)
{
  const char *comma = strchr (text, ',');
  char *end_low, *end_high;

  if (comma != NULL)
    {
      config->gap_low = g_ascii_strtod (text, &end_low);
      config->gap_high = g_ascii_strtod (comma + 1, &end_high);
      if (end_low == comma && end_low > text && end_high > comma + 1 && *end_high == '\0')
        return TRUE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("\"%s\" is not two numbers such as 0.1,0.45"), text);
  return FALSE;
}
