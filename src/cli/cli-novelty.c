/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "cli-data-report.h"
#include "cli-dataset.h"
#include "cli-held-out.h"
#include "cli-load.h"
#include "cli-novelty-methods.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "ink-generator-nondigit.h"
#include "nn-augmenter.h"
#include "nn-roc.h"
#include "numeral-data.h"
#include "numeral-generate.h"
#include "numeral-model-data.h"

#define VERB "novelty"
#define MAX_COUNT 200000

/* Shares of refused digits at which the curve is printed. */
static const double shares[] = { 0.001, 0.002, 0.005, 0.01, 0.02, 0.05 };

typedef struct
{
  char **data;
  char *model_path, *split_name;
  int count;
  double rotate;
  gboolean compare;
  CliHeldOut held_out;
} Options;

/**
 * Material:
 * @names: @digits: name and samples of each set of digits, rotated ones included
 * @all: all digits without the rotated ones
 * @fit: (nullable): training digits
 */
typedef struct
{
  GPtrArray *names, *digits;
  NnDataset *all, *seen, *unseen, *fit;
} Material;

static void
options_clear (Options *o)
{
  g_strfreev (o->data);
  g_free (o->model_path);
  g_free (o->split_name);
  cli_held_out_clear (&o->held_out);
}

static void
material_clear (Material *m)
{
  g_clear_pointer (&m->names, g_ptr_array_unref);
  g_clear_pointer (&m->digits, g_ptr_array_unref);
  g_clear_pointer (&m->all, nn_dataset_unref);
  g_clear_pointer (&m->seen, nn_dataset_unref);
  g_clear_pointer (&m->unseen, nn_dataset_unref);
  g_clear_pointer (&m->fit, nn_dataset_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

static void
add (Material *m, const char *name, NnDataset *digits)
{
  g_ptr_array_add (m->names, g_strdup (name));
  g_ptr_array_add (m->digits, nn_dataset_ref (digits));
}

/* The test samples of a data set, as @model was fed. */
static NnDataset *
load_test (const char *path, const NumeralModel *model, GError **error)
{
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  const NumeralDataRequest request = { .split = NUMERAL_SPLIT_TEST, .report = report };
  g_autoptr (NnDataset) dataset = cli_dataset_load (path, &request, error);

  if (dataset == NULL)
    return NULL;
  cli_data_report_print (report, path);
  if (numeral_model_adapt_data (model, dataset, error))
    return g_steal_pointer (&dataset);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

static gboolean
load_digits (const Options *o, const NumeralModel *model, Material *m, GError **error)
{
  g_autoptr (NumeralRunData) data = NULL;

  if (g_strcmp0 (o->split_name, "test") == 0)
    {
      for (guint i = 0; o->data[i] != NULL; i++)
        {
          g_autoptr (NnDataset) part = load_test (o->data[i], model, error);

          if (part == NULL)
            return FALSE;
          add (m, o->data[i], part);
        }
      m->all = nn_dataset_concat ((NnDataset *const *) m->digits->pdata, m->digits->len, error);
      return m->all != NULL;
    }
  data = cli_held_out_load (&o->held_out, o->data, model, error);
  if (data == NULL)
    return FALSE;
  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);

      if (part->validation != NULL)
        add (m, part->name, part->validation);
    }
  m->all = nn_dataset_ref (data->validation);
  m->fit = o->compare ? nn_dataset_ref (data->train) : NULL;
  return TRUE;
}

/* The same digits rotated by up to @degrees. */
static NnDataset *
rotate (NnDataset *dataset, double degrees, guint64 seed, GError **error)
{
  const NnAugment augment = { .rotation = degrees };
  g_autoptr (NnAugmenter) augmenter = NULL;
  NnDataset *turned;

  if (dataset->pixels == NULL || dataset->width == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE, _ ("only images can be rotated"));
      return NULL;
    }
  turned = nn_dataset_concat (&dataset, 1, error);
  if (turned == NULL)
    return NULL;
  augmenter = nn_augmenter_new (&augment, dataset->width, dataset->height);
  for (gsize i = 0; i < turned->n; i++)
    {
      guint8 *pixels = turned->pixels + i * turned->n_features;

      nn_augmenter_apply (augmenter, seed + i, pixels, pixels);
    }
  return turned;
}

static gboolean
gather (const Options *o, const NumeralModel *model, Material *m, GError **error)
{
  guint n;

  m->names = g_ptr_array_new_with_free_func (g_free);
  m->digits = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_dataset_unref);
  if (!load_digits (o, model, m, error))
    return FALSE;
  n = m->digits->len;
  for (guint i = 0; i < n && o->rotate > 0; i++)
    {
      g_autofree char *name =
          g_strdup_printf (_ ("%s, rotated"), (char *) g_ptr_array_index (m->names, i));
      g_autoptr (NnDataset) turned =
          rotate (g_ptr_array_index (m->digits, i), o->rotate, o->held_out.split.seed, error);

      if (turned == NULL)
        return FALSE;
      add (m, name, turned);
    }
  /* With other seeds than the default seeds of training. */
  m->seen = numeral_generate_nondigits ((gsize) o->count, FALSE, o->held_out.split.seed + 1000, 0,
                                        NULL, error);
  m->unseen = m->seen == NULL ?
                  NULL :
                  numeral_generate_nondigits ((gsize) o->count, TRUE, o->held_out.split.seed + 1000,
                                              0, NULL, error);
  return m->unseen != NULL;
}

/* Copies the scores of one kind to @out; returns their number. */
static gsize
pick_kind (const NnDataset *nondigits, const double *scores, guint kind, double *out)
{
  gsize n = 0;

  for (gsize i = 0; i < nondigits->n; i++)
    if (nondigits->labels[i] == kind)
      out[n++] = scores[i];
  return n;
}

static void
print_kinds (const NnDataset *nondigits, const double *scores, double threshold)
{
  g_autofree double *some = g_new (double, nondigits->n);

  for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
    {
      gsize n = pick_kind (nondigits, scores, kind, some);

      cli_print (" %8.2f", 100 * nn_roc_share_above (some, n, threshold));
    }
  cli_print ("\n");
}

static gboolean
measure (const CliNoveltyMethods *methods,
         CliNoveltyMethod method,
         const Material *m,
         GError **error)
{
  g_autofree double *digits = cli_novelty_methods_score (methods, method, m->all, error);
  g_autofree double *seen = NULL, *unseen = NULL;

  if (digits == NULL)
    return FALSE;
  seen = cli_novelty_methods_score (methods, method, m->seen, error);
  unseen = seen != NULL ? cli_novelty_methods_score (methods, method, m->unseen, error) : NULL;
  if (unseen == NULL)
    return FALSE;
  cli_print (_ ("\n%s: AUROC %.5f, of unseen forms %.5f\n"), cli_novelty_method_name (method),
             nn_roc_auc (seen, m->seen->n, digits, m->all->n),
             nn_roc_auc (unseen, m->unseen->n, digits, m->all->n));
  cli_print (_ ("  digits refused  non-digits refused     of unseen forms\n"));
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      const double threshold = nn_roc_threshold (digits, m->all->n, shares[i]);

      cli_print ("%14.2f %% %17.2f %% %17.2f %%\n",
                 100 * nn_roc_share_above (digits, m->all->n, threshold),
                 100 * nn_roc_share_above (seen, m->seen->n, threshold),
                 100 * nn_roc_share_above (unseen, m->unseen->n, threshold));
    }
  return TRUE;
}

/* Prints the shares that are refused at the model's threshold. */
static gboolean
measure_threshold (const NumeralNovelty *novelty, const Material *m, GError **error)
{
  const double threshold = log (novelty->threshold / (1 - novelty->threshold));
  const NnDataset *const nondigits[] = { m->seen, m->unseen };
  const char *const names[] = { _ ("non-digits"), _ ("unseen forms") };

  cli_print (_ ("refused at the model's threshold, %%\n"));
  for (guint i = 0; i < m->digits->len; i++)
    {
      const NnDataset *digits = g_ptr_array_index (m->digits, i);
      g_autofree double *scores = numeral_novelty_measure (novelty, digits, error);

      if (scores == NULL)
        return FALSE;
      cli_print ("%8.3f  %s\n", 100 * nn_roc_share_above (scores, digits->n, threshold),
                 (char *) g_ptr_array_index (m->names, i));
    }
  cli_print ("\n%-14s %8s", "", _ ("all"));
  for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
    cli_print (" %8s", ink_nondigit_kind_name (kind));
  cli_print ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (nondigits); i++)
    {
      g_autofree double *scores = numeral_novelty_measure (novelty, nondigits[i], error);

      if (scores == NULL)
        return FALSE;
      cli_print ("%-14s %8.2f", names[i],
                 100 * nn_roc_share_above (scores, nondigits[i]->n, threshold));
      print_kinds (nondigits[i], scores, threshold);
    }
  return TRUE;
}

static gboolean
run (gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (NumeralModel) model = cli_load_model (o->model_path, error);
  g_autoptr (CliNoveltyMethods) methods = NULL;
  g_auto (Material) material = { NULL };

  if (model == NULL)
    return FALSE;
  if (model->novelty == NULL && !o->compare)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                           _ ("the model has no network for non-digits; --compare measures "
                              "scores of its answers"));
      return FALSE;
    }
  if (!gather (o, model, &material, error))
    return FALSE;
  if (model->novelty != NULL && !measure_threshold (model->novelty, &material, error))
    return FALSE;
  methods = cli_novelty_methods_new (model, material.fit);
  for (guint i = 0; i < CLI_N_NOVELTY_METHODS; i++)
    if ((o->compare || i == CLI_NOVELTY_OWN) && cli_novelty_methods_has (methods, i) &&
        !measure (methods, i, &material, error))
      return FALSE;
  return TRUE;
}

static int
check (gconstpointer options)
{
  const Options *o = options;

  if (o->data == NULL)
    return cli_usage_error (VERB, _ ("at least one data set is expected"));
  if (o->split_name != NULL && !g_str_equal (o->split_name, "test") &&
      !g_str_equal (o->split_name, "validation"))
    return cli_usage_error (VERB, _ ("--split is \"validation\" or \"test\", not \"%s\""),
                            o->split_name);
  if (o->count < INK_NONDIGIT_END || o->count > MAX_COUNT)
    return cli_usage_error (VERB, _ ("--count is from %d to %d"), INK_NONDIGIT_END, MAX_COUNT);
  if (!(o->rotate >= 0 && o->rotate <= 90))
    return cli_usage_error (VERB, _ ("--rotate is from 0 to 90"));
  return CLI_OK;
}

int
cli_novelty (int argc, char **argv)
{
  g_auto (Options) o = { .count = 14000, .rotate = 15 };
  const CliHeldOutVerb verb = { check, run, &o, &o.held_out };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &o.model_path,
      N_ ("Measure this model instead of the one that ships"), N_ ("FILE") },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &o.compare,
      N_ ("Also measure other scores: softmax, energy, Mahalanobis distance"), NULL },
    { "split", 0, 0, G_OPTION_ARG_STRING, &o.split_name,
      N_ ("The digits: validation, or the test files of a directory (default validation)"),
      N_ ("SPLIT") },
    { "rotate", 0, 0, G_OPTION_ARG_DOUBLE, &o.rotate,
      N_ ("Also measure the digits rotated by up to this angle (default 15)"), N_ ("DEGREES") },
    { "count", 0, 0, G_OPTION_ARG_INT, &o.count,
      N_ ("How many non-digits to make, of seen and of unseen forms each (default 14000)"),
      N_ ("N") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.data, NULL, N_ ("DATASET...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Measures how well a model tells digits from non-digits: the share that it refuses of\n"
       "digits, and of letters, signs, shapes, scribbles, dots, parts of digits and several of "
       "them."),
    _ ("The non-digits are those of \"numeral-cli generate\" with another seed; the unseen forms\n"
       "are never used for training."),
    entries,
    NULL,
  };

  return cli_held_out_main (&verb, &options, argc, argv);
}
