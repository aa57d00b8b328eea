/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sample-counts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-generator.h"

#define MAX_SAMPLES NUMERAL_GENERATOR_MAX_SAMPLES

/* "3=600" */
static gboolean
parse_class (const char *word, guint n_classes, guint *counts, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  guint64 label, n;

  if (equals == NULL || !g_ascii_string_to_unsigned (name, 10, 0, n_classes - 1, &label, NULL) ||
      !g_ascii_string_to_unsigned (equals + 1, 10, 0, MAX_SAMPLES, &n, NULL))
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("“%s” is not a class from 0 to %u with a number of samples, such as "
                            "3=600"),
                         word, n_classes - 1);
  counts[label] = (guint) n;
  return TRUE;
}

gboolean
numeral_sample_counts_parse (const char *text, guint n_classes, guint *counts, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", 2 * NN_MAX_CLASSES);
  guint64 total = 0;

  memset (counts, 0, n_classes * sizeof *counts);
  if (words[0] != NULL && words[1] == NULL && strchr (words[0], '=') == NULL)
    {
      if (!g_ascii_string_to_unsigned (words[0], 10, 1, MAX_SAMPLES, &total, NULL))
        return numeral_fail (error, NN_ERROR_CONFIG,
                             _ ("a generator makes 1 to %d samples, not “%s”"), MAX_SAMPLES, text);
      for (guint c = 0; c < n_classes; c++)
        counts[c] = (guint) ((total + n_classes - 1 - c) / n_classes);
      return TRUE;
    }
  for (char **word = words; *word != NULL; word++)
    if (!parse_class (*word, n_classes, counts, error))
      return FALSE;
  for (guint c = 0; c < n_classes; c++)
    total += counts[c];
  return (total >= 1 && total <= MAX_SAMPLES) ||
         numeral_fail (error, NN_ERROR_CONFIG, _ ("a generator makes 1 to %d samples, not “%s”"),
                       MAX_SAMPLES, text);
}
