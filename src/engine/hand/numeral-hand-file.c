/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-hand-db.h"
#include "numeral-private.h"

char *
numeral_hand_file_path (const char *name)
{
  g_autofree char *database = numeral_hand_default_path ();
  g_autofree char *folder = g_path_get_dirname (database);

  return g_build_filename (folder, name, NULL);
}

GBytes *
numeral_hand_file_read (const char *path,
                        gsize max_bytes,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return numeral_file_read (file, max_bytes, cancellable, error);
}

gboolean
numeral_hand_file_write (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return numeral_private_make (folder, error) && numeral_file_write (file, bytes, NULL, error);
}

gboolean
numeral_hand_file_delete (const char *path, GError **error)
{
  return g_unlink (path) == 0 || errno == ENOENT ||
         numeral_fail_errno (error, errno, _ ("%s: could not be removed"), path);
}
