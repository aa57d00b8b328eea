/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-axis.h"

/* A log axis with fewer ticks gets the ticks of a linear one. */
#define FEWEST_LOG_TICKS 3

/* The next of 1, 2, 5 times a power of ten that is no less than @raw. */
static double
nice_step (double raw)
{
  const double power = pow (10, floor (log10 (raw)));
  const double steps[] = { 1, 2, 5, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    /* The tolerance keeps rounding errors from turning a 1 into a 2. */
    if (raw <= steps[i] * power * (1 + 1e-9))
      return steps[i] * power;
  return 10 * power;
}

static void
linear_ticks (const PictureAxis *axis, guint most, PictureTicks *ticks)
{
  const double width = axis->max - axis->min;
  double step = nice_step (width / most);
  double first, last;

  first = ceil (axis->min / step - 1e-9);
  last = floor (axis->max / step + 1e-9);
  /* Because of rounding, one step too many may fit. */
  if (last - first + 1 > most)
    {
      step = nice_step (step * 1.01);
      first = ceil (axis->min / step - 1e-9);
      last = floor (axis->max / step + 1e-9);
    }
  ticks->step = step;
  ticks->n = 0;
  for (double k = first; k <= last && ticks->n < PICTURE_AXIS_MAX_TICKS; k++)
    ticks->values[ticks->n++] = k == 0 ? 0 : k * step;
}

/* @digits: the ticks of a decade. Returns the number on the axis, which may be more than fit into
 * @ticks. */
static guint
decade_ticks (
    const PictureAxis *axis, const double *digits, guint n_digits, int stride, PictureTicks *ticks)
{
  const int first = (int) floor (log10 (axis->min)) - 1;
  const int last = (int) ceil (log10 (axis->max)) + 1;
  guint count = 0;

  ticks->n = 0;
  ticks->step = 0;
  for (int decade = first - first % stride; decade <= last; decade += stride)
    for (guint i = 0; i < n_digits; i++)
      {
        /* Divide: pow() with a negative exponent is less exact. */
        const double value =
            decade < 0 ? digits[i] / pow (10, -decade) : digits[i] * pow (10, decade);

        if (value < axis->min * (1 - 1e-9) || value > axis->max * (1 + 1e-9))
          continue;
        count++;
        if (ticks->n < PICTURE_AXIS_MAX_TICKS)
          ticks->values[ticks->n++] = value;
      }
  return count;
}

static void
log_ticks (const PictureAxis *axis, guint most, PictureTicks *ticks)
{
  static const double fine[] = { 1, 2, 5 };
  static const double coarse[] = { 1, 3 };
  const double decades = log10 (axis->max / axis->min);
  guint count;

  /* Stop early: hundreds of decades are too many. */
  count = most + 1;
  if (decades <= most)
    count = decade_ticks (axis, fine, G_N_ELEMENTS (fine), 1, ticks);
  if (decades <= most && count > most)
    count = decade_ticks (axis, coarse, G_N_ELEMENTS (coarse), 1, ticks);
  for (int stride = MAX (1, (int) (decades / most)); count > most && stride <= 1000; stride++)
    count = decade_ticks (axis, coarse, 1, stride, ticks);
  if (ticks->n < FEWEST_LOG_TICKS && decades < 1)
    linear_ticks (axis, MAX (most, 2), ticks);
}

void
picture_axis_ticks (const PictureAxis *axis, guint most, PictureTicks *ticks)
{
  most = CLAMP (most, 1, PICTURE_AXIS_MAX_TICKS);
  ticks->n = 0;
  ticks->step = 0;
  if (!picture_axis_is_valid (axis))
    return;
  if (axis->scale == PICTURE_SCALE_LOG)
    log_ticks (axis, most, ticks);
  else
    linear_ticks (axis, most, ticks);
}
