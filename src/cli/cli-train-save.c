/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-save.h"

#include <glib/gi18n.h>

#include "numeral-model-file.h"

#define MAX_NAMES 100

/* (transfer full) (nullable): a file in @folder with a name like that of @out that is not taken. */
static GFile *
find_name (const char *folder, const char *out)
{
  g_autofree char *base = g_path_get_basename (out);

  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf ("rescued-%u-%s", i, base);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

      if (!g_file_query_exists (file, NULL))
        return g_steal_pointer (&file);
    }
  return NULL;
}

gboolean
cli_train_save (const NumeralModel *model, const char *out, gboolean half, GError **error)
{
  const NumeralSaveFlags flags = half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT;
  const char *const folders[] = { g_get_tmp_dir (), g_get_home_dir () };
  g_autoptr (GFile) file = g_file_new_for_path (out);
  g_autoptr (GError) reason = NULL;

  if (numeral_model_save (model, file, flags, NULL, &reason))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GFile) other = find_name (folders[i], out);

      if (other == NULL || !numeral_model_save (model, other, flags, NULL, NULL))
        continue;
      g_set_error (error, reason->domain, reason->code,
                   _ ("%s. The model is not lost: it is in %s"), reason->message,
                   g_file_peek_path (other));
      return FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
