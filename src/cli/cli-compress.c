/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cli-held-out.h"
#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-int8.h"
#include "numeral-compress.h"
#include "numeral-digits.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"

#define VERB "compress"

/* The data where none is named. */
#define GENERATED "generated:10000"

typedef struct
{
  char **words, **data;
  char *out;
  gboolean int8, json;
  CliHeldOut held_out;
} Options;

/* A model with its file and what was measured. */
typedef struct
{
  gsize bytes;
  NumeralCompressFigures figures;
} Side;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_strfreev (o->data);
  g_free (o->out);
  cli_held_out_clear (&o->held_out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
show_progress (double share, gpointer shown)
{
  guint *percent = shown, now = (guint) (100 * share);
  g_autofree char *line = NULL;

  if (now == *percent)
    return;
  *percent = now;
  line = g_strdup_printf (_ ("%u %% calibrated"), now);
  g_printerr ("\r%s", line);
}

/* (transfer full) (nullable): the training and validation samples. */
static NumeralRunData *
load_data (const Options *o, const NumeralModel *model, GError **error)
{
  static char generated[] = GENERATED;
  char *const by_default[] = { generated, NULL };

  if (o->data == NULL && !numeral_digits_check (model->network, NULL))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("this model does not read digits: name samples of what it reads with "
                              "--data"));
      return NULL;
    }
  return cli_held_out_load (&o->held_out, o->data != NULL ? o->data : by_default, model, error);
}

static gboolean
measure (const NumeralModel *model,
         const char *path,
         const NnDataset *samples,
         Side *side,
         GError **error)
{
  GStatBuf status = { 0 };

  if (!numeral_compress_measure (model, samples, &side->figures, error))
    return FALSE;
  if (g_stat (path, &status) == 0)
    side->bytes = (gsize) status.st_size;
  return TRUE;
}

static void
print_side (CliJson *json, const char *key, const Side *side)
{
  cli_json_key (json, key);
  cli_json_begin_object (json);
  cli_json_key (json, "accuracy");
  cli_json_double (json, side->figures.accuracy);
  cli_json_key (json, "bytes");
  cli_json_uint (json, side->bytes);
  cli_json_key (json, "image_us");
  cli_json_double (json, 1e6 * side->figures.seconds);
  cli_json_end_object (json);
}

static void
print_json (const Side *before, const Side *after)
{
  g_auto (CliJson) json = { 0 };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "method");
  cli_json_string (&json, "int8");
  cli_json_key (&json, "kernel");
  cli_json_string (&json, nn_int8_kernel_name (nn_int8_kernel ()));
  cli_json_key (&json, "samples");
  cli_json_uint (&json, before->figures.n);
  print_side (&json, "before", before);
  print_side (&json, "after", after);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const Side *before, const Side *after)
{
  cli_print (_ ("                      before    after\n"));
  cli_print (_ ("accuracy           %7.2f %% %6.2f %%\n"), 100 * before->figures.accuracy,
             100 * after->figures.accuracy);
  cli_print (_ ("size               %6.0f kB %5.0f kB\n"), 1e-3 * (double) before->bytes,
             1e-3 * (double) after->bytes);
  cli_print (_ ("time for an image  %6.1f us %5.1f us\n"), 1e6 * before->figures.seconds,
             1e6 * after->figures.seconds);
}

static gboolean
run (gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (NumeralModel) model = cli_load_model (o->words[0], error);
  g_autoptr (NumeralModel) small = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (o->out);
  const gboolean terminal = isatty (STDERR_FILENO) == 1;
  guint shown = G_MAXUINT;
  NumeralCompressRequest request = { .progress = terminal ? show_progress : NULL,
                                     .user_data = &shown };
  Side before, after;

  data = model != NULL ? load_data (o, model, error) : NULL;
  if (data == NULL || !measure (model, o->words[0], data->validation, &before, error))
    return FALSE;
  request.model = model;
  request.samples = data->train;
  small = numeral_compress_int8 (&request, error);
  if (terminal)
    g_printerr ("\r\033[K");
  /* What is left in float32, the network for non-digits, is stored as float16. */
  if (small == NULL || !numeral_model_save (small, file, NUMERAL_SAVE_HALF, NULL, error) ||
      !measure (small, o->out, data->validation, &after, error))
    return FALSE;
  if (o->json)
    print_json (&before, &after);
  else
    print_text (&before, &after);
  return TRUE;
}

static int
check (gconstpointer options)
{
  const Options *o = options;

  if (o->words == NULL || g_strv_length (o->words) != 1)
    return cli_usage_error (VERB, _ ("exactly one model is expected"));
  if (o->out == NULL)
    return cli_usage_error (VERB, _ ("--out is missing"));
  if (!o->int8)
    return cli_usage_error (VERB, _ ("say how to make the model smaller: --int8"));
  if (numeral_model_format_for_name (o->out) != numeral_model_formats ()[0])
    return cli_usage_error (VERB, _ ("%s: a model in 8 bits is stored as safetensors alone"),
                            o->out);
  return CLI_OK;
}

int
cli_compress (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  const CliHeldOutVerb verb = { check, run, &o, &o.held_out };
  const GOptionEntry entries[] = {
    { "int8", 0, 0, G_OPTION_ARG_NONE, &o.int8,
      N_ ("Compute in whole numbers of 8 bits: a quarter of the size, and faster"), NULL },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME_ARRAY, &o.data,
      N_ ("Calibrate and measure on this data set; may be repeated (default generated digits)"),
      N_ ("DATASET") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, N_ ("Write the smaller model here (required)"),
      N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL, N_ ("MODEL") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Makes a model smaller and faster, and prints its accuracy, the size of its file and the\n"
       "time for an image before and after. The accuracy is that on the samples that train held\n"
       "out for validation, given the same data sets, shares and seed."),
    NULL,
    entries,
    NULL,
  };

  return cli_held_out_main (&verb, &options, argc, argv);
}
