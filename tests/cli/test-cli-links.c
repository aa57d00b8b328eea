/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

/* The command line must run without a display and a toolkit. */
static void
test_no_toolkit (void)
{
  static const char *const unwanted[] = { "libgtk", "libadwaita" };
  g_autofree char *ldd = g_find_program_in_path ("ldd");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  if (ldd == NULL)
    {
      g_test_skip ("ldd is not installed");
      return;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, ldd, g_getenv ("NUMERAL_CLI"),
                              NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (out, "libglib-2.0"));
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *name = g_strchug (lines[i]);

      for (guint j = 0; j < G_N_ELEMENTS (unwanted); j++)
        g_assert_false (g_str_has_prefix (name, unwanted[j]));
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/links/no-toolkit", test_no_toolkit);
  return cli_fixture_end ();
}
