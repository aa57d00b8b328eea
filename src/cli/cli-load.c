/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-load.h"

#include <glib/gi18n.h>

#include "numeral-digits.h"
#include "numeral-model-file.h"

NumeralModel *
cli_load_model (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return numeral_model_load_shipped (error);
  file = g_file_new_for_path (path);
  return numeral_model_load (file, NULL, error);
}

NumeralModel *
cli_load_digit_model (const char *path, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (path, error);

  if (model == NULL)
    return NULL;
  if (!numeral_digits_check (model->network, error))
    {
      g_prefix_error (error, "%s: ", path != NULL ? path : _ ("the model that ships"));
      return NULL;
    }
  return g_steal_pointer (&model);
}
