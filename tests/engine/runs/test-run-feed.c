/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a run feeds its samples is kept in its record, and a resumed run does the same. */

#include <string.h>

#include "engine-test.h"
#include "numeral-run-data.h"
#include "numeral-run-record.h"

static const struct
{
  float scale;
  NumeralTurn turn;
  guint64 step;
  NumeralTurn read; /* a run of an older Numeral has turned nothing */
} figures_cases[] = {
  { 255, NUMERAL_TURN_YES, 0, NUMERAL_TURN_YES },
  { 16, NUMERAL_TURN_NO, 7, NUMERAL_TURN_NO },
  { 0, NUMERAL_TURN_UNKNOWN, 0, NUMERAL_TURN_UNKNOWN },
  { 0, NUMERAL_TURN_UNKNOWN, 7, NUMERAL_TURN_NO },
};

static void
test_record (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (NUMERAL_SOURCE_PATH);

  for (guint i = 0; i < G_N_ELEMENTS (figures_cases); i++)
    {
      g_autoptr (NumeralRunRecord) record = numeral_run_record_new (folder, config, "run");
      g_autoptr (NumeralRunRecord) again = NULL;
      g_autoptr (GError) error = NULL;
      NumeralRunFigures figures;

      numeral_run_record_get_figures (record, &figures);
      figures.input_scale = figures_cases[i].scale;
      figures.turn = figures_cases[i].turn;
      figures.step = figures_cases[i].step;
      numeral_run_record_set_figures (record, &figures);
      numeral_run_figures_clear (&figures);
      g_assert_true (numeral_run_record_save (record, &error));
      again = numeral_run_record_load (folder, &error);
      g_assert_no_error (error);
      numeral_run_record_get_figures (again, &figures);
      g_assert_cmpfloat (figures.input_scale, ==, figures_cases[i].scale);
      g_assert_cmpint (figures.turn, ==, figures_cases[i].read);
      numeral_run_figures_clear (&figures);
    }
  engine_test_remove (folder);
}

/* Whole numbers that pass 127 are divided by 255; smaller ones only if they were before. */
static void
test_scale (void)
{
  static const char large[] = "a,b,class\n200,3,1\n12,90,0\n7,8,0\n";
  static const char small[] = "a,b,class\n51,3,1\n12,90,0\n7,8,0\n";
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = engine_test_write (folder, "table.csv", large, strlen (large));
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (NUMERAL_SOURCE_PATH);
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TRAIN };
  NumeralRunFeed feed = { NULL }, fresh = { NULL };
  g_autoptr (NumeralRunData) first = NULL, resumed = NULL, anew = NULL;
  g_autoptr (GError) error = NULL;

  config->path = g_strdup (path);
  config->train.validation = 0;
  first = numeral_run_data_load_fed (config, &request, &feed, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (feed.scale, ==, 255);

  g_free (engine_test_write (folder, "table.csv", small, strlen (small)));
  anew = numeral_run_data_load_fed (config, &request, &fresh, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (fresh.scale, ==, 1);
  g_assert_cmpfloat (anew->train->values[0], ==, 51);
  resumed = numeral_run_data_load_fed (config, &request, &feed, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (resumed->train->values[0], 0.2, 1e-6);
  g_assert_cmpfloat (resumed->train->scale, ==, 255);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-feed/record", test_record);
  g_test_add_func ("/engine/run-feed/scale", test_scale);
  return g_test_run ();
}
