/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas-private.h"

/* Distance of a number from the edge after it was scrolled to, in units of the canvas. */
#define AROUND 30.0

/* (nullable): the image, if it can be zoomed. */
static NumeralCanvasImage *
get_zoomable (NumeralCanvas *self)
{
  return numeral_canvas_get_picture (self) ? numeral_canvas_get_image (self) : NULL;
}

double
numeral_canvas_get_zoom (NumeralCanvas *self)
{
  const NumeralCanvasImage *image;

  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), 1);

  image = get_zoomable (self);
  return image ? image->view.zoom : 1;
}

/* The brackets of digits are kept in units of the canvas. */
static void
move_marks (NumeralCanvas *self, const NumeralCanvasView *from, const NumeralCanvasView *to)
{
  const double scale = to->zoom / from->zoom;
  const double dx = to->zoom * (from->x - to->x), dy = to->zoom * (from->y - to->y);

  for (guint i = 0; i < self->n_marks; i++)
    {
      const InkBox box = self->marks[i];

      self->marks[i] = (InkBox){ (float) (scale * box.x0 + dx), (float) (scale * box.y0 + dy),
                                 (float) (scale * box.x1 + dx), (float) (scale * box.y1 + dy) };
    }
}

static void
set_view (NumeralCanvas *self, NumeralCanvasImage *image, NumeralCanvasView view)
{
  const gboolean was_zoomed = image->view.zoom > 1;

  view = numeral_canvas_image_clamp (image, view);
  if (view.zoom == 1)
    view.x = view.y = 0;
  move_marks (self, &image->view, &view);
  image->view = view;
  if (was_zoomed != (view.zoom > 1))
    numeral_canvas_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_canvas_pan (NumeralCanvas *self, double dx, double dy)
{
  NumeralCanvasImage *image = get_zoomable (self);
  NumeralCanvasView view;

  if (!image)
    return;
  view = image->view;
  view.x -= dx / view.zoom;
  view.y -= dy / view.zoom;
  set_view (self, image, view);
}

void
numeral_canvas_zoom_at (NumeralCanvas *self, double factor, double x, double y)
{
  NumeralCanvasImage *image;
  NumeralCanvasView view;

  g_return_if_fail (NUMERAL_IS_CANVAS (self));
  g_return_if_fail (factor > 0);

  image = get_zoomable (self);
  if (!image)
    return;
  view = image->view;
  view.zoom *= factor;
  view.zoom = numeral_canvas_image_clamp (image, view).zoom;
  view.x += x / image->view.zoom - x / view.zoom;
  view.y += y / image->view.zoom - y / view.zoom;
  set_view (self, image, view);
}

void
numeral_canvas_zoom_reset (NumeralCanvas *self)
{
  NumeralCanvasImage *image;

  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  image = get_zoomable (self);
  if (image)
    set_view (self, image, (NumeralCanvasView){ 1, 0, 0 });
}

/* How far to move something from @from to @to into the canvas. */
static double
distance_in (double from, double to)
{
  if (from < AROUND)
    return AROUND - from;
  return to > NUMERAL_CANVAS_SIZE - AROUND ?
             MAX (NUMERAL_CANVAS_SIZE - AROUND - to, AROUND - from) :
             0;
}

void
numeral_canvas_reveal (NumeralCanvas *self, InkBox box)
{
  const NumeralCanvasImage *image = get_zoomable (self);

  if (!image || image->view.zoom == 1)
    return;
  box = numeral_canvas_image_map (image, box);
  numeral_canvas_pan (self, distance_in (box.x0, box.x1), distance_in (box.y0, box.y1));
}
