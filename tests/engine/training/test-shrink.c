/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model is made smaller in a thread: all ways, stopped, and begun anew. */

#include "engine-test.h"
#include "numeral-model-file.h"
#include "numeral-run-record.h"
#include "numeral-shrink.h"

#define N_DIGITS 150
#define N_WAYS 8
#define N_WAYS_OF_INT8 6

typedef struct
{
  char *folder;
  GFile *file;
  NumeralRunConfig *config;
  NumeralShrink *shrink;
  guint n_ended;
  GError *error;
} Fixture;

static void
on_ended (NumeralShrink *shrink, const GError *error, Fixture *f)
{
  f->n_ended++;
  g_clear_error (&f->error);
  f->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
save (Fixture *f, const NumeralModel *model)
{
  g_autoptr (GFile) file = g_file_get_child (f->file, NUMERAL_BEST_FILE);
  g_autoptr (GError) error = NULL;

  numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  const guint widths[] = { 784, 40, 10 };
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 1);
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);

  f->folder = engine_test_folder ();
  f->file = g_file_new_for_path (f->folder);
  save (f, model);
  f->config = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  f->config->generated = N_DIGITS;
  f->shrink = numeral_shrink_new ();
  g_signal_connect (f->shrink, "ended", G_CALLBACK (on_ended), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_object_unref (f->shrink);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_error (&f->error);
  numeral_run_config_free (f->config);
  g_object_unref (f->file);
  engine_test_remove (f->folder);
  g_free (f->folder);
}

static guint
get_n (Fixture *f)
{
  return g_list_model_get_n_items (numeral_shrink_get_results (f->shrink));
}

static void
run (Fixture *f)
{
  const guint before = f->n_ended;

  numeral_shrink_start (f->shrink, f->file, f->config);
  while (f->n_ended == before)
    g_main_context_iteration (NULL, TRUE);
}

/* The files get smaller, are what was measured, and say how they were made. */
static void
test_all (Fixture *f, gconstpointer unused)
{
  gsize sizes[N_WAYS];
  double progress;
  gboolean running;

  run (f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (get_n (f), ==, N_WAYS);
  for (guint i = 0; i < N_WAYS; i++)
    {
      g_autoptr (NumeralShrunk) shrunk =
          g_list_model_get_item (numeral_shrink_get_results (f->shrink), i);
      const NumeralCompressFigures *figures = numeral_shrunk_get_figures (shrunk);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) model =
          numeral_model_parse (numeral_shrunk_get_bytes (shrunk), NULL, &error);

      g_assert_no_error (error);
      g_assert_true ((model->network->quantized != NULL) == (i >= 2));
      g_assert_true (figures->n > 0 && figures->seconds > 0);
      g_assert_true (figures->accuracy >= 0 && figures->accuracy <= 1);
      sizes[i] = g_bytes_get_size (numeral_shrunk_get_bytes (shrunk));
    }
  /* Float32, float16, 8 bits; with fewer weights; with fewer units. */
  g_assert_cmpuint (sizes[1], <, sizes[0] * 6 / 10);
  g_assert_cmpuint (sizes[2], <, sizes[1] * 7 / 10);
  g_assert_cmpuint (sizes[4], <, sizes[2]);
  g_assert_cmpuint (sizes[6], <, sizes[5]);
  g_object_get (f->shrink, "running", &running, "progress", &progress, NULL);
  g_assert_false (running);
  g_assert_false (numeral_shrink_get_generated (f->shrink));
}

/* Stops after some results. */
static void
run_in_part (Fixture *f, guint n)
{
  const guint before = f->n_ended;

  numeral_shrink_start (f->shrink, f->file, f->config);
  while (get_n (f) < n)
    g_main_context_iteration (NULL, TRUE);
  numeral_shrink_stop (f->shrink);
  while (f->n_ended == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (f->error);
  g_assert_cmpuint (get_n (f), >=, n);
  g_assert_cmpuint (get_n (f), <, N_WAYS);
}

/* A model that is in 8 bits already has fewer ways. */
static void
test_int8 (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralShrunk) shrunk = NULL;
  g_autoptr (NumeralModel) model = NULL;

  run_in_part (f, 3);
  shrunk = g_list_model_get_item (numeral_shrink_get_results (f->shrink), 2);
  model = numeral_model_parse (numeral_shrunk_get_bytes (shrunk), NULL, NULL);
  save (f, model);
  run (f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (get_n (f), ==, N_WAYS_OF_INT8);
}

/* Stopped after the first result, which stays; begun anew in the middle, nothing of before comes.
 */
static void
test_stop (Fixture *f, gconstpointer unused)
{
  run_in_part (f, 1);

  numeral_shrink_start (f->shrink, f->file, f->config);
  while (get_n (f) == 0)
    g_main_context_iteration (NULL, TRUE);
  run (f);
  g_assert_cmpuint (f->n_ended, ==, 2);
  g_assert_cmpuint (get_n (f), ==, N_WAYS);
}

static void
test_fails (Fixture *f, gconstpointer unused)
{
  g_autoptr (GFile) best = g_file_get_child (f->file, NUMERAL_BEST_FILE);

  /* Digits stand in for data that are gone. */
  f->config->source = NUMERAL_SOURCE_PATH;
  f->config->path = g_build_filename (f->folder, "nowhere", NULL);
  run_in_part (f, 1);
  g_assert_true (numeral_shrink_get_generated (f->shrink));
  g_assert_true (g_file_delete (best, NULL, NULL));
  run (f);
  engine_test_error (&f->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no model yet");
  g_assert_cmpuint (get_n (f), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) \
  g_test_add ("/engine/shrink/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (all);
  ADD (int8);
  ADD (stop);
  ADD (fails);
  return g_test_run ();
}
