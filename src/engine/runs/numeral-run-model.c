/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-model.h"

#include <glib/gi18n-lib.h>

#include "numeral-model-file.h"
#include "numeral-run-record.h"

NumeralModel *
numeral_run_model_load (GFile *folder, GCancellable *cancellable, GError **error)
{
  static const char *const names[] = { NUMERAL_BEST_FILE, NUMERAL_LAST_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, names[i]);

      if (g_file_query_exists (file, cancellable))
        return numeral_model_load (file, cancellable, error);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _ ("There is no model yet: train the run for a while first"));
  return NULL;
}
