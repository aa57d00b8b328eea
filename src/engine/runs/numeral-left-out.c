/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-left-out.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-lazy.h"
#include "numeral-decimal.h"
#include "numeral-fail.h"

#define DIGITS 16

/* Adds a number as 8 bytes, on every machine the same. */
static void
add_number (GChecksum *sum, guint64 number)
{
  const guint64 bytes = GUINT64_TO_LE (number);

  g_checksum_update (sum, (const guchar *) &bytes, sizeof bytes);
}

/* A sum takes its bytes in parts that fit into its length. */
static void
add_bytes (GChecksum *sum, const guint8 *bytes, gsize n)
{
  for (gsize at = 0; at < n; at += G_MAXINT)
    g_checksum_update (sum, bytes + at, (gssize) MIN (n - at, G_MAXINT));
}

char *
numeral_data_identity (const NnDataset *dataset)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  nn_lazy_complete (dataset, NULL);
  add_number (sum, dataset->n);
  add_number (sum, dataset->n_features);
  add_number (sum, dataset->n_classes);
  add_bytes (sum, dataset->labels, dataset->n);
  if (dataset->pixels != NULL)
    add_bytes (sum, dataset->pixels, dataset->n * dataset->n_features);
  return g_strndup (g_checksum_get_string (sum), DIGITS);
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  const guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
is_identity (const char *text, gsize length)
{
  return length == DIGITS && strspn (text, "0123456789abcdef") >= DIGITS;
}

static gboolean
fail_format (GError **error)
{
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("the samples to leave out are given as “IDENTITY:INDEX,INDEX,…”"));
}

char *
numeral_left_out_format_known (const char *identity,
                               const guint32 *indices,
                               gsize n,
                               GError **error)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  GString *text;

  if (!is_identity (identity, strlen (identity)))
    {
      fail_format (error);
      return NULL;
    }
  g_array_append_vals (sorted, indices, (guint) n);
  g_array_sort (sorted, compare_indices);
  text = g_string_new (identity);
  for (guint i = 0; i < sorted->len; i++)
    {
      const guint32 index = g_array_index (sorted, guint32, i);

      if (i > 0 && index == g_array_index (sorted, guint32, i - 1))
        continue;
      g_string_append_c (text, i == 0 ? ':' : ',');
      numeral_decimal_append_uint (text, index);
    }
  return g_string_free (text, FALSE);
}

char *
numeral_left_out_format (const NnDataset *dataset, const guint32 *indices, gsize n)
{
  g_autofree char *identity = numeral_data_identity (dataset);

  return numeral_left_out_format_known (identity, indices, n, NULL);
}

/* (transfer full) (nullable) (element-type guint32): the indices, which must ascend. */
static GArray *
parse (const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) words = NULL;
  guint64 least = 0;

  if (colon == NULL || colon[1] == '\0' || !is_identity (text, (gsize) (colon - text)))
    {
      fail_format (error);
      return NULL;
    }
  words = g_strsplit (colon + 1, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 number;
      guint32 index;

      if (!g_ascii_string_to_unsigned (words[i], 10, least, G_MAXUINT32, &number, NULL))
        {
          fail_format (error);
          return NULL;
        }
      index = (guint32) number;
      g_array_append_val (indices, index);
      least = number + 1;
    }
  return g_steal_pointer (&indices);
}

gboolean
numeral_left_out_check (const char *text, guint *n, GError **error)
{
  g_autoptr (GArray) indices = parse (text, error);

  if (indices == NULL)
    return FALSE;
  if (n != NULL)
    *n = indices->len;
  return TRUE;
}

gboolean
numeral_left_out_fail (GError **error)
{
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("the samples to leave out are those of other data: choose that data, or "
                          "leave no samples out"));
}

/* The samples of @dataset without those at @indices, which ascend. */
static NnDataset *
remove_samples (const NnDataset *dataset, const GArray *indices, GError **error)
{
  g_autofree guint32 *kept = g_new (guint32, MAX (dataset->n, 1));
  gsize n_kept = 0;
  guint next = 0;

  if (g_array_index (indices, guint32, indices->len - 1) >= dataset->n)
    {
      fail_format (error);
      return NULL;
    }
  for (gsize i = 0; i < dataset->n; i++)
    if (next < indices->len && g_array_index (indices, guint32, next) == i)
      next++;
    else
      kept[n_kept++] = (guint32) i;
  if (n_kept > 0)
    return nn_dataset_subset (dataset, kept, n_kept);
  numeral_fail (error, NN_ERROR_CONFIG, _ ("all samples are left out: none remains to learn from"));
  return NULL;
}

NnDataset *
numeral_left_out_apply (const char *text, NnDataset *dataset, guint *n, GError **error)
{
  g_autoptr (NnDataset) whole = dataset;
  g_autoptr (GArray) indices = NULL;
  g_autoptr (NnDataset) rest = NULL;
  g_autofree char *identity = NULL;

  *n = 0;
  if (text == NULL)
    return g_steal_pointer (&whole);
  indices = parse (text, error);
  if (indices == NULL)
    return NULL;
  identity = numeral_data_identity (whole);
  if (!g_str_has_prefix (text, identity))
    return g_steal_pointer (&whole);
  rest = remove_samples (whole, indices, error);
  if (rest != NULL)
    *n = indices->len;
  return g_steal_pointer (&rest);
}
