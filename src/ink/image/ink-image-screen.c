/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

/* The background of a window's contents is this part of the picture, and its grey varies by this
 * much. */
#define LEAST_AREA 0.25
#define TOLERANCE 3
/* No other area of that background beside it is this part of it. */
#define OTHER_AREA 0.3
/* Least side of the contents. */
#define LEAST_SIDE 100
/* Corners may be round: this part of an edge at each end is not looked at, and of the rest this
 * part is background. */
#define CORNER 0.05
#define STRAIGHT 0.97
/* A title bar has a title or buttons: this part of it differs from its own background, by more than
 * this many greys. */
#define LEAST_MARKS 0.005
#define MOST_MARKS 0.4
#define MARK 24

/**
 * Screen:
 * @inside: [height, width] 1 for a pixel of the largest connected area of the background
 * @background: its grey level
 */
typedef struct
{
  const guint8 *gray;
  guint width, height;
  gsize stride;
  guint8 *inside;
  guint background;
} Screen;

/* The most frequent grey level from row @from to before row @to. @count: (out): of its pixels */
static guint
mode_of (const Screen *screen, guint from, guint to, gsize *count)
{
  gsize counts[256] = { 0 };
  guint best = 0;

  for (guint y = from; y < to; y++)
    for (guint x = 0; x < screen->width; x++)
      counts[screen->gray[y * screen->stride + x]]++;
  for (guint i = 1; i < 256; i++)
    if (counts[i] > counts[best])
      best = i;
  *count = counts[best];
  return best;
}

static gboolean
is_background (const Screen *screen, gsize i)
{
  const int value = screen->gray[i / screen->width * screen->stride + i % screen->width];

  return ABS (value - (int) screen->background) <= TOLERANCE;
}

/* Marks the area of the background at pixel @start with @mark, and returns its size. */
static gsize
fill (Screen *screen, gsize start, guint8 mark, guint *stack, InkPixelBox *box)
{
  const guint w = screen->width, h = screen->height;
  gsize depth = 0, area = 0;

  *box = (InkPixelBox){ w, h, 0, 0 };
  screen->inside[start] = mark;
  stack[depth++] = (guint) start;
  while (depth > 0)
    {
      const guint i = stack[--depth], x = i % w, y = i / w;
      const guint beside[4] = { x > 0 ? i - 1 : i, x + 1 < w ? i + 1 : i, y > 0 ? i - w : i,
                                y + 1 < h ? i + w : i };

      area++;
      *box = ink_pixel_box_union (*box, (InkPixelBox){ x, y, x, y });
      for (guint k = 0; k < 4; k++)
        if (screen->inside[beside[k]] == 0 && is_background (screen, beside[k]))
          {
            screen->inside[beside[k]] = mark;
            stack[depth++] = beside[k];
          }
    }
  return area;
}

/* A connected area of the background. @start: one of its pixels */
typedef struct
{
  gsize start, size;
  InkPixelBox box;
} Area;

static gboolean
is_inside (const InkPixelBox *inner, const InkPixelBox *outer)
{
  return inner->x0 >= outer->x0 && inner->x1 <= outer->x1 && inner->y0 >= outer->y0 &&
         inner->y1 <= outer->y1;
}

/* Finds the largest connected area of the background; %FALSE if another one beside it is nearly as
 * large, as in a table. */
static gboolean
find_largest (Screen *screen, Area *largest)
{
  const gsize n = (gsize) screen->width * screen->height;
  g_autofree guint *stack = g_new (guint, n);
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (Area));

  *largest = (Area){ 0 };
  for (gsize i = 0; i < n; i++)
    if (screen->inside[i] == 0 && is_background (screen, i))
      {
        Area area = { .start = i };

        area.size = fill (screen, i, 2, stack, &area.box);
        if (area.size > largest->size)
          *largest = area;
        if ((double) area.size >= OTHER_AREA * LEAST_AREA * (double) n)
          g_array_append_val (areas, area);
      }
  for (guint i = 0; i < areas->len; i++)
    {
      const Area *area = &g_array_index (areas, Area, i);

      if (area->start != largest->start && !is_inside (&area->box, &largest->box) &&
          (double) area->size >= OTHER_AREA * (double) largest->size)
        return FALSE;
    }
  if ((double) largest->size < LEAST_AREA * (double) n)
    return FALSE;
  /* Once more, to tell it from the others. */
  for (gsize i = 0; i < n; i++)
    screen->inside[i] = 0;
  fill (screen, largest->start, 1, stack, &largest->box);
  return TRUE;
}

/* Whether the area is straight along one of its edges. */
static gboolean
is_straight (const Screen *screen, const InkPixelBox *box, InkSide side)
{
  const gboolean upright = side == INK_SIDE_LEFT || side == INK_SIDE_RIGHT;
  const guint from = upright ? box->y0 : box->x0, to = upright ? box->y1 : box->x1;
  const guint corner = (guint) (CORNER * (to - from + 1));
  guint n = 0, there = 0;

  for (guint i = from + corner; i + corner <= to; i++)
    {
      const guint x = upright ? (side == INK_SIDE_LEFT ? box->x0 : box->x1) : i;
      const guint y = upright ? i : (side == INK_SIDE_TOP ? box->y0 : box->y1);

      n++;
      there += screen->inside[(gsize) y * screen->width + x] == 1;
    }
  return there >= STRAIGHT * n;
}

/* Whether the rows above the contents have a title or buttons. There may be several bars: each row
 * is compared with itself. */
static gboolean
has_title (const Screen *screen, guint n_rows)
{
  const double n = (double) n_rows * screen->width;
  gsize count, marks = 0;

  for (guint y = 0; y < n_rows; y++)
    {
      const int bar = (int) mode_of (screen, y, y + 1, &count);

      for (guint x = 0; x < screen->width; x++)
        marks += ABS (screen->gray[y * screen->stride + x] - bar) > MARK;
    }
  return (double) marks >= LEAST_MARKS * n && (double) marks <= MOST_MARKS * n;
}

static gboolean
is_contents (const Screen *screen, const InkPixelBox *box)
{
  const gboolean inner[INK_N_SIDES] = {
    [INK_SIDE_LEFT] = box->x0 > 0,
    [INK_SIDE_RIGHT] = box->x1 + 1 < screen->width,
    [INK_SIDE_TOP] = box->y0 > 0,
    [INK_SIDE_BOTTOM] = box->y1 + 1 < screen->height,
  };
  guint n_inner = 0;

  if (MIN (box->x1 - box->x0, box->y1 - box->y0) + 1 < LEAST_SIDE)
    return FALSE;
  for (guint side = 0; side < INK_N_SIDES; side++)
    {
      n_inner += inner[side];
      if (inner[side] && !is_straight (screen, box, side))
        return FALSE;
    }
  return n_inner >= 3 || (inner[INK_SIDE_TOP] && has_title (screen, box->y0));
}

gboolean
ink_image_find_contents (
    const guint8 *gray, guint width, guint height, gsize stride, InkPixelBox *box)
{
  const gsize n = (gsize) width * height;
  Screen screen = { .gray = gray, .width = width, .height = height, .stride = stride };
  g_autofree guint8 *inside = NULL;
  gsize count;
  Area area;

  if (MIN (width, height) < LEAST_SIDE || n > G_MAXUINT)
    return FALSE;
  screen.background = mode_of (&screen, 0, height, &count);
  /* A photograph has no grey level that is so frequent. */
  if ((double) count < LEAST_AREA * (double) n)
    return FALSE;
  screen.inside = inside = g_malloc0 (n);
  if (!find_largest (&screen, &area) || !is_contents (&screen, &area.box))
    return FALSE;
  *box = area.box;
  return TRUE;
}
