/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reading-layout.h"

#include <math.h>

#define SPACING 12
/* Below this width, in pixels, the spacing is small. */
#define NARROW 420
#define NARROW_SPACING 8

/* Tall: sizes of the row below the canvas, as parts of the height and width of the content. */
#define ROW_PART 0.29
#define ROW_WIDEST 1.35
#define ANSWER_PART 0.345
#define TENSOR_PART 0.27

/* The same with a page. */
#define PAGE_ROW_PART 0.34
#define PAGE_ROW_WIDEST 1.6
#define PAGE_ANSWER_PART 0.15
#define PAGE_LINES_PART 0.6
/* Below this width, in pixels, the lines of a page take the place of the bars as well. */
#define PAGE_NARROW 460

/* Wide: sizes of the column beside the canvas, as parts of the canvas. */
#define COLUMN_LEAST 264
#define COLUMN_PART 0.72
#define TOP_PART 0.44
#define PAGE_TOP_PART 0.56
#define PAGE_BESIDE_PART 0.42

enum
{
  CANVAS,
  TOOLS,
  ANSWER,
  BARS,
  TENSOR,
  TEACH,
  N_CHILDREN
};

struct _NumeralReadingLayout
{
  GtkLayoutManager parent_instance;

  gboolean paged;
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (NumeralReadingLayout, numeral_reading_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *child[N_CHILDREN];
  int minimum_width[N_CHILDREN];
  int minimum_height[N_CHILDREN];
  int spacing;
  gboolean paged; /* the last child is the lines of a page */
  gboolean bars;  /* whether there is room for the bars */
  /* Whether the room for the question is kept, and whether it is shown. */
  gboolean asks, asking;
  int question; /* its height in the tall layout, with the spacing */
} Parts;

typedef struct
{
  int x, y, width, height;
} Place;

/* The width of the question in one line. */
static int
question_width (const Parts *parts)
{
  int width;

  gtk_widget_measure (parts->child[TEACH], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                      NULL);
  return width;
}

/* The height of the question, with the spacing before it; 0 without one. */
static int
question_height (const Parts *parts, int width)
{
  int height;

  if (!parts->asks)
    return 0;
  gtk_widget_measure (parts->child[TEACH], GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL,
                      NULL);
  return height + parts->spacing;
}

/* The minimum width of each child, and its height at this width, which is the largest that it
 * can need. */
static void
parts_init (Parts *parts, NumeralReadingLayout *self, GtkWidget *widget, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (int i = 0; i < N_CHILDREN; i++)
    {
      g_assert (child != NULL);
      parts->child[i] = child;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &parts->minimum_width[i], NULL,
                          NULL, NULL);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, parts->minimum_width[i],
                          &parts->minimum_height[i], NULL, NULL, NULL);
      child = gtk_widget_get_next_sibling (child);
    }
  parts->paged = self->paged;
  parts->bars = !self->paged || width >= PAGE_NARROW;
  parts->spacing = width < NARROW ? NARROW_SPACING : SPACING;
  parts->asks = !self->paged && gtk_widget_get_visible (parts->child[TEACH]);
  parts->asking = parts->asks && self->asking;
  /* Without a width: the smallest height, that of one line. */
  parts->question = question_height (parts, width < 0 ? question_width (parts) :
                                                        MAX (width, parts->minimum_width[TEACH]));
}

static int
row_minimum_height (const Parts *parts)
{
  return MAX (MAX (parts->minimum_height[ANSWER], parts->bars ? parts->minimum_height[BARS] : 0),
              parts->minimum_height[TENSOR]);
}

static int
row_minimum_width (const Parts *parts)
{
  const int bars = parts->bars ? parts->minimum_width[BARS] + parts->spacing : 0;

  return parts->minimum_width[ANSWER] + bars + parts->minimum_width[TENSOR] + parts->spacing;
}

static int
column_minimum_width (const Parts *parts)
{
  if (parts->paged)
    return MAX (COLUMN_LEAST,
                MAX (parts->minimum_width[TENSOR],
                     parts->minimum_width[ANSWER] + parts->minimum_width[BARS] + parts->spacing));
  return MAX (MAX (COLUMN_LEAST, parts->asks ? parts->minimum_width[TEACH] : 0),
              MAX (parts->minimum_width[BARS],
                   parts->minimum_width[ANSWER] + parts->minimum_width[TENSOR] + parts->spacing));
}

static int
column_minimum_height (const Parts *parts)
{
  if (parts->paged)
    return MAX (parts->minimum_height[ANSWER], parts->minimum_height[BARS]) +
           parts->minimum_height[TENSOR] + parts->spacing;
  return MAX (parts->minimum_height[ANSWER], parts->minimum_height[TENSOR]) +
         parts->minimum_height[BARS] + parts->spacing +
         question_height (parts, column_minimum_width (parts));
}

static int
tall_row_height (const Parts *parts, int height)
{
  return MAX (row_minimum_height (parts) + parts->question,
              (int) (height * (parts->paged ? PAGE_ROW_PART : ROW_PART)));
}

static int
tall_canvas (const Parts *parts, int width, int height)
{
  return MIN (width, height - parts->minimum_height[TOOLS] - tall_row_height (parts, height) -
                         2 * parts->spacing);
}

static int
wide_canvas (const Parts *parts, int width, int height)
{
  if (height < column_minimum_height (parts) ||
      width < parts->minimum_width[TOOLS] + column_minimum_width (parts) + parts->spacing)
    return 0;
  return MIN (width - column_minimum_width (parts) - parts->spacing,
              height - parts->minimum_height[TOOLS] - parts->spacing);
}

/* The width of what is below the canvas. */
static int
tall_width (const Parts *parts, int width, int canvas)
{
  int least = MAX (row_minimum_width (parts), parts->minimum_width[TOOLS]);
  const double widest = parts->paged ? PAGE_ROW_WIDEST : ROW_WIDEST;

  /* The question is in one line if there is room. */
  if (parts->asks)
    least = MAX (least, MIN (width, question_width (parts)));
  return MIN (width, MAX (least, (int) MAX (canvas, MIN (canvas * widest, 560))));
}

/* The cards in the row below the canvas, @row high. */
static void
place_row (const Parts *parts, const Place *below, Place places[N_CHILDREN])
{
  const int room = below->width - row_minimum_width (parts);
  const int answer =
      parts->minimum_width[ANSWER] + (int) (room * (parts->paged ? PAGE_ANSWER_PART : ANSWER_PART));
  const int tensor =
      parts->minimum_width[TENSOR] + (int) (room * (parts->paged ? PAGE_LINES_PART : TENSOR_PART));
  const int bars = below->width - answer - tensor - 2 * parts->spacing;
  /* The lines of a page come first. */
  const int before = parts->paged ? tensor + parts->spacing : 0;
  const int x = below->x, y = below->y, row = below->height;

  places[ANSWER] = (Place){ x + before, y, answer, row };
  places[BARS] = (Place){ x + before + answer + parts->spacing, y, bars, row };
  places[TENSOR] = (Place){ parts->paged ? x : x + below->width - tensor, y, tensor, row };
  if (!parts->bars)
    places[ANSWER].width = below->width - before;
}

static void
place_tall (Parts *parts, int width, int height, Place places[N_CHILDREN])
{
  int canvas = MAX (tall_canvas (parts, width, height), parts->minimum_width[CANVAS]);
  int across = tall_width (parts, width, canvas);
  const int tools = parts->minimum_height[TOOLS];
  int x, y, row, cards;

  /* The question needs more lines in a narrow row. */
  if (question_height (parts, across) > parts->question)
    {
      parts->question = question_height (parts, across);
      canvas = MAX (tall_canvas (parts, width, height), parts->minimum_width[CANVAS]);
      across = tall_width (parts, width, canvas);
    }
  x = (width - across) / 2;
  row = MIN (height - canvas - tools - 2 * parts->spacing, (int) (across * 0.8) + parts->question);
  y = (height - canvas - tools - row - 2 * parts->spacing) / 2;
  places[CANVAS] = (Place){ (width - canvas) / 2, y, canvas, canvas };
  places[TOOLS] = (Place){ x, y + canvas + parts->spacing, across, tools };
  y += canvas + tools + 2 * parts->spacing;
  cards = row - (parts->asking ? parts->question : 0);
  place_row (parts, &(Place){ x, y, across, cards }, places);
  places[TEACH] =
      (Place){ x, y + cards + parts->spacing, across, parts->question - parts->spacing };
}

/* The places in the column beside the canvas, with a page. */
static void
place_page_column (const Parts *parts, const Place *column, Place places[N_CHILDREN])
{
  const int top = CLAMP ((int) (column->height * PAGE_TOP_PART), parts->minimum_height[TENSOR],
                         column->height - parts->spacing -
                             MAX (parts->minimum_height[ANSWER], parts->minimum_height[BARS]));
  const int answer = CLAMP ((int) (column->width * PAGE_BESIDE_PART), parts->minimum_width[ANSWER],
                            column->width - parts->minimum_width[BARS] - parts->spacing);
  const int below = column->y + top + parts->spacing;
  const int rest = column->height - top - parts->spacing;

  places[TENSOR] = (Place){ column->x, column->y, column->width, top };
  places[ANSWER] = (Place){ column->x, below, answer, rest };
  places[BARS] = (Place){ column->x + answer + parts->spacing, below,
                          column->width - answer - parts->spacing, rest };
}

static void
place_wide (const Parts *parts, int width, int height, Place places[N_CHILDREN])
{
  const int canvas = wide_canvas (parts, width, height);
  const int tools = parts->minimum_height[TOOLS];
  const int left = MAX (canvas, parts->minimum_width[TOOLS]);
  const int column = MIN (width - left - parts->spacing,
                          MAX (column_minimum_width (parts), (int) (canvas * COLUMN_PART)));
  const int x = (width - left - column - parts->spacing) / 2;
  const int tall = MAX (canvas + tools + parts->spacing, column_minimum_height (parts));
  const int y = (height - tall) / 2;
  const int question = question_height (parts, column);
  const int top = CLAMP ((int) (tall * TOP_PART),
                         MAX (parts->minimum_height[ANSWER], parts->minimum_height[TENSOR]),
                         tall - question - parts->minimum_height[BARS] - parts->spacing);
  const int beside = x + left + parts->spacing;
  const int tensor = CLAMP ((column - parts->spacing) / 2, parts->minimum_width[TENSOR],
                            column - parts->minimum_width[ANSWER] - parts->spacing);
  const int answer = column - tensor - parts->spacing;

  places[CANVAS] = (Place){ x + (left - canvas) / 2, y, canvas, canvas };
  places[TOOLS] = (Place){ x, y + canvas + parts->spacing, left, tools };
  places[ANSWER] = (Place){ beside, y, answer, top };
  places[TENSOR] = (Place){ beside + answer + parts->spacing, y, tensor, top };
  places[BARS] = (Place){ beside, y + top + parts->spacing, column,
                          tall - top - parts->spacing - (parts->asking ? question : 0) };
  places[TEACH] =
      (Place){ beside, y + tall - question + parts->spacing, column, question - parts->spacing };
  if (parts->paged)
    place_page_column (parts, &(Place){ beside, y, column, tall }, places);
}

static GtkSizeRequestMode
numeral_reading_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
numeral_reading_layout_measure (GtkLayoutManager *manager,
                                GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  Parts parts;

  parts_init (&parts, NUMERAL_READING_LAYOUT (manager), widget,
              orientation == GTK_ORIENTATION_VERTICAL ? for_size : 0);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (MAX (parts.minimum_width[CANVAS], parts.minimum_width[TOOLS]),
                      MAX (row_minimum_width (&parts), parts.minimum_width[TEACH]));
      *natural = MAX (*minimum, 720);
    }
  else
    {
      const int tall = parts.minimum_height[CANVAS] + parts.minimum_height[TOOLS] +
                       row_minimum_height (&parts) + parts.question + 2 * parts.spacing;
      const int wide =
          MAX (column_minimum_height (&parts),
               parts.minimum_height[CANVAS] + parts.minimum_height[TOOLS] + parts.spacing);
      const int beside = MAX (parts.minimum_width[CANVAS], parts.minimum_width[TOOLS]) +
                         column_minimum_width (&parts) + parts.spacing;

      /* Without a width, the smallest height of the two layouts. */
      *minimum = for_size < 0 || for_size >= beside ? MIN (tall, wide) : tall;
      *natural = MAX (*minimum, 520);
    }
}

static void
numeral_reading_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  Place places[N_CHILDREN];
  Parts parts;

  parts_init (&parts, NUMERAL_READING_LAYOUT (manager), widget, width);
  if (parts.bars && wide_canvas (&parts, width, height) > tall_canvas (&parts, width, height))
    place_wide (&parts, width, height, places);
  else
    place_tall (&parts, width, height, places);

  gtk_widget_set_child_visible (parts.child[BARS], parts.bars);
  gtk_widget_set_child_visible (parts.child[TEACH], parts.asking);
  for (int i = 0; i < N_CHILDREN; i++)
    {
      GtkAllocation allocation = { places[i].x, places[i].y, places[i].width, places[i].height };

      if ((i == BARS && !parts.bars) || (i == TEACH && !parts.asking))
        continue;
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        allocation.x = width - allocation.x - allocation.width;
      gtk_widget_size_allocate (parts.child[i], &allocation, -1);
    }
}

static void
numeral_reading_layout_class_init (NumeralReadingLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = numeral_reading_layout_get_request_mode;
  manager_class->measure = numeral_reading_layout_measure;
  manager_class->allocate = numeral_reading_layout_allocate;
}

static void
numeral_reading_layout_init (NumeralReadingLayout *self)
{
}

void
numeral_reading_layout_set_paged (NumeralReadingLayout *self, gboolean paged)
{
  g_return_if_fail (NUMERAL_IS_READING_LAYOUT (self));

  if (self->paged == paged)
    return;
  self->paged = paged;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

void
numeral_reading_layout_set_asking (NumeralReadingLayout *self, gboolean asking)
{
  g_return_if_fail (NUMERAL_IS_READING_LAYOUT (self));

  if (self->asking == asking)
    return;
  self->asking = asking;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
