/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-axis.h"

/* Least width of an axis, relative to its greatest magnitude: doubles must still distinguish
 * values. */
#define NARROWEST 1e-11

/* Most decades below the greatest value that an automatic log axis shows. */
#define DECADES 12

/* Largest end of an axis: beyond it the width overflows. */
#define LARGEST 1e300

/* Tolerance in steps or decades, too small to be seen. */
#define ALMOST 1e-5

/* Approximate number of steps of a rounded axis. */
#define ROUNDED_STEPS 5

/* Converts to linear units: values, or their logarithms. */
static double
straight (PictureScale scale, double value)
{
  if (scale == PICTURE_SCALE_LINEAR)
    return value;
  return value > 0 ? log10 (value) : -(double) INFINITY;
}

static double
curved (PictureScale scale, double value)
{
  return scale == PICTURE_SCALE_LINEAR ? value : pow (10, value);
}

/* The least width in linear units, the limit of zooming. */
static double
narrowest (double low, double high)
{
  return NARROWEST * MAX (fabs (low), fabs (high));
}

gboolean
picture_axis_is_valid (const PictureAxis *axis)
{
  const double low = straight (axis->scale, axis->min);
  const double high = straight (axis->scale, axis->max);

  return isfinite (low) && isfinite (high) && isfinite (axis->max) && isfinite (high - low) &&
         high > low;
}

PictureAxisMap
picture_axis_map (const PictureAxis *axis)
{
  const double low = straight (axis->scale, axis->min);

  return (PictureAxisMap){ axis->scale, low, straight (axis->scale, axis->max) - low };
}

double
picture_axis_map_place (const PictureAxisMap *map, double value)
{
  return (straight (map->scale, value) - map->low) / map->width;
}

double
picture_axis_place (const PictureAxis *axis, double value)
{
  const PictureAxisMap map = picture_axis_map (axis);

  return picture_axis_map_place (&map, value);
}

double
picture_axis_value (const PictureAxis *axis, double place)
{
  const double low = straight (axis->scale, axis->min);
  const double high = straight (axis->scale, axis->max);

  /* Return the ends exactly, without rounding errors. */
  if (place == 0)
    return axis->min;
  if (place == 1)
    return axis->max;
  return curved (axis->scale, low + place * (high - low));
}

/* Converts the two ends from linear units; returns @axis if the result is not a valid axis. */
static PictureAxis
with_ends (PictureAxis axis, double low, double high)
{
  PictureAxis result = axis;

  result.min = curved (axis.scale, low);
  result.max = curved (axis.scale, high);
  return picture_axis_is_valid (&result) ? result : axis;
}

PictureAxis
picture_axis_clamp (PictureAxis axis, const PictureAxis *limits)
{
  const double low = straight (axis.scale, axis.min);
  const double high = straight (axis.scale, axis.max);
  double least, greatest;

  if (!limits || limits->scale != axis.scale || !picture_axis_is_valid (limits))
    return axis;
  if (axis.min >= limits->min && axis.max <= limits->max)
    return axis;
  least = straight (axis.scale, limits->min);
  greatest = straight (axis.scale, limits->max);
  if (!(high - low < greatest - least))
    return *limits;
  /* Keep the width and move it inside. */
  if (low < least)
    {
      axis = with_ends (axis, least, least + (high - low));
      axis.min = limits->min;
    }
  else
    {
      axis = with_ends (axis, greatest - (high - low), greatest);
      axis.max = limits->max;
    }
  return axis;
}

PictureAxis
picture_axis_zoom (PictureAxis axis, double place, double factor, const PictureAxis *limits)
{
  const double low = straight (axis.scale, axis.min);
  const double high = straight (axis.scale, axis.max);
  const double fixed = low + place * (high - low);
  double width;

  if (!(factor > 0) || !isfinite (factor) || !isfinite (place))
    return axis;
  width = (high - low) / factor;
  width = MAX (width, MIN (high - low, narrowest (low, high)));
  return picture_axis_clamp (with_ends (axis, fixed - place * width, fixed + (1 - place) * width),
                             limits);
}

PictureAxis
picture_axis_pan (PictureAxis axis, double by, const PictureAxis *limits)
{
  const double low = straight (axis.scale, axis.min);
  const double high = straight (axis.scale, axis.max);
  const double way = by * (high - low);

  if (!isfinite (by))
    return axis;
  return picture_axis_clamp (with_ends (axis, low + way, high + way), limits);
}

/* Adds room on both sides if the ends differ by rounding only. */
static void
make_room (PictureScale scale, double *low, double *high)
{
  const double magnitude = MAX (fabs (*low), fabs (*high));
  double room;

  if (*high - *low > MAX (1e-6 * magnitude, 1e-300))
    return;
  room = scale == PICTURE_SCALE_LOG ? 0.5 : magnitude > 0 ? 0.1 * magnitude : 1;
  *low -= room;
  *high += room;
}

/* Outwards to the next tick. */
static double
round_outwards (PictureScale scale, double end, double step, gboolean upwards)
{
  if (scale == PICTURE_SCALE_LINEAR)
    {
      const double steps = end / step;

      /* An end that is almost a tick stays there: 0.9 as a float is a little less than 0.9. */
      if (fabs (steps - round (steps)) < ALMOST)
        return step * round (steps);
      return step * (upwards ? ceil (steps) : floor (steps));
    }
  else
    {
      static const double stops[] = { 0, 0.30102999566398120, 0.69897000433601880, 1 };
      const double decade = floor (end);
      const double rest = end - decade;

      for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
        {
          const guint k = upwards ? i : G_N_ELEMENTS (stops) - 1 - i;

          if (upwards ? stops[k] >= rest - ALMOST : stops[k] <= rest + ALMOST)
            return decade + stops[k];
        }
      return end;
    }
}

static double
rounding_step (double width)
{
  const double raw = width / ROUNDED_STEPS;
  const double power = pow (10, floor (log10 (raw)));

  return power * (raw > 5 * power ? 10 : raw > 2 * power ? 5 : raw > power ? 2 : 1);
}

PictureAxis
picture_axis_fit (PictureAxis axis, double min, double max, double min_positive, gboolean rounded)
{
  const gboolean log_scale = axis.scale == PICTURE_SCALE_LOG;
  const gboolean has_min = isfinite (axis.min) && (!log_scale || axis.min > 0);
  const gboolean has_max = isfinite (axis.max) && (!log_scale || axis.max > 0);
  double low, high;

  if (has_min && has_max && picture_axis_is_valid (&axis))
    return axis;
  if (log_scale)
    min = min > 0 ? min : min_positive;
  if (!(min <= max) || !isfinite (min) || !isfinite (max))
    {
      min = log_scale ? 0.01 : 0;
      max = 1;
    }
  if (log_scale)
    min = MAX (min, max * pow (10, -DECADES));

  low = straight (axis.scale, has_min ? axis.min : CLAMP (min, -LARGEST, LARGEST));
  high = straight (axis.scale, has_max ? axis.max : CLAMP (max, -LARGEST, LARGEST));
  if (has_min && has_max)
    {
      /* Both ends are given in the wrong order: keep the lower one. */
      high = low;
      make_room (axis.scale, &low, &high);
    }
  else if (has_min && high <= low)
    high = low + (log_scale ? 1 : MAX (1, 0.1 * fabs (low)));
  else if (has_max && low >= high)
    low = high - (log_scale ? 1 : MAX (1, 0.1 * fabs (high)));
  else
    make_room (axis.scale, &low, &high);

  if (rounded)
    {
      const double step = rounding_step (high - low);

      low = has_min ? low : round_outwards (axis.scale, low, step, FALSE);
      high = has_max ? high : round_outwards (axis.scale, high, step, TRUE);
    }
  axis.min = curved (axis.scale, low);
  axis.max = curved (axis.scale, high);
  if (!picture_axis_is_valid (&axis))
    return (PictureAxis){ axis.scale, log_scale ? 0.01 : 0, 1 };
  return axis;
}
