/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-predictor.h"
#include "numeral-model-file.h"

/* Models go to Python and come from it, through a reader and writer that shares nothing with ours.
 */

static char *
run_python (const char *const *arguments)
{
  g_autofree char *out = NULL;

  g_assert_cmpint (engine_test_python ("safetensors-by-hand.py", arguments, &out), ==, 0);
  return g_steal_pointer (&out);
}

static void
test_ours (gconstpointer half)
{
  static const guint widths[] = { 3, 5, 4, 2 };
  static const float x[] = { 0.5f, -0.25f, 1 };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "model", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 3);
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralModel) back = NULL;
  g_autoptr (NnPredictor) predictor = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  const char *arguments[] = { "forward", path, "0.5", "-0.25", "1", NULL };
  const char *output;
  float probabilities[2];

  g_hash_table_insert (metadata, "name", "Sieben “7” \\ ü");
  model = numeral_model_new (network, NULL, metadata);
  g_assert_true (numeral_model_save (model, file,
                                     half != NULL ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                                     &error));
  /* Of the weights as they were stored. */
  back = numeral_model_load (file, NULL, &error);
  g_assert_no_error (error);
  predictor = nn_predictor_new (back->network);
  nn_predictor_run (predictor, x, probabilities);

  out = run_python (arguments);
  g_assert_nonnull (strstr (out, "metadata activation relu\n"));
  g_assert_nonnull (strstr (out, "metadata architecture 3-5-4-2\n"));
  g_assert_nonnull (strstr (out, "metadata format numeral-1\n"));
  g_assert_nonnull (strstr (out, "metadata loss cross-entropy\n"));
  g_assert_nonnull (strstr (out, "metadata name Sieben “7” \\ ü\n"));
  g_assert_nonnull (strstr (out, "metadata preprocessing none\n"));
  g_assert_nonnull (strstr (out, "tensor layers.0.weight 5 3\n"
                                 "tensor layers.0.bias 5\n"
                                 "tensor layers.1.weight 4 5\n"
                                 "tensor layers.1.bias 4\n"
                                 "tensor layers.2.weight 2 4\n"
                                 "tensor layers.2.bias 2\n"));
  output = strstr (out, "output ");
  g_assert_nonnull (output);
  output += strlen ("output ");
  for (guint i = 0; i < 2; i++)
    {
      char *end;

      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (output, &end), (double) probabilities[i],
                                      1e-6);
      g_assert_true (end > output);
      output = end;
    }
  engine_test_remove (folder);
}

static void
test_theirs (void)
{
  static const char *const forms[] = { "sequential", "attributes", "list" };
  static const char *const types[] = { "F32", "F16" };

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    for (guint t = 0; t < G_N_ELEMENTS (types); t++)
      {
        g_autofree char *folder = engine_test_folder ();
        g_autofree char *path = g_build_filename (folder, "model", NULL);
        g_autoptr (GFile) file = g_file_new_for_path (path);
        g_autoptr (NumeralModel) model = NULL;
        g_autofree char *out = NULL;
        g_autofree char *architecture = NULL;
        g_autoptr (GError) error = NULL;
        const char *arguments[] = { "write", forms[f], types[t], path, NULL };

        out = run_python (arguments);
        model = numeral_model_load (file, NULL, &error);
        g_assert_no_error (error);
        architecture = nn_architecture_to_string (&model->network->arch);
        g_assert_cmpstr (architecture, ==, "3-4-2");
        for (guint l = 0; l < 2; l++)
          {
            const NnWeights *layer = &model->network->weights[l];

            for (guint o = 0; o < layer->n_out; o++)
              {
                for (guint i = 0; i < layer->n_in; i++)
                  g_assert_cmpfloat (layer->weight[o * layer->n_in + i], ==,
                                     (float) l + (float) o / 8 + (float) i / 64);
                g_assert_cmpfloat (layer->bias[o], ==, -(float) o);
              }
          }
        engine_test_remove (folder);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("PYTHON") == NULL)
    g_setenv ("PYTHON", "python3", TRUE);
  g_test_add_data_func ("/engine/interchange/ours/float32", GINT_TO_POINTER (FALSE), test_ours);
  g_test_add_data_func ("/engine/interchange/ours/float16", GINT_TO_POINTER (TRUE), test_ours);
  g_test_add_func ("/engine/interchange/theirs", test_theirs);
  return g_test_run ();
}
