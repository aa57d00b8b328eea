/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-chart-private.h"

static gboolean
same (const PictureAxis *a, const PictureAxis *b)
{
  const double reach = 1e-9 * (b->max - b->min);

  return ABS (a->min - b->min) <= reach && ABS (a->max - b->max) <= reach;
}

void
numeral_chart_set_zoomed (NumeralChart *self, gboolean zoomed)
{
  if (!zoomed)
    {
      self->x = (PictureAxis) PICTURE_AXIS_AUTO (self->x.scale);
      self->y = (PictureAxis) PICTURE_AXIS_AUTO (self->y.scale);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->zoomed == zoomed)
    return;
  self->zoomed = zoomed;
  g_object_notify (G_OBJECT (self), "zoomed");
}

void
numeral_chart_set_view (NumeralChart *self, const PictureAxis *x, const PictureAxis *y)
{
  PictureAxis whole_x_axis, whole_y_axis;

  numeral_chart_get_limits (self, &whole_x_axis, &whole_y_axis);
  self->x = *x;
  /* The y axis fits itself to the visible data until a person zooms it. */
  self->y = same (y, &whole_y_axis) ? (PictureAxis) PICTURE_AXIS_AUTO (self->y.scale) : *y;
  numeral_chart_set_zoomed (self, !same (x, &whole_x_axis) || !isnan (self->y.min));
}

void
numeral_chart_describe (NumeralChart *self)
{
  g_autofree char *figures = numeral_chart_describe_cursor (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title ? self->title : _ ("Chart"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  *figures ? figures :
                                             _ ("Arrow keys move a cursor that tells the figures"),
                                  -1);
}

void
numeral_chart_set_cursor (NumeralChart *self, double cursor)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  /* NaN differs from itself: without this check two charts with a common cursor would notify
   * each other for ever. */
  if (self->cursor == cursor || (isnan (self->cursor) && isnan (cursor)))
    return;
  self->cursor = cursor;
  numeral_chart_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "cursor");
}

void
numeral_chart_zoom (NumeralChart *self, double factor)
{
  PictureAxis x, y, limits_x, limits_y;
  double place = 0.5;

  g_return_if_fail (NUMERAL_IS_CHART (self));

  numeral_chart_get_view (self, &x, &y);
  numeral_chart_get_limits (self, &limits_x, &limits_y);
  if (!isnan (self->cursor))
    place = CLAMP (picture_axis_place (&x, self->cursor), 0, 1);
  x = picture_axis_zoom (x, place, factor, &limits_x);
  numeral_chart_set_view (self, &x, isnan (self->y.min) ? &limits_y : &self->y);
}

void
numeral_chart_reset_view (NumeralChart *self)
{
  g_return_if_fail (NUMERAL_IS_CHART (self));

  numeral_chart_set_zoomed (self, FALSE);
}
