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
/* Of a column of figures; there are FIGURES of them. */
#define FIGURE_WIDTH 34.0
#define FIGURES 3
/* Between two headings of them. */
#define HEADING_GAP 6.0
#define SMALLEST_CELL 17.5
#define GAP 1.0
#define RADIUS 3.0

/* Tint of the smallest and the largest number of mistakes in a cell. */
#define FAINTEST 0.16
#define STRONGEST 0.8

static const PictureColour mistake_colour = { 0.9, 0.38, 0.0, 1.0 };

/* Where the cells are. */
typedef struct
{
  double x, y, cell_width, cell_height;
} Layout;

static Layout
lay_out (double width, double height, guint n)
{
  return (Layout){ LEFT, TOP, MAX (width - LEFT - FIGURES * FIGURE_WIDTH, 1) / n,
                   MAX (height - TOP - BOTTOM, 1) / n };
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

/* @share: 0 to 1, as percent with a decimal */
static void
show_share (cairo_t *cr, PictureText *text, double share, double x, double y, double align)
{
  char string[16];

  g_snprintf (string, sizeof string, "%.1f", 100 * share);
  picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);
  picture_text_show (text, cr, x, y, align);
}

static void
show_text (cairo_t *cr, PictureText *text, const char *string, double x, double y, double align)
{
  picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);
  picture_text_limit (text, align == 0.5 ? 1000 : FIGURE_WIDTH);
  picture_text_show (text, cr, x, y, align);
}

/* The heading of a column of figures, smaller where it would come near its neighbour. */
static void
show_heading (cairo_t *cr, PictureText *text, const char *string, double right)
{
  const double room = FIGURE_WIDTH - HEADING_GAP;
  const double width = picture_text_set (text, string, LARGEST_TEXT - 1.5, FALSE);

  if (width > room)
    picture_text_set (text, string, MAX ((LARGEST_TEXT - 1.5) * room / width, SMALLEST_TEXT),
                      FALSE);
  picture_text_limit (text, room);
  picture_text_show (text, cr, right, TOP - 9, 1);
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
  const double end = layout->x + confusion->n * layout->cell_width;
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
  show_text (cr, text, string, end + FIGURE_WIDTH - 2, y, 1);
  show_share (cr, text, confusion->recall[label], end + 2 * FIGURE_WIDTH - 2, y, 1);
  show_share (cr, text, confusion->f1[label], end + 3 * FIGURE_WIDTH - 2, y, 1);
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

  picture_set_colour (cr, &text->style->dim);
  /* Translators: above the columns of a confusion matrix, which are the answers of a network */
  show_text (cr, text, _ ("read as"), (layout->x + end) / 2, TOP - 26, 0.5);
  /* Translators: a narrow column with numbers of samples */
  show_heading (cr, text, C_ ("column", "count"), end + FIGURE_WIDTH - 2);
  /* Translators: the share of a class's samples that is read right */
  show_heading (cr, text, C_ ("column", "recall"), end + 2 * FIGURE_WIDTH - 2);
  show_heading (cr, text, "F1", end + 3 * FIGURE_WIDTH - 2);
  /* Translators: below a confusion matrix, at the end of the row with the share of each answer that
     is right */
  picture_text_set (text, C_ ("row", "precision %"), LARGEST_TEXT - 1.5, FALSE);
  picture_text_limit (text, FIGURES * FIGURE_WIDTH - 8);
  picture_text_show (text, cr, end + 8, bottom + BOTTOM / 2 + 1, 0);
  cairo_save (cr);
  cairo_translate (cr, 8, (layout->y + bottom) / 2);
  cairo_rotate (cr, -G_PI / 2);
  /* Translators: beside the rows of a confusion matrix, which are the labels of the samples */
  show_text (cr, text, _ ("labelled"), 0, 0, 0.5);
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
