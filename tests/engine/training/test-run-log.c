/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "engine-test.h"
#include "numeral-run-log.h"

/* A disk that is full for a while costs no line of a log, and one that stays full no half of one.
 */

#define N_STEPS 400

/* How large a file may become: what a full disk is to a program. */
static void
set_limit (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
add_steps (NumeralRunLog *log, guint first, guint last)
{
  for (guint i = first; i < last; i++)
    {
      NumeralEpochPoint epoch = { .epoch = i, .step = i + 1, .seconds = 1 };
      /* The end of an epoch is written at once. */
      const NumeralSessionStep step = { .step = { .step = i, .epoch = i, .loss = 1, .n = 1 },
                                        .point = { .loss = 1 },
                                        .epoch = &epoch,
                                        .n_images = 1 };

      numeral_run_log_add (log, &step);
    }
}

static char **
read_lines (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (text, "}\n"));
  text[strlen (text) - 1] = '\0';
  return g_strsplit (text, "\n", -1);
}

static void
assert_whole (char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "{") && g_str_has_suffix (lines[i], "}"));
}

static void
test_full (gconstpointer data)
{
  const gboolean again = GPOINTER_TO_INT (data);
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunLog) log = numeral_run_log_open (path, 0, &error);
  g_auto (GStrv) lines = NULL;
  gboolean finished;

  g_assert_no_error (error);
  set_limit (5000);
  add_steps (log, 0, N_STEPS / 2);
  if (again)
    set_limit (RLIM_INFINITY);
  add_steps (log, N_STEPS / 2, N_STEPS);
  finished = numeral_run_log_finish (log, &error);
  set_limit (RLIM_INFINITY);
  lines = read_lines (path);
  assert_whole (lines);
  if (again)
    {
      g_assert_no_error (error);
      g_assert_true (finished);
      g_assert_cmpuint (g_strv_length (lines), ==, 2 * N_STEPS);
    }
  else
    {
      g_assert_false (finished);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_cmpuint (g_strv_length (lines), <, N_STEPS);
      g_assert_cmpuint (g_strv_length (lines), >, 10);
    }
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_test_add_data_func ("/engine/run-log/full-for-a-while", GINT_TO_POINTER (TRUE), test_full);
  g_test_add_data_func ("/engine/run-log/full", GINT_TO_POINTER (FALSE), test_full);
  return g_test_run ();
}
