/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-load.h"

NumeralModel *
cli_load_model (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return numeral_model_load_shipped (error);
  file = g_file_new_for_path (path);
  return numeral_model_load (file, NULL, error);
}
