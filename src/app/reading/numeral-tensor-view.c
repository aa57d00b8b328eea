/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-tensor-view.h"

#include <glib/gi18n.h>

#include "picture-tensor.h"

/* Two pixels a cell: less is no picture. */
#define SMALLEST (2 * INK_TENSOR_SIDE)
#define NATURAL (5 * INK_TENSOR_SIDE)

struct _NumeralTensorView
{
  GtkWidget parent_instance;

  NumeralPrediction *prediction;
  guint chosen;
};

enum
{
  PROP_PREDICTION = 1,
  PROP_CHOSEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralTensorView, numeral_tensor_view, GTK_TYPE_WIDGET)

static gboolean
is_filled (NumeralTensorView *self)
{
  return self->prediction && self->chosen < self->prediction->n_digits;
}

static void
describe (NumeralTensorView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the network sees"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  is_filled (self) ? _ ("The digit in 28 by 28 cells, fitted and "
                                                        "centred by its mass") :
                                                     _ ("Nothing yet"),
                                  -1);
}

static void
numeral_tensor_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralTensorView *self = NUMERAL_TENSOR_VIEW (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_tensor (cr, (double) width, (double) height,
                  is_filled (self) ? self->prediction->digits[self->chosen].tensor : NULL);
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
numeral_tensor_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PREDICTION)
    g_value_set_boxed (value, NUMERAL_TENSOR_VIEW (object)->prediction);
  else if (id == PROP_CHOSEN)
    g_value_set_uint (value, NUMERAL_TENSOR_VIEW (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_tensor_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PREDICTION)
    numeral_tensor_view_set_prediction (NUMERAL_TENSOR_VIEW (object), g_value_get_boxed (value));
  else if (id == PROP_CHOSEN)
    numeral_tensor_view_set_chosen (NUMERAL_TENSOR_VIEW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_tensor_view_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_TENSOR_VIEW (object)->prediction, numeral_prediction_unref);
  G_OBJECT_CLASS (numeral_tensor_view_parent_class)->finalize (object);
}

static void
numeral_tensor_view_class_init (NumeralTensorViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_tensor_view_get_property;
  object_class->set_property = numeral_tensor_view_set_property;
  object_class->finalize = numeral_tensor_view_finalize;
  widget_class->snapshot = numeral_tensor_view_snapshot;
  widget_class->get_request_mode = numeral_tensor_view_get_request_mode;
  widget_class->measure = numeral_tensor_view_measure;

  properties[PROP_PREDICTION] =
      g_param_spec_boxed ("prediction", NULL, NULL, NUMERAL_TYPE_PREDICTION,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, NUMERAL_MAX_NUMBER - 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

NumeralPrediction *
numeral_tensor_view_get_prediction (NumeralTensorView *self)
{
  g_return_val_if_fail (NUMERAL_IS_TENSOR_VIEW (self), NULL);

  return self->prediction;
}

void
numeral_tensor_view_set_prediction (NumeralTensorView *self, NumeralPrediction *prediction)
{
  g_return_if_fail (NUMERAL_IS_TENSOR_VIEW (self));

  if (self->prediction == prediction)
    return;
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  self->prediction = prediction ? numeral_prediction_ref (prediction) : NULL;
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
numeral_tensor_view_get_chosen (NumeralTensorView *self)
{
  g_return_val_if_fail (NUMERAL_IS_TENSOR_VIEW (self), 0);

  return self->chosen;
}

void
numeral_tensor_view_set_chosen (NumeralTensorView *self, guint chosen)
{
  g_return_if_fail (NUMERAL_IS_TENSOR_VIEW (self));
  g_return_if_fail (chosen < NUMERAL_MAX_NUMBER);

  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
