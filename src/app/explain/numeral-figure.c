/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-figure.h"

#include "numeral-style.h"

struct _NumeralFigure
{
  GtkWidget parent_instance;

  NumeralFigureDraw draw;
  gpointer data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (NumeralFigure, numeral_figure, GTK_TYPE_WIDGET)

static void
clear (NumeralFigure *self)
{
  if (self->destroy)
    self->destroy (self->data);
  self->draw = NULL;
  self->data = NULL;
  self->destroy = NULL;
}

static void
numeral_figure_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralFigure *self = NUMERAL_FIGURE (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  PictureStyle style;
  cairo_t *cr;

  if (!self->draw || width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  self->draw (cr, (double) width, (double) height, self->data, &style);
  cairo_destroy (cr);
}

static void
numeral_figure_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_figure_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
numeral_figure_finalize (GObject *object)
{
  clear (NUMERAL_FIGURE (object));
  G_OBJECT_CLASS (numeral_figure_parent_class)->finalize (object);
}

static void
numeral_figure_class_init (NumeralFigureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_figure_finalize;
  widget_class->snapshot = numeral_figure_snapshot;
  widget_class->css_changed = numeral_figure_css_changed;
  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_figure_init (NumeralFigure *self)
{
}

GtkWidget *
numeral_figure_new (void)
{
  return g_object_new (NUMERAL_TYPE_FIGURE, NULL);
}

void
numeral_figure_set (NumeralFigure *self,
                    NumeralFigureDraw draw,
                    gpointer data,
                    GDestroyNotify destroy)
{
  g_return_if_fail (NUMERAL_IS_FIGURE (self));

  clear (self);
  self->draw = draw;
  self->data = data;
  self->destroy = destroy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gconstpointer
numeral_figure_get_data (NumeralFigure *self)
{
  g_return_val_if_fail (NUMERAL_IS_FIGURE (self), NULL);

  return self->data;
}

void
numeral_figure_describe (NumeralFigure *self, const char *text)
{
  g_return_if_fail (NUMERAL_IS_FIGURE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
