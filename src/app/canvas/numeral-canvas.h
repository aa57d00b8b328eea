/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ink-split.h"
#include "numeral-picture.h"
#include "numeral-sheet.h"

G_BEGIN_DECLS

/* The side of the square of a drawing's coordinates, for every size on the screen. */
#define NUMERAL_CANVAS_SIZE 1000.0

#define NUMERAL_CANVAS_PEN_MIN 20.0
#define NUMERAL_CANVAS_PEN_MAX 120.0
#define NUMERAL_CANVAS_PEN_DEFAULT 55.0

/* Factor of the keys that zoom. */
#define NUMERAL_CANVAS_ZOOM_STEP 1.5

/**
 * NumeralTool:
 *
 * The action of the pointer on the canvas. The eraser end of a pen always erases.
 */
typedef enum
{
  NUMERAL_TOOL_PEN,
  NUMERAL_TOOL_ERASER,
} NumeralTool;

#define NUMERAL_TYPE_TOOL (numeral_tool_get_type ())
GType numeral_tool_get_type (void);

#define NUMERAL_TYPE_CANVAS (numeral_canvas_get_type ())
G_DECLARE_FINAL_TYPE (NumeralCanvas, numeral_canvas, NUMERAL, CANVAS, GtkWidget)

/**
 * NumeralCanvas:
 *
 * A square to draw on with mouse, finger, pen or the arrow keys. It can also show an image
 * instead of ink. Every finished stroke, erasure, clearing and opened file is a state in the
 * undo history.
 *
 * Properties: "tool" and "pen-width" (in units of the drawing) to be set; "can-undo", "can-redo",
 * "is-empty" (neither ink nor image), "has-ink" and "has-picture" (a picture that can be turned),
 * read-only.
 *
 * Each digit of a number can be marked, one of them as the chosen one; a tap on a marked digit
 * activates it and leaves no ink. So do the numbers of a page, which have boxes; the arrow keys go
 * from one to the next.
 *
 * Signals: "changed" when the content may have changed, also during a stroke, a few times per
 * frame at most; "edited" when a state was added, or reached by undo or redo; "mark-activated"
 * (guint place) when a marked digit was tapped; "number-activated" (guint index) when a number of
 * the page was tapped or reached by a key.
 */
NumeralCanvas *numeral_canvas_new (void);

/* (transfer none): the drawing, without the unfinished stroke. */
InkDrawing *numeral_canvas_get_drawing (NumeralCanvas *self);

/* The tensor of the current content, the unfinished stroke included. Returns %FALSE if there is
 * nothing to read. */
gboolean numeral_canvas_get_tensor (NumeralCanvas *self, float tensor[INK_TENSOR_SIZE]);

/* (transfer full) (nullable): the current ink for another thread, with a copy of the unfinished
 * stroke; %NULL if an image is shown. */
InkDrawing *numeral_canvas_copy_ink (NumeralCanvas *self);

/* (transfer none) (nullable): the current picture; %NULL during a stroke. */
NumeralPicture *numeral_canvas_get_picture (NumeralCanvas *self);

/* Marks the ink of @n digits, at most INK_SPLIT_MAX_PARTS. Boxes are in units of the canvas, or
 * in pixels of the picture if there is one. */
void numeral_canvas_set_marks (NumeralCanvas *self, const InkBox *boxes, guint n, guint chosen);

/* Shows boxes around the numbers of the page, until another picture or ink is shown. @sheet:
 * (nullable); @chosen: index of a number */
void numeral_canvas_set_sheet (NumeralCanvas *self, NumeralSheet *sheet, guint chosen);

/**
 * numeral_canvas_zoom_at:
 * @factor: of the zoom, which is limited: at 1 the whole picture is shown
 * @x: @y: what stays in its place, in units of the canvas
 *
 * Enlarges or reduces the picture; nothing happens without one. A part of a picture can be dragged
 * and scrolled.
 */
void numeral_canvas_zoom_at (NumeralCanvas *self, double factor, double x, double y);
/* The same about the chosen number of a page, or the middle. */
void numeral_canvas_zoom (NumeralCanvas *self, double factor);
/* Shows the whole picture. */
void numeral_canvas_zoom_reset (NumeralCanvas *self);
double numeral_canvas_get_zoom (NumeralCanvas *self);

/* Adds a state. The drawing is in units of the canvas: see numeral_canvas_fit(). */
void numeral_canvas_show_drawing (NumeralCanvas *self, InkDrawing *drawing);
/* The same with a picture of a number or a page. */
void numeral_canvas_show_picture (NumeralCanvas *self, NumeralPicture *picture);
/* The same with an image of one digit, and the tensor that it is read as. */
void numeral_canvas_show_image (NumeralCanvas *self,
                                GdkTexture *texture,
                                const float tensor[INK_TENSOR_SIZE]);
/* Replaces the current state with @drawing, if there is a state before it. */
void numeral_canvas_swap_drawing (NumeralCanvas *self, InkDrawing *drawing);

/* Whether there is an unfinished stroke, of the pen or of the eraser. */
gboolean numeral_canvas_is_drawing (NumeralCanvas *self);
/* Ends the unfinished stroke, as lifting the pen would. */
void numeral_canvas_settle (NumeralCanvas *self);

/* Each ends the unfinished stroke first. Returns whether anything changed. */
gboolean numeral_canvas_undo (NumeralCanvas *self);
gboolean numeral_canvas_redo (NumeralCanvas *self);
gboolean numeral_canvas_clear (NumeralCanvas *self);

NumeralTool numeral_canvas_get_tool (NumeralCanvas *self);
void numeral_canvas_set_tool (NumeralCanvas *self, NumeralTool tool);
double numeral_canvas_get_pen_width (NumeralCanvas *self);
void numeral_canvas_set_pen_width (NumeralCanvas *self, double pen_width);

/**
 * numeral_canvas_fit:
 *
 * Moves and scales imported ink to the middle of the canvas, with a pen width that the canvas
 * supports. Ink that already lies on the canvas in a plausible size is not changed.
 *
 * Returns: (transfer full)
 */
InkDrawing *numeral_canvas_fit (InkDrawing *drawing, double pen_width);

G_END_DECLS
