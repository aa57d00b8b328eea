/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-fail.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

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

/* The meaning of an errno, and what to do. */
static const char *
explain_write (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      return _ ("the disk is full; free some space, and try again");
    case EACCES:
    case EPERM:
      return _ ("you may not write there; change the permissions of the folder, and try again");
    case EROFS:
      return _ ("the disk is read-only; make it writable, and try again");
    default:
      return g_strerror (code);
    }
}

gboolean
numeral_fail_write (GError **error, int code, const char *name)
{
  /* Translators: the name of a file or folder, and why */
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code),
               _ ("%s: could not be written: %s"), name, explain_write (code));
  return FALSE;
}
