/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-config.h"

#include "numeral-run-data.h"

#define OPTION "--config"

/* What stands behind the option, its last one; %NULL where it is not there or nothing follows,
 * which GOption says itself. */
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

/* What the training card calls the data by. */
static char *
name_source (const NumeralRunConfig *config)
{
  switch (config->source)
    {
    case NUMERAL_SOURCE_MNIST:
      return g_strdup ("MNIST");
    case NUMERAL_SOURCE_PATH:
      return g_strdup (config->path);
    case NUMERAL_SOURCE_GENERATED:
    default:
      return g_strdup ("generated digits");
    }
}

CliTrainData *
cli_train_config_load_data (const NumeralRunConfig *config, GError **error)
{
  g_autoptr (NumeralRunData) loaded = numeral_run_data_load (config, NULL, NULL, NULL, error);
  CliPart *part;

  if (loaded == NULL)
    return NULL;
  part = g_new0 (CliPart, 1);
  part->path = name_source (config);
  part->repeat = 1;
  part->n_rejected = loaded->n_rejected;
  part->by_writer = loaded->train->groups != NULL && loaded->validation != NULL;
  part->train = nn_dataset_ref (loaded->train);
  if (loaded->validation != NULL)
    part->validation = nn_dataset_ref (loaded->validation);
  return cli_train_data_new_for_part (part);
}
