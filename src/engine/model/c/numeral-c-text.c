/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-text.h"

#include <string.h>

/* Bytes that are written at once. */
#define PIECE 65536

void
numeral_c_text_init (NumeralCText *text, NnWriteFunc write, gpointer data)
{
  *text = (NumeralCText){ g_string_sized_new (PIECE), write, data, NULL };
}

static void
flush (NumeralCText *text)
{
  if (text->error == NULL && text->pending->len > 0)
    text->write (text->data, text->pending->str, text->pending->len, &text->error);
  g_string_truncate (text->pending, 0);
}

gboolean
numeral_c_text_end (NumeralCText *text, GError **error)
{
  flush (text);
  g_string_free (text->pending, TRUE);
  if (text->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&text->error));
  return FALSE;
}

void
numeral_c_text_add (NumeralCText *text, const char *piece)
{
  g_string_append (text->pending, piece);
  if (text->pending->len >= PIECE)
    flush (text);
}

void
numeral_c_text_printf (NumeralCText *text, const char *format, ...)
{
  g_autofree char *piece = NULL;
  va_list arguments;

  va_start (arguments, format);
  piece = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  numeral_c_text_add (text, piece);
}

void
numeral_c_text_float (NumeralCText *text, float value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  /* Nine digits tell every float from its neighbours. */
  g_ascii_formatd (number, sizeof number, "%.9g", (double) value);
  numeral_c_text_add (text, number);
  numeral_c_text_add (text, strpbrk (number, ".e") == NULL ? ".0f" : "f");
}

void
numeral_c_text_comment (NumeralCText *text, const char *words)
{
  g_autofree char *ascii = g_str_to_ascii (words, "C");

  for (char *c = ascii; *c != '\0'; c++)
    {
      /* Neither the beginning nor the end of a comment, nor a trigraph or a continued line. */
      const gboolean pair =
          c > ascii && ((c[-1] == '*' && *c == '/') || (c[-1] == '/' && *c == '*') ||
                        (c[-1] == '?' && *c == '?'));

      if (!g_ascii_isprint (*c) || *c == '\\' || pair)
        *c = ' ';
    }
  numeral_c_text_add (text, ascii);
}
