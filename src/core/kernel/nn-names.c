/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-names.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"

gboolean
nn_names_find (const char *const *names,
               guint n,
               const char *what,
               const char *name,
               guint *index,
               GError **error)
{
  g_autoptr (GString) known = NULL;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i], name))
      {
        *index = i;
        return TRUE;
      }

  known = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (known, "%s%s", i == 0 ? "" : ", ", names[i]);
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("%1$s “%2$s” is unknown; choose one of: %3$s"),
               what, name, known->str);
  return FALSE;
}
