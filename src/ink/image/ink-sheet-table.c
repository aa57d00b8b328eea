/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-sheet-private.h"

/* A cell is at least this many times as high as its digits; the squares of squared paper are
 * smaller. */
#define CELL_HEIGHT 1.2
/* Squared paper has more lines than this in one direction. */
#define MAX_LINES 26
/* Lines nearer than this part of the median distance are the two edges of one. */
#define DOUBLE 0.3
/* How far distances may be from multiples of the shortest, in a table with equal cells. */
#define REGULAR 0.2

static double
position_of (const GPtrArray *lines, guint i)
{
  const InkRuling *line = lines->pdata[i];

  return line->at[(line->from + line->to) / 2];
}

/* (transfer full): [lines->len - 1] distances between neighbours */
static float *
distances_of (const GPtrArray *lines)
{
  float *distances = g_new0 (float, MAX (lines->len, 1));

  for (guint i = 0; i + 1 < lines->len; i++)
    distances[i] = (float) fabs (position_of (lines, i + 1) - position_of (lines, i));
  return distances;
}

static double
median_distance (const GPtrArray *lines)
{
  g_autofree float *distances = distances_of (lines);

  return lines->len < 2 ? 0 : (double) ink_quantile (distances, lines->len - 1, 0.5);
}

/* Keeps the longer of two lines that are the edges of one. */
static void
drop_doubles (GPtrArray *lines)
{
  const double least = DOUBLE * median_distance (lines);

  for (guint i = 0; i + 1 < lines->len;)
    {
      const InkRuling *a = lines->pdata[i], *b = lines->pdata[i + 1];

      if (fabs (position_of (lines, i + 1) - position_of (lines, i)) >= least)
        i++;
      else
        g_ptr_array_remove_index (lines, a->to - a->from >= b->to - b->from ? i + 1 : i);
    }
}

/* The first and the last line between which the others lie; a line that does not reach across them
 * is no line of the table. */
static void
drop_outside (GPtrArray *lines, const GPtrArray *others)
{
  const double first = position_of (others, 0), last = position_of (others, others->len - 1);

  for (guint i = lines->len; i-- > 0;)
    {
      const InkRuling *line = lines->pdata[i];
      const double covered = MIN (last, line->to) - MAX (first, line->from);

      if (covered < 0.5 * (last - first))
        g_ptr_array_remove_index (lines, i);
    }
}

/* Whether most distances are equal and the others are multiples, so that lines are missing. */
static gboolean
is_regular (const float *distances, guint n, double unit)
{
  guint single = 0;

  for (guint i = 0; i < n; i++)
    {
      const double times = distances[i] / unit;

      if (fabs (times - round (times)) > REGULAR * sqrt (MAX (times, 1)) || times < 0.5)
        return FALSE;
      single += round (times) <= 1;
    }
  return 2 * single >= n;
}

static void
add_missing (GPtrArray *lines)
{
  g_autofree float *distances = distances_of (lines), *copy = distances_of (lines);
  const guint n = lines->len - 1;
  const double unit = ink_quantile (copy, n, 0.5);

  if (unit <= 0 || !is_regular (distances, n, unit))
    return;
  for (guint i = n; i-- > 0;)
    {
      const InkRuling *a = lines->pdata[i], *b = lines->pdata[i + 1];
      const guint times = (guint) round (distances[i] / unit);

      for (guint k = times; k-- > 1;)
        g_ptr_array_insert (lines, (int) i + 1, ink_ruling_new_between (a, b, (double) k / times));
    }
}

gboolean
ink_sheet_find_table (GPtrArray *levels, GPtrArray *uprights, double digit, InkSheetTable *table)
{
  *table = (InkSheetTable){ NULL, NULL };
  for (guint round = 0; round < 2; round++)
    {
      if (levels->len < 3 || uprights->len < 3)
        return FALSE;
      drop_doubles (levels);
      drop_doubles (uprights);
      drop_outside (levels, uprights);
      if (levels->len < 3)
        return FALSE;
      drop_outside (uprights, levels);
    }
  if (levels->len < 3 || uprights->len < 3)
    return FALSE;
  add_missing (levels);
  add_missing (uprights);
  if (levels->len > MAX_LINES || uprights->len > MAX_LINES ||
      median_distance (levels) < CELL_HEIGHT * digit || median_distance (uprights) < 0.8 * digit)
    return FALSE;
  table->levels = g_ptr_array_ref (levels);
  table->uprights = g_ptr_array_ref (uprights);
  return TRUE;
}

void
ink_sheet_table_clear (InkSheetTable *table)
{
  g_clear_pointer (&table->levels, g_ptr_array_unref);
  g_clear_pointer (&table->uprights, g_ptr_array_unref);
}

static double
line_at (const GPtrArray *lines, guint i, double along)
{
  const InkRuling *line = lines->pdata[i];

  return line->at[(guint) CLAMP (along, 0, line->n - 1.0)];
}

InkPixelBox
ink_sheet_table_cell (const InkSheetTable *table, guint row, guint column)
{
  const double middle_x =
      (position_of (table->uprights, column) + position_of (table->uprights, column + 1)) / 2;
  const double middle_y =
      (position_of (table->levels, row) + position_of (table->levels, row + 1)) / 2;
  const double x0 = line_at (table->uprights, column, middle_y);
  const double x1 = line_at (table->uprights, column + 1, middle_y);
  const double y0 = line_at (table->levels, row, middle_x);
  const double y1 = line_at (table->levels, row + 1, middle_x);

  return (InkPixelBox){ (guint) MAX (x0, 0), (guint) MAX (y0, 0), (guint) MAX (x1, x0),
                        (guint) MAX (y1, y0) };
}

/* The number of lines before a point, minus one; -1 where it is outside of the table. */
static int
between (const GPtrArray *lines, double along, double across)
{
  int before = -1;

  for (guint i = 0; i < lines->len; i++)
    if (line_at (lines, i, along) <= across)
      before = (int) i;
  return before + 1 < (int) lines->len ? before : -1;
}

void
ink_sheet_place_in_table (const InkSheetTable *table, InkSheetPart *parts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const double x = ((double) parts[i].box.x0 + parts[i].box.x1) / 2;
      const double y = ((double) parts[i].box.y0 + parts[i].box.y1) / 2;

      parts[i].line = between (table->levels, x, y);
      parts[i].column = between (table->uprights, y, x);
      if (parts[i].line < 0 || parts[i].column < 0)
        parts[i].line = parts[i].column = -1;
    }
}
