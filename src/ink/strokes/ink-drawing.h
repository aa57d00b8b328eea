/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-stroke.h"

G_BEGIN_DECLS

/**
 * InkBox:
 *
 * A rectangle of centrelines; empty where x1 < x0.
 */
typedef struct
{
  float x0, y0, x1, y1;
} InkBox;

/**
 * InkDrawing:
 * @n_strokes: may be 0
 * @strokes: shared with other drawings
 *
 * Strokes in the order in which they were drawn. Immutable and reference-counted
 * (atomic). A change makes a new drawing that shares the strokes. An undo history
 * is therefore a list of drawings, and passing a drawing to a thread takes a
 * reference.
 */
typedef struct
{
  guint n_strokes;
  InkStroke **strokes;
  /*< private >*/
  int ref_count;
} InkDrawing;

InkDrawing *ink_drawing_new_empty (void);
/* Takes references of its own to the strokes; strokes beyond INK_MAX_STROKES are left out. */
InkDrawing *ink_drawing_new (InkStroke *const *strokes, guint n_strokes);
InkDrawing *ink_drawing_ref (InkDrawing *drawing);
void ink_drawing_unref (InkDrawing *drawing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkDrawing, ink_drawing_unref)

/* (transfer full): @drawing with one more stroke. */
InkDrawing *ink_drawing_with_stroke (const InkDrawing *drawing, InkStroke *stroke);

/**
 * ink_drawing_erase:
 * @x: @y: @radius: a disc, in the units of the drawing
 *
 * Erases the ink under a disc. Strokes are cut where the disc touches their ink,
 * width included, and points are added at the cuts.
 *
 * Returns: (transfer full): @drawing itself (a new reference) where nothing was touched
 */
InkDrawing *ink_drawing_erase (InkDrawing *drawing, float x, float y, float radius);

/* (transfer full): every coordinate and width is multiplied by @scale, then shifted. */
InkDrawing *ink_drawing_transform (const InkDrawing *drawing, float scale, float dx, float dy);

/* The box of the centrelines; empty where there are no strokes. */
InkBox ink_drawing_box (const InkDrawing *drawing);
gboolean ink_drawing_is_empty (const InkDrawing *drawing);
guint ink_drawing_n_points (const InkDrawing *drawing);
/* Whether a point has a time, or a pressure other than that of a device without one. */
gboolean ink_drawing_has_motion (const InkDrawing *drawing);

G_END_DECLS
