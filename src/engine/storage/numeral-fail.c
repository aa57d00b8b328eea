/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-fail.h"

gboolean
numeral_fail (GError **error, NnError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (NN_ERROR, code, format, args));
  va_end (args);
  return FALSE;
}

gboolean
numeral_fail_errno (GError **error, int code, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", text,
               g_strerror (code));
  return FALSE;
}
