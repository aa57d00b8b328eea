/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-columns-layout.h"

struct _NumeralColumnsLayout
{
  GtkLayoutManager parent_instance;

  int beside_from;
  int spacing;
  int last_width;
  int natural_width;
};

enum
{
  PROP_BESIDE_FROM = 1,
  PROP_SPACING,
  PROP_LAST_WIDTH,
  PROP_NATURAL_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralColumnsLayout, numeral_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child) ? 1 : 0;
  return n;
}

/* The width of child @i of @n children in a row. */
static int
column_width (NumeralColumnsLayout *self, int width, int i, int n)
{
  const int rest = width - (n - 1) * self->spacing;

  if (self->last_width > 0 && n > 1)
    return i == n - 1 ? self->last_width : (rest - self->last_width) / (n - 1);
  return rest / n;
}

/* Whether there is room for a row of children. Each must fit too: its text may be longer in
 * another language or font. */
static gboolean
is_beside (NumeralColumnsLayout *self, GtkWidget *widget, int width, int n)
{
  int i = 0;

  if (n < 2 || width < self->beside_from)
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > column_width (self, width, i++, n))
        return FALSE;
    }
  return TRUE;
}

static void
measure_width (NumeralColumnsLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
  *natural = MAX (*natural, self->natural_width);
}

static void
measure_height (
    NumeralColumnsLayout *self, GtkWidget *widget, int width, int *minimum, int *natural)
{
  const int n = count_children (widget);
  const gboolean beside = is_beside (self, widget, width, n);
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      const int for_width = width < 0 ? -1 : beside ? column_width (self, width, i, n) : width;
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, for_width, &child_minimum,
                          &child_natural, NULL, NULL);
      if (beside)
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
      else
        {
          *minimum += child_minimum + (i > 0 ? self->spacing : 0);
          *natural += child_natural + (i > 0 ? self->spacing : 0);
        }
      i++;
    }
}

static void
numeral_columns_layout_measure (GtkLayoutManager *manager,
                                GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  NumeralColumnsLayout *self = NUMERAL_COLUMNS_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    measure_height (self, widget, for_size, minimum, natural);
}

static void
allocate_beside (NumeralColumnsLayout *self, GtkWidget *widget, int width, int height, int n)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int column;

      if (!gtk_widget_should_layout (child))
        continue;
      column = column_width (self, width, i++, n);
      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ rtl ? width - x - column : x, 0, column, height },
                                -1);
      x += column + self->spacing;
    }
}

static void
allocate_below (NumeralColumnsLayout *self, GtkWidget *widget, int width, int height, int n)
{
  g_autofree GtkRequestedSize *sizes = g_new0 (GtkRequestedSize, (gsize) MAX (n, 1));
  int spare = height - (n - 1) * self->spacing;
  int i = 0, y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        sizes[i].data = child;
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &sizes[i].minimum_size,
                            &sizes[i].natural_size, NULL, NULL);
        spare -= sizes[i++].minimum_size;
      }
  spare = gtk_distribute_natural_allocation (MAX (spare, 0), (guint) n, sizes);
  for (i = 0; i < n; i++)
    {
      const int extra = spare / n + (i < spare % n ? 1 : 0);
      const int child_height = sizes[i].minimum_size + extra;

      gtk_widget_size_allocate (sizes[i].data, &(GtkAllocation){ 0, y, width, child_height }, -1);
      y += child_height + self->spacing;
    }
}

static void
numeral_columns_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  NumeralColumnsLayout *self = NUMERAL_COLUMNS_LAYOUT (manager);
  const int n = count_children (widget);

  if (is_beside (self, widget, width, n))
    allocate_beside (self, widget, width, height, n);
  else if (n > 0)
    allocate_below (self, widget, width, height, n);
}

static GtkSizeRequestMode
numeral_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int *
field_of (NumeralColumnsLayout *self, guint id)
{
  return id == PROP_BESIDE_FROM ? &self->beside_from :
         id == PROP_SPACING     ? &self->spacing :
         id == PROP_LAST_WIDTH  ? &self->last_width :
                                  &self->natural_width;
}

static void
numeral_columns_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_int (value, *field_of (NUMERAL_COLUMNS_LAYOUT (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_columns_layout_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  int *field = field_of (NUMERAL_COLUMNS_LAYOUT (object), id);

  if (id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
  g_object_notify_by_pspec (object, pspec);
}

static void
numeral_columns_layout_class_init (NumeralColumnsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_columns_layout_get_property;
  object_class->set_property = numeral_columns_layout_set_property;
  layout_class->measure = numeral_columns_layout_measure;
  layout_class->allocate = numeral_columns_layout_allocate;
  layout_class->get_request_mode = numeral_columns_layout_get_request_mode;

  properties[PROP_BESIDE_FROM] =
      g_param_spec_int ("beside-from", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_LAST_WIDTH] = g_param_spec_int ("last-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_NATURAL_WIDTH] =
      g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
numeral_columns_layout_init (NumeralColumnsLayout *self)
{
}
