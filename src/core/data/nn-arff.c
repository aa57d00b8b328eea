/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-arff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-csv.h"

typedef enum
{
  NUMERIC,
  NOMINAL,
} Kind;

/* @names: (element-type utf8): of the attributes
 * @kinds: (element-type Kind) */
typedef struct
{
  GPtrArray *names;
  GArray *kinds;
} Header;

static void
header_clear (Header *header)
{
  g_clear_pointer (&header->names, g_ptr_array_unref);
  g_clear_pointer (&header->kinds, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

/* Whether @p begins with @word, in any case, and something else follows. */
static gboolean
begins_with (const char *p, const char *end, const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - p) >= length && g_ascii_strncasecmp (p, word, length) == 0 &&
         (p + length == end || !g_ascii_isalnum (p[length]));
}

static const char *
skip_space (const char *p, const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;
  return p;
}

/* Goes to the next line that is no comment; (nullable): its first byte that is not a space. */
static const char *
next_line (NnCsvLines *lines)
{
  while (nn_csv_lines_next (lines))
    {
      const char *p = skip_space (lines->line, lines->line_end);

      if (*p != '%')
        return p;
    }
  return NULL;
}

/* ARFF has no line ends inside of quotes. */
static void
init_lines (NnCsvLines *lines, const char *data, gsize size)
{
  nn_csv_lines_init (lines, data, size);
  lines->multiline = FALSE;
}

gboolean
nn_arff_is (GBytes *text)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size), *p;
  NnCsvLines lines;

  init_lines (&lines, data, size);
  p = next_line (&lines);
  return p != NULL && (begins_with (p, lines.line_end, "@relation") ||
                       begins_with (p, lines.line_end, "@attribute"));
}

/* (transfer full) (nullable): takes the name at *@p, which may be quoted. */
static char *
take_name (const char **p, const char *end)
{
  const char *start = *p, *stop;

  if (start < end && (*start == '\'' || *start == '"'))
    {
      stop = memchr (start + 1, *start, (gsize) (end - start - 1));
      if (stop == NULL)
        return NULL;
      *p = skip_space (stop + 1, end);
      start++;
    }
  else
    {
      for (stop = start; stop < end && !g_ascii_isspace (*stop) && *stop != '{';)
        stop++;
      *p = skip_space (stop, end);
    }
  return g_utf8_make_valid (start, stop - start);
}

static gboolean
read_attribute (Header *header, const char *p, const NnCsvLines *lines, GError **error)
{
  static const char *const numbers[] = { "numeric", "real", "integer" };
  g_autofree char *name = take_name (&p, lines->line_end);
  gboolean known = FALSE;
  Kind kind = NUMERIC;

  if (name != NULL && p < lines->line_end && *p == '{')
    {
      kind = NOMINAL;
      known = TRUE;
    }
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (numbers); i++)
    known = known || begins_with (p, lines->line_end, numbers[i]);
  if (!known)
    {
      const NnCsvField field = { p, (gsize) (lines->line_end - p) };
      g_autofree char *type = nn_csv_quote (&field);

      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("line %zu of the ARFF file: attributes are numeric, real, integer or a list "
                      "of classes in braces, not “%s”"),
                   lines->number, type);
      return FALSE;
    }
  if (header->names->len >= NN_CSV_MAX_FIELDS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("line %zu of the ARFF file: there are more than %d attributes"),
                   lines->number, NN_CSV_MAX_FIELDS);
      return FALSE;
    }
  g_ptr_array_add (header->names, g_steal_pointer (&name));
  g_array_append_val (header->kinds, kind);
  return TRUE;
}

/* Reads up to the line @data. */
static gboolean
read_header (Header *header, NnCsvLines *lines, GError **error)
{
  const char *p;

  header->names = g_ptr_array_new_with_free_func (g_free);
  header->kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
  while ((p = next_line (lines)) != NULL)
    {
      if (begins_with (p, lines->line_end, "@data"))
        return TRUE;
      if (begins_with (p, lines->line_end, "@relation"))
        continue;
      if (!begins_with (p, lines->line_end, "@attribute"))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                       _ ("line %zu of the ARFF file: @attribute or @data is expected"),
                       lines->number);
          return FALSE;
        }
      p = skip_space (p + strlen ("@attribute"), lines->line_end);
      if (!read_attribute (header, p, lines, error))
        return FALSE;
    }
  g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED, _ ("the ARFF file has no @data"));
  return FALSE;
}

/* Finds the label, or leaves it to the rows. Of the other attributes none may be nominal. */
static gboolean
choose_label (const Header *header, int *label, GError **error)
{
  guint n_nominal = 0;
  int nominal = -1;

  if (!nn_csv_label_from_header (header->names, label, error))
    return FALSE;
  for (guint i = 0; i < header->kinds->len; i++)
    if (g_array_index (header->kinds, Kind, i) == NOMINAL)
      {
        n_nominal++;
        nominal = (int) i != *label || nominal < 0 ? (int) i : nominal;
      }
  if (*label < 0 && n_nominal == 1)
    *label = nominal;
  if (n_nominal > 1 || (n_nominal == 1 && nominal != *label))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("attribute %d of the ARFF file, “%s”, is a list of names, and only the label "
                      "may be one; remove it or name the label “class”"),
                   nominal + 1, (char *) g_ptr_array_index (header->names, (guint) nominal));
      return FALSE;
    }
  return TRUE;
}

/* The first row tells sparse from dense. */
static gboolean
check_dense (NnCsvLines lines, GError **error)
{
  const char *p = next_line (&lines);

  if (p == NULL || *p != '{')
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
               _ ("line %zu: this ARFF file is sparse, and only dense ones can be read; save it "
                  "with all values (in Weka, with the filter SparseToNonSparse)"),
               lines.number);
  return FALSE;
}

NnDataset *
nn_arff_parse (GBytes *text, gsize *n_rejected, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  g_auto (NnCsvTable) table = { 0 };
  g_auto (Header) header = { NULL };
  NnCsvLines lines;

  if (!nn_csv_check_text (text, error))
    return NULL;
  init_lines (&lines, data, size);
  table.skip = -1;
  if (!read_header (&header, &lines, error) || !choose_label (&header, &table.label, error) ||
      !check_dense (lines, error))
    return NULL;
  table.style = (NnCsvStyle){ .separator = ',', .apostrophes = TRUE };
  table.comment = '%';
  table.width = header.names->len;
  if (!nn_csv_table_read (&table, &lines, error))
    return NULL;
  return nn_csv_dataset (&table, n_rejected, error);
}
