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
#define MAX_EPOCHS 10000

typedef struct
{
  char **words, **data;
  char *out, *distil;
  double prune, units;
  int epochs;
  gboolean int8, no_novelty, half, json;
  CliHeldOut held_out;
} Options;

/* A model with its file and what was measured. */
typedef struct
{
  gsize bytes, n_params, n_zero;
  NumeralCompressFigures figures;
} Side;

/* How the work goes on. */
typedef struct
{
  const Options *options;
  NumeralCompressRequest request;
  const char *doing;
  gboolean terminal;
  guint percent;
} Work;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_strfreev (o->data);
  g_free (o->out);
  g_free (o->distil);
  cli_held_out_clear (&o->held_out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
show_progress (double share, gpointer data)
{
  Work *work = data;
  const guint percent = (guint) (100 * share);

  if (percent == work->percent)
    return;
  work->percent = percent;
  g_printerr ("\r\033[K%s %u %%", work->doing, percent);
}

static void
begin (Work *work, const char *doing)
{
  work->doing = doing;
  work->percent = G_MAXUINT;
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

/* (transfer full) (nullable) (element-type NumeralModel) */
static GPtrArray *
load_models (char **paths, GError **error)
{
  g_autoptr (GPtrArray) models =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_model_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      NumeralModel *model = cli_load_model (paths[i], error);

      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
    }
  return g_steal_pointer (&models);
}

static gboolean
measure (const NumeralModel *model,
         const char *path,
         const NnDataset *samples,
         Side *side,
         GError **error)
{
  const NnNetwork *network = model->network;
  GStatBuf status = { 0 };

  *side = (Side){ .n_params = network->n_params };
  if (!numeral_compress_measure (model, samples, &side->figures, error))
    return FALSE;
  if (g_stat (path, &status) == 0)
    side->bytes = (gsize) status.st_size;
  for (gsize i = 0; i < network->n_params; i++)
    side->n_zero += !(network->params[i] < 0 || network->params[i] > 0);
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
  cli_json_key (json, "parameters");
  cli_json_uint (json, side->n_params);
  cli_json_key (json, "zeros");
  cli_json_uint (json, side->n_zero);
  cli_json_end_object (json);
}

static void
print_json (const Options *o, const Side *before, const Side *after)
{
  g_auto (CliJson) json = { 0 };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "methods");
  cli_json_begin_array (&json);
  if (o->distil != NULL)
    cli_json_string (&json, "distil");
  if (o->units >= 0)
    cli_json_string (&json, "units");
  if (o->prune >= 0)
    cli_json_string (&json, "prune");
  if (o->int8)
    cli_json_string (&json, "int8");
  if (o->no_novelty)
    cli_json_string (&json, "no-novelty");
  cli_json_end_array (&json);
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
  cli_print (_ ("parameters         %9zu %8zu\n"), before->n_params, after->n_params);
  cli_print (_ ("of them zero       %9zu %8zu\n"), before->n_zero, after->n_zero);
  cli_print (_ ("size               %6.0f kB %5.0f kB\n"), 1e-3 * (double) before->bytes,
             1e-3 * (double) after->bytes);
  cli_print (_ ("time for an image  %6.1f us %5.1f us\n"), 1e6 * before->figures.seconds,
             1e6 * after->figures.seconds);
}

/* Continues with @smaller, which may be %NULL with an error. Takes ownership of it. */
static gboolean
go_on (NumeralModel **model, NumeralModel *smaller)
{
  numeral_model_unref (*model);
  *model = smaller;
  return smaller != NULL;
}

static guint
get_epochs (const Options *o, guint by_default)
{
  return o->epochs >= 0 ? (guint) o->epochs : by_default;
}

/* The network that --distil names: a list of the widths of the hidden layers, which gets these
 * inputs and classes, or all layers in the text form, which has its own. */
static gboolean
parse_student (
    const char *text, guint n_inputs, guint n_classes, NnArchitecture *arch, GError **error)
{
  g_autoptr (GArray) widths = NULL;

  if (strchr (text, '-') != NULL && strchr (text, ',') == NULL)
    return nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, arch,
                                        error);
  widths = cli_parse_list (text, NN_MAX_WIDTH, error);
  return widths != NULL &&
         numeral_compress_get_mlp (n_inputs, (const guint *) (const void *) widths->data,
                                   widths->len, n_classes, arch, error);
}

/* (transfer full) (nullable) */
static NumeralModel *
distil (Work *work, GError **error)
{
  const NnArchitecture *model = &work->request.model->network->arch;
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);

  if (!parse_student (work->options->distil, nn_architecture_n_inputs (model),
                      nn_architecture_n_classes (model), arch, error))
    return NULL;
  begin (work, _ ("Distilling:"));
  work->request.epochs = get_epochs (work->options, NUMERAL_COMPRESS_DISTIL_EPOCHS);
  return numeral_compress_distil (&work->request, arch, error);
}

/* (transfer full) (nullable): the steps in the order in which they help each other. */
static NumeralModel *
compress (Work *work, const NumeralModel *model, GError **error)
{
  const Options *o = work->options;
  NumeralCompressRequest *request = &work->request;
  NumeralModel *smaller = numeral_model_ref ((NumeralModel *) model);

  request->model = smaller;
  if (o->distil != NULL && !go_on (&smaller, distil (work, error)))
    return NULL;
  request->model = smaller;
  request->epochs = get_epochs (o, NUMERAL_COMPRESS_TUNING_EPOCHS);
  begin (work, _ ("Leaving out units:"));
  if (o->units >= 0 && !go_on (&smaller, numeral_compress_units (request, o->units, error)))
    return NULL;
  request->model = smaller;
  begin (work, _ ("Pruning:"));
  if (o->prune >= 0 && !go_on (&smaller, numeral_compress_weights (request, o->prune, error)))
    return NULL;
  request->model = smaller;
  begin (work, _ ("Calibrating:"));
  if (o->int8 && !go_on (&smaller, numeral_compress_int8 (request, error)))
    return NULL;
  if (o->no_novelty)
    go_on (&smaller, numeral_model_new (smaller->network, NULL, smaller->metadata));
  return smaller;
}

static gboolean
run (gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) models = load_models (o->words, error);
  g_autoptr (NumeralModel) small = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (o->out);
  Work work = { .options = o, .terminal = isatty (STDERR_FILENO) == 1 };
  const NumeralModel *model = models != NULL ? g_ptr_array_index (models, 0) : NULL;
  Side before, after;

  data = model != NULL ? load_data (o, model, error) : NULL;
  if (data == NULL || !measure (model, o->words[0], data->validation, &before, error))
    return FALSE;
  work.request = (NumeralCompressRequest){ .samples = data->train,
                                           .teachers = (NumeralModel *const *) models->pdata,
                                           .n_teachers = models->len,
                                           .seed = o->held_out.split.seed,
                                           .progress = work.terminal ? show_progress : NULL,
                                           .user_data = &work };
  small = compress (&work, model, error);
  if (work.terminal)
    g_printerr ("\r\033[K");
  /* What a model in 8 bits has in float32, the network for non-digits, is stored as float16. */
  if (small == NULL ||
      !numeral_model_save (small, file,
                           o->half || o->int8 ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                           error) ||
      !measure (small, o->out, data->validation, &after, error))
    return FALSE;
  if (o->json)
    print_json (o, &before, &after);
  else
    print_text (&before, &after);
  return TRUE;
}

static gboolean
is_share (double share)
{
  return share >= 0 && share < 1;
}

static int
check (gconstpointer options)
{
  const Options *o = options;
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (GError) error = NULL;

  if (o->words == NULL || (o->distil == NULL && g_strv_length (o->words) != 1))
    return cli_usage_error (VERB, _ ("exactly one model is expected; --distil takes several"));
  if (o->out == NULL)
    return cli_usage_error (VERB, _ ("--out is missing"));
  if (!o->int8 && !o->no_novelty && o->distil == NULL && !(o->prune >= 0) && !(o->units >= 0))
    return cli_usage_error (VERB, _ ("say how to make the model smaller: --int8, --prune, --units "
                                     "or --distil"));
  if (!(is_share (o->prune) || o->prune == -1) || !(is_share (o->units) || o->units == -1))
    return cli_usage_error (VERB, _ ("--prune and --units are at least 0 and below 1"));
  if (o->epochs < -1 || o->epochs > MAX_EPOCHS)
    return cli_usage_error (VERB, _ ("--epochs is from 0 to %d"), MAX_EPOCHS);
  if (o->int8 && numeral_model_format_for_name (o->out) != numeral_model_formats ()[0])
    return cli_usage_error (VERB, _ ("%s: a model in 8 bits is stored as safetensors alone"),
                            o->out);
  /* No model is read yet; any inputs and classes show whether the text is right. */
  if (o->distil != NULL && !parse_student (o->distil, 1, 2, arch, &error))
    return cli_usage_error (VERB, "--distil: %s", error->message);
  return CLI_OK;
}

int
cli_compress (int argc, char **argv)
{
  g_auto (Options) o = { .prune = -1, .units = -1, .epochs = -1 };
  const CliHeldOutVerb verb = { check, run, &o, &o.held_out };
  const GOptionEntry entries[] = {
    { "int8", 0, 0, G_OPTION_ARG_NONE, &o.int8,
      N_ ("Compute in whole numbers of 8 bits: a quarter of the size, and faster"), NULL },
    { "prune", 0, 0, G_OPTION_ARG_DOUBLE, &o.prune,
      N_ ("Set this share of the weights to zero, and train the others"), N_ ("SHARE") },
    { "units", 0, 0, G_OPTION_ARG_DOUBLE, &o.units,
      N_ ("Leave out this share of the hidden units, and train the others"), N_ ("SHARE") },
    { "distil", 0, 0, G_OPTION_ARG_STRING, &o.distil,
      N_ ("Train a network with hidden layers of these widths, or with all layers of this text, to "
          "answer as the models do"),
      N_ ("N,N,...|TEXT") },
    { "no-novelty", 0, 0, G_OPTION_ARG_NONE, &o.no_novelty,
      N_ ("Leave out the network that tells digits from non-digits"), NULL },
    { "epochs", 0, 0, G_OPTION_ARG_INT, &o.epochs,
      N_ ("Epochs of each training (default 6, and 20 with --distil)"), N_ ("N") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME_ARRAY, &o.data,
      N_ ("Train, calibrate and measure on this data set; may be repeated (default generated "
          "digits)"),
      N_ ("DATASET") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, N_ ("Write the smaller model here (required)"),
      N_ ("FILE") },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o.half, N_ ("Store the weights as float16"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL, N_ ("MODEL...") },
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
