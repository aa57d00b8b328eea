/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-json-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-error.h"
#include "numeral-fail.h"

/* A text and the place in it. Every function moves @at behind what it reads, and returns %FALSE
 * with @at at the first byte that is not JSON. */
typedef struct
{
  const char *text;
  gsize size, at;
  guint depth_left;
  gboolean too_deep;
} Scan;

static gboolean scan_value (Scan *scan);

/* The next byte; NUL, which is never JSON, at the end. */
static char
peek (const Scan *scan)
{
  return scan->at < scan->size ? scan->text[scan->at] : '\0';
}

static gboolean
take (Scan *scan, char c)
{
  if (peek (scan) != c || scan->at == scan->size)
    return FALSE;
  scan->at++;
  return TRUE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->size && strchr (" \t\r\n", scan->text[scan->at]) != NULL &&
         scan->text[scan->at] != '\0')
    scan->at++;
}

static gboolean
take_digits (Scan *scan)
{
  const gsize start = scan->at;

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;
  return scan->at > start;
}

static gboolean
scan_number (Scan *scan)
{
  (void) take (scan, '-');
  if (!take (scan, '0') && !take_digits (scan))
    return FALSE;
  if (take (scan, '.') && !take_digits (scan))
    return FALSE;
  if (peek (scan) != 'e' && peek (scan) != 'E')
    return TRUE;
  scan->at++;
  if (!take (scan, '+'))
    (void) take (scan, '-');
  return take_digits (scan);
}

/* Four hexadecimal digits. */
static gboolean
take_code_unit (Scan *scan, guint *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++)
    {
      const int digit = g_ascii_xdigit_value (peek (scan));

      if (digit < 0)
        return FALSE;
      *unit = *unit * 16 + (guint) digit;
    }
  return TRUE;
}

/* Behind the backslash. A surrogate needs its other half; NUL cannot be in a C string. */
static gboolean
scan_escape (Scan *scan)
{
  guint unit;

  if (!take (scan, 'u'))
    {
      if (peek (scan) == '\0' || strchr ("\"\\/bfnrt", peek (scan)) == NULL)
        return FALSE;
      scan->at++;
      return TRUE;
    }
  if (!take_code_unit (scan, &unit) || unit == 0)
    return FALSE;
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  return unit < 0xdc00 && take (scan, '\\') && take (scan, 'u') && take_code_unit (scan, &unit) &&
         unit >= 0xdc00 && unit <= 0xdfff;
}

static gboolean
scan_string (Scan *scan)
{
  if (!take (scan, '"'))
    return FALSE;
  while (!take (scan, '"'))
    if (take (scan, '\\'))
      {
        if (!scan_escape (scan))
          return FALSE;
      }
    else if ((guchar) peek (scan) < 0x20)
      return FALSE;
    else
      scan->at++;
  return TRUE;
}

/* The members of an object or the elements of an array, up to @close. */
static gboolean
scan_members (Scan *scan, char close)
{
  skip_space (scan);
  if (take (scan, close))
    return TRUE;
  for (;;)
    {
      skip_space (scan);
      if (close == '}')
        {
          if (!scan_string (scan))
            return FALSE;
          skip_space (scan);
          if (!take (scan, ':'))
            return FALSE;
        }
      if (!scan_value (scan))
        return FALSE;
      if (take (scan, close))
        return TRUE;
      if (!take (scan, ','))
        return FALSE;
    }
}

static gboolean
scan_container (Scan *scan)
{
  const char close = scan->text[scan->at] == '{' ? '}' : ']';
  gboolean valid;

  if (scan->depth_left == 0)
    {
      scan->too_deep = TRUE;
      return FALSE;
    }
  scan->at++;
  scan->depth_left--;
  valid = scan_members (scan, close);
  scan->depth_left++;
  return valid;
}

static gboolean
scan_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i]);

      if (scan->size - scan->at >= length && memcmp (scan->text + scan->at, words[i], length) == 0)
        {
          scan->at += length;
          return TRUE;
        }
    }
  return FALSE;
}

/* A value with the white space around it. */
static gboolean
scan_value (Scan *scan)
{
  gboolean valid;

  skip_space (scan);
  switch (peek (scan))
    {
    case '{':
    case '[':
      valid = scan_container (scan);
      break;
    case '"':
      valid = scan_string (scan);
      break;
    case '-':
    case '0' ... '9':
      valid = scan_number (scan);
      break;
    default:
      valid = scan_word (scan);
    }
  if (valid)
    skip_space (scan);
  return valid;
}

gboolean
numeral_json_check (const char *text, gsize size, guint max_depth, GError **error)
{
  Scan scan = { .text = text, .size = size, .depth_left = max_depth };

  if (!g_utf8_validate_len (text, size, NULL))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("it is not JSON in UTF-8"));
  if (scan_value (&scan) && scan.at == size)
    return TRUE;
  if (scan.too_deep)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("it is nested too deeply"));
  return numeral_fail (error, NN_ERROR_FORMAT, _ ("it is not JSON, from byte %zu on"), scan.at);
}
