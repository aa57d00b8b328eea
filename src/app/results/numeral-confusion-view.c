/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-confusion-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-format.h"
#include "numeral-style.h"
#include "picture-confusion.h"

#define NATURAL_WIDTH 460
#define NATURAL_HEIGHT 340
#define EXPORT_WIDTH 640
#define EXPORT_HEIGHT 480

struct _NumeralConfusionView
{
  GtkWidget parent_instance;

  NumeralEvaluation *evaluation; /* (nullable) */
  PictureConfusion confusion;    /* of @evaluation */
  GPtrArray *cells;              /* [n, n] widgets, without references */
  guint row, column;             /* the cell that Tab goes to */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralConfusionView, numeral_confusion_view, GTK_TYPE_WIDGET)

/* A cell is drawn by the matrix; the widget is what the keyboard and a screen reader find there. */
typedef GtkWidget NumeralConfusionCell;
typedef GtkWidgetClass NumeralConfusionCellClass;

static GType numeral_confusion_cell_get_type (void);

G_DEFINE_TYPE (NumeralConfusionCell, numeral_confusion_cell, GTK_TYPE_WIDGET)

static void
numeral_confusion_cell_class_init (NumeralConfusionCellClass *klass)
{
  gtk_widget_class_set_css_name (klass, "confusioncell");
  gtk_widget_class_set_accessible_role (klass, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
numeral_confusion_cell_init (NumeralConfusionCell *self)
{
  gtk_widget_set_focusable (self, TRUE);
}

static guint
n_classes (NumeralConfusionView *self)
{
  return self->evaluation ? self->confusion.n : 0;
}

static GtkWidget *
get_cell (NumeralConfusionView *self, guint row, guint column)
{
  return g_ptr_array_index (self->cells, row * n_classes (self) + column);
}

static char *
format_cell (NumeralConfusionView *self, guint label, guint answer)
{
  const gsize count = self->confusion.counts[(gsize) label * self->confusion.n + answer];
  const unsigned long n = (unsigned long) count;

  if (label == answer)
    /* Translators: a cell of a confusion matrix: how many samples of a digit are read right */
    return g_strdup_printf (ngettext ("%u read right: %zu sample", "%u read right: %zu samples", n),
                            label, count);
  /* Translators: a cell of a confusion matrix: how many samples of a digit are read as another */
  return g_strdup_printf (ngettext ("%u read as %u: %zu sample", "%u read as %u: %zu samples", n),
                          label, answer, count);
}

static void
describe (NumeralConfusionView *self)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < n_classes (self); k++)
    {
      g_autofree char *precision = numeral_format_percent (self->confusion.precision[k]);
      g_autofree char *recall = numeral_format_percent (self->confusion.recall[k]);
      g_autofree char *f1 = numeral_format_percent (self->confusion.f1[k]);

      /* Translators: a digit and its figures */
      g_string_append_printf (text, _ ("%u: precision %s, recall %s, F1 %s. "), k, precision,
                              recall, f1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Confusion matrix"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
  g_string_free (text, TRUE);
}

static void
remove_cells (NumeralConfusionView *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (self->cells->pdata[i]);
  g_ptr_array_set_size (self->cells, 0);
}

static void
make_cells (NumeralConfusionView *self)
{
  const guint n = n_classes (self);

  if (self->cells->len != n * n)
    {
      remove_cells (self);
      for (guint i = 0; i < n * n; i++)
        {
          GtkWidget *cell = g_object_new (numeral_confusion_cell_get_type (), NULL);

          gtk_widget_set_parent (cell, GTK_WIDGET (self));
          g_ptr_array_add (self->cells, cell);
        }
      self->row = self->column = 0;
    }
  for (guint i = 0; i < n * n; i++)
    {
      g_autofree char *text = format_cell (self, i / n, i % n);

      gtk_widget_set_tooltip_text (self->cells->pdata[i], text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells->pdata[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->cells->pdata[i]),
                                   GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
    }
}

static void
go_to (NumeralConfusionView *self, guint row, guint column)
{
  self->row = row;
  self->column = column;
  gtk_widget_grab_focus (get_cell (self, row, column));
}

/* Moves the focus by an arrow key; %FALSE at the edge, and for Tab, which leaves the matrix. */
static gboolean
move (NumeralConfusionView *self, GtkDirectionType direction)
{
  const guint last = n_classes (self) - 1;
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (rtl && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    direction = direction == GTK_DIR_LEFT ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
  if (direction == GTK_DIR_LEFT && self->column > 0)
    go_to (self, self->row, self->column - 1);
  else if (direction == GTK_DIR_RIGHT && self->column < last)
    go_to (self, self->row, self->column + 1);
  else if (direction == GTK_DIR_UP && self->row > 0)
    go_to (self, self->row - 1, self->column);
  else if (direction == GTK_DIR_DOWN && self->row < last)
    go_to (self, self->row + 1, self->column);
  else
    return FALSE;
  return TRUE;
}

static gboolean
numeral_confusion_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  NumeralConfusionView *self = NUMERAL_CONFUSION_VIEW (widget);

  if (n_classes (self) == 0)
    return FALSE;
  if (gtk_widget_get_focus_child (widget))
    return move (self, direction);
  go_to (self, self->row, self->column);
  return TRUE;
}

static void
set_selected (NumeralConfusionView *self, gboolean selected)
{
  if (self->confusion.label >= 0)
    gtk_accessible_update_state (GTK_ACCESSIBLE (get_cell (self, (guint) self->confusion.label,
                                                           (guint) self->confusion.answer)),
                                 GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
numeral_confusion_view_choose (NumeralConfusionView *self,
                               gboolean chosen,
                               guint label,
                               guint answer)
{
  g_return_if_fail (NUMERAL_IS_CONFUSION_VIEW (self));
  g_return_if_fail (!chosen || MAX (label, answer) < n_classes (self));

  set_selected (self, FALSE);
  self->confusion.label = chosen ? (int) label : -1;
  self->confusion.answer = chosen ? (int) answer : -1;
  set_selected (self, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Chooses the cell of the focus, or no longer if it is the chosen one. */
static gboolean
toggle (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  NumeralConfusionView *self = NUMERAL_CONFUSION_VIEW (widget);
  const gboolean chosen =
      self->confusion.label == (int) self->row && self->confusion.answer == (int) self->column;

  if (n_classes (self) == 0)
    return GDK_EVENT_PROPAGATE;
  numeral_confusion_view_choose (self, !chosen, self->row, self->column);
  return GDK_EVENT_STOP;
}

static void
on_pressed (NumeralConfusionView *self, int n_press, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint at;

  if (!picked || !g_ptr_array_find (self->cells, picked, &at))
    return;
  go_to (self, at / n_classes (self), at % n_classes (self));
  toggle (GTK_WIDGET (self), NULL, NULL);
}

static void
numeral_confusion_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralConfusionView *self = NUMERAL_CONFUSION_VIEW (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  PictureStyle style;
  cairo_t *cr;

  if (n_classes (self) == 0 || width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_confusion_draw (cr, (double) width, (double) height, &self->confusion, &style);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (numeral_confusion_view_parent_class)->snapshot (widget, snapshot);
}

static void
numeral_confusion_view_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  double width, height;

  picture_confusion_minimum (MAX (n_classes (NUMERAL_CONFUSION_VIEW (widget)), 1), &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) ceil (width);
      *natural = MAX (*minimum, NATURAL_WIDTH);
    }
  else
    {
      *minimum = (int) ceil (height);
      *natural = MAX (*minimum, NATURAL_HEIGHT);
    }
}

static void
numeral_confusion_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NumeralConfusionView *self = NUMERAL_CONFUSION_VIEW (widget);
  const guint n = n_classes (self);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PictureCell at = picture_confusion_cell (width, height, n, i / n, i % n);
      const GtkAllocation allocation = { (int) floor (at.x), (int) floor (at.y),
                                         (int) (floor (at.x + at.width) - floor (at.x)),
                                         (int) (floor (at.y + at.height) - floor (at.y)) };

      gtk_widget_size_allocate (self->cells->pdata[i], &allocation, -1);
    }
}

static void
numeral_confusion_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_confusion_view_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
numeral_confusion_view_dispose (GObject *object)
{
  NumeralConfusionView *self = NUMERAL_CONFUSION_VIEW (object);

  remove_cells (self);
  g_clear_pointer (&self->evaluation, numeral_evaluation_unref);
  G_OBJECT_CLASS (numeral_confusion_view_parent_class)->dispose (object);
}

static void
numeral_confusion_view_finalize (GObject *object)
{
  g_ptr_array_unref (NUMERAL_CONFUSION_VIEW (object)->cells);
  G_OBJECT_CLASS (numeral_confusion_view_parent_class)->finalize (object);
}

static void
numeral_confusion_view_class_init (NumeralConfusionViewClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space,
                                GDK_KEY_KP_Space };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = numeral_confusion_view_dispose;
  object_class->finalize = numeral_confusion_view_finalize;
  widget_class->snapshot = numeral_confusion_view_snapshot;
  widget_class->measure = numeral_confusion_view_measure;
  widget_class->size_allocate = numeral_confusion_view_size_allocate;
  widget_class->css_changed = numeral_confusion_view_css_changed;
  widget_class->focus = numeral_confusion_view_focus;

  signals[CHOSEN] = g_signal_new ("chosen", NUMERAL_TYPE_CONFUSION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, toggle, NULL);
  gtk_widget_class_set_css_name (widget_class, "confusion");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
numeral_confusion_view_init (NumeralConfusionView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->cells = g_ptr_array_new ();
  self->confusion.label = self->confusion.answer = -1;
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
numeral_confusion_view_set (NumeralConfusionView *self, NumeralEvaluation *evaluation)
{
  const NnEvaluation *figures = evaluation ? evaluation->figures : NULL;

  g_return_if_fail (NUMERAL_IS_CONFUSION_VIEW (self));
  g_return_if_fail (!figures || figures->n_classes <= PICTURE_CONFUSION_MAX);

  if (evaluation)
    numeral_evaluation_ref (evaluation);
  g_clear_pointer (&self->evaluation, numeral_evaluation_unref);
  self->evaluation = evaluation;
  self->confusion = (PictureConfusion){ .label = -1, .answer = -1 };
  if (figures)
    self->confusion = (PictureConfusion){ figures->n_classes,
                                          figures->confusion,
                                          figures->precision,
                                          figures->recall,
                                          figures->f1,
                                          -1,
                                          -1 };
  make_cells (self);
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
numeral_confusion_view_get_chosen (NumeralConfusionView *self, guint *label, guint *answer)
{
  g_return_val_if_fail (NUMERAL_IS_CONFUSION_VIEW (self), FALSE);

  *label = (guint) MAX (self->confusion.label, 0);
  *answer = (guint) MAX (self->confusion.answer, 0);
  return self->confusion.label >= 0;
}

static void
draw (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  PictureConfusion plain = *(const PictureConfusion *) data;

  plain.label = plain.answer = -1;
  picture_confusion_draw (cr, width, height, &plain, style);
}

PicturePage
numeral_confusion_view_get_page (NumeralConfusionView *self)
{
  return (PicturePage){ draw, &self->confusion, EXPORT_WIDTH, EXPORT_HEIGHT };
}
