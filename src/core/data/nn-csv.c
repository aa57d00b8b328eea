/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_FIELDS 65537
#define MAX_LABEL 255

/* Parses one line [p, end) into @fields, which grows as needed. Returns FALSE if a field is not
 * a finite number. */
static gboolean
parse_line (const char *p, const char *end, GArray *fields)
{
  g_array_set_size (fields, 0);

  while (TRUE)
    {
      const char *comma = memchr (p, ',', (gsize) (end - p));
      const char *stop = comma != NULL ? comma : end;
      char text[64];
      char *rest;
      double value;
      float narrow;

      while (p < stop && g_ascii_isspace (*p))
        p++;
      while (stop > p && g_ascii_isspace (stop[-1]))
        stop--;
      if (stop == p || (gsize) (stop - p) >= sizeof text)
        return FALSE;
      memcpy (text, p, (gsize) (stop - p));
      text[stop - p] = '\0';
      value = g_ascii_strtod (text, &rest);
      narrow = (float) value;
      if (*rest != '\0' || !isfinite (narrow) || fields->len >= MAX_FIELDS)
        return FALSE;
      g_array_append_val (fields, narrow);
      if (comma == NULL)
        return TRUE;
      p = comma + 1;
    }
}

NnDataset *
nn_csv_parse (GBytes *text, gsize *n_rejected, GError **error)
{
  gsize size, rejected = 0, n = 0;
  const char *p = g_bytes_get_data (text, &size);
  const char *end = p + size;
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));
  guint n_fields = 0, n_classes = 2;
  gboolean first = TRUE;
  NnDataset *dataset;

  if (size > G_MAXUINT32 / sizeof (float))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                           _ ("the CSV file is too large: keep it below 1 GiB"));
      return NULL;
    }
  if (size > 0 && memchr (p, '\0', size) != NULL)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("not a CSV file: it holds bytes that are not text"));
      return NULL;
    }

  /* Spreadsheets write a byte order mark before UTF-8. Skip it: otherwise the first sample would
   * be taken for a header. */
  if (size >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;

  for (; p < end;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      const char *line = p;
      const char *line_end = stop;
      gboolean numbers;

      p = newline != NULL ? newline + 1 : end;
      while (line_end > line && g_ascii_isspace (line_end[-1]))
        line_end--;
      if (line == line_end)
        continue;

      numbers = parse_line (line, line_end, fields);
      if (first && !numbers)
        {
          first = FALSE; /* a header */
          continue;
        }
      first = FALSE;
      if (n_fields == 0 && numbers)
        n_fields = fields->len;

      if (!numbers || fields->len != n_fields || n_fields < 2)
        rejected++;
      else
        {
          float label = g_array_index (fields, float, n_fields - 1);

          if (label < 0 || label > MAX_LABEL || label != floorf (label))
            {
              rejected++;
              continue;
            }
          n_classes = MAX (n_classes, (guint) label + 1);
          g_array_append_vals (values, fields->data, n_fields);
          n++;
        }
    }

  if (n == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("no sample in the CSV file: each line needs one or more numbers "
                              "and then the class, a whole number from 0 to 255, with commas "
                              "between them"));
      return NULL;
    }
  dataset = nn_dataset_new_values (n, n_fields - 1, n_classes, error);
  if (dataset == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      const float *row = (const float *) values->data + i * n_fields;

      memcpy (dataset->values + i * (n_fields - 1), row, (n_fields - 1) * sizeof (float));
      dataset->labels[i] = (guint8) row[n_fields - 1];
    }
  if (n_rejected != NULL)
    *n_rejected = rejected;
  return dataset;
}
