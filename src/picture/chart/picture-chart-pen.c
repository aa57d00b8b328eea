/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-pen.h"

#include <math.h>

/* Largest deviation of a simplified line in pixels, less than antialiasing shows. */
#define SLACK 0.15

void
picture_pen_up (PicturePen *pen)
{
  if (pen->pending)
    cairo_line_to (pen->cr, pen->at_x, pen->at_y);
  pen->pending = pen->started = FALSE;
}

void
picture_pen_to (PicturePen *pen, double x, double y)
{
  double way, slope;

  if (!pen->started)
    {
      if (pen->edge)
        cairo_line_to (pen->cr, x, y);
      else
        {
          cairo_move_to (pen->cr, x, y);
          /* A sample between two gaps is a dot, which butt caps would hide. */
          cairo_line_to (pen->cr, x + 0.01, y);
        }
      pen->from_x = x;
      pen->from_y = y;
      pen->started = TRUE;
      pen->least = -(double) INFINITY;
      pen->greatest = (double) INFINITY;
      return;
    }
  way = fabs (x - pen->from_x);
  slope = way > 0 ? (y - pen->from_y) / way : (double) NAN;
  if (pen->pending && !(slope >= pen->least && slope <= pen->greatest))
    {
      cairo_line_to (pen->cr, pen->at_x, pen->at_y);
      pen->from_x = pen->at_x;
      pen->from_y = pen->at_y;
      pen->least = -(double) INFINITY;
      pen->greatest = (double) INFINITY;
      way = fabs (x - pen->from_x);
    }
  if (way > 0)
    {
      pen->least = MAX (pen->least, (y - SLACK - pen->from_y) / way);
      pen->greatest = MIN (pen->greatest, (y + SLACK - pen->from_y) / way);
    }
  pen->at_x = x;
  pen->at_y = y;
  pen->pending = TRUE;
}
