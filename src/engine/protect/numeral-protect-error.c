/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-protect-error.h"

G_DEFINE_QUARK (numeral - protect - error - quark, numeral_protect_error)

gboolean
numeral_protect_fail (GError **error, NumeralProtectError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (NUMERAL_PROTECT_ERROR, (int) code, format, args));
  va_end (args);
  return FALSE;
}
