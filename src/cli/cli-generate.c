/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cli-dataset.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-train-data.h"
#include "cli-verbs.h"
#include "ink-generator-nondigit.h"
#include "nn-idx.h"
#include "numeral-data-npz.h"
#include "numeral-file.h"
#include "numeral-generate.h"
#include "numeral-stretch.h"
#include "picture-print.h"

#define MAX_COUNT 1000000

#define N_DIGITS 10

typedef struct _Kind Kind;

typedef struct
{
  char **data;
  const Kind *kind;
  char *kind_text, *out, *seed_text, *writers_text;
  int count;
  guint64 seed;
  double validation;
  GArray *writers;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->data);
  g_free (o->kind_text);
  g_free (o->out);
  g_free (o->seed_text);
  g_free (o->writers_text);
  g_clear_pointer (&o->writers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
write_idx (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return numeral_file_write (file, bytes, NULL, error);
}

static gboolean
write_folder (const char *folder, const NnDataset *dataset, GError **error)
{
  g_autoptr (GBytes) images = nn_idx_format_images (dataset);
  g_autoptr (GBytes) labels = nn_idx_format_labels (dataset);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }
  return write_idx (folder, "train-images-idx3-ubyte", images, error) &&
         write_idx (folder, "train-labels-idx1-ubyte", labels, error);
}

/* A folder of IDX files, or an archive of NumPy, which the suffix tells. */
static gboolean
write_samples (const char *out, const NnDataset *dataset, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (out, -1);
  g_autoptr (GFile) file = g_file_new_for_path (out);

  return g_str_has_suffix (lower, ".npz") ? numeral_data_write_npz (dataset, file, error) :
                                            write_folder (out, dataset, error);
}

/* A copy of all samples of the data sets but those held out for validation. */
static NnDataset *
load_training_part (const Options *o, GError **error)
{
  const NumeralRunSplit split = { .share = o->validation, .seed = o->seed, .writers = o->writers };
  g_autoptr (NumeralRunData) data =
      cli_train_data_load ((const char *const *) o->data, &split, NULL, error);

  if (data == NULL)
    return NULL;
  /* A copy, because a shared data set must not be changed. */
  return nn_dataset_concat (&data->train, 1, error);
}

static NnDataset *
make_digits (const Options *o, GError **error)
{
  return numeral_generate_digits ((gsize) o->count, INK_GENERATOR_VERSION, o->seed, 0, NULL, NULL,
                                  NULL, error);
}

/* The digits of the data sets, each with the label 0, and the non-digits. */
static NnDataset *
make_nondigits_beside_digits (const Options *o, gboolean unseen, GError **error)
{
  g_autoptr (NnDataset) made =
      numeral_generate_nondigits ((gsize) o->count, unseen, o->seed, 0, NULL, error);
  g_autoptr (NnDataset) digits = NULL;

  if (made == NULL || o->data == NULL)
    return g_steal_pointer (&made);
  digits = load_training_part (o, error);
  if (digits == NULL)
    return NULL;
  memset (digits->labels, 0, digits->n);
  return nn_dataset_concat ((NnDataset *const[]){ digits, made }, 2, error);
}

static NnDataset *
make_nondigits (const Options *o, GError **error)
{
  return make_nondigits_beside_digits (o, FALSE, error);
}

static NnDataset *
make_unseen_nondigits (const Options *o, GError **error)
{
  return make_nondigits_beside_digits (o, TRUE, error);
}

static NnDataset *
make_printed_in (const Options *o, gboolean unseen, GError **error)
{
  g_autoptr (PicturePrint) print = picture_print_new (unseen);
  NnDataset *made;

  if (print == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("there is no font with digits on this machine"));
      return NULL;
    }
  made =
      nn_dataset_new_pixels ((gsize) o->count, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  for (gsize i = 0; made != NULL && i < made->n; i++)
    {
      InkRandom random;

      ink_random_init (&random, o->seed, i);
      made->labels[i] = (guint8) (i % N_DIGITS);
      picture_print_digit (print, made->labels[i], &random, made->pixels + i * INK_TENSOR_SIZE);
    }
  return made;
}

static NnDataset *
make_printed (const Options *o, GError **error)
{
  return make_printed_in (o, FALSE, error);
}

static NnDataset *
make_unseen_printed (const Options *o, GError **error)
{
  return make_printed_in (o, TRUE, error);
}

static NnDataset *
make_stretched (const Options *o, GError **error)
{
  g_autoptr (NnDataset) digits = load_training_part (o, error);

  if (digits == NULL)
    return NULL;
  return numeral_stretch_dataset (digits, (gsize) o->count, o->seed, error);
}

/* The samples of a trained generator. */
static NnDataset *
make_by_gan (const Options *o, GError **error)
{
  const NumeralDataRequest request = { 0 };
  g_autoptr (NumeralSource) source = NULL;

  if (!cli_dataset_parse_gan (o->data[0], o->seed, &source, error))
    return NULL;
  if (source != NULL && o->data[1] == NULL)
    return numeral_source_load (source, &request, error);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("--kind gan needs one data set such as gan:FILE:5000, with the file of a "
                          "generator"));
  return NULL;
}

typedef enum
{
  DATA_NONE, /* made of nothing else */
  DATA_MAY,  /* beside data sets, if any are given */
  DATA_MUST, /* made of data sets */
} Need;

/* What can be made. */
struct _Kind
{
  const char *name;
  NnDataset *(*make) (const Options *o, GError **error);
  Need need;
};

/* Names of version 0.1 at the end. */
static const Kind kinds[] = {
  { "digits", make_digits, DATA_NONE },
  { "printed", make_printed, DATA_NONE },
  { "unseen-printed", make_unseen_printed, DATA_NONE },
  { "stretched", make_stretched, DATA_MUST },
  { "gan", make_by_gan, DATA_MUST },
  { "non-digits", make_nondigits, DATA_MAY },
  { "unseen-non-digits", make_unseen_nondigits, DATA_MAY },
  { "scrap", make_nondigits, DATA_MAY },
  { "unseen-scrap", make_unseen_nondigits, DATA_MAY },
};

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (name, kinds[i].name))
      return &kinds[i];
  return NULL;
}

static gboolean
generate (const Options *o, gsize *n, GError **error)
{
  g_autoptr (NnDataset) made = o->kind->make (o, error);

  if (made == NULL)
    return FALSE;
  *n = made->n;
  return write_samples (o->out, made, error);
}

static int
check (Options *o, const char *verb)
{
  g_autoptr (GError) error = NULL;

  if (o->out == NULL)
    return cli_usage_error (verb, _ ("--out is missing"));
  o->kind = find_kind (o->kind_text != NULL ? o->kind_text : "digits");
  if (o->kind == NULL)
    return cli_usage_error (verb,
                            _ ("--kind is \"digits\", \"printed\", \"unseen-printed\", "
                               "\"stretched\", \"gan\", \"non-digits\" or \"unseen-non-digits\", "
                               "not \"%s\""),
                            o->kind_text);
  if (o->data != NULL && o->kind->need == DATA_NONE)
    return cli_usage_error (verb, _ ("data sets need --kind stretched, gan, non-digits or "
                                     "unseen-non-digits"));
  if (o->data == NULL && o->kind->need == DATA_MUST)
    return cli_usage_error (verb, _ ("--kind %s needs a data set"), o->kind->name);
  if (o->count < 1 || o->count > MAX_COUNT)
    return cli_usage_error (verb, _ ("--count is from 1 to %d"), MAX_COUNT);
  if (o->validation < 0 || o->validation >= 1)
    return cli_usage_error (verb, _ ("--validation is at least 0 and below 1"));
  if (o->seed_text != NULL &&
      !g_ascii_string_to_unsigned (o->seed_text, 10, 0, G_MAXUINT64, &o->seed, &error))
    return cli_usage_error (verb, "--seed: %s", error->message);
  if (o->writers_text != NULL)
    {
      o->writers = cli_parse_list (o->writers_text, G_MAXUINT32, &error);
      if (o->writers == NULL)
        return cli_usage_error (verb, "--validation-writers: %s", error->message);
    }
  return CLI_OK;
}

int
cli_generate (int argc, char **argv)
{
  g_auto (Options) o = { .count = 10000, .seed = 1, .validation = 0.1 };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &o.kind_text,
      N_ ("digits, printed, unseen-printed, stretched, gan, non-digits or unseen-non-digits "
          "(default "
          "digits)"),
      N_ ("KIND") },
    { "count", 0, 0, G_OPTION_ARG_INT, &o.count, N_ ("How many to make (default 10000)"),
      N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o.seed_text,
      N_ ("Seed of the random numbers (default 1)"), N_ ("N") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out,
      N_ ("Write IDX files into this folder, or an archive .npz of NumPy (required)"),
      N_ ("FOLDER") },
    { "validation", 0, 0, G_OPTION_ARG_DOUBLE, &o.validation,
      N_ ("Leave out the samples that train holds out with this share and seed (default 0.1)"),
      N_ ("SHARE") },
    { "validation-writers", 0, 0, G_OPTION_ARG_STRING, &o.writers_text,
      N_ ("Leave out these writers of UNIPEN files"), N_ ("N,N,...") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.data, NULL, N_ ("[DATASET...]") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "generate",
    _ ("Generates a data set: handwritten digits; digits printed in the fonts of this machine; "
       "digits\n"
       "of data sets stretched towards a square; digits of a trained generator; or non-digits, "
       "which\n"
       "are letters, signs, shapes, scribbles, dots, parts of digits and several digits at once."),
    _ ("One font in five is left for \"unseen-printed\", which measures.\n\n"
       "A non-digit is labelled with its kind, 1 to 7. The digits of each DATASET come first, "
       "with\n"
       "the label 0, so that a network can learn to tell digits from non-digits. Unseen "
       "non-digits\n"
       "have other letters, signs and shapes: they measure whether what was learned generalises."),
    entries,
    NULL,
  };
  g_autoptr (GError) error = NULL;
  gsize n = 0;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  status = check (&o, options.verb);
  if (status != CLI_OK)
    return status;
  if (!generate (&o, &n, &error))
    {
      cli_error ("%s", error->message);
      return CLI_FAILED;
    }
  cli_print (_ ("%zu samples in %s\n"), n, o.out);
  return CLI_OK;
}
