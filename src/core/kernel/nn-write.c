/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-write.h"

gboolean
nn_write_to_array (gpointer data, gconstpointer bytes, gsize size, GError **error)
{
  g_byte_array_append (data, bytes, (guint) size);
  return TRUE;
}
