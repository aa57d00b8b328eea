/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-left-out.h"

#include <string.h>

#include "engine-test.h"
#include "nn-error.h"
#include "numeral-generate.h"
#include "numeral-run-data.h"

#define N 300

static NnDataset *
make_digits (guint n)
{
  return numeral_generate_digits (n, INK_GENERATOR_VERSION, 1, 0, NULL, NULL, NULL, NULL);
}

static NumeralRunConfig *
make_config (const char *left_out)
{
  NumeralRunConfig *config = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);

  config->generated = N;
  config->generator = INK_GENERATOR_VERSION;
  config->train.seed = 1;
  config->train.hidden[0] = 8;
  config->train.epochs = 1;
  config->left_out = g_strdup (left_out);
  return config;
}

/* The identity is part of files: it must not change. */
static void
test_identity (void)
{
  g_autoptr (NnDataset) dataset = nn_dataset_new_pixels (3, 2, 1, 10, NULL);
  g_autofree char *identity = NULL, *other = NULL, *relabelled = NULL;

  dataset->pixels[1] = 255;
  dataset->labels[0] = 7;
  identity = numeral_data_identity (dataset);
  g_assert_cmpstr (identity, ==, "c732ea8f89c057df");
  dataset->pixels[1] = 254;
  other = numeral_data_identity (dataset);
  g_assert_cmpstr (identity, !=, other);
  dataset->pixels[1] = 255;
  dataset->labels[2] = 1;
  relabelled = numeral_data_identity (dataset);
  g_assert_cmpstr (identity, !=, relabelled);
}

static void
test_text (void)
{
  static const char *const wrong[] = { "",
                                       "1,2",
                                       "0123456789abcdef",
                                       "0123456789abcdef:",
                                       "0123456789abcdef:1,",
                                       "0123456789abcdef:2,1",
                                       "0123456789abcdef:1,1",
                                       "0123456789abcdef:-1",
                                       "0123456789abcdef:4294967296",
                                       "0123456789ABCDEF:1",
                                       "0123456789abcde:1" };
  static const guint32 indices[] = { 9, 3, 12, 3 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  text = numeral_left_out_format_known ("0123456789abcdef", indices, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "0123456789abcdef:3,9,12");
  g_assert_true (numeral_left_out_check (text, &n, &error));
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (numeral_left_out_check (wrong[i], NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "IDENTITY");
    }
  g_assert_null (numeral_left_out_format_known ("x", indices, 4, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "IDENTITY");
}

static void
test_apply (void)
{
  static const guint32 indices[] = { 0, 2, 299 }, far[] = { 300 };
  g_autoptr (NnDataset) digits = make_digits (N), rest = NULL, same = NULL, other = NULL;
  g_autofree char *text = numeral_left_out_format (digits, indices, 3);
  g_autofree char *outside = numeral_left_out_format (digits, far, 1);
  g_autoptr (GError) error = NULL;
  guint n;

  rest = numeral_left_out_apply (text, nn_dataset_ref (digits), &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (rest->n, ==, N - 3);
  g_assert_cmpmem (rest->pixels, 784, digits->pixels + 784, 784);
  g_assert_cmpmem (rest->pixels + 784, 296 * 784, digits->pixels + 3 * 784, 296 * 784);
  g_assert_cmpmem (rest->labels + 1, 296, digits->labels + 3, 296);
  same = numeral_left_out_apply (NULL, nn_dataset_ref (digits), &n, &error);
  g_assert_true (same == digits && n == 0);
  /* Of other data nothing is left out. */
  other = numeral_left_out_apply (text, make_digits (N - 1), &n, &error);
  g_assert_cmpuint (other->n, ==, N - 1);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (numeral_left_out_apply (outside, nn_dataset_ref (digits), &n, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "");
}

/* Byte for byte: a run that leaves samples out learns from the others alone. */
static void
test_run (void)
{
  static const guint32 indices[] = { 1, 7, 250 };
  g_autoptr (NnDataset) digits = make_digits (N), rest = NULL;
  g_autofree char *text = numeral_left_out_format (digits, indices, 3);
  g_autoptr (NumeralRunConfig) config = make_config (text);
  const NumeralSourceRequest request = { .lazy = TRUE };
  const NumeralRunSplit split = { .share = config->train.validation, .seed = 1 };
  g_autoptr (NumeralRunData) data = NULL;
  NumeralRunPart *part;
  g_autoptr (GError) error = NULL;
  guint n;

  data = numeral_run_data_load (config, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->train->n + data->validation->n, ==, N - 3);
  rest = numeral_left_out_apply (text, nn_dataset_ref (digits), &n, &error);
  part = numeral_run_part_new (NULL);
  g_assert_true (numeral_run_part_split (part, g_steal_pointer (&rest), &split, &error));
  g_assert_cmpmem (data->train->pixels, data->train->n * 784, part->train->pixels,
                   part->train->n * 784);
  g_assert_cmpmem (data->train->labels, data->train->n, part->train->labels, part->train->n);
  g_assert_cmpmem (data->validation->labels, data->validation->n, part->validation->labels,
                   part->validation->n);
  numeral_run_part_free (part);
}

/* Samples of other data cannot be left out, and the message says what to do. */
static void
test_other_data (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ("0123456789abcdef:1,2");
  const NumeralSourceRequest request = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_run_data_load (config, &request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "other data");
}

/* The settings keep the samples, and files without them leave none out. */
static void
test_json (void)
{
  g_autoptr (NumeralRunConfig) config = make_config ("0123456789abcdef:1,2"), back = NULL,
                               plain = make_config (NULL), none = NULL, bad = NULL;
  g_autoptr (JsonNode) node = numeral_run_config_to_json (config);
  g_autoptr (JsonNode) empty = numeral_run_config_to_json (plain);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "left_out"), ==,
                   "0123456789abcdef:1,2");
  back = numeral_run_config_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->left_out, ==, config->left_out);
  g_assert_false (json_object_has_member (json_node_get_object (empty), "left_out"));
  none = numeral_run_config_from_json (empty, &error);
  g_assert_no_error (error);
  g_assert_null (none->left_out);
  json_object_set_string_member (json_node_get_object (node), "left_out", "5");
  bad = numeral_run_config_from_json (node, &error);
  g_assert_null (bad);
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "IDENTITY");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/left-out/identity", test_identity);
  g_test_add_func ("/engine/left-out/text", test_text);
  g_test_add_func ("/engine/left-out/apply", test_apply);
  g_test_add_func ("/engine/left-out/run", test_run);
  g_test_add_func ("/engine/left-out/other-data", test_other_data);
  g_test_add_func ("/engine/left-out/json", test_json);
  return g_test_run ();
}
