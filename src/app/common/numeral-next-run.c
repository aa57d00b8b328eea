/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-next-run.h"

#include "numeral-file.h"
#include "numeral-json.h"
#include "numeral-private.h"

static GFile *
config_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "numeral", "next-run.json", NULL);
}

NumeralRunConfig *
numeral_next_run_load (void)
{
  g_autoptr (GFile) file = config_file ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  NumeralRunConfig *config = NULL;

  if (!g_file_query_exists (file, NULL))
    return numeral_run_config_new ();
  node = numeral_json_load (file, &error);
  if (node)
    config = numeral_run_config_from_json (node, &error);
  if (config)
    return config;
  g_message ("The settings of the next run are those of a first start: %s", error->message);
  return numeral_run_config_new ();
}

GBytes *
numeral_next_run_format (const NumeralRunConfig *config)
{
  g_autoptr (JsonNode) node = numeral_run_config_to_json (config);

  return numeral_json_format (node);
}

gboolean
numeral_next_run_save (gpointer bytes, GError **error)
{
  g_autoptr (GFile) file = config_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) local = NULL;

  if (numeral_private_make (g_file_peek_path (folder), &local) &&
      numeral_file_write (file, bytes, NULL, &local))
    return TRUE;
  g_message ("The settings of the next run are not kept: %s", local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
