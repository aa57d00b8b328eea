/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-csv-line.h"

#include <string.h>

#define SAMPLED_LINES 32
#define MAX_NUMBER 63
#define MAX_QUOTED 40
/* Longest quoted field with line ends in it. Bounds the search for the end of a quote that is never
 * closed. */
#define MAX_MULTILINE ((gsize) 1 << 16)

void
nn_csv_lines_init (NnCsvLines *lines, const char *text, gsize size)
{
  *lines = (NnCsvLines){ .multiline = TRUE, .span = 1, .next = text, .end = text + size };
  /* Spreadsheets write a byte order mark before UTF-8. */
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    lines->next += 3;
}

/* The quote that closes the field after @p; %NULL if there is none nearby, or if something else
 * than a separator follows it. @n_newlines: (out): inside the field */
static const char *
close_quote (const char *p, const char *end, gsize *n_newlines)
{
  const char *limit = (gsize) (end - p) > MAX_MULTILINE ? p + MAX_MULTILINE : end, *after;

  *n_newlines = 0;
  for (; p < limit; p++)
    if (*p == '\n')
      ++*n_newlines;
    else if (*p == '"' && p + 1 < limit && p[1] == '"')
      p++;
    else if (*p == '"')
      break;
  if (p == limit)
    return NULL;
  after = p + 1;
  while (after < end && (*after == ' ' || *after == '\r'))
    after++;
  return after == end || strchr ("\n,;\t", *after) != NULL ? p : NULL;
}

/* The end of the record at the beginning of the line: the first line end outside of quotes that
 * begin a field. A quote that does not match leaves the line as it is, so that one damaged row does
 * not take others with it. @span: (out): number of lines */
static const char *
find_record_end (const char *line, const char *end, gsize *span)
{
  gboolean at_field = TRUE;
  const char *p = line;
  gsize n_newlines;

  *span = 1;
  for (; p < end && *p != '\n'; p++)
    if (at_field && *p == '"')
      {
        const char *close = close_quote (p + 1, end, &n_newlines);

        at_field = FALSE;
        if (close == NULL)
          continue;
        p = close;
        *span += n_newlines;
      }
    else
      at_field = strchr (",;\t", *p) != NULL || (at_field && *p == ' ');
  return p;
}

/* Takes the next line, blank or not. */
static void
take_line (NnCsvLines *lines)
{
  const char *end = memchr (lines->next, '\n', (gsize) (lines->end - lines->next));

  lines->number += lines->span;
  lines->span = 1;
  lines->line = lines->next;
  if (end == NULL)
    end = lines->end;
  if (lines->multiline && memchr (lines->line, '"', (gsize) (end - lines->line)) != NULL)
    end = find_record_end (lines->line, lines->end, &lines->span);
  lines->line_end = end;
  lines->next = end < lines->end ? end + 1 : end;
}

gboolean
nn_csv_lines_next (NnCsvLines *lines)
{
  while (lines->next < lines->end)
    {
      const char *p = lines->next;

      take_line (lines);
      if (lines->line_end > p && lines->line_end[-1] == '\r')
        lines->line_end--;
      while (p < lines->line_end && g_ascii_isspace (*p))
        p++;
      if (p < lines->line_end)
        return TRUE;
    }
  return FALSE;
}

/* Counts the separators of a line that are not in quotes. */
static void
count_separators (const NnCsvLines *lines, guint *commas, guint *semicolons, guint *tabs)
{
  gboolean quoted = FALSE;

  *commas = *semicolons = *tabs = 0;
  for (const char *p = lines->line; p < lines->line_end; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      *commas += !quoted && *p == ',';
      *semicolons += !quoted && *p == ';';
      *tabs += !quoted && *p == '\t';
    }
}

NnCsvStyle
nn_csv_style_find (const char *text, gsize size)
{
  guint n = 0, n_comma = 0, n_semicolon = 0, n_tab = 0;
  NnCsvLines lines;

  nn_csv_lines_init (&lines, text, size);
  for (; n < SAMPLED_LINES && nn_csv_lines_next (&lines); n++)
    {
      guint commas, semicolons, tabs;

      count_separators (&lines, &commas, &semicolons, &tabs);
      /* Where there are more commas they are no decimal commas, but separators. */
      n_semicolon += semicolons > 0 && semicolons >= commas;
      n_tab += tabs > 0 && tabs >= commas;
      n_comma += commas > 0;
    }
  if (2 * n_semicolon > n)
    return (NnCsvStyle){ .separator = ';' };
  if (2 * n_tab > n)
    return (NnCsvStyle){ .separator = '\t' };
  return (NnCsvStyle){ .separator = n_comma > 0 ? ',' : ' ' };
}

static gboolean
is_separator (const NnCsvStyle *style, char c)
{
  return c == style->separator || (style->separator == ' ' && c == '\t');
}

/* White space beside a field that does not separate. */
static gboolean
is_padding (const NnCsvStyle *style, char c)
{
  return g_ascii_isspace (c) && !(c == '\t' && style->separator == '\t');
}

/* Takes the quoted field at *@p, which is its quote, and moves *@p behind it. */
static gboolean
take_quoted (const char **p, const char *end, GString *unquoted, NnCsvField *field)
{
  const char quote = **p, *start = *p + 1, *q = start;
  gsize at = unquoted->len;
  gboolean doubled = FALSE;

  for (; q < end; q++)
    if (*q == quote)
      {
        if (q + 1 == end || q[1] != quote)
          break;
        doubled = TRUE;
        q++;
      }
  if (q == end)
    return FALSE;
  *field = (NnCsvField){ start, (gsize) (q - start) };
  *p = q + 1;
  if (!doubled)
    return TRUE;
  /* The string has room for the whole line and is not moved. */
  for (const char *c = start; c < q; c++)
    {
      g_string_append_c (unquoted, *c);
      c += *c == quote;
    }
  *field = (NnCsvField){ unquoted->str + at, unquoted->len - at };
  return TRUE;
}

gboolean
nn_csv_split (
    const NnCsvStyle *style, const char *line, const char *end, GString *unquoted, GArray *fields)
{
  const char *p = line;

  g_array_set_size (fields, 0);
  g_string_set_size (unquoted, (gsize) (end - line));
  g_string_truncate (unquoted, 0);
  while (end > line && is_padding (style, end[-1]))
    end--;
  while (TRUE)
    {
      NnCsvField field = { NULL, 0 };

      while (p < end && is_padding (style, *p))
        p++;
      if (p < end && (*p == '"' || (*p == '\'' && style->apostrophes)))
        {
          if (!take_quoted (&p, end, unquoted, &field))
            return FALSE;
          while (style->separator != ' ' && p < end && is_padding (style, *p))
            p++;
          if (p < end && !is_separator (style, *p))
            return FALSE;
        }
      else
        {
          field.text = p;
          while (p < end && !is_separator (style, *p))
            p++;
          field.length = (gsize) (p - field.text);
          while (field.length > 0 && g_ascii_isspace (field.text[field.length - 1]))
            field.length--;
        }
      if (fields->len >= NN_CSV_MAX_FIELDS)
        return FALSE;
      g_array_append_val (fields, field);
      if (p >= end)
        return TRUE;
      p++;
    }
}

/* A whole number of few digits, which is exact and most of what there is. */
static gboolean
read_digits (const NnCsvField *field, float *value)
{
  guint sum = 0;

  if (field->length < 1 || field->length > 7)
    return FALSE;
  for (gsize i = 0; i < field->length; i++)
    {
      if (!g_ascii_isdigit (field->text[i]))
        return FALSE;
      sum = sum * 10 + (guint) (field->text[i] - '0');
    }
  *value = (float) sum;
  return TRUE;
}

gboolean
nn_csv_number (const NnCsvStyle *style, const NnCsvField *field, float *value)
{
  char text[MAX_NUMBER + 1], *comma, *rest;

  if (read_digits (field, value))
    return TRUE;
  if (field->length < 1 || field->length > MAX_NUMBER)
    return FALSE;
  memcpy (text, field->text, field->length);
  text[field->length] = '\0';
  comma = style->separator != ',' ? strchr (text, ',') : NULL;
  if (comma != NULL && strchr (text, '.') == NULL)
    *comma = '.';
  *value = (float) g_ascii_strtod (text, &rest);
  return rest != text && *rest == '\0';
}

char *
nn_csv_quote (const NnCsvField *field)
{
  g_autofree char *valid = g_utf8_make_valid (field->text, (gssize) field->length);
  g_autofree char *start = NULL;

  g_strdelimit (valid, "\r\n", ' ');
  if (g_utf8_strlen (valid, -1) <= MAX_QUOTED)
    return g_steal_pointer (&valid);
  start = g_utf8_substring (valid, 0, MAX_QUOTED);
  return g_strconcat (start, "…", NULL);
}
