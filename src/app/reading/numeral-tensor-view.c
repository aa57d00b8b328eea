/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-tensor-view.h"

#include <glib/gi18n.h>

#include "picture-tensor.h"

/* Minimum side: two pixels per cell. */
#define SMALLEST (2 * INK_TENSOR_SIDE)
#define NATURAL (5 * INK_TENSOR_SIDE)

struct _NumeralTensorView
{
  NumeralReadingView parent_instance;
};

G_DEFINE_FINAL_TYPE (NumeralTensorView, numeral_tensor_view, NUMERAL_TYPE_READING_VIEW)

static void
describe (NumeralTensorView *self)
{
  const gboolean filled = numeral_reading_view_get_reading (NUMERAL_READING_VIEW (self)) != NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the network sees"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  filled ? _ ("The digit in 28 by 28 cells, fitted and "
                                              "centred by its mass") :
                                           _ ("Nothing yet"),
                                  -1);
}

static void
numeral_tensor_view_update (NumeralReadingView *view)
{
  describe (NUMERAL_TENSOR_VIEW (view));
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

static void
numeral_tensor_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const NumeralReading *reading = numeral_reading_view_get_reading (NUMERAL_READING_VIEW (widget));
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_tensor (cr, (double) width, (double) height, reading ? reading->tensor : NULL);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
numeral_tensor_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
numeral_tensor_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = SMALLEST;
  *natural = orientation == GTK_ORIENTATION_VERTICAL && for_size > SMALLEST ? for_size : NATURAL;
}

static void
numeral_tensor_view_class_init (NumeralTensorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  NUMERAL_READING_VIEW_CLASS (klass)->update = numeral_tensor_view_update;
  widget_class->snapshot = numeral_tensor_view_snapshot;
  widget_class->get_request_mode = numeral_tensor_view_get_request_mode;
  widget_class->measure = numeral_tensor_view_measure;

  gtk_widget_class_set_css_name (widget_class, "tensor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_tensor_view_init (NumeralTensorView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  describe (self);
}

NumeralTensorView *
numeral_tensor_view_new (void)
{
  return g_object_new (NUMERAL_TYPE_TENSOR_VIEW, NULL);
}
