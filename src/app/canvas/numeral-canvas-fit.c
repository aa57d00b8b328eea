/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas.h"

/* Size that imported ink is scaled to, in units of the drawing. */
#define FIT_SIDE 620.0
/* Ink that lies on the canvas already is not scaled from this size on. */
#define FIT_FROM 250.0

static gboolean
is_at_home (InkDrawing *drawing, InkBox box)
{
  const double side = MAX (box.x1 - box.x0, box.y1 - box.y0);

  if (box.x0 < 0 || box.y0 < 0 || box.x1 > NUMERAL_CANVAS_SIZE || box.y1 > NUMERAL_CANVAS_SIZE ||
      side < FIT_FROM)
    return FALSE;
  for (guint i = 0; i < drawing->n_strokes; i++)
    if (drawing->strokes[i]->width < NUMERAL_CANVAS_PEN_MIN ||
        drawing->strokes[i]->width > NUMERAL_CANVAS_PEN_MAX)
      return FALSE;
  return TRUE;
}

InkDrawing *
numeral_canvas_fit (InkDrawing *drawing, double pen_width)
{
  const InkBox box = ink_drawing_box (drawing);
  const double side = MAX (box.x1 - box.x0, box.y1 - box.y0);
  const double scale = side > 0 ? FIT_SIDE / side : 1;
  const double middle = NUMERAL_CANVAS_SIZE / 2;
  g_autoptr (InkDrawing) moved = NULL;
  g_autoptr (GPtrArray) strokes = NULL;

  if (ink_drawing_is_empty (drawing) || is_at_home (drawing, box))
    return ink_drawing_ref (drawing);

  moved = ink_drawing_transform (drawing, (float) scale,
                                 (float) (middle - scale * ((double) box.x0 + box.x1) / 2),
                                 (float) (middle - scale * ((double) box.y0 + box.y1) / 2));
  strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  for (guint i = 0; i < moved->n_strokes; i++)
    {
      InkStroke *stroke = ink_stroke_copy (moved->strokes[i]);

      stroke->width = (float) pen_width;
      g_ptr_array_add (strokes, stroke);
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}
