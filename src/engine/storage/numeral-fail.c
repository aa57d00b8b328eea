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
