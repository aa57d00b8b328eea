/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-layout.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_SIZE 11.0

/* Size of the title, relative to the figures. */
#define TITLE 1.2

/* Height of a row of the legend, and least distances of ticks, relative to the size of the figures.
 */
#define ROW 1.8
#define TICK_APART_Y 3.0
#define TICK_APART_X 7.0

/* Between entries of the legend, and between it and the title. */
#define ENTRY_GAP 16.0

/* Between the plot and the figures. */
#define TICK_GAP 6.0

/* Least share of the height that the legend leaves to the plot; the other curves are counted in a
 * text. */
#define PLOT_SHARE 0.45

/* Height below the plot, relative to the size of the figures, without and with the name of the
 * axis. */
#define BELOW 1.8
#define BELOW_WITH_NAME 3.2

/* Least height of a chart that shows the name of its x axis. */
#define X_NAME_FROM 240.0

/* In heights of the plot: farther points are clamped, where a line is practically vertical. */
#define FARTHEST 1000.0

char *
picture_chart_tick_text (const PictureChart *chart,
                         const PictureTicks *ticks,
                         guint i,
                         gboolean vertical)
{
  const PictureFormat format = vertical ? chart->y_format : PICTURE_FORMAT_NUMBER;
  char *text = picture_format_tick (format, ticks->values[i], ticks->step);

  if (format == PICTURE_FORMAT_PERCENT && i + 1 == ticks->n)
    {
      g_autofree char *bare = text;

      /* Translators: a number, and the sign that makes it a percentage; no line breaks between */
      text = g_strdup_printf (_ ("%s\u00a0%%"), bare);
    }
  return text;
}

static double
pixel (double place)
{
  /* NaN has no place: it compares false. */
  return place > -FARTHEST ? MIN (place, FARTHEST) : -FARTHEST;
}

double
picture_chart_pixel_x (const PictureChartLayout *layout, double x)
{
  return layout->plot.x + layout->plot.width * pixel (picture_axis_map_place (&layout->x_map, x));
}

double
picture_chart_pixel_y (const PictureChartLayout *layout, double y)
{
  return layout->plot.y +
         layout->plot.height * (1 - pixel (picture_axis_map_place (&layout->y_map, y)));
}

/* "training, mean of 51": adds the smoothing, if the line is not the samples. */
static char *
legend_text (const PictureCurve *curve, const PictureAxis *x, double width)
{
  const gsize visible =
      picture_series_find (curve->series, x->max) - picture_series_find (curve->series, x->min);
  const double per_pixel = (double) visible / MAX (width, 1.0);

  if (curve->smoothing > 1 && curve->smoothing >= per_pixel)
    {
      g_autofree char *note = g_strdup_printf (_ ("mean of %u"), curve->smoothing | 1);

      return g_strconcat (curve->name, _ (", "), note, NULL);
    }
  if (per_pixel > 1)
    return g_strconcat (curve->name, _ (", "), _ ("mean per pixel"), NULL);
  return g_strdup (curve->name);
}

/* Places the entries from left to right in rows of @width, the first row at @y; right-to-left
 * layouts are mirrored later. Returns the number of rows. */
static guint
flow_legend (PictureChartLayout *layout, double y, double width, double row)
{
  double x = 0;
  guint rows = layout->legend->len > 0 ? 1 : 0;

  for (guint i = 0; i < layout->legend->len; i++)
    {
      PictureLegendEntry *entry = &g_array_index (layout->legend, PictureLegendEntry, i);

      if (x > 0 && x + entry->area.width > width)
        {
          x = 0;
          rows++;
        }
      entry->area.x = x;
      entry->area.y = y + (rows - 1) * row;
      entry->area.height = row;
      entry->area.width = MIN (entry->area.width, width);
      x += entry->area.width + ENTRY_GAP;
    }
  return rows;
}

static void
shift_legend (PictureChartLayout *layout, double by)
{
  for (guint i = 0; i < layout->legend->len; i++)
    g_array_index (layout->legend, PictureLegendEntry, i).area.x += by;
}

/* Removes rows that would leave too little for the plot. */
static void
cut_legend (PictureChartLayout *layout, double bottom, double row, double room)
{
  const PictureLegendEntry *last;

  while (layout->legend->len > 1)
    {
      last = &g_array_index (layout->legend, PictureLegendEntry, layout->legend->len - 1);
      /* The text with the number of the others needs room behind the last entry. */
      if (last->area.y + row <= bottom + 0.5 &&
          (layout->more == 0 || last->area.x + last->area.width + ENTRY_GAP + 2 * row <= room))
        break;
      g_array_set_size (layout->legend, layout->legend->len - 1);
      layout->more++;
    }
  if (layout->more == 0)
    return;
  last = &g_array_index (layout->legend, PictureLegendEntry, layout->legend->len - 1);
  layout->more_x = last->area.x + last->area.width + ENTRY_GAP;
  layout->more_y = last->area.y + row / 2;
}

/* Places title and legend. Returns their lower end. */
static double
lay_out_head (PictureChartLayout *layout,
              PictureText *text,
              const PictureChart *chart,
              double width,
              double height)
{
  const double row = ROW * layout->size;
  const gboolean has_title = chart->title && *chart->title;
  const double title_width =
      has_title ? picture_text_set (text, chart->title, TITLE * layout->size, TRUE) : 0;
  double total = 0, bottom, y;

  layout->title_middle = row / 2;
  layout->title_width = width;
  for (guint i = 0; i < chart->n_curves; i++)
    {
      PictureLegendEntry entry = { .text = legend_text (&chart->curves[i], &layout->x, width) };

      entry.area.width = PICTURE_LEGEND_SWATCH + PICTURE_LEGEND_GAP +
                         picture_text_set (text, entry.text, layout->size, FALSE);
      total += entry.area.width + (i > 0 ? ENTRY_GAP : 0);
      g_array_append_val (layout->legend, entry);
    }

  /* Beside the title where there is room, below it otherwise. */
  if (title_width + (has_title ? ENTRY_GAP : 0) + total <= width)
    {
      flow_legend (layout, 0, width, row);
      shift_legend (layout, width - total);
      return has_title || layout->legend->len > 0 ? row : 0;
    }
  y = has_title ? row : 0;
  y += flow_legend (layout, y, width, row) * row;
  bottom = height * (1 - PLOT_SHARE) - BELOW * layout->size;
  if (y > bottom)
    {
      const double above = has_title ? row : 0;

      y = above + MAX (1, floor ((bottom - above) / row)) * row;
      cut_legend (layout, y, row, width);
    }
  return y;
}

static double
widest_tick (PictureText *text,
             const PictureChart *chart,
             const PictureTicks *ticks,
             double size,
             gboolean vertical)
{
  g_autofree char *longest = NULL;
  glong most = 0;

  /* Figures are tabular, so not all of them need to be measured. */
  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = picture_chart_tick_text (chart, ticks, i, vertical);
      const glong length = g_utf8_strlen (label, -1);

      if (length <= most)
        continue;
      most = length;
      g_free (longest);
      longest = g_steal_pointer (&label);
    }
  return longest ? picture_text_set (text, longest, size, FALSE) : 0;
}

/* A single tick shows no scale: prefer two with little room. */
static void
choose_y_ticks (PictureChartLayout *layout)
{
  const guint most = (guint) (layout->plot.height / (TICK_APART_Y * layout->size)) + 1;

  for (guint extra = 0; extra <= 3; extra++)
    {
      picture_axis_ticks (&layout->y, most + extra, &layout->y_ticks);
      if (layout->y_ticks.n >= 2)
        return;
    }
}

/* Chooses as many ticks as there is room for their figures. */
static double
choose_x_ticks (PictureChartLayout *layout, PictureText *text, const PictureChart *chart)
{
  guint most = (guint) (layout->plot.width / (TICK_APART_X * layout->size)) + 1;
  double widest;

  for (;; most = MIN (most, layout->x_ticks.n) - 1)
    {
      picture_axis_ticks (&layout->x, most, &layout->x_ticks);
      widest = widest_tick (text, chart, &layout->x_ticks, layout->size, FALSE);
      if (most <= 2 || layout->x_ticks.n <= 2 ||
          (widest + 2 * TICK_GAP) * (layout->x_ticks.n - 1) <= layout->plot.width)
        return widest;
    }
}

static void
mirror (PictureChartLayout *layout, double width)
{
  layout->plot.x = width - layout->plot.x - layout->plot.width;
  layout->more_x = width - layout->more_x;
  for (guint i = 0; i < layout->legend->len; i++)
    {
      PictureRectangle *area = &g_array_index (layout->legend, PictureLegendEntry, i).area;

      area->x = width - area->x - area->width;
    }
}

static void
entry_clear (gpointer data)
{
  g_free (((PictureLegendEntry *) data)->text);
}

void
picture_chart_layout_init (PictureChartLayout *layout,
                           const PictureChart *chart,
                           double width,
                           double height,
                           const PictureStyle *style)
{
  PictureText text;
  double top, bottom, side;

  *layout = (PictureChartLayout){ .size = chart->text_size > 0 ? chart->text_size : DEFAULT_SIZE };
  layout->legend = g_array_new (FALSE, FALSE, sizeof (PictureLegendEntry));
  g_array_set_clear_func (layout->legend, entry_clear);
  layout->x = picture_chart_resolve_x (chart);
  layout->y = picture_chart_resolve_y (chart, &layout->x);
  layout->x_map = picture_axis_map (&layout->x);
  layout->y_map = picture_axis_map (&layout->y);
  picture_text_init (&text, NULL, style);

  top = lay_out_head (layout, &text, chart, width, height);
  top += round (0.6 * layout->size);
  layout->has_x_name = chart->x_name && *chart->x_name && height >= X_NAME_FROM;
  bottom = round ((layout->has_x_name ? BELOW_WITH_NAME : BELOW) * layout->size);
  layout->plot.y = round (top);
  layout->plot.height = MAX (1, floor (height - bottom) - layout->plot.y);

  choose_y_ticks (layout);
  side = TICK_GAP + widest_tick (&text, chart, &layout->y_ticks, layout->size, TRUE);
  layout->plot.x = ceil (side);
  layout->plot.width = MAX (1, floor (width - layout->plot.x - layout->size));
  /* The last figure is centred under its tick. */
  side = ceil (choose_x_ticks (layout, &text, chart) / 2);
  if (side > layout->size)
    layout->plot.width = MAX (1, layout->plot.width - (side - layout->size));
  if (style->rtl)
    mirror (layout, width);
  picture_text_clear (&text);
}

void
picture_chart_layout_clear (PictureChartLayout *layout)
{
  g_clear_pointer (&layout->legend, g_array_unref);
}
