/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-tensor.h"

#include <math.h>

/* Cells of at least this size, in device pixels, get a gap of one pixel. */
#define GAP_FROM 5

/* Converts a length to device pixels, and back. */
static double
device_scale (cairo_t *cr)
{
  double dx = 1, dy = 0;

  cairo_user_to_device_distance (cr, &dx, &dy);
  return MAX (hypot (dx, dy), 1e-6);
}

void
picture_tensor (cairo_t *cr, double width, double height, const float tensor[INK_TENSOR_SIZE])
{
  const double scale = device_scale (cr);
  const double room = MIN (width, height);
  const double cell_pixels = floor (room * scale / INK_TENSOR_SIDE);
  /* Each cell has a whole number of device pixels, if it has at least one. */
  const double cell = cell_pixels >= 1 ? cell_pixels / scale : room / INK_TENSOR_SIDE;
  const double gap = cell_pixels >= GAP_FROM ? 1 / scale : 0;
  const double side = cell * INK_TENSOR_SIDE;
  const double x0 = picture_snap_x (cr, (width - side) / 2);
  const double y0 = picture_snap_y (cr, (height - side) / 2);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, (width - room) / 2, (height - room) / 2, room, room);
  cairo_fill (cr);

  for (guint i = 0; tensor && i < INK_TENSOR_SIZE; i++)
    {
      const double value = CLAMP ((double) tensor[i], 0.0, 1.0);

      if (!(value > 0))
        continue;
      cairo_set_source_rgb (cr, value, value, value);
      cairo_rectangle (cr, x0 + cell * (i % INK_TENSOR_SIDE), y0 + cell * (i / INK_TENSOR_SIDE),
                       cell - gap, cell - gap);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}
