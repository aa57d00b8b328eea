/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-bars.h"

#include <math.h>

#include "numeral-format.h"
#include "numeral-style.h"
#include "picture-bars.h"

struct _NumeralBars
{
  NumeralReadingView parent_instance;
};

G_DEFINE_FINAL_TYPE (NumeralBars, numeral_bars, NUMERAL_TYPE_READING_VIEW)

static void
describe (NumeralBars *self)
{
  g_autofree char *text =
      numeral_format_probabilities (numeral_reading_view_get_reading (NUMERAL_READING_VIEW (self)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
numeral_bars_update (NumeralReadingView *view)
{
  describe (NUMERAL_BARS (view));
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

static void
numeral_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  const NumeralReading *reading = numeral_reading_view_get_reading (NUMERAL_READING_VIEW (widget));
  PictureStyle style;
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_bars (cr, (double) width, (double) height, reading ? reading->probabilities : NULL,
                reading && !reading->refused ? (int) reading->digit : -1, &style);
  cairo_destroy (cr);
}

static void
numeral_bars_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  PictureStyle style;
  double width, height;

  numeral_style_from_widget (&style, widget);
  picture_bars_minimum (&style, &width, &height);
  *minimum = (int) ceil (orientation == GTK_ORIENTATION_HORIZONTAL ? width : height);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*minimum, 240) : MAX (*minimum, 200);
}

static void
numeral_bars_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_bars_parent_class)->css_changed (widget, change);
  gtk_widget_queue_resize (widget);
  gtk_widget_queue_draw (widget);
}

static void
numeral_bars_class_init (NumeralBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  NUMERAL_READING_VIEW_CLASS (klass)->update = numeral_bars_update;
  widget_class->snapshot = numeral_bars_snapshot;
  widget_class->measure = numeral_bars_measure;
  widget_class->css_changed = numeral_bars_css_changed;

  gtk_widget_class_set_css_name (widget_class, "bars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_bars_init (NumeralBars *self)
{
  describe (self);
}

NumeralBars *
numeral_bars_new (void)
{
  return g_object_new (NUMERAL_TYPE_BARS, NULL);
}
