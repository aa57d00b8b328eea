/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-bars.h"

#include <math.h>

#include "numeral-format.h"
#include "numeral-style.h"
#include "picture-bars.h"

struct _NumeralBars
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

G_DEFINE_FINAL_TYPE (NumeralBars, numeral_bars, GTK_TYPE_WIDGET)

/* (nullable): the digit that is shown. */
static const NumeralReading *
get_reading (NumeralBars *self)
{
  return self->prediction && self->chosen < self->prediction->n_digits ?
             &self->prediction->digits[self->chosen] :
             NULL;
}

static void
describe (NumeralBars *self)
{
  g_autofree char *text = numeral_format_probabilities (get_reading (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
numeral_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralBars *self = NUMERAL_BARS (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  const NumeralReading *reading = get_reading (self);
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
numeral_bars_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PREDICTION)
    g_value_set_boxed (value, NUMERAL_BARS (object)->prediction);
  else if (id == PROP_CHOSEN)
    g_value_set_uint (value, NUMERAL_BARS (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_bars_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PREDICTION)
    numeral_bars_set_prediction (NUMERAL_BARS (object), g_value_get_boxed (value));
  else if (id == PROP_CHOSEN)
    numeral_bars_set_chosen (NUMERAL_BARS (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_bars_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_BARS (object)->prediction, numeral_prediction_unref);
  G_OBJECT_CLASS (numeral_bars_parent_class)->finalize (object);
}

static void
numeral_bars_class_init (NumeralBarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_bars_get_property;
  object_class->set_property = numeral_bars_set_property;
  object_class->finalize = numeral_bars_finalize;
  widget_class->snapshot = numeral_bars_snapshot;
  widget_class->measure = numeral_bars_measure;
  widget_class->css_changed = numeral_bars_css_changed;

  properties[PROP_PREDICTION] =
      g_param_spec_boxed ("prediction", NULL, NULL, NUMERAL_TYPE_PREDICTION,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, NUMERAL_MAX_NUMBER - 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

NumeralPrediction *
numeral_bars_get_prediction (NumeralBars *self)
{
  g_return_val_if_fail (NUMERAL_IS_BARS (self), NULL);

  return self->prediction;
}

void
numeral_bars_set_prediction (NumeralBars *self, NumeralPrediction *prediction)
{
  g_return_if_fail (NUMERAL_IS_BARS (self));

  if (self->prediction == prediction)
    return;
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  self->prediction = prediction ? numeral_prediction_ref (prediction) : NULL;
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
numeral_bars_get_chosen (NumeralBars *self)
{
  g_return_val_if_fail (NUMERAL_IS_BARS (self), 0);

  return self->chosen;
}

void
numeral_bars_set_chosen (NumeralBars *self, guint chosen)
{
  g_return_if_fail (NUMERAL_IS_BARS (self));
  g_return_if_fail (chosen < NUMERAL_MAX_NUMBER);

  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
