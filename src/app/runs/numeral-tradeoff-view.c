/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-tradeoff-view.h"

#include <glib/gi18n.h>

#include "numeral-shrunk.h"
#include "numeral-style.h"

#define MIN_WIDTH 280
#define MIN_HEIGHT 220

struct _NumeralTradeoffView
{
  GtkWidget parent_instance;

  GListModel *models; /* (nullable) */
  GArray *points;     /* PictureTradeoffPoint */
  PictureTradeoff tradeoff;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (NumeralTradeoffView, numeral_tradeoff_view, GTK_TYPE_WIDGET)

static void
update (NumeralTradeoffView *self)
{
  const guint n = self->models ? g_list_model_get_n_items (self->models) : 0;

  g_array_set_size (self->points, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralShrunk) model = g_list_model_get_item (self->models, i);
      const NumeralCompressFigures *figures = numeral_shrunk_get_figures (model);
      const PictureTradeoffPoint point = {
        self->tradeoff.cost == PICTURE_COST_BYTES ?
            (double) g_bytes_get_size (numeral_shrunk_get_bytes (model)) :
            figures->seconds,
        figures->accuracy,
      };

      g_array_append_val (self->points, point);
    }
  self->tradeoff.points = (const PictureTradeoffPoint *) (gpointer) self->points->data;
  self->tradeoff.n = self->points->len;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (NumeralTradeoffView *self, int n_press, double x, double y)
{
  const int found =
      picture_tradeoff_find (gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)), &self->tradeoff, x, y);

  if (found >= 0)
    g_signal_emit (self, chosen_signal, 0, (guint) found);
}

static void
numeral_tradeoff_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralTradeoffView *self = NUMERAL_TRADEOFF_VIEW (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  PictureStyle style;
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_tradeoff_draw (cr, (double) width, (double) height, &self->tradeoff, &style);
  cairo_destroy (cr);
}

static void
numeral_tradeoff_view_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
}

static void
numeral_tradeoff_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_tradeoff_view_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
numeral_tradeoff_view_dispose (GObject *object)
{
  g_clear_object (&NUMERAL_TRADEOFF_VIEW (object)->models);
  G_OBJECT_CLASS (numeral_tradeoff_view_parent_class)->dispose (object);
}

static void
numeral_tradeoff_view_finalize (GObject *object)
{
  g_array_unref (NUMERAL_TRADEOFF_VIEW (object)->points);
  G_OBJECT_CLASS (numeral_tradeoff_view_parent_class)->finalize (object);
}

static void
numeral_tradeoff_view_class_init (NumeralTradeoffViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = numeral_tradeoff_view_dispose;
  object_class->finalize = numeral_tradeoff_view_finalize;
  widget_class->snapshot = numeral_tradeoff_view_snapshot;
  widget_class->measure = numeral_tradeoff_view_measure;
  widget_class->css_changed = numeral_tradeoff_view_css_changed;
  chosen_signal = g_signal_new ("chosen", NUMERAL_TYPE_TRADEOFF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "tradeoff");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_tradeoff_view_init (NumeralTradeoffView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (PictureTradeoffPoint));
  self->tradeoff.chosen = -1;
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Accuracy of the models against their size or time"), -1);
}

void
numeral_tradeoff_view_set_models (NumeralTradeoffView *self, GListModel *models)
{
  g_return_if_fail (NUMERAL_IS_TRADEOFF_VIEW (self) && self->models == NULL);

  self->models = g_object_ref (models);
  g_signal_connect_object (models, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
numeral_tradeoff_view_set_cost (NumeralTradeoffView *self, PictureCost cost)
{
  g_return_if_fail (NUMERAL_IS_TRADEOFF_VIEW (self));

  self->tradeoff.cost = cost;
  update (self);
}

void
numeral_tradeoff_view_set_chosen (NumeralTradeoffView *self, int index)
{
  g_return_if_fail (NUMERAL_IS_TRADEOFF_VIEW (self));

  self->tradeoff.chosen = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
