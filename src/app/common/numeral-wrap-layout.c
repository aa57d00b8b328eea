/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-wrap-layout.h"

#define SPACING 6
#define MAX_CHILDREN 8

struct _NumeralWrapLayout
{
  GtkLayoutManager parent_instance;

  GtkWidget *spare; /* (nullable), unowned: compared only */
  int last_width;
};

enum
{
  PROP_SPARE = 1,
  PROP_LAST_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralWrapLayout, numeral_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *widget;
  int line, x, width;
} Place;

/* Natural widths of the visible children. Returns their number. */
static guint
list_children (GtkWidget *widget, Place places[MAX_CHILDREN])
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && n < MAX_CHILDREN;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        places[n].widget = child;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &places[n].width, NULL,
                            NULL);
        n++;
      }
  return n;
}

static int
line_width (const Place *places, guint n)
{
  int width = n > 0 ? ((int) n - 1) * SPACING : 0;

  for (guint i = 0; i < n; i++)
    width += places[i].width;
  return width;
}

/* Leaves out the spare child if all others are in one line without it. Returns the number of
 * children. */
static guint
leave_out (NumeralWrapLayout *self, Place *places, guint n, int width)
{
  guint spare = 0;

  while (spare < n && places[spare].widget != self->spare)
    spare++;
  if (spare == n || line_width (places, n) <= width ||
      line_width (places, n) - places[spare].width - SPACING > width)
    return n;
  for (guint i = spare; i + 1 < n; i++)
    places[i] = places[i + 1];
  return n - 1;
}

/* Widens the last child of a line up to @last_width, and moves all but the first to its end, which
 * is @width. */
static void
end_line (Place *places, guint first, guint end, int width, int last_width)
{
  Place *last = &places[end - 1];
  int rest = width - (last->x + last->width);

  if (end > first + 1 && rest > 0 && last_width > last->width)
    {
      const int more = MIN (rest, last_width - last->width);

      last->width += more;
      rest -= more;
    }
  for (guint i = first + 1; i < end; i++)
    places[i].x += MAX (rest, 0);
  if (end == first + 1 && places[first].line > 0)
    places[first].width = width;
}

/* Returns the number of lines. */
static int
break_lines (NumeralWrapLayout *self, Place *places, guint n, int width)
{
  guint first = 0;
  int x = 0, line = 0;

  for (guint i = 0; i < n; i++)
    {
      places[i].width = MIN (places[i].width, width);
      if (i > first && x + places[i].width > width)
        {
          end_line (places, first, i, width, 0);
          first = i;
          x = 0;
          line++;
        }
      places[i].line = line;
      places[i].x = x;
      x += places[i].width + SPACING;
    }
  if (n > 0)
    end_line (places, first, n, width, self->last_width);
  return line + 1;
}

/* The height of a line for the widths of its children. */
static int
line_height (const Place *places, guint n, int line)
{
  int height = 0;

  for (guint i = 0; i < n; i++)
    if (places[i].line == line)
      {
        int minimum;

        gtk_widget_measure (places[i].widget, GTK_ORIENTATION_VERTICAL, places[i].width, &minimum,
                            NULL, NULL, NULL);
        height = MAX (height, minimum);
      }
  return height;
}

static GtkSizeRequestMode
numeral_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (NumeralWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  Place places[MAX_CHILDREN];
  const guint n = list_children (widget, places);

  *minimum = 0;
  *natural = line_width (places, n);
  for (guint i = 0; i < n; i++)
    {
      int least;

      gtk_widget_measure (places[i].widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                          NULL);
      *minimum = MAX (*minimum, least);
      if (places[i].widget == self->spare)
        *natural -= places[i].width + SPACING;
    }
}

static void
numeral_wrap_layout_measure (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  NumeralWrapLayout *self = NUMERAL_WRAP_LAYOUT (manager);
  Place places[MAX_CHILDREN];
  int n_lines, least, height = 0;
  guint n;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }
  /* Without a width: the largest height, which is that of the minimum width. */
  if (for_size < 0)
    measure_width (self, widget, &for_size, &least);
  n = leave_out (self, places, list_children (widget, places), for_size);
  n_lines = break_lines (self, places, n, for_size);
  for (int line = 0; line < n_lines; line++)
    height += line_height (places, n, line) + (line > 0 ? SPACING : 0);
  *minimum = *natural = height;
}

static void
numeral_wrap_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  NumeralWrapLayout *self = NUMERAL_WRAP_LAYOUT (manager);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Place places[MAX_CHILDREN];
  const guint n_all = list_children (widget, places);
  const guint n = leave_out (self, places, n_all, width);
  const int n_lines = break_lines (self, places, n, width);
  int y = 0;

  if (self->spare)
    gtk_widget_set_child_visible (self->spare, n == n_all);
  for (int line = 0; line < n_lines; line++)
    {
      const int tall = n_lines == 1 ? height : line_height (places, n, line);

      for (guint i = 0; i < n; i++)
        if (places[i].line == line)
          {
            const int x = rtl ? width - places[i].x - places[i].width : places[i].x;

            gtk_widget_size_allocate (places[i].widget,
                                      &(GtkAllocation){ x, y, places[i].width, tall }, -1);
          }
      y += tall + SPACING;
    }
}

static void
numeral_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPARE)
    g_value_set_object (value, NUMERAL_WRAP_LAYOUT (object)->spare);
  else if (id == PROP_LAST_WIDTH)
    g_value_set_int (value, NUMERAL_WRAP_LAYOUT (object)->last_width);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPARE)
    NUMERAL_WRAP_LAYOUT (object)->spare = g_value_get_object (value);
  else if (id == PROP_LAST_WIDTH)
    NUMERAL_WRAP_LAYOUT (object)->last_width = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_wrap_layout_class_init (NumeralWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = numeral_wrap_layout_get_property;
  object_class->set_property = numeral_wrap_layout_set_property;
  properties[PROP_SPARE] = g_param_spec_object ("spare", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LAST_WIDTH] = g_param_spec_int ("last-width", NULL, NULL, 0, G_MAXINT, 0,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  manager_class->get_request_mode = numeral_wrap_layout_get_request_mode;
  manager_class->measure = numeral_wrap_layout_measure;
  manager_class->allocate = numeral_wrap_layout_allocate;
}

static void
numeral_wrap_layout_init (NumeralWrapLayout *self)
{
}
