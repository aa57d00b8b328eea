/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-confusion.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "picture-text.h"

/* Sizes in pixels. */
#define LARGEST_TEXT 12.0
#define SMALLEST_TEXT 7.0
#define LEFT 34.0
#define TOP 34.0
#define BOTTOM 20.0
/* Of a column of figures, where there is little room and much; there are FIGURES of them. */
#define FIGURE_WIDTH 34.0
#define WIDE_FIGURE_WIDTH 42.0
#define FIGURES 3
/* Between two of them. */
#define FIGURE_GAP 6.0
#define SMALLEST_CELL 17.5
#define GAP 1.0
#define RADIUS 3.0

/* Tint of the smallest and the largest number of mistakes in a cell. */
#define FAINTEST 0.16
#define STRONGEST 0.8

static const PictureColour mistake_colour = { 0.9, 0.38, 0.0, 1.0 };

/* Where the cells are, and the width of a column of figures. */
typedef struct
{
  double x, y, cell_width, cell_height, figure_width;
} Layout;

static Layout
lay_out (double width, double height, guint n)
{
  const double least = LEFT + n * SMALLEST_CELL + FIGURES * FIGURE_WIDTH;
  const double figure_width =
      CLAMP (FIGURE_WIDTH + (width - least) / FIGURES, FIGURE_WIDTH, WIDE_FIGURE_WIDTH);

  return (Layout){ LEFT, TOP, MAX (width - LEFT - FIGURES * figure_width, 1) / n,
                   MAX (height - TOP - BOTTOM, 1) / n, figure_width };
}

static PictureCell
get_cell (const Layout *layout, guint label, guint answer)
{
  return (PictureCell){ layout->x + answer * layout->cell_width,
                        layout->y + label * layout->cell_height, layout->cell_width,
                        layout->cell_height };
}

PictureCell
picture_confusion_cell (double width, double height, guint n, guint label, guint answer)
{
  const Layout layout = lay_out (width, height, n);

  return get_cell (&layout, label, answer);
}

void
picture_confusion_minimum (guint n, double *width, double *height)
{
  *width = LEFT + n * SMALLEST_CELL + FIGURES * FIGURE_WIDTH;
  *height = TOP + n * SMALLEST_CELL + BOTTOM;
}

static void
add_rounded (cairo_t *cr, const PictureCell *cell)
{
  const double x = cell->x + GAP, y = cell->y + GAP;
  const double width = MAX (cell->width - 2 * GAP, 1), height = MAX (cell->height - 2 * GAP, 1);
  const double radius = MIN (RADIUS, MIN (width, height) / 2);

  cairo_new_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, x + width - radius, y + radius, radius, -0.5 * G_PI, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, x + radius, y + height - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

/* The largest number of mistakes in a cell; at least 1. */
static gsize
find_most (const PictureConfusion *confusion)
{
  gsize most = 1;

  for (guint i = 0; i < confusion->n; i++)
    for (guint j = 0; j < confusion->n; j++)
      if (i != j)
        most = MAX (most, confusion->counts[(gsize) i * confusion->n + j]);
  return most;
}

static PictureColour
tint (gsize count, gsize most, gboolean right, const PictureStyle *style)
{
  PictureColour colour = right ? style->accent : mistake_colour;

  if (count == 0)
    {
      colour = style->track;
      colour.alpha /= 2;
    }
  else if (right)
    colour.alpha = 0.2;
  else
    colour.alpha = FAINTEST + (STRONGEST - FAINTEST) * log1p ((double) (count - 1)) /
                                  MAX (log1p ((double) (most - 1)), 1);
  return colour;
}

/* Shrinks the text until it fits. */
static void
show_count (cairo_t *cr, PictureText *text, gsize count, const PictureCell *cell, gboolean bold)
{
  const double room = cell->width - 2 * GAP - 2;
  double size = CLAMP (cell->height * 0.55, SMALLEST_TEXT, LARGEST_TEXT);
  char string[24];
  double width;

  g_snprintf (string, sizeof string, "%" G_GSIZE_FORMAT, count);
  width = picture_text_set (text, string, size, bold);
  if (width > room)
    picture_text_set (text, string, MAX (size * room / width, 1), bold);
  picture_text_show (text, cr, cell->x + cell->width / 2, cell->y + cell->height / 2, 0.5);
}

static void
draw_cell (cairo_t *cr,
           PictureText *text,
           const Layout *layout,
           const PictureConfusion *confusion,
           guint label,
           guint answer,
           gsize most)
{
  const gsize count = confusion->counts[(gsize) label * confusion->n + answer];
  const PictureCell cell = get_cell (layout, label, answer);
  const PictureColour colour = tint (count, most, label == answer, text->style);

  add_rounded (cr, &cell);
  picture_set_colour (cr, &colour);
  cairo_fill (cr);
  if (count > 0)
    {
      picture_set_colour (cr, label == answer ? &text->style->dim : &text->style->foreground);
      show_count (cr, text, count, &cell, label != answer);
    }
  if ((int) label == confusion->label && (int) answer == confusion->answer)
    {
      add_rounded (cr, &cell);
      picture_set_colour (cr, &text->style->accent);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
}

/* What the rows or columns are, in the middle of them. */
static void
show_text (cairo_t *cr, PictureText *text, const char *string, double x, double y)
{
  picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);
  picture_text_show (text, cr, x, y, 0.5);
}

/* The size of letters in which a string is apart from the column beside it. */
static double
fit_size (PictureText *text, const Layout *layout, const char *string)
{
  const double room = layout->figure_width - FIGURE_GAP;
  const double width = picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);

  return width > room ? MAX ((LARGEST_TEXT - 1.5) * room / width, SMALLEST_TEXT) :
                        LARGEST_TEXT - 1.5;
}

/* A figure, or a heading, that ends at @right. */
static void
show_figure (
    cairo_t *cr, PictureText *text, const char *string, double size, double right, double y)
{
  picture_text_set (text, string, size, FALSE);
  picture_text_limit (text, WIDE_FIGURE_WIDTH);
  picture_text_show (text, cr, right, y, 1);
}

/* @share: 0 to 1, as percent with a decimal */
static void
show_share (cairo_t *cr, PictureText *text, double share, double size, double right, double y)
{
  char string[16];

  g_snprintf (string, sizeof string, "%.1f", 100 * share);
  show_figure (cr, text, string, size, right, y);
}

/* What a row is called, and its figures. */
static void
draw_row (cairo_t *cr,
          PictureText *text,
          const Layout *layout,
          const PictureConfusion *confusion,
          guint label)
{
  const double y = layout->y + (label + 0.5) * layout->cell_height;
  const double end = layout->x + confusion->n * layout->cell_width - 2;
  const double width = layout->figure_width, size = fit_size (text, layout, "100.0");
  gsize support = 0;
  char string[24];

  for (guint j = 0; j < confusion->n; j++)
    support += confusion->counts[(gsize) label * confusion->n + j];
  g_snprintf (string, sizeof string, "%u", label);
  picture_set_colour (cr, (int) label == confusion->label ? &text->style->accent :
                                                            &text->style->foreground);
  picture_text_set (text, string, LARGEST_TEXT, (int) label == confusion->label);
  picture_text_show (text, cr, layout->x - 8, y, 1);
  picture_set_colour (cr, &text->style->dim);
  g_snprintf (string, sizeof string, "%" G_GSIZE_FORMAT, support);
  show_figure (cr, text, string, fit_size (text, layout, string), end + width, y);
  show_share (cr, text, confusion->recall[label], size, end + 2 * width, y);
  show_share (cr, text, confusion->f1[label], size, end + 3 * width, y);
}

/* What a column is called, and its figure. */
static void
draw_column (cairo_t *cr,
             PictureText *text,
             const Layout *layout,
             const PictureConfusion *confusion,
             guint answer)
{
  const double x = layout->x + (answer + 0.5) * layout->cell_width;
  const gboolean chosen = (int) answer == confusion->answer;
  const double bottom = layout->y + confusion->n * layout->cell_height;
  char string[16];
  double width;

  g_snprintf (string, sizeof string, "%u", answer);
  picture_set_colour (cr, chosen ? &text->style->accent : &text->style->foreground);
  picture_text_set (text, string, LARGEST_TEXT, chosen);
  picture_text_show (text, cr, x, layout->y - 9, 0.5);
  picture_set_colour (cr, &text->style->dim);
  g_snprintf (string, sizeof string, "%.1f", 100 * confusion->precision[answer]);
  width = picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);
  if (width > layout->cell_width - 2)
    picture_text_set (text, string,
                      MAX ((LARGEST_TEXT - 1.5) * (layout->cell_width - 2) / width, 1), FALSE);
  picture_text_show (text, cr, x, bottom + BOTTOM / 2 + 1, 0.5);
}

static void
draw_headings (cairo_t *cr, PictureText *text, const Layout *layout, guint n)
{
  const double end = layout->x + n * layout->cell_width;
  const double bottom = layout->y + n * layout->cell_height;
  const char *const headings[FIGURES] = {
    /* Translators: a narrow column with numbers of samples */
    C_ ("column", "count"),
    /* Translators: the share of a class's samples that is read right */
    C_ ("column", "recall"),
    "F1",
  };

  picture_set_colour (cr, &text->style->dim);
  /* Translators: above the columns of a confusion matrix, which are the answers of a network */
  show_text (cr, text, _ ("read as"), (layout->x + end) / 2, TOP - 26);
  for (guint i = 0; i < FIGURES; i++)
    show_figure (cr, text, headings[i], fit_size (text, layout, headings[i]),
                 end + (i + 1) * layout->figure_width - 2, TOP - 9);
  /* Translators: below a confusion matrix, at the end of the row with the share of each answer that
     is right */
  picture_text_set (text, C_ ("row", "precision %"), LARGEST_TEXT - 1.5, FALSE);
  picture_text_limit (text, FIGURES * layout->figure_width - 8);
  picture_text_show (text, cr, end + 8, bottom + BOTTOM / 2 + 1, 0);
  cairo_save (cr);
  cairo_translate (cr, 8, (layout->y + bottom) / 2);
  cairo_rotate (cr, -G_PI / 2);
  /* Translators: beside the rows of a confusion matrix, which are the labels of the samples */
  show_text (cr, text, _ ("labelled"), 0, 0);
  cairo_restore (cr);
}

void
picture_confusion_draw (cairo_t *cr,
                        double width,
                        double height,
                        const PictureConfusion *confusion,
                        const PictureStyle *style)
{
  const Layout layout = lay_out (width, height, confusion->n);
  const gsize most = find_most (confusion);
  PictureText text;

  cairo_save (cr);
  picture_text_init (&text, cr, style);
  draw_headings (cr, &text, &layout, confusion->n);
  for (guint label = 0; label < confusion->n; label++)
    {
      draw_row (cr, &text, &layout, confusion, label);
      draw_column (cr, &text, &layout, confusion, label);
      for (guint answer = 0; answer < confusion->n; answer++)
        draw_cell (cr, &text, &layout, confusion, label, answer, most);
    }
  picture_text_clear (&text);
  cairo_restore (cr);
}
