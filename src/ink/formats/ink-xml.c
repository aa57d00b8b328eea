/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-xml.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An XML declaration is shorter. */
#define MAX_DECLARATION 200

/* The first bytes that show UTF-16: a byte order mark, or a tag. */
static const char *
utf16_of (const char *data, gsize size, gsize *n_mark)
{
  *n_mark = 0;
  if (size < 4)
    return NULL;
  if (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0)
    *n_mark = 2;
  if (memcmp (data + *n_mark, "<\0", 2) == 0)
    return "UTF-16LE";
  if (memcmp (data + *n_mark, "\0<", 2) == 0)
    return "UTF-16BE";
  return NULL;
}

/* The end of the XML declaration at the beginning of the text; 0 if there is none. */
static gsize
declaration_end (const char *data, gsize size)
{
  const char *end;

  if (size < 6 || memcmp (data, "<?xml ", 6) != 0)
    return 0;
  end = g_strstr_len (data, (gssize) MIN (size, MAX_DECLARATION), "?>");
  return end != NULL ? (gsize) (end - data) + 2 : 0;
}

/* The encoding of one byte a character that the declaration names; %NULL for others. */
static const char *
narrow_of (const char *data, gsize size)
{
  static const char *const known[] = { "iso-8859-1\"", "iso-8859-1'", "iso-8859-15", "windows-1252",
                                       "latin1" };
  static const char *const names[] = { "ISO-8859-1", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252",
                                       "ISO-8859-1" };
  g_autofree char *declaration = g_ascii_strdown (data, (gssize) declaration_end (data, size));
  const char *encoding = strstr (declaration, "encoding");

  if (encoding == NULL)
    return NULL;
  encoding += strcspn (encoding, "\"'");
  for (guint i = 0; *encoding != '\0' && i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (encoding + 1, known[i]))
      return names[i];
  return NULL;
}

GBytes *
ink_xml_to_utf8 (GBytes *bytes, GError **error)
{
  gsize size, n_mark, written, skipped;
  const char *data = g_bytes_get_data (bytes, &size), *encoding;
  char *text;

  if (size == 0)
    return g_bytes_ref (bytes);
  encoding = utf16_of (data, size, &n_mark);
  if (encoding == NULL)
    encoding = narrow_of (data, size);
  if (encoding == NULL)
    return g_bytes_ref (bytes);
  text =
      g_convert (data + n_mark, (gssize) (size - n_mark), "UTF-8", encoding, NULL, &written, NULL);
  if (text == NULL)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                   _ ("the file is not the text in %s that it should be"), encoding);
      return NULL;
    }
  skipped = declaration_end (text, written);
  memmove (text, text + skipped, written - skipped);
  return g_bytes_new_take (text, written - skipped);
}

/* Skips what may precede the root element: spaces, a byte order mark, declarations and comments. */
static const char *
find_root (const char *p, const char *end)
{
  if (end - p >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  for (;;)
    {
      const char *close;
      gsize length;

      while (p < end && g_ascii_isspace (*p))
        p++;
      if (end - p < 2 || p[0] != '<' || (p[1] != '?' && p[1] != '!'))
        return p;
      close = p[1] == '?' ? "?>" : end - p >= 4 && memcmp (p, "<!--", 4) == 0 ? "-->" : ">";
      length = strlen (close);
      while ((gsize) (end - p) >= length && memcmp (p, close, length) != 0)
        p++;
      if ((gsize) (end - p) < length)
        return end;
      p += length;
    }
}

gboolean
ink_xml_has_root (GBytes *bytes, const char *name)
{
  const gsize length = strlen (name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *end, *p, *begin;

  if (size == 0)
    return FALSE;
  end = data + size;
  p = find_root (data, end);
  if (p == end || *p++ != '<')
    return FALSE;
  for (begin = p; p < end && !g_ascii_isspace (*p) && *p != '>' && *p != '/'; p++)
    if (*p == ':')
      begin = p + 1;
  return (gsize) (p - begin) == length && memcmp (begin, name, length) == 0;
}
