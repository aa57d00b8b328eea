/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sealed-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-private.h"

#define HEX_SIZE (2 * NUMERAL_VAULT_ID_SIZE)

static char *
mark_path (const char *folder)
{
  return g_build_filename (folder, NUMERAL_SEALED_FOLDER_MARK, NULL);
}

gboolean
numeral_sealed_folder_mark (const char *folder, NumeralVault *vault, GError **error)
{
  g_autofree char *path = mark_path (folder);
  char hex[HEX_SIZE + 1];

  sodium_bin2hex (hex, sizeof hex, numeral_vault_get_id (vault), NUMERAL_VAULT_ID_SIZE);
  return g_file_set_contents_full (path, hex, HEX_SIZE,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
numeral_sealed_folder_unmark (const char *folder, GError **error)
{
  g_autofree char *path = mark_path (folder);

  return g_unlink (path) == 0 || errno == ENOENT || numeral_fail_write (error, errno, path);
}

gboolean
numeral_sealed_folder_is (const char *folder)
{
  g_autofree char *path = mark_path (folder);

  return g_access (path, F_OK) == 0;
}

/* %FALSE without an error: the folder has no mark. */
static gboolean
read_mark (const char *folder, guint8 id[NUMERAL_VAULT_ID_SIZE], GError **error)
{
  g_autofree char *path = mark_path (folder);
  g_autofree char *hex = NULL;
  gsize size, n;

  if (g_access (path, F_OK) != 0)
    return FALSE;
  if (g_file_get_contents (path, &hex, &size, NULL) && size == HEX_SIZE &&
      sodium_hex2bin (id, NUMERAL_VAULT_ID_SIZE, hex, size, NULL, &n, NULL) == 0 &&
      n == NUMERAL_VAULT_ID_SIZE)
    return TRUE;
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_DAMAGED,
                               _ ("%s: this mark of an encrypted folder is damaged; put back a "
                                  "copy"),
                               path);
}

gboolean
numeral_sealed_folder_find (const char *path, NumeralVault **vault, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autoptr (GError) local = NULL;
  guint8 id[NUMERAL_VAULT_ID_SIZE];

  *vault = NULL;
  if (!numeral_private_contains (path))
    return TRUE;
  if (!read_mark (folder, id, &local) && local == NULL && !read_mark (above, id, &local) &&
      local == NULL)
    return TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *vault = numeral_vault_find_held (id);
  return *vault != NULL ||
         numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_LOCKED,
                               _ ("this file is encrypted; unlock your handwriting to change it"));
}
