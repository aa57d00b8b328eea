/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-series.h"

#include <math.h>

/* The x of samples are stored in blocks of this many, so that they are never copied. */
#define BLOCK 4096

/**
 * PictureSeries:
 * @per_unit: samples in a unit of x, of a series of others' values; 0 if it has its own samples
 * @blocks: the x of its own samples, BLOCK doubles in each
 * @starts: of double: the first x of each block, contiguous for searching
 * @last: x of the last of its own samples
 */
struct _PictureSeries
{
  BaseSeries *values;
  guint64 per_unit;
  GPtrArray *blocks;
  GArray *starts;
  double last;
};

static PictureSeries *
new_series (BaseSeries *values, guint64 per_unit)
{
  PictureSeries *series = g_new0 (PictureSeries, 1);

  series->values = values;
  series->per_unit = per_unit;
  series->blocks = g_ptr_array_new_with_free_func (g_free);
  series->starts = g_array_new (FALSE, FALSE, sizeof (double));
  return series;
}

PictureSeries *
picture_series_new (void)
{
  return new_series (base_series_new (), 0);
}

PictureSeries *
picture_series_new_even (BaseSeries *values, guint64 per_unit)
{
  g_return_val_if_fail (per_unit > 0, NULL);

  return new_series (base_series_ref (values), per_unit);
}

void
picture_series_free (PictureSeries *series)
{
  if (!series)
    return;
  base_series_unref (series->values);
  g_ptr_array_unref (series->blocks);
  g_array_unref (series->starts);
  g_free (series);
}

gsize
picture_series_length (const PictureSeries *series)
{
  return base_series_length (series->values);
}

static inline const double *
block_of (const PictureSeries *series, gsize index)
{
  return g_ptr_array_index (series->blocks, index / BLOCK);
}

static inline double
even_x (const PictureSeries *series, gsize index)
{
  return (double) (index + 1) / (double) series->per_unit;
}

double
picture_series_x (const PictureSeries *series, gsize index)
{
  return series->per_unit > 0 ? even_x (series, index) : block_of (series, index)[index % BLOCK];
}

float
picture_series_y (const PictureSeries *series, gsize index)
{
  return base_series_get (series->values, index);
}

gboolean
picture_series_append (PictureSeries *series, double x, float y)
{
  const gsize length = picture_series_length (series);
  double *block;

  g_return_val_if_fail (series->per_unit == 0, FALSE);

  if (!isfinite (x) || (length > 0 && x < series->last))
    return FALSE;
  if (length % BLOCK == 0)
    {
      g_ptr_array_add (series->blocks, g_new (double, BLOCK));
      g_array_append_val (series->starts, x);
    }
  block = g_ptr_array_index (series->blocks, length / BLOCK);
  block[length % BLOCK] = x;
  series->last = x;
  base_series_append (series->values, &y, 1);
  return TRUE;
}

/* The first of @n ascending values that is not less than @x. @below and @above are lower and upper
 * bounds of the values. Times are usually spaced evenly: interpolate a first guess from the bounds
 * without reading distant memory, then search from the guess in doubling steps, and bisect the
 * rest. */
static gsize
find_among (const double *values, gsize n, double x, double below, double above)
{
  /* Invariant: values[low - 1] < x <= values[high], where these exist. */
  gsize low = 0, high = n, step = 1, guess;
  double share;

  if (x <= below || n == 0)
    return 0;
  share = above > below ? (x - below) / (above - below) : 0.5;
  guess = (gsize) (CLAMP (share, 0.0, 1.0) * (double) (n - 1));
  if (values[guess] < x)
    {
      low = guess + 1;
      while (low + step < high && values[low + step - 1] < x)
        {
          low += step;
          step *= 2;
        }
      high = MIN (high, low + step);
    }
  else
    {
      high = guess;
      while (low + step < high && values[high - step] >= x)
        {
          high -= step;
          step *= 2;
        }
      low = high > step ? MAX (low, high - step) : low;
    }
  while (low < high)
    {
      const gsize middle = low + (high - low) / 2;

      if (values[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The same among (i + 1) / @per_unit. The product is off by less than a sample. */
static gsize
find_even (const PictureSeries *series, double x)
{
  const gsize length = picture_series_length (series);
  gsize found = (gsize) CLAMP (x * (double) series->per_unit, 0.0, (double) length);

  while (found > 0 && even_x (series, found - 1) >= x)
    found--;
  while (found < length && even_x (series, found) < x)
    found++;
  return found;
}

gsize
picture_series_find (const PictureSeries *series, double x)
{
  const double *starts = (const double *) (gconstpointer) series->starts->data;
  const gsize n_blocks = series->starts->len, length = picture_series_length (series);
  gsize after, begin;

  if (length == 0 || isnan (x))
    return length;
  if (series->per_unit > 0)
    return find_even (series, x);
  after = find_among (starts, n_blocks, x, starts[0], series->last);
  if (after == 0)
    return 0;
  begin = (after - 1) * BLOCK;
  return begin + find_among (block_of (series, begin), MIN (BLOCK, length - begin), x,
                             starts[after - 1], after < n_blocks ? starts[after] : series->last);
}

void
picture_series_prefetch (const PictureSeries *series, gsize index)
{
  base_series_prefetch (series->values, index);
}

gsize
picture_series_nearest (const PictureSeries *series, double x)
{
  const gsize after = picture_series_find (series, x);

  if (picture_series_length (series) == 0)
    return G_MAXSIZE;
  if (after == 0)
    return 0;
  if (after == picture_series_length (series) ||
      x - picture_series_x (series, after - 1) <= picture_series_x (series, after) - x)
    return after - 1;
  return after;
}

void
picture_series_span (const PictureSeries *series, gsize first, gsize end, BaseSpan *span)
{
  base_series_span (series->values, first, end, span);
}

double
picture_series_mean (
    const PictureSeries *series, gsize first, gsize last, guint window, guint *visited)
{
  const gsize half = window / 2;
  BaseSpan span;

  picture_series_span (series, first > half ? first - half : 0,
                       MIN (last, picture_series_length (series)) + half + 1, &span);
  if (visited)
    *visited += span.visited;
  return span.count > 0 ? span.sum / (double) span.count : NAN;
}
