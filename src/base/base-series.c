/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base-series.h"

#include <string.h>

/* More than enough: 16^15 blocks do not fit into memory. */
#define N_LEVELS 15

#define BRANCH (BASE_BLOCK_LEAF * BASE_BLOCK_FAN)

typedef struct
{
  BaseSpan *spans;
  gsize length, room;
} Level;

/* The values after the full blocks, and the summaries of those that are complete. */
typedef struct
{
  guint length;
  float values[BASE_BLOCK];
  BaseSpan leaves[BASE_BLOCK_N_LEAVES];
  BaseSpan branches[BASE_BLOCK_N_BRANCHES];
} Tail;

struct _BaseSeries
{
  int ref_count;
  BaseBlock **blocks;
  gsize n_blocks, room;
  /* levels[k]: summaries of FAN^k blocks each */
  Level levels[N_LEVELS];
  Tail tail;
};

BaseSeries *
base_series_new (void)
{
  BaseSeries *series = g_new0 (BaseSeries, 1);

  series->ref_count = 1;
  return series;
}

BaseSeries *
base_series_ref (BaseSeries *series)
{
  g_atomic_int_inc (&series->ref_count);
  return series;
}

void
base_series_unref (BaseSeries *series)
{
  if (!g_atomic_int_dec_and_test (&series->ref_count))
    return;
  for (gsize i = 0; i < series->n_blocks; i++)
    base_block_unref (series->blocks[i]);
  g_free (series->blocks);
  for (guint k = 0; k < N_LEVELS; k++)
    g_free (series->levels[k].spans);
  g_free (series);
}

BaseSeries *
base_series_copy (const BaseSeries *series)
{
  BaseSeries *copy = g_memdup2 (series, sizeof *series);

  copy->ref_count = 1;
  copy->room = series->n_blocks;
  copy->blocks = g_memdup2 (series->blocks, series->n_blocks * sizeof *series->blocks);
  for (gsize i = 0; i < copy->n_blocks; i++)
    base_block_ref (copy->blocks[i]);
  for (guint k = 0; k < N_LEVELS; k++)
    {
      Level *level = &copy->levels[k];

      level->room = level->length;
      level->spans = g_memdup2 (level->spans, level->length * sizeof *level->spans);
    }
  return copy;
}

gsize
base_series_length (const BaseSeries *series)
{
  return series->n_blocks * BASE_BLOCK + series->tail.length;
}

static void
level_append (Level *level, const BaseSpan *span)
{
  if (level->length == level->room)
    {
      level->room = MAX (16, 2 * level->room);
      level->spans = g_renew (BaseSpan, level->spans, level->room);
    }
  level->spans[level->length++] = *span;
}

/* Makes a block of the full tail. */
static void
add_block (BaseSeries *series)
{
  Tail *tail = &series->tail;
  BaseSpan span = BASE_SPAN_INIT;

  if (series->n_blocks == series->room)
    {
      series->room = MAX (16, 2 * series->room);
      series->blocks = g_renew (BaseBlock *, series->blocks, series->room);
    }
  series->blocks[series->n_blocks++] = base_block_new (tail->values, tail->leaves, tail->branches);
  for (guint i = 0; i < BASE_BLOCK_N_BRANCHES; i++)
    base_span_merge (&span, &tail->branches[i]);
  tail->length = 0;
  level_append (&series->levels[0], &span);
  for (guint k = 0; series->levels[k].length % BASE_SERIES_FAN == 0; k++)
    {
      const BaseSpan *last = &series->levels[k].spans[series->levels[k].length - BASE_SERIES_FAN];

      span = (BaseSpan) BASE_SPAN_INIT;
      for (guint i = 0; i < BASE_SERIES_FAN; i++)
        base_span_merge (&span, &last[i]);
      level_append (&series->levels[k + 1], &span);
    }
}

/* Summarises the values before the end of the tail, where a summary ends there. */
static void
summarise (Tail *tail)
{
  const guint end = tail->length;

  if (end % BASE_BLOCK_LEAF == 0)
    {
      BaseSpan *leaf = &tail->leaves[end / BASE_BLOCK_LEAF - 1];

      *leaf = (BaseSpan) BASE_SPAN_INIT;
      base_span_add_values (leaf, &tail->values[end - BASE_BLOCK_LEAF], BASE_BLOCK_LEAF);
    }
  if (end % BRANCH == 0)
    {
      BaseSpan *branch = &tail->branches[end / BRANCH - 1];

      *branch = (BaseSpan) BASE_SPAN_INIT;
      for (guint i = end / BASE_BLOCK_LEAF - BASE_BLOCK_FAN; i < end / BASE_BLOCK_LEAF; i++)
        base_span_merge (branch, &tail->leaves[i]);
    }
}

void
base_series_append (BaseSeries *series, const float *values, gsize n)
{
  Tail *tail = &series->tail;

  while (n > 0)
    {
      const guint room = BASE_BLOCK_LEAF - tail->length % BASE_BLOCK_LEAF;
      const guint taken = (guint) MIN (n, room);

      memcpy (&tail->values[tail->length], values, taken * sizeof *values);
      tail->length += taken;
      values += taken;
      n -= taken;
      summarise (tail);
      if (tail->length == BASE_BLOCK)
        add_block (series);
    }
}

void
base_series_truncate (BaseSeries *series, gsize length)
{
  const gsize n_blocks = length / BASE_BLOCK;
  const guint rest = (guint) (length % BASE_BLOCK);
  gsize n = n_blocks;

  if (length >= base_series_length (series))
    return;
  if (n_blocks < series->n_blocks)
    {
      float values[BASE_BLOCK];

      base_block_read (series->blocks[n_blocks], 0, rest, values);
      for (gsize i = n_blocks; i < series->n_blocks; i++)
        base_block_unref (series->blocks[i]);
      series->n_blocks = n_blocks;
      for (guint k = 0; k < N_LEVELS; k++, n /= BASE_SERIES_FAN)
        series->levels[k].length = n;
      series->tail.length = 0;
      base_series_append (series, values, rest);
    }
  else
    series->tail.length = rest;
}

float
base_series_get (const BaseSeries *series, gsize index)
{
  const gsize block = index / BASE_BLOCK;

  if (block == series->n_blocks)
    return series->tail.values[index % BASE_BLOCK];
  return base_block_get (series->blocks[block], index % BASE_BLOCK);
}

void
base_series_read (const BaseSeries *series, gsize first, gsize n, float *values)
{
  while (n > 0)
    {
      const gsize block = first / BASE_BLOCK;
      const guint at = (guint) (first % BASE_BLOCK), taken = (guint) MIN (n, BASE_BLOCK - at);

      if (block == series->n_blocks)
        memcpy (values, &series->tail.values[at], taken * sizeof *values);
      else
        base_block_read (series->blocks[block], at, taken, values);
      values += taken;
      first += taken;
      n -= taken;
    }
}

static inline void
add_from_tail (gconstpointer data, guint level, guint first, guint end, BaseSpan *span)
{
  const Tail *tail = data;

  if (level == 0)
    base_span_add_values (span, &tail->values[first], end - first);
  else
    for (guint i = first; i < end; i++)
      base_span_merge (span, level == 1 ? &tail->leaves[i] : &tail->branches[i]);
}

static void
add_part (const BaseSeries *series, gsize block, guint first, guint end, BaseSpan *span)
{
  if (block == series->n_blocks)
    base_block_walk (&series->tail, add_from_tail, first, end, span);
  else
    base_block_span (series->blocks[block], first, end, span);
}

/* Adds blocks @first to @end - 1. */
static void
add_blocks (const BaseSeries *series, gsize first, gsize end, BaseSpan *span)
{
  for (const Level *level = series->levels; first < end; level++)
    {
      const gsize inner = (first + BASE_SERIES_FAN - 1) / BASE_SERIES_FAN;
      const gsize outer = end / BASE_SERIES_FAN;
      const gboolean last = inner >= outer;

      for (gsize i = first; i < (last ? end : inner * BASE_SERIES_FAN); i++)
        base_span_merge (span, &level->spans[i]);
      if (last)
        return;
      for (gsize i = outer * BASE_SERIES_FAN; i < end; i++)
        base_span_merge (span, &level->spans[i]);
      first = inner;
      end = outer;
    }
}

void
base_series_span (const BaseSeries *series, gsize first, gsize end, BaseSpan *span)
{
  const gsize inner = (first + BASE_BLOCK - 1) / BASE_BLOCK;
  gsize outer;

  *span = (BaseSpan) BASE_SPAN_INIT;
  end = MIN (end, base_series_length (series));
  outer = end / BASE_BLOCK;
  if (first >= end)
    return;
  if (inner > outer)
    {
      add_part (series, outer, first % BASE_BLOCK, end % BASE_BLOCK, span);
      return;
    }
  if (first % BASE_BLOCK > 0)
    add_part (series, inner - 1, first % BASE_BLOCK, BASE_BLOCK, span);
  add_blocks (series, inner, outer, span);
  if (end % BASE_BLOCK > 0)
    add_part (series, outer, 0, end % BASE_BLOCK, span);
}

void
base_series_prefetch (const BaseSeries *series, gsize index)
{
  if (index / BASE_BLOCK < series->n_blocks)
    base_block_prefetch (series->blocks[index / BASE_BLOCK], index % BASE_BLOCK);
}

gsize
base_series_size (const BaseSeries *series)
{
  gsize size = sizeof *series + series->room * sizeof *series->blocks;

  for (gsize i = 0; i < series->n_blocks; i++)
    size += base_block_size (series->blocks[i]);
  for (guint k = 0; k < N_LEVELS; k++)
    size += series->levels[k].room * sizeof (BaseSpan);
  return size;
}
