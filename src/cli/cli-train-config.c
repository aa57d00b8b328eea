/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-config.h"

#define OPTION "--config"

/* The value of the last such option; %NULL if there is none, or if its value is missing, which
 * GOption reports. */
static const char *
find_path (int argc, char **argv)
{
  const char *path = NULL;

  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], OPTION) && i + 1 < argc)
      path = argv[++i];
    else if (g_str_has_prefix (argv[i], OPTION "="))
      path = argv[i] + sizeof OPTION;
  return path;
}

NumeralRunConfig *
cli_train_config_find (int argc, char **argv, GError **error)
{
  const char *path = find_path (argc, argv);
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return NULL;
  file = g_file_new_for_commandline_arg (path);
  return numeral_run_config_load (file, error);
}
