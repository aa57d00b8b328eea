/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-unit-grid.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "numeral-still.h"
#include "numeral-style.h"
#include "picture-units.h"

#define MIN_WIDTH 240
#define NATURAL_WIDTH 400

struct _NumeralUnitGrid
{
  GtkWidget parent_instance;

  guint n;
  NumeralUnitLook look; /* (nullable) */
  gpointer look_data;
  GPtrArray *pictures; /* [n] (nullable) cairo_surface_t, made when they are first drawn */
  gboolean *dead, *off;
  float *now;
  int selected;
  guint place; /* the unit that Tab goes to */

  /* Widgets, without references, for the rows that can be seen: unit i has number i % len. For
   * each unit of a layer of thousands they would take longer than a frame. */
  GPtrArray *cells;
  guint first;           /* the units from this one on have a widget */
  GtkAdjustment *scroll; /* (nullable): of the scrolled window around */

  /* (element-type GskRenderNode) (nullable): rows as they are but for their bars, which alone move
   * while somebody draws. */
  GPtrArray *rows;
  int rows_width;
};

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

enum
{
  TOGGLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralUnitGrid, numeral_unit_grid, GTK_TYPE_WIDGET)

/* A cell is drawn by the grid; the widget is what the keyboard and a screen reader find there. */
typedef GtkWidget NumeralUnitCell;
typedef GtkWidgetClass NumeralUnitCellClass;

static GType numeral_unit_cell_get_type (void);

G_DEFINE_TYPE (NumeralUnitCell, numeral_unit_cell, GTK_TYPE_WIDGET)

static void
numeral_unit_cell_class_init (NumeralUnitCellClass *klass)
{
  gtk_widget_class_set_css_name (klass, "unitcell");
  gtk_widget_class_set_accessible_role (klass, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
numeral_unit_cell_init (NumeralUnitCell *self)
{
  gtk_widget_set_focusable (self, TRUE);
}

static void
clear_rows (NumeralUnitGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    g_clear_pointer (&self->rows->pdata[i], gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static guint
get_columns (NumeralUnitGrid *self)
{
  return picture_units_columns (gtk_widget_get_width (GTK_WIDGET (self)));
}

static gboolean
is_rtl (NumeralUnitGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* (nullable): the widget of a unit */
static GtkWidget *
get_cell (NumeralUnitGrid *self, guint unit)
{
  return unit >= self->first && unit - self->first < self->cells->len && unit < self->n ?
             self->cells->pdata[unit % self->cells->len] :
             NULL;
}

/* The unit of a widget; at least n if it has none. */
static guint
get_unit (NumeralUnitGrid *self, guint cell)
{
  const guint len = self->cells->len;

  return self->first + (cell + len - self->first % len) % len;
}

static void
describe_cell (NumeralUnitGrid *self, guint unit)
{
  GtkWidget *cell = get_cell (self, unit);
  g_autofree char *text = NULL;

  if (!cell)
    return;
  if (self->off[unit])
    /* Translators: a unit of a network's layer, with its number */
    text = g_strdup_printf (_ ("Unit %u, switched off"), unit + 1);
  else if (self->dead[unit])
    /* Translators: a unit of a network's layer that is never active */
    text = g_strdup_printf (_ ("Unit %u, dead"), unit + 1);
  else
    text = g_strdup_printf (_ ("Unit %u"), unit + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_SELECTED,
                               (int) unit == self->selected, -1);
}

static void
remove_cells (NumeralUnitGrid *self, guint left)
{
  while (self->cells->len > left)
    gtk_widget_unparent (g_ptr_array_steal_index (self->cells, self->cells->len - 1));
}

static void find_rows (NumeralUnitGrid *self, guint columns, guint *from, guint *to);

static void
allocate_cells (NumeralUnitGrid *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const guint columns = get_columns (self);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PictureUnitsCell at =
          picture_units_cell (width, columns, get_unit (self, i), is_rtl (self));
      const GtkAllocation allocation = { (int) floor (at.x), (int) floor (at.y),
                                         (int) ceil (at.width), (int) ceil (at.height) };

      gtk_widget_size_allocate (self->cells->pdata[i], &allocation, -1);
    }
}

/* Gives the rows that can be seen, and one more at each end, their widgets. */
static void
update_cells (NumeralUnitGrid *self)
{
  const guint columns = get_columns (self), last = self->first, last_len = self->cells->len;
  guint from, to, len;

  find_rows (self, columns, &from, &to);
  from = from > 0 ? from - 1 : 0;
  len = MIN ((to + 1 - from + 1) * columns, self->n);
  self->first = MIN (from * columns, self->n - len);
  if (len > last_len || len + 4 * columns < last_len)
    {
      remove_cells (self, len);
      while (self->cells->len < len)
        {
          GtkWidget *cell = g_object_new (numeral_unit_cell_get_type (), NULL);

          gtk_widget_set_parent (cell, GTK_WIDGET (self));
          g_ptr_array_add (self->cells, cell);
        }
    }
  self->first = MIN (self->first, self->n - MIN (self->cells->len, self->n));
  if (self->first == last && self->cells->len == last_len)
    return;
  for (guint unit = self->first; unit < MIN (self->first + self->cells->len, self->n); unit++)
    if (self->cells->len != last_len || unit < last || unit >= last + last_len)
      describe_cell (self, unit);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
clear_pictures (NumeralUnitGrid *self)
{
  for (guint i = 0; i < self->pictures->len; i++)
    g_clear_pointer (&self->pictures->pdata[i], cairo_surface_destroy);
}

static void
set_selected (NumeralUnitGrid *self, int unit)
{
  int last;

  if (self->selected == unit)
    return;
  last = self->selected;
  self->selected = unit;
  if (last >= 0)
    describe_cell (self, (guint) last);
  if (unit >= 0)
    describe_cell (self, (guint) unit);
  clear_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Scrolls so that a unit can be seen. */
static void
reveal (NumeralUnitGrid *self, guint unit)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const PictureUnitsCell cell = picture_units_cell (width, get_columns (self), unit, is_rtl (self));

  if (self->scroll)
    gtk_adjustment_clamp_page (self->scroll, cell.y,
                               cell.y + picture_units_row_height (width, get_columns (self)));
}

static void
go_to (NumeralUnitGrid *self, guint unit)
{
  self->place = unit;
  reveal (self, unit);
  if (get_cell (self, unit))
    gtk_widget_grab_focus (get_cell (self, unit));
  set_selected (self, (int) unit);
}

/* Moves by an arrow key; %FALSE at the edge, and for Tab, which leaves the grid. */
static gboolean
move (NumeralUnitGrid *self, GtkDirectionType direction)
{
  const guint columns = get_columns (self), place = self->place;
  const GtkDirectionType back = is_rtl (self) ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
  const GtkDirectionType on = is_rtl (self) ? GTK_DIR_LEFT : GTK_DIR_RIGHT;

  if (direction == back && place > 0)
    go_to (self, place - 1);
  else if (direction == on && place + 1 < self->n)
    go_to (self, place + 1);
  else if (direction == GTK_DIR_UP && place >= columns)
    go_to (self, place - columns);
  else if (direction == GTK_DIR_DOWN && place + columns < self->n)
    go_to (self, place + columns);
  else
    return FALSE;
  return TRUE;
}

static gboolean
numeral_unit_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (widget);

  if (self->cells->len == 0)
    return FALSE;
  if (gtk_widget_get_focus_child (widget))
    return move (self, direction);
  go_to (self, MIN (self->place, self->n - 1));
  return TRUE;
}

static gboolean
toggle (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (widget);

  if (self->place >= self->n)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[TOGGLED], 0, self->place);
  return GDK_EVENT_STOP;
}

static void
on_pressed (NumeralUnitGrid *self, int n_press, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint at;

  if (picked && g_ptr_array_find (self->cells, picked, &at) && get_unit (self, at) < self->n)
    go_to (self, get_unit (self, at));
}

cairo_surface_t *
numeral_unit_grid_get_picture (NumeralUnitGrid *self, guint unit)
{
  g_autofree float *values = NULL;
  guint height, width;
  PictureStyle style;

  g_return_val_if_fail (NUMERAL_IS_UNIT_GRID (self), NULL);

  if (!self->look || unit >= self->n)
    return NULL;
  if (!self->pictures->pdata[unit])
    values = self->look (unit, &height, &width, self->look_data);
  if (values)
    {
      numeral_style_from_widget (&style, GTK_WIDGET (self));
      self->pictures->pdata[unit] = picture_unit_new (values, height, width, &style);
    }
  return self->pictures->pdata[unit];
}

/* The rows that can be seen. */
static void
find_rows (NumeralUnitGrid *self, guint columns, guint *from, guint *to)
{
  const double row = picture_units_row_height (gtk_widget_get_width (GTK_WIDGET (self)), columns);

  *from = 0;
  *to = (self->n + columns - 1) / columns;
  if (!self->scroll)
    return;
  *from = (guint) MAX (gtk_adjustment_get_value (self->scroll) / row, 0);
  *to = MIN (*to, (guint) MAX (ceil ((gtk_adjustment_get_value (self->scroll) +
                                      gtk_adjustment_get_page_size (self->scroll)) /
                                     row),
                               0));
}

static void
append_row (NumeralUnitGrid *self,
            GtkSnapshot *snapshot,
            guint row,
            guint columns,
            const PictureStyle *style)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = picture_units_row_height (width, columns);
  const PictureUnits units = {
    self->n, columns,       (cairo_surface_t *const *) self->pictures->pdata, self->dead, self->off,
    NULL,    self->selected
  };

  if (!self->rows->pdata[row])
    {
      /* The frame of a unit reaches out of its row. */
      const float top = (float) floor (row * height) - 2;
      const graphene_rect_t bounds =
          GRAPHENE_RECT_INIT (-2, top, (float) width + 4,
                              (float) ceil ((row + 1) * height) + 2 - top);
      cairo_t *cr = numeral_still_begin (GTK_WIDGET (self), &bounds);

      for (guint unit = row * columns; unit < MIN ((row + 1) * columns, self->n); unit++)
        numeral_unit_grid_get_picture (self, unit);
      picture_units_draw (cr, width, &units, row, row + 1, style);
      self->rows->pdata[row] = numeral_still_end (cr, &bounds);
    }
  gtk_snapshot_append_node (snapshot, self->rows->pdata[row]);
}

/* The bars of a row, as a node of their own: only they are drawn again when they move. */
static void
append_bars (NumeralUnitGrid *self,
             GtkSnapshot *snapshot,
             guint row,
             guint columns,
             const PictureStyle *style)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const PictureUnitsCell first = picture_units_bar (width, columns, row * columns, 1, style->rtl);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, (float) first.y, (float) width,
                                                                (float) first.height));

  picture_set_colour (cr, &style->foreground);
  for (guint unit = row * columns; self->now && unit < MIN ((row + 1) * columns, self->n); unit++)
    {
      const PictureUnitsCell bar =
          picture_units_bar (width, columns, unit, (double) self->now[unit], style->rtl);

      if (!self->off[unit])
        cairo_rectangle (cr, bar.x, bar.y, bar.width, bar.height);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
numeral_unit_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (widget);
  const int width = gtk_widget_get_width (widget);
  const guint columns = get_columns (self);
  guint from, to;
  PictureStyle style;

  find_rows (self, columns, &from, &to);
  if (width < 1 || self->n == 0)
    return;
  if (self->rows_width != width || self->rows->len < to)
    {
      for (guint i = 0; i < self->rows->len; i++)
        g_clear_pointer (&self->rows->pdata[i], gsk_render_node_unref);
      g_ptr_array_set_size (self->rows, (int) self->n);
      self->rows_width = width;
    }
  numeral_style_from_widget (&style, widget);
  for (guint row = from; row < to; row++)
    {
      append_row (self, snapshot, row, columns, &style);
      append_bars (self, snapshot, row, columns, &style);
    }
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, self->cells->pdata[i], snapshot);
}

static GtkSizeRequestMode
numeral_unit_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
numeral_unit_grid_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (widget);
  const int width = for_size > 0 ? for_size : NATURAL_WIDTH;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural =
        (int) ceil (picture_units_height (width, self->n, picture_units_columns (width)));
}

static void
numeral_unit_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  update_cells (NUMERAL_UNIT_GRID (widget));
  allocate_cells (NUMERAL_UNIT_GRID (widget));
}

static void
numeral_unit_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_unit_grid_parent_class)->css_changed (widget, change);
  clear_pictures (NUMERAL_UNIT_GRID (widget));
  clear_rows (NUMERAL_UNIT_GRID (widget));
}

static void
on_scroll (NumeralUnitGrid *self)
{
  if (self->n > 0)
    {
      update_cells (self);
      /* At once: a cell that gets the focus next must be where its unit is. */
      allocate_cells (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
numeral_unit_grid_root (GtkWidget *widget)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (widget);
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (numeral_unit_grid_parent_class)->root (widget);
  if (!window || self->scroll)
    return;
  self->scroll = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)));
  g_signal_connect_object (self->scroll, "value-changed", G_CALLBACK (on_scroll), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll, "changed", G_CALLBACK (on_scroll), self,
                           G_CONNECT_SWAPPED);
}

static void
numeral_unit_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_int (value, NUMERAL_UNIT_GRID (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_unit_grid_dispose (GObject *object)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (object);

  remove_cells (self, 0);
  if (self->scroll)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
  G_OBJECT_CLASS (numeral_unit_grid_parent_class)->dispose (object);
}

static void
numeral_unit_grid_finalize (GObject *object)
{
  NumeralUnitGrid *self = NUMERAL_UNIT_GRID (object);

  clear_pictures (self);
  g_ptr_array_unref (self->pictures);
  for (guint i = 0; i < self->rows->len; i++)
    g_clear_pointer (&self->rows->pdata[i], gsk_render_node_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->cells);
  g_free (self->dead);
  g_free (self->off);
  g_free (self->now);
  G_OBJECT_CLASS (numeral_unit_grid_parent_class)->finalize (object);
}

static void
numeral_unit_grid_class_init (NumeralUnitGridClass *klass)
{
  static const guint keys[] = { GDK_KEY_space, GDK_KEY_KP_Space };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_unit_grid_get_property;
  object_class->dispose = numeral_unit_grid_dispose;
  object_class->finalize = numeral_unit_grid_finalize;
  widget_class->root = numeral_unit_grid_root;
  widget_class->snapshot = numeral_unit_grid_snapshot;
  widget_class->get_request_mode = numeral_unit_grid_get_request_mode;
  widget_class->measure = numeral_unit_grid_measure;
  widget_class->size_allocate = numeral_unit_grid_size_allocate;
  widget_class->css_changed = numeral_unit_grid_css_changed;
  widget_class->focus = numeral_unit_grid_focus;

  properties[PROP_SELECTED] =
      g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[TOGGLED] = g_signal_new ("toggled", NUMERAL_TYPE_UNIT_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, toggle, NULL);
  gtk_widget_class_set_css_name (widget_class, "unitgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
numeral_unit_grid_init (NumeralUnitGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->selected = -1;
  self->pictures = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (clear_rows), NULL);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Units"),
                                  -1);
}

void
numeral_unit_grid_set_n (NumeralUnitGrid *self, guint n)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));

  if (self->n == n)
    return;
  if (self->selected >= (int) n)
    set_selected (self, -1);
  self->place = 0;
  clear_pictures (self);
  g_ptr_array_set_size (self->pictures, 0);
  g_ptr_array_set_size (self->pictures, (int) n);
  self->look = NULL;
  g_free (self->dead);
  g_free (self->off);
  self->dead = g_new0 (gboolean, n);
  self->off = g_new0 (gboolean, n);
  g_clear_pointer (&self->now, g_free);
  self->n = n;
  self->first = 0;
  clear_rows (self);
  remove_cells (self, 0);
  if (n > 0)
    update_cells (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
numeral_unit_grid_set_look (NumeralUnitGrid *self, NumeralUnitLook look, gpointer data)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));

  clear_pictures (self);
  self->look = look;
  self->look_data = data;
  clear_rows (self);
}

static void
set_states (NumeralUnitGrid *self, gboolean *states, const gboolean *values)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->n; i++)
    if (!states[i] != !(values && values[i]))
      {
        states[i] = values && values[i];
        describe_cell (self, i);
        changed = TRUE;
      }
  if (changed)
    clear_rows (self);
}

void
numeral_unit_grid_set_dead (NumeralUnitGrid *self, const gboolean *dead)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));

  set_states (self, self->dead, dead);
}

void
numeral_unit_grid_set_off (NumeralUnitGrid *self, const gboolean *off)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));

  set_states (self, self->off, off);
}

void
numeral_unit_grid_set_now (NumeralUnitGrid *self, const float *shares)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));

  g_free (self->now);
  self->now = shares ? g_memdup2 (shares, self->n * sizeof (float)) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
numeral_unit_grid_get_selected (NumeralUnitGrid *self)
{
  g_return_val_if_fail (NUMERAL_IS_UNIT_GRID (self), -1);

  return self->selected;
}

void
numeral_unit_grid_select (NumeralUnitGrid *self, int unit)
{
  g_return_if_fail (NUMERAL_IS_UNIT_GRID (self));
  g_return_if_fail (unit < (int) self->n);

  if (unit >= 0)
    self->place = (guint) unit;
  set_selected (self, unit);
}

GtkWidget *
numeral_unit_grid_get_cell (NumeralUnitGrid *self, guint unit)
{
  g_return_val_if_fail (NUMERAL_IS_UNIT_GRID (self), NULL);

  return get_cell (self, unit);
}
