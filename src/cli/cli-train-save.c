/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-save.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "numeral-generator-file.h"
#include "numeral-model-file.h"

#define MAX_NAMES 100

gboolean
cli_train_check_out (const char *out, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (out);

  if (g_file_test (out, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("%s is a folder; --out names the file to write"), out);
      return FALSE;
    }
  if (access (directory, W_OK | X_OK) != 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (saved),
                   _ ("cannot write %s: %s: %s"), out, directory, g_strerror (saved));
      return FALSE;
    }
  return TRUE;
}

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

/* Writes a model or a generator. */
typedef gboolean (*SaveFunc) (gconstpointer what,
                              GFile *file,
                              NumeralSaveFlags flags,
                              GError **error);

static gboolean
save_model (gconstpointer what, GFile *file, NumeralSaveFlags flags, GError **error)
{
  return numeral_model_save (what, file, flags, NULL, error);
}

static gboolean
save_generator (gconstpointer what, GFile *file, NumeralSaveFlags flags, GError **error)
{
  return numeral_generator_save (what, file, flags, NULL, error);
}

static gboolean
save (SaveFunc write, gconstpointer what, const char *out, gboolean half, GError **error)
{
  const NumeralSaveFlags flags = half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT;
  const char *const folders[] = { g_get_tmp_dir (), g_get_home_dir () };
  g_autoptr (GFile) file = g_file_new_for_path (out);
  g_autoptr (GError) reason = NULL;

  if (write (what, file, flags, &reason))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GFile) other = find_name (folders[i], out);

      if (other == NULL || !write (what, other, flags, NULL))
        continue;
      g_set_error (error, reason->domain, reason->code,
                   _ ("%s. The model is not lost: it is in %s"), reason->message,
                   g_file_peek_path (other));
      return FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
cli_train_save (const NumeralModel *model, const char *out, gboolean half, GError **error)
{
  return save (save_model, model, out, half, error);
}

gboolean
cli_train_save_generator (const NumeralGenerator *generator,
                          const char *out,
                          gboolean half,
                          GError **error)
{
  return save (save_generator, generator, out, half, error);
}
