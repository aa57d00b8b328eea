/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-series.h"

#include <math.h>

/* Samples are stored in blocks of this many, so that a long run is never copied. It is a multiple
 * of the fan, so that the samples of a node of the first level are in one block. */
#define BLOCK 4096
G_STATIC_ASSERT (BLOCK % PICTURE_SERIES_FAN == 0);

/* 16^15 nodes of the highest level: more than memory can hold samples. */
#define N_LEVELS 15

typedef struct
{
  double x[BLOCK];
  float y[BLOCK];
} Block;

typedef struct
{
  float min, max, min_positive;
  guint32 count;
  double sum;
} Node;

typedef struct
{
  Node *nodes;
  gsize length, room;
} Level;

struct _PictureSeries
{
  GPtrArray *blocks;
  /* of double: the first x of each block, contiguous for searching */
  GArray *starts;
  gsize length;
  double last;
  /* levels[k]: full nodes of FAN^(k + 1) samples each */
  Level levels[N_LEVELS];
};

PictureSeries *
picture_series_new (void)
{
  PictureSeries *series = g_new0 (PictureSeries, 1);

  series->blocks = g_ptr_array_new_with_free_func (g_free);
  series->starts = g_array_new (FALSE, FALSE, sizeof (double));
  return series;
}

void
picture_series_free (PictureSeries *series)
{
  if (!series)
    return;
  g_ptr_array_unref (series->blocks);
  g_array_unref (series->starts);
  for (guint k = 0; k < N_LEVELS; k++)
    g_free (series->levels[k].nodes);
  g_free (series);
}

static inline const Block *
block_of (const PictureSeries *series, gsize index)
{
  return g_ptr_array_index (series->blocks, index / BLOCK);
}

gsize
picture_series_length (const PictureSeries *series)
{
  return series->length;
}

double
picture_series_x (const PictureSeries *series, gsize index)
{
  return block_of (series, index)->x[index % BLOCK];
}

float
picture_series_y (const PictureSeries *series, gsize index)
{
  return block_of (series, index)->y[index % BLOCK];
}

static void
span_clear (PictureSpan *span)
{
  *span = (PictureSpan){ .min = INFINITY, .max = -INFINITY, .min_positive = INFINITY };
}

static inline void
add_sample (PictureSpan *span, float y)
{
  span->visited++;
  if (!isfinite (y))
    return;
  span->min = MIN (span->min, y);
  span->max = MAX (span->max, y);
  if (y > 0)
    span->min_positive = MIN (span->min_positive, y);
  span->sum += (double) y;
  span->count++;
}

static inline void
add_node (PictureSpan *span, const Node *node)
{
  span->visited++;
  span->min = MIN (span->min, node->min);
  span->max = MAX (span->max, node->max);
  span->min_positive = MIN (span->min_positive, node->min_positive);
  span->sum += node->sum;
  span->count += node->count;
}

/* @level: 0 for samples, k for nodes of levels[k - 1] */
static void
add_stretch (const PictureSeries *series, PictureSpan *span, guint level, gsize first, gsize end)
{
  if (level == 0)
    for (gsize i = first; i < end; i++)
      add_sample (span, block_of (series, i)->y[i % BLOCK]);
  else
    for (gsize i = first; i < end; i++)
      add_node (span, &series->levels[level - 1].nodes[i]);
}

static void
level_append (Level *level, const PictureSpan *span)
{
  if (level->length == level->room)
    {
      level->room = MAX (64, 2 * level->room);
      level->nodes = g_renew (Node, level->nodes, level->room);
    }
  level->nodes[level->length++] = (Node){
    .min = span->min,
    .max = span->max,
    .min_positive = span->min_positive,
    .count = (guint32) MIN (span->count, G_MAXUINT32),
    .sum = span->sum,
  };
}

gboolean
picture_series_append (PictureSeries *series, double x, float y)
{
  gsize filled;
  Block *block;

  if (!isfinite (x) || (series->length > 0 && x < series->last))
    return FALSE;
  if (series->length % BLOCK == 0)
    {
      g_ptr_array_add (series->blocks, g_new (Block, 1));
      g_array_append_val (series->starts, x);
    }
  block = g_ptr_array_index (series->blocks, series->length / BLOCK);
  block->x[series->length % BLOCK] = x;
  block->y[series->length % BLOCK] = y;
  series->last = x;
  filled = ++series->length;

  for (guint level = 0; level < N_LEVELS && filled % PICTURE_SERIES_FAN == 0; level++)
    {
      PictureSpan span;

      span_clear (&span);
      add_stretch (series, &span, level, filled - PICTURE_SERIES_FAN, filled);
      level_append (&series->levels[level], &span);
      filled = series->levels[level].length;
    }
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

gsize
picture_series_find (const PictureSeries *series, double x)
{
  const double *starts = (const double *) (gconstpointer) series->starts->data;
  const gsize n_blocks = series->starts->len;
  gsize after, begin;

  if (series->length == 0 || isnan (x))
    return series->length;
  after = find_among (starts, n_blocks, x, starts[0], series->last);
  if (after == 0)
    return 0;
  begin = (after - 1) * BLOCK;
  return begin + find_among (block_of (series, begin)->x, MIN (BLOCK, series->length - begin), x,
                             starts[after - 1], after < n_blocks ? starts[after] : series->last);
}

void
picture_series_prefetch (const PictureSeries *series, gsize index)
{
  if (index >= series->length)
    return;
  __builtin_prefetch (&block_of (series, index)->y[index % BLOCK]);
  for (guint level = 0; level < 2; level++)
    {
      const gsize node = (index /= PICTURE_SERIES_FAN);

      if (node < series->levels[level].length)
        {
          const Node *at = &series->levels[level].nodes[node - node % PICTURE_SERIES_FAN];

          for (guint i = 0; i < PICTURE_SERIES_FAN; i += 2)
            __builtin_prefetch (at + i);
        }
    }
}

gsize
picture_series_nearest (const PictureSeries *series, double x)
{
  const gsize after = picture_series_find (series, x);

  if (series->length == 0)
    return G_MAXSIZE;
  if (after == 0)
    return 0;
  if (after == series->length ||
      x - picture_series_x (series, after - 1) <= picture_series_x (series, after) - x)
    return after - 1;
  return after;
}

void
picture_series_span (const PictureSeries *series, gsize first, gsize end, PictureSpan *span)
{
  span_clear (span);
  end = MIN (end, series->length);
  /* Read the incomplete nodes at both ends at this level, and the complete ones one level up. */
  for (guint level = 0; first < end; level++)
    {
      const gsize inner = (first + PICTURE_SERIES_FAN - 1) / PICTURE_SERIES_FAN;
      const gsize outer = end / PICTURE_SERIES_FAN;

      if (inner >= outer || level == N_LEVELS)
        {
          add_stretch (series, span, level, first, end);
          return;
        }
      add_stretch (series, span, level, first, inner * PICTURE_SERIES_FAN);
      add_stretch (series, span, level, outer * PICTURE_SERIES_FAN, end);
      first = inner;
      end = outer;
    }
}

double
picture_series_mean (
    const PictureSeries *series, gsize first, gsize last, guint window, guint *visited)
{
  const gsize half = window / 2;
  PictureSpan span;

  picture_series_span (series, first > half ? first - half : 0,
                       MIN (last, series->length) + half + 1, &span);
  if (visited)
    *visited += span.visited;
  return span.count > 0 ? span.sum / (double) span.count : NAN;
}
