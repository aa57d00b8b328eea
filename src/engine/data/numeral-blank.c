/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-blank.h"

#include <glib/gi18n-lib.h>

#include "ink-error.h"

const char *
numeral_blank_get_text (InkBlank kind)
{
  switch (kind)
    {
    case INK_BLANK_FAINT:
      return _ ("the ink is too faint; use more light, a darker pen or more contrast");
    case INK_BLANK_FRAME:
      return _ (
          "there are only straight lines or a pointer, and no digit; choose a picture with digits");
    case INK_BLANK_LOW_BITS:
      return _ ("its 16-bit values use only the lowest bits; scale them, or save it with 8 bits");
    case INK_BLANK_NO_STROKES:
      return _ ("the file holds no ink");
    case INK_BLANK_PLAIN:
    case INK_N_BLANKS:
    default:
      return _ ("nothing differs from the background; choose a picture with digits");
    }
}

void
numeral_blank_set_error (GError **error, InkBlank kind)
{
  g_set_error_literal (error, INK_BLANK_ERROR, (int) kind, numeral_blank_get_text (kind));
}

gboolean
numeral_blank_matches (const GError *error, InkBlank *kind)
{
  if (error == NULL)
    return FALSE;
  if (error->domain == INK_BLANK_ERROR)
    {
      *kind = (InkBlank) error->code;
      return TRUE;
    }
  *kind = INK_BLANK_NO_STROKES;
  return g_error_matches (error, INK_ERROR, INK_ERROR_EMPTY);
}
