/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "numeral-fail.h"

#define FOLDER_MODE 0700

char *
numeral_private_folder (guint i)
{
  const char *const parents[] = { g_get_user_data_dir (), g_get_user_config_dir () };

  return i < G_N_ELEMENTS (parents) ? g_build_filename (parents[i], "numeral", NULL) : NULL;
}

gboolean
numeral_private_contains (const char *path)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *folder = numeral_private_folder (i);
      g_autofree char *inside = NULL;

      if (folder == NULL)
        return FALSE;
      inside = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);
      if (g_str_equal (path, folder) || g_str_has_prefix (path, inside))
        return TRUE;
    }
}

gboolean
numeral_private_make (const char *folder, GError **error)
{
  return g_mkdir_with_parents (folder, FOLDER_MODE) == 0 ||
         numeral_fail_write (error, errno, folder);
}
