/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "ink-sheet-private.h"

/* Heights of digits, as parts of their median. */
#define TALL 0.45
#define TALLEST 3.0
/* Neighbours in a line are at most this many heights apart when its direction is not known. */
#define NEAR 1.5
/* Least part of the lower one's height on which neighbours are side by side. */
#define SIDE_BY_SIDE 0.4
/* Largest distance of parts of one line from its direction, in heights. */
#define LEVEL 0.7
/* Largest slope of lines. */
#define MAX_SLOPE 0.35
/* Chains are joined in steps of growing distance. */
#define STEPS 7
/* How far a small part is from the digits of its line, in heights. */
#define REACH 0.8
/* The gap between two numbers, in heights: where gaps fall into two groups, it lies between them
 * and in this range; otherwise it is GAP. */
#define MIN_GAP 0.5
#define MAX_GAP 1.6
#define GAP 0.8

static double
height_of (const InkSheetPart *part)
{
  return part->box.y1 - part->box.y0 + 1.0;
}

static double
middle_x (const InkSheetPart *part)
{
  return ((double) part->box.x0 + part->box.x1) / 2;
}

static double
middle_y (const InkSheetPart *part)
{
  return ((double) part->box.y0 + part->box.y1) / 2;
}

/* The height of the line at a part: nearer to the feet, because digits share a baseline. */
static double
level_of (const InkSheetPart *part)
{
  return 0.3 * part->box.y0 + 0.7 * part->box.y1;
}

static double
gap_between (const InkSheetPart *a, const InkSheetPart *b)
{
  return MAX ((double) b->box.x0 - a->box.x1, (double) a->box.x0 - b->box.x1);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* An empty array may be %NULL, which qsort() does not take. */
static void
sort_doubles (double *values, gsize n)
{
  if (n > 1)
    qsort (values, n, sizeof *values, compare_doubles);
}

double
ink_sheet_measure_digits (InkSheetPart *parts, guint n)
{
  g_autofree double *heights = g_new (double, MAX (n, 1));
  double sum = 0, below = 0, median = 0;

  for (guint i = 0; i < n; i++)
    {
      heights[i] = height_of (&parts[i]);
      sum += heights[i];
    }
  sort_doubles (heights, n);
  /* Weighted by the height, because specks may be many. */
  for (guint i = 0; i < n && below < sum / 2; i++)
    {
      below += heights[i];
      median = heights[i];
    }
  for (guint i = 0; i < n; i++)
    {
      const double height = height_of (&parts[i]);

      parts[i].tall = height >= TALL * median && height <= TALLEST * median;
    }
  return median;
}

/* Digits that follow one another, or a line that consists of such chains. */
typedef struct
{
  GPtrArray *parts; /* from left to right */
  double height;    /* median */
  double x0, x1;    /* middles of the first and the last part */
  double y;         /* mean level, turned by the slope of the sheet */
} Chain;

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  g_ptr_array_unref (chain->parts);
  g_free (chain);
}

static int
by_left (gconstpointer a, gconstpointer b)
{
  const double x = middle_x (*(InkSheetPart *const *) a), y = middle_x (*(InkSheetPart *const *) b);

  return (x > y) - (x < y);
}

/* Whether @b may follow @a in a line. */
static gboolean
is_beside (const InkSheetPart *a, const InkSheetPart *b)
{
  const double lower = MIN (height_of (a), height_of (b));
  const double overlap =
      (double) MIN (a->box.y1, b->box.y1) - (double) MAX (a->box.y0, b->box.y0) + 1;

  return middle_x (b) > middle_x (a) && overlap >= SIDE_BY_SIDE * lower &&
         gap_between (a, b) <= NEAR * (height_of (a) + height_of (b)) / 2;
}

/* @follows: (out): [n] the index of the part that follows in the same chain; -1 for none */
static void
find_followers (InkSheetPart *const *parts, guint n, int *follows)
{
  g_autofree int *before = g_new (int, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      double least = INFINITY;

      follows[i] = before[i] = -1;
      for (guint j = i + 1; j < n; j++)
        {
          const double dy = fabs (middle_y (parts[i]) - middle_y (parts[j]));
          const double distance = MAX (gap_between (parts[i], parts[j]), 0) + dy;

          if (is_beside (parts[i], parts[j]) && distance < least)
            {
              least = distance;
              follows[i] = (int) j;
            }
        }
    }
  /* Of several parts with the same follower, the nearest keeps it. */
  for (guint i = 0; i < n; i++)
    {
      const int next = follows[i];

      if (next < 0)
        continue;
      if (before[next] >= 0 && middle_x (parts[before[next]]) > middle_x (parts[i]))
        {
          follows[i] = -1;
          continue;
        }
      if (before[next] >= 0)
        follows[before[next]] = -1;
      before[next] = (int) i;
    }
}

static Chain *
chain_new (void)
{
  Chain *chain = g_new0 (Chain, 1);

  chain->parts = g_ptr_array_new ();
  return chain;
}

static void
measure_chain (Chain *chain, double slope)
{
  g_autofree double *heights = g_new (double, chain->parts->len);
  const guint n = chain->parts->len;

  g_ptr_array_sort (chain->parts, by_left);
  chain->y = 0;
  for (guint i = 0; i < n; i++)
    {
      const InkSheetPart *part = chain->parts->pdata[i];

      heights[i] = height_of (part);
      chain->y += (level_of (part) - slope * middle_x (part)) / n;
    }
  sort_doubles (heights, n);
  chain->height = heights[n / 2];
  chain->x0 = middle_x (chain->parts->pdata[0]);
  chain->x1 = middle_x (chain->parts->pdata[n - 1]);
}

/* The common slope of all chains, by least squares. */
static double
slope_of (const GPtrArray *chains)
{
  double covariance = 0, variance = 0;

  for (guint i = 0; i < chains->len; i++)
    {
      const Chain *chain = chains->pdata[i];
      double x = 0, y = 0;

      for (guint k = 0; k < chain->parts->len; k++)
        {
          x += middle_x (chain->parts->pdata[k]) / chain->parts->len;
          y += level_of (chain->parts->pdata[k]) / chain->parts->len;
        }
      for (guint k = 0; k < chain->parts->len; k++)
        {
          const double dx = middle_x (chain->parts->pdata[k]) - x;

          covariance += dx * (level_of (chain->parts->pdata[k]) - y);
          variance += dx * dx;
        }
    }
  return variance > 0 ? CLAMP (covariance / variance, -MAX_SLOPE, MAX_SLOPE) : 0;
}

static GPtrArray *
find_chains (InkSheetPart *const *parts, guint n)
{
  g_autofree int *follows = g_new (int, MAX (n, 1));
  g_autofree gboolean *is_follower = g_new0 (gboolean, MAX (n, 1));
  GPtrArray *chains = g_ptr_array_new_with_free_func (chain_free);

  find_followers (parts, n, follows);
  for (guint i = 0; i < n; i++)
    if (follows[i] >= 0)
      is_follower[follows[i]] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      Chain *chain;

      if (is_follower[i])
        continue;
      chain = chain_new ();
      for (int k = (int) i; k >= 0; k = follows[k])
        g_ptr_array_add (chain->parts, parts[k]);
      measure_chain (chain, 0);
      g_ptr_array_add (chains, chain);
    }
  return chains;
}

/* How far @b is above or below the direction of @a, in heights, where they are nearest; INFINITY if
 * they are not parts of one line. */
static double
distance_of (const Chain *a, const Chain *b, double slope)
{
  const double height = MIN (a->height, b->height);
  double nearest = INFINITY, drop = INFINITY;

  /* Single digits may be crooked, and long lines bent. */
  if (MAX (a->height, b->height) > 2.5 * height || fabs (a->y - b->y) > 3 * height)
    return INFINITY;
  for (guint i = 0; i < a->parts->len; i++)
    for (guint j = 0; j < b->parts->len; j++)
      {
        const InkSheetPart *p = a->parts->pdata[i], *q = b->parts->pdata[j];
        const double gap = gap_between (p, q);

        /* They lie above one another. */
        if (gap < -0.3 * height)
          return INFINITY;
        if (gap >= nearest)
          continue;
        nearest = gap;
        drop = fabs (level_of (q) - level_of (p) - slope * (middle_x (q) - middle_x (p)));
      }
  drop = MIN (drop, fabs (a->y - b->y)) / height;
  return drop <= LEVEL ? drop : INFINITY;
}

/* Joins chains that are nearer than @most; %FALSE if none are. */
static gboolean
join_nearer (GPtrArray *chains, double slope, double most)
{
  const guint before = chains->len;

  for (guint i = 0; i < chains->len; i++)
    for (guint j = i + 1; j < chains->len;)
      {
        Chain *chain = chains->pdata[i];

        if (distance_of (chain, chains->pdata[j], slope) > most)
          {
            j++;
            continue;
          }
        g_ptr_array_extend (chain->parts, ((Chain *) chains->pdata[j])->parts, NULL, NULL);
        measure_chain (chain, slope);
        g_ptr_array_remove_index (chains, j);
      }
  return chains->len < before;
}

/* The chains that are surest to be of one line are joined first; longer ones then tell the slope
 * better. */
static void
join_chains (GPtrArray *chains)
{
  for (guint step = 1; step <= STEPS; step++)
    {
      gboolean joined = TRUE;

      while (joined)
        {
          const double slope = slope_of (chains);

          for (guint i = 0; i < chains->len; i++)
            measure_chain (chains->pdata[i], slope);
          joined = join_nearer (chains, slope, step * LEVEL / STEPS);
        }
    }
}

static int
by_y (gconstpointer a, gconstpointer b)
{
  const double x = (*(Chain *const *) a)->y, y = (*(Chain *const *) b)->y;

  return (x > y) - (x < y);
}

/* Gives each part that is not tall, such as a sign or the bar of a 5, to the line of the nearest
 * digit. */
static void
place_small (InkSheetPart *parts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      double least = INFINITY;

      if (parts[i].tall)
        continue;
      for (guint j = 0; j < n; j++)
        {
          const double height = height_of (&parts[j]);
          const double dx = MAX (gap_between (&parts[i], &parts[j]), 0);
          const double dy = MAX (MAX ((double) parts[j].box.y0 - parts[i].box.y1,
                                      (double) parts[i].box.y0 - parts[j].box.y1),
                                 0);

          if (!parts[j].tall || parts[j].line < 0 || height_of (&parts[i]) > height ||
              parts[i].box.x1 - parts[i].box.x0 > 1.5 * height || dx > REACH * height ||
              dy > 0.3 * height || dx + 2 * dy >= least)
            continue;
          least = dx + 2 * dy;
          parts[i].line = parts[j].line;
        }
    }
}

/* (transfer full): pointers to the parts of a line, from left to right. */
static GPtrArray *
parts_of_line (InkSheetPart *parts, guint n, int line)
{
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    if (parts[i].line == line)
      g_ptr_array_add (members, &parts[i]);
  g_ptr_array_sort (members, by_left);
  return members;
}

static double
height_of_line (const GPtrArray *members)
{
  g_autofree double *heights = g_new (double, members->len);
  guint n = 0;

  for (guint i = 0; i < members->len; i++)
    if (((InkSheetPart *) members->pdata[i])->tall)
      heights[n++] = height_of (members->pdata[i]);
  sort_doubles (heights, n);
  return n > 0 ? heights[n / 2] : 1;
}

/* Numbers the numbers of a line, or with @gaps lists its gaps in heights. */
static void
divide (const GPtrArray *members, double least, GArray *gaps)
{
  const double height = height_of_line (members);
  double right = 0;
  int column = 0;

  for (guint i = 0; i < members->len; i++)
    {
      InkSheetPart *part = members->pdata[i];
      const double gap = (part->box.x0 - right) / height;

      if (i > 0 && gaps != NULL && gap > 0)
        g_array_append_val (gaps, gap);
      if (i > 0 && gap > least)
        column++;
      part->column = column;
      right = i == 0 ? part->box.x1 : MAX (right, part->box.x1);
    }
}

/* The gap between numbers: in the middle of the widest range, as a ratio, in which no gap lies. */
static double
choose_gap (GArray *gaps)
{
  double *values = (double *) (gpointer) gaps->data, widest = 1.35, gap = GAP;

  sort_doubles (values, gaps->len);
  for (guint i = 0; i + 1 < gaps->len; i++)
    {
      const double low = MAX (values[i], MIN_GAP), high = MIN (values[i + 1], MAX_GAP);

      if (high > low && high / low > widest)
        {
          widest = high / low;
          gap = sqrt (high * low);
        }
    }
  return gap;
}

guint
ink_sheet_place_in_lines (InkSheetPart *parts, guint n)
{
  g_autoptr (GPtrArray) tall = g_ptr_array_new ();
  g_autoptr (GPtrArray) chains = NULL;
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));
  double least;

  for (guint i = 0; i < n; i++)
    {
      parts[i].line = parts[i].column = -1;
      if (parts[i].tall)
        g_ptr_array_add (tall, &parts[i]);
    }
  g_ptr_array_sort (tall, by_left);
  chains = find_chains ((InkSheetPart *const *) tall->pdata, tall->len);
  join_chains (chains);
  g_ptr_array_sort (chains, by_y);
  for (guint i = 0; i < chains->len; i++)
    {
      const Chain *chain = chains->pdata[i];

      for (guint k = 0; k < chain->parts->len; k++)
        ((InkSheetPart *) chain->parts->pdata[k])->line = (int) i;
    }
  place_small (parts, n);
  for (guint pass = 0; pass < 2; pass++)
    {
      least = pass == 0 ? GAP : choose_gap (gaps);
      for (guint i = 0; i < chains->len; i++)
        {
          g_autoptr (GPtrArray) members = parts_of_line (parts, n, (int) i);

          divide (members, least, pass == 0 ? gaps : NULL);
        }
    }
  return chains->len;
}
