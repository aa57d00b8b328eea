/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-hand-convert.h"
#include "numeral-hand-db-private.h"
#include "numeral-hand-runs.h"
#include "numeral-hand-seal.h"
#include "numeral-private.h"
#include "numeral-sealed-file.h"
#include "numeral-sealed-folder.h"

char *
numeral_hand_file_path (const char *name)
{
  g_autofree char *database = numeral_hand_default_path ();
  g_autofree char *folder = g_path_get_dirname (database);

  return g_build_filename (folder, name, NULL);
}

char *
numeral_hand_file_last_drawing (void)
{
  g_autofree char *database = numeral_hand_default_path ();

  return numeral_hand_convert_drawing (database);
}

/* Takes the vault that is found in the table. */
static gboolean
get_vault (NumeralHandDb *self, gpointer data, GError **error)
{
  NumeralVault **vault = data;

  if (self->table.vault != NULL)
    *vault = numeral_vault_ref (self->table.vault);
  return TRUE;
}

GBytes *
numeral_hand_file_read (const char *path,
                        gsize max_bytes,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralHandDb) db = NULL;
  g_autoptr (NumeralVault) vault = NULL;
  g_autoptr (GError) local = NULL;
  GBytes *bytes = numeral_file_read (file, max_bytes, cancellable, &local);

  if (bytes != NULL)
    return bytes;
  if (!g_error_matches (local, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_LOCKED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  /* The database may have the key: after a switch that was killed, it stores it. */
  db = numeral_hand_db_new (NULL);
  return numeral_hand_db_look_up (db, get_vault, &vault, error) ?
             numeral_file_read (file, max_bytes, cancellable, error) :
             NULL;
}

/* The vault of the default database; %NULL if it is plain. Where that is not known, since the
 * database is damaged, a plain file stays plain. */
static gboolean
find_vault (const char *path, NumeralVault **vault, GError **error)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GError) local = NULL;

  if (numeral_hand_db_look_up (db, get_vault, vault, &local))
    return TRUE;
  if (!g_error_matches (local, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED) &&
      !numeral_hand_seal_is (path))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
numeral_hand_file_write (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *database = numeral_hand_default_path ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralVault) vault = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gboolean done;
  int lock;

  if (g_bytes_get_size (bytes) > NUMERAL_HAND_FILE_MAX)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("%s: too large to be kept"), path);
  if (!numeral_private_make (folder, error))
    return FALSE;
  /* So that nobody switches in between. */
  numeral_hand_convert_lock (database, TRUE, &lock);
  done = find_vault (path, &vault, error);
  if (done && vault != NULL)
    sealed = numeral_sealed_file_seal (vault, bytes);
  done = done && numeral_file_write (file, sealed != NULL ? sealed : bytes, NULL, error);
  numeral_hand_convert_unlock (lock);
  return done;
}

gboolean
numeral_hand_file_begin_run (const char *store, const char *folder, int *lock, GError **error)
{
  g_autofree char *database = numeral_hand_default_path ();
  g_autofree char *above = g_path_get_dirname (database);
  g_autofree char *root = g_path_get_dirname (above);
  g_autofree char *runs = numeral_hand_runs_folder (root);
  g_autoptr (NumeralVault) vault = NULL;

  *lock = -1;
  if (!g_str_equal (store, runs))
    return TRUE;
  numeral_hand_convert_lock (database, TRUE, lock);
  return find_vault (folder, &vault, error) &&
         (vault == NULL || numeral_sealed_folder_mark (folder, vault, error));
}

void
numeral_hand_file_end_run (int lock)
{
  numeral_hand_convert_unlock (lock);
}

gboolean
numeral_hand_file_delete (const char *path, GError **error)
{
  return g_unlink (path) == 0 || errno == ENOENT ||
         numeral_fail_errno (error, errno, _ ("%s: could not be removed"), path);
}
