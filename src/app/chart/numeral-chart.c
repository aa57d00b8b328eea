/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-chart-private.h"

#define MINIMUM_WIDTH 200
#define MINIMUM_HEIGHT 200
#define SMOOTHING_DEFAULT 51

enum
{
  PROP_TITLE = 1,
  PROP_LOG_X,
  PROP_LOG_Y,
  PROP_SMOOTHING,
  PROP_CURSOR,
  PROP_ZOOMED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralChart, numeral_chart, GTK_TYPE_WIDGET)

static NumeralChartCurve *
get_curve (NumeralChart *self, guint i)
{
  return &g_array_index (self->curves, NumeralChartCurve, i);
}

static void
clear_curve (gpointer data)
{
  NumeralChartCurve *curve = data;

  picture_series_free (curve->series);
  g_free (curve->name);
}

static void
numeral_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralChart *self = NUMERAL_CHART (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  g_auto (NumeralChartScene) scene = { 0 };
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  numeral_chart_scene_init (self, &scene, NULL);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_chart_draw (cr, (double) width, (double) height, &scene.chart, &scene.style);
  cairo_destroy (cr);
}

static void
numeral_chart_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
}

static void
set_scale (NumeralChart *self, PictureAxis *axis, gboolean log, guint prop)
{
  const PictureScale scale = log ? PICTURE_SCALE_LOG : PICTURE_SCALE_LINEAR;

  if (axis->scale == scale)
    return;
  axis->scale = scale;
  numeral_chart_set_zoomed (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
numeral_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralChart *self = NUMERAL_CHART (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_LOG_X:
      g_value_set_boolean (value, self->x.scale == PICTURE_SCALE_LOG);
      break;
    case PROP_LOG_Y:
      g_value_set_boolean (value, self->y.scale == PICTURE_SCALE_LOG);
      break;
    case PROP_SMOOTHING:
      g_value_set_uint (value, self->smoothing);
      break;
    case PROP_CURSOR:
      g_value_set_double (value, self->cursor);
      break;
    case PROP_ZOOMED:
      g_value_set_boolean (value, self->zoomed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_smoothing (NumeralChart *self, guint smoothing)
{
  if (self->smoothing == smoothing)
    return;
  self->smoothing = smoothing;
  numeral_chart_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMOOTHING]);
}

static void
numeral_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralChart *self = NUMERAL_CHART (object);

  switch (id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      numeral_chart_describe (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LOG_X:
      set_scale (self, &self->x, g_value_get_boolean (value), id);
      break;
    case PROP_LOG_Y:
      set_scale (self, &self->y, g_value_get_boolean (value), id);
      break;
    case PROP_SMOOTHING:
      set_smoothing (self, g_value_get_uint (value));
      break;
    case PROP_CURSOR:
      numeral_chart_set_cursor (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_chart_finalize (GObject *object)
{
  NumeralChart *self = NUMERAL_CHART (object);

  g_clear_pointer (&self->curves, g_array_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->x_name, g_free);
  g_clear_pointer (&self->empty, g_free);
  G_OBJECT_CLASS (numeral_chart_parent_class)->finalize (object);
}

static void
numeral_chart_class_init (NumeralChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_chart_get_property;
  object_class->set_property = numeral_chart_set_property;
  object_class->finalize = numeral_chart_finalize;
  widget_class->snapshot = numeral_chart_snapshot;
  widget_class->measure = numeral_chart_measure;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_LOG_X] = g_param_spec_boolean ("log-x", NULL, NULL, FALSE, flags);
  properties[PROP_LOG_Y] = g_param_spec_boolean ("log-y", NULL, NULL, FALSE, flags);
  properties[PROP_SMOOTHING] =
      g_param_spec_uint ("smoothing", NULL, NULL, 0, G_MAXUINT, SMOOTHING_DEFAULT, flags);
  properties[PROP_CURSOR] = g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 /* The check of a parameter rejects NaN. */
                                                 flags | G_PARAM_LAX_VALIDATION);
  properties[PROP_ZOOMED] =
      g_param_spec_boolean ("zoomed", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  numeral_chart_input_class_init (widget_class);
}

static void
numeral_chart_init (NumeralChart *self)
{
  self->curves = g_array_new (FALSE, FALSE, sizeof (NumeralChartCurve));
  g_array_set_clear_func (self->curves, clear_curve);
  self->x = self->y = (PictureAxis) PICTURE_AXIS_AUTO (PICTURE_SCALE_LINEAR);
  self->smoothing = SMOOTHING_DEFAULT;
  self->cursor = self->best = (double) NAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  numeral_chart_input_init (self);
  numeral_chart_describe (self);
}

NumeralChart *
numeral_chart_new (void)
{
  return g_object_new (NUMERAL_TYPE_CHART, NULL);
}

void
numeral_chart_set_y_format (NumeralChart *self, PictureFormat format)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  self->y_format = format;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_chart_set_texts (NumeralChart *self, const char *x_name, const char *empty)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  g_free (self->x_name);
  g_free (self->empty);
  self->x_name = g_strdup (x_name);
  self->empty = g_strdup (empty);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_chart_set_x_end (NumeralChart *self, double x_end)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  self->x_end = x_end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_chart_set_best (NumeralChart *self, guint curve, double x)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  self->best_curve = curve;
  self->best = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
numeral_chart_add_curve (NumeralChart *self, const char *name, NumeralChartCurveFlags flags)
{
  const NumeralChartCurve curve = { .series = picture_series_new (),
                                    .name = g_strdup (name),
                                    .flags = flags };

  g_array_append_val (self->curves, curve);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->curves->len - 1;
}

guint
numeral_chart_get_n_curves (NumeralChart *self)
{
  g_return_val_if_fail (NUMERAL_IS_CHART (self), 0);

  return self->curves->len;
}

const PictureSeries *
numeral_chart_get_series (NumeralChart *self, guint curve)
{
  g_return_val_if_fail (NUMERAL_IS_CHART (self), NULL);
  g_return_val_if_fail (curve < self->curves->len, NULL);

  return get_curve (self, curve)->series;
}

void
numeral_chart_append (NumeralChart *self, guint curve, double x, double y)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));
  g_return_if_fail (curve < self->curves->len);

  if (picture_series_append (get_curve (self, curve)->series, x, (float) y))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Takes ownership of @series. */
static void
replace_series (NumeralChart *self, guint curve, PictureSeries *series)
{
  NumeralChartCurve *it = get_curve (self, curve);

  picture_series_free (it->series);
  it->series = series;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_chart_show_values (NumeralChart *self, guint curve, BaseSeries *values, guint64 per_unit)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));
  g_return_if_fail (curve < self->curves->len);

  replace_series (self, curve, picture_series_new_even (values, per_unit));
}

void
numeral_chart_clear_curve (NumeralChart *self, guint curve)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));
  g_return_if_fail (curve < self->curves->len);

  replace_series (self, curve, picture_series_new ());
}

void
numeral_chart_remove_curves (NumeralChart *self, guint first)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  if (first < self->curves->len)
    g_array_set_size (self->curves, first);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
numeral_chart_get_cursor (NumeralChart *self)
{
  g_return_val_if_fail (NUMERAL_IS_CHART (self), (double) NAN);

  return self->cursor;
}
