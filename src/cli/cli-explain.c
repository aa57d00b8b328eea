/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-dataset.h"
#include "cli-explain-counterfactual.h"
#include "cli-explain-neighbours.h"
#include "cli-explain-print.h"
#include "cli-explain-robustness.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-error.h"
#include "numeral-document.h"
#include "numeral-explainer.h"
#include "numeral-file.h"
#include "picture-attribution.h"

#define ALL_METHODS "all"
#define NO_RIVAL "none"

/* What is explained: ink, or a picture without strokes. */
typedef struct
{
  InkDrawing *drawing; /* NULL for a picture */
  float tensor[INK_TENSOR_SIZE];
} Input;

/* The command line. */
typedef struct
{
  char *model, *method, *target, *against, *baseline, *split, *out;
  char *counterfactual, *map, *neighbours;
  int index, patch, grid;
  gboolean robustness, json;
  NumeralExplanationConfig config;
  NumeralRobustnessConfig changes;
  int other; /* digit of --counterfactual; -1 without */
  gboolean all;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->model);
  g_free (wanted->method);
  g_free (wanted->target);
  g_free (wanted->against);
  g_free (wanted->baseline);
  g_free (wanted->split);
  g_free (wanted->out);
  g_free (wanted->counterfactual);
  g_free (wanted->map);
  g_free (wanted->neighbours);
  g_clear_pointer (&wanted->config.background, numeral_background_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static void
input_clear (Input *input)
{
  g_clear_pointer (&input->drawing, ink_drawing_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static gboolean
check_index (const Wanted *wanted, gsize n, const char *path, GError **error)
{
  if ((gsize) wanted->index < n)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               g_dngettext (NULL, "%s has %zu sample; --index counts from 0",
                            "%s has %zu samples; --index counts from 0", n),
               path, n);
  return FALSE;
}

/* A sample of a data set. */
static gboolean
load_sample (const Wanted *wanted, const char *path, Input *input, GError **error)
{
  NumeralDataRequest request = { .split = NUMERAL_SPLIT_TEST };
  g_autoptr (NnDataset) dataset = NULL;

  if (!cli_dataset_parse_split (wanted->split, &request.split, error))
    return FALSE;
  dataset = cli_dataset_load (path, &request, error);
  if (dataset == NULL || !check_index (wanted, dataset->n, path, error))
    return FALSE;
  if (dataset->n_features != INK_TENSOR_SIZE)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("%s: the samples are not 28x28 pixels"),
                   path);
      return FALSE;
    }
  nn_dataset_get (dataset, (gsize) wanted->index, input->tensor);
  return TRUE;
}

/* Ink or a picture. */
static gboolean
load_document (const Wanted *wanted, const char *path, Input *input, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralDocument) document = numeral_document_load (file, NULL, error);
  const guint n = document != NULL && document->samples != NULL ? document->samples->len : 1;

  if (document == NULL || !check_index (wanted, n, path, error))
    return FALSE;
  memcpy (input->tensor, document->tensor, sizeof input->tensor);
  if (document->samples != NULL)
    {
      const InkSample *sample = g_ptr_array_index (document->samples, (guint) wanted->index);

      input->drawing = ink_drawing_ref (sample->drawing);
      /* The tensor of the document is that of its first sample. */
      ink_tensor_from_drawing (input->drawing, NULL, input->tensor);
    }
  return TRUE;
}

/* Whether only a data set can be meant: a folder, "mnist", or a table. */
static gboolean
is_dataset (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_file_test (path, G_FILE_TEST_IS_DIR) || !g_file_test (path, G_FILE_TEST_EXISTS) ||
         g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".csv.gz") ||
         g_str_has_suffix (lower, ".arff") || g_str_has_suffix (lower, ".npz");
}

static gboolean
load_input (const Wanted *wanted, const char *path, Input *input, GError **error)
{
  return is_dataset (path) ? load_sample (wanted, path, input, error) :
                             load_document (wanted, path, input, error);
}

static gboolean
write_picture (const NumeralExplanation *explanation,
               const InkDrawing *drawing,
               const char *path,
               GError **error)
{
  const PictureAttribution picture = {
    explanation->tensor,    explanation->attribution,     drawing,
    explanation->map.place, explanation->contrast.target, explanation->contrast.against
  };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = picture_attribution_export (&picture, g_str_has_suffix (path, ".svg"),
                                                         &picture_style_light, error);

  return bytes != NULL && numeral_file_write (file, bytes, NULL, error);
}

static gboolean
explain_by (NumeralExplainer *explainer,
            const Wanted *wanted,
            NumeralExplanationMethod method,
            const Input *input,
            GError **error)
{
  NumeralExplanationConfig config = wanted->config;
  g_autoptr (NumeralExplanation) explanation = NULL;

  config.method = method;
  explanation = numeral_explainer_explain (explainer, &config, NULL, error);
  if (explanation == NULL)
    return FALSE;
  if (wanted->json)
    cli_explanation_json (explanation);
  else
    cli_explanation_text (explanation);
  return wanted->out == NULL || write_picture (explanation, input->drawing, wanted->out, error);
}

/* What a method does not explain: what would change the answer, how firm it is, and what is like
 * the digit. */
static gboolean
explain_otherwise (const Wanted *wanted,
                   const NumeralModel *model,
                   const Input *input,
                   GError **error)
{
  if (wanted->other >= 0)
    return cli_explain_counterfactual (model, input->drawing, input->tensor, (guint) wanted->other,
                                       wanted->json, error);
  if (wanted->robustness)
    return cli_explain_robustness (model, input->drawing, input->tensor, &wanted->changes,
                                   wanted->json, error);
  return cli_explain_neighbours (model, input->tensor, wanted->neighbours, wanted->json, error);
}

static guint
count_other (const Wanted *wanted)
{
  return (wanted->counterfactual != NULL) + wanted->robustness + (wanted->neighbours != NULL);
}

static gboolean
explain (Wanted *wanted, const char *path, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_digit_model (wanted->model, error);
  g_autoptr (NumeralExplainer) explainer = NULL;
  g_auto (Input) input = { NULL };

  if (model == NULL || !load_input (wanted, path, &input, error))
    return FALSE;
  if (count_other (wanted) > 0)
    return explain_otherwise (wanted, model, &input, error);
  if (wanted->all || wanted->config.baseline == NUMERAL_BASELINE_MEAN ||
      wanted->config.method == NUMERAL_EXPLANATION_EXPECTED_GRADIENTS)
    {
      wanted->config.background = numeral_background_load (NULL, error);
      if (wanted->config.background == NULL)
        return FALSE;
    }
  explainer = numeral_explainer_new (model);
  if (input.drawing != NULL)
    numeral_explainer_set_drawing (explainer, input.drawing);
  else
    numeral_explainer_set_tensor (explainer, input.tensor);
  if (!wanted->all)
    return explain_by (explainer, wanted, wanted->config.method, &input, error);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    if ((m != NUMERAL_EXPLANATION_SHAPLEY || input.drawing != NULL) &&
        !explain_by (explainer, wanted, m, &input, error))
      return FALSE;
  return TRUE;
}

/* @text: (nullable): %NULL leaves @digit as it is */
static gboolean
parse_digit (const char *option, const char *text, int *digit, GError **error)
{
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, NUMERAL_N_DIGITS - 1, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--%s takes a digit from 0 to 9, not \"%s\""), option, text);
      return FALSE;
    }
  *digit = (int) number;
  return TRUE;
}

static gboolean
parse (Wanted *wanted, GError **error)
{
  NumeralExplanationConfig *config = &wanted->config;

  wanted->all = g_strcmp0 (wanted->method, ALL_METHODS) == 0;
  if (wanted->method != NULL && !wanted->all &&
      !numeral_explanation_method_from_name (wanted->method, &config->method, error))
    return FALSE;
  if (wanted->baseline != NULL &&
      !numeral_explanation_baseline_from_name (wanted->baseline, &config->baseline, error))
    return FALSE;
  if (!parse_digit ("target", wanted->target, &config->target, error) ||
      !parse_digit ("counterfactual", wanted->counterfactual, &wanted->other, error))
    return FALSE;
  if (wanted->map != NULL && !cli_robustness_parse (wanted->map, &wanted->changes, error))
    {
      g_prefix_error (error, "--map: ");
      return FALSE;
    }
  if (g_strcmp0 (wanted->against, NO_RIVAL) == 0)
    config->against = NUMERAL_AGAINST_NONE;
  else if (!parse_digit ("against", wanted->against, &config->against, error))
    return FALSE;
  config->patch = (guint) MAX (wanted->patch, 0);
  config->grid = (guint) MAX (wanted->grid, 0);
  return TRUE;
}

/* @paths: (nullable): the files, of which there must be one */
static int
run (Wanted *wanted, char **paths)
{
  g_autoptr (GError) error = NULL;

  if (paths == NULL || g_strv_length (paths) != 1)
    return cli_usage_error ("explain", _ ("exactly one file is expected"));
  if (!parse (wanted, &error))
    return cli_usage_error ("explain", "%s", error->message);
  if (wanted->index < 0)
    return cli_usage_error ("explain", _ ("--index is at least 0"));
  if (count_other (wanted) > 1 ||
      (count_other (wanted) == 1 && (wanted->method != NULL || wanted->out != NULL)))
    return cli_usage_error ("explain",
                            _ ("--counterfactual, --robustness, --neighbours and --method do not "
                               "go together, nor does --out with the first three"));
  if (wanted->map != NULL && !wanted->robustness)
    return cli_usage_error ("explain", _ ("--map goes with --robustness"));
  if (wanted->all && wanted->out != NULL)
    return cli_usage_error ("explain", _ ("--out goes with one method"));
  if (wanted->out != NULL && !g_str_has_suffix (wanted->out, ".png") &&
      !g_str_has_suffix (wanted->out, ".svg"))
    return cli_usage_error ("explain", _ ("the name of the picture ends in .png or .svg"));
  if (explain (wanted, paths[0], &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}

int
cli_explain (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_auto (Wanted) wanted = { .config = numeral_explanation_config_default,
                             .changes = numeral_robustness_config_default,
                             .other = -1,
                             .patch = (int) numeral_explanation_config_default.patch };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &wanted.model,
      N_ ("Explain this model instead of the one that ships"), N_ ("FILE") },
    { "index", 0, 0, G_OPTION_ARG_INT, &wanted.index,
      N_ ("Sample of a data set or of an ink file, from 0"), N_ ("N") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &wanted.split,
      N_ ("Part of a directory of IDX files or pictures: train or test (default test)"),
      N_ ("SPLIT") },
    { "method", 0, 0, G_OPTION_ARG_STRING, &wanted.method,
      N_ ("integrated-gradients (the default), shapley, expected-gradients, lime, occlusion or "
          "all"),
      N_ ("METHOD") },
    { "target", 0, 0, G_OPTION_ARG_STRING, &wanted.target,
      N_ ("Explain this digit instead of the answer"), N_ ("DIGIT") },
    { "against", 0, 0, G_OPTION_ARG_STRING, &wanted.against,
      N_ ("Compare with this digit instead of the runner-up, or with none"), N_ ("DIGIT") },
    { "baseline", 0, 0, G_OPTION_ARG_STRING, &wanted.baseline,
      N_ ("What stands for absent ink: blank (the default) or mean"), N_ ("BASELINE") },
    { "patch", 0, 0, G_OPTION_ARG_INT, &wanted.patch,
      N_ ("Side of the square of occlusion, in pixels (default 3)"), N_ ("PIXELS") },
    { "grid", 0, 0, G_OPTION_ARG_INT, &wanted.grid,
      N_ ("LIME: explain by cells of this side instead of the pieces of stroke"), N_ ("PIXELS") },
    { "counterfactual", 0, 0, G_OPTION_ARG_STRING, &wanted.counterfactual,
      N_ ("Find what would make it this digit instead"), N_ ("DIGIT") },
    { "robustness", 0, 0, G_OPTION_ARG_NONE, &wanted.robustness,
      N_ ("Map the answers for the digit drawn a little differently instead"), NULL },
    { "map", 0, 0, G_OPTION_ARG_STRING, &wanted.map,
      N_ ("What the map changes: rotation, size, width, shift-x, shift-y (default rotation,size)"),
      N_ ("CHANGE,CHANGE") },
    { "neighbours", 0, 0, G_OPTION_ARG_FILENAME, &wanted.neighbours,
      N_ ("List the training samples of this data set that are most like it instead"),
      N_ ("DATASET") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wanted.json, N_ ("Print one JSON object per method"),
      NULL },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &wanted.out,
      N_ ("Write a picture of the explanation, PNG or SVG"), N_ ("FILE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "explain",
    _ ("Explains why the model reads a digit as it does."),
    _ ("FILE is a picture, ink, or a data set. The explanation says how much each pixel and each\n"
       "piece of stroke speaks for the answer, and how far it can be trusted."),
    entries,
    NULL,
  };
  int status;

  return cli_options_parse (&options, argc, argv, &status) ? run (&wanted, paths) : status;
}
