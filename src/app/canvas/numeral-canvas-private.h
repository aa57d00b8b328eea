/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-history.h"
#include "numeral-canvas.h"

G_BEGIN_DECLS

/* How far an arrow key moves the cursor, alone and with Shift. */
#define NUMERAL_CANVAS_STEP 25.0
#define NUMERAL_CANVAS_LARGE_STEP 100.0

/**
 * NumeralCanvasImage:
 * @ink: (nullable): what is written in it; %NULL where it is read as @tensor
 *
 * What a state shows instead of ink.
 */
typedef struct
{
  GdkTexture *texture;
  InkImage *ink;
  float tensor[INK_TENSOR_SIZE];
} NumeralCanvasImage;

/* Where an image lies on the canvas: a pixel of it is @scale units, and its corner at (@x, @y). */
typedef struct
{
  double scale, x, y;
} NumeralCanvasPlace;

/**
 * NumeralCanvasCache:
 * @drawing: (nullable): what @surface holds
 * @node: (nullable): what of it is in a frame; the same from frame to frame, so that GTK sees that
 *   nothing has changed there
 *
 * The finished strokes as they were drawn last, so that a frame costs the same
 * however many there are.
 */
typedef struct
{
  InkDrawing *drawing;
  cairo_surface_t *surface;
  GskRenderNode *node;
  GdkRGBA colour;
  int pixels;
  double side;
} NumeralCanvasCache;

struct _NumeralCanvas
{
  GtkWidget parent_instance;

  NumeralTool tool;
  double pen_width;

  InkHistory *history;
  /* InkDrawing (a state without strokes) to NumeralCanvasImage. */
  GHashTable *images;

  /* The stroke that is being drawn and the drawing that is being erased; NULL otherwise. */
  InkStroke *stroke;
  InkDrawing *rubbed;
  double last_x, last_y;
  /* When the drawing's time was 0, in microseconds of the monotonic clock. */
  gint64 began;

  /* The pointer that draws, and the finger of it. */
  GdkDevice *device;
  GdkEventSequence *sequence;
  /* Where the pointer is, in units of the drawing. */
  gboolean hovering;
  double hover_x, hover_y;

  /* The keyboard's own cursor. */
  gboolean cursor_shown;
  gboolean cursor_down;
  double cursor_x, cursor_y;

  /* The digits of a number, which of them is chosen, and which one the pointer came down on:
   * n_marks where on none. */
  InkBox marks[INK_SPLIT_MAX_PARTS];
  guint n_marks;
  guint chosen_mark;
  guint pressed_mark;
  /* A press on a digit of a picture, of which it is not known yet whether it is a tap: a stroke on
   * a picture begins anew, and what was read there is gone. */
  gboolean waiting;
  double pressed_x, pressed_y;

  NumeralCanvasCache cache;
  guint tick;
  /* How often "changed" was emitted at once since the frame of this number. */
  gint64 changes_frame;
  guint n_changes;
  gboolean was_empty;
};

/* numeral-canvas-state.c: the content of the canvas, and its signals */
void numeral_canvas_state_class_init (NumeralCanvasClass *klass);
gboolean numeral_canvas_is_empty (NumeralCanvas *self);
/* (transfer none): finished strokes, less what is being erased. */
InkDrawing *numeral_canvas_get_shown (NumeralCanvas *self);
/* (nullable): the image that the current state shows. */
NumeralCanvasImage *numeral_canvas_get_image (NumeralCanvas *self);
NumeralCanvasPlace numeral_canvas_image_place (const NumeralCanvasImage *image);
/* Adds a state to the history; takes @image (nullable) over. */
void numeral_canvas_push (NumeralCanvas *self, InkDrawing *drawing, NumeralCanvasImage *image);
/* The history moved: notifies the properties that depend on it and emits "edited". */
void numeral_canvas_state_changed (NumeralCanvas *self);
/* Draws, and emits "changed" with the next frame. */
void numeral_canvas_mark_changed (NumeralCanvas *self);
/* Emits a pending "changed" at once, so that this frame shows the answer. */
void numeral_canvas_notify_changed (NumeralCanvas *self);
void numeral_canvas_activate_mark (NumeralCanvas *self, guint place);

/* numeral-canvas-stroke.c: in units of the drawing; time by g_get_monotonic_time(). */
double numeral_canvas_get_eraser_radius (NumeralCanvas *self);
void numeral_canvas_begin (
    NumeralCanvas *self, double x, double y, double pressure, gint64 time, gboolean erasing);
void numeral_canvas_extend (NumeralCanvas *self, double x, double y, double pressure, gint64 time);
void numeral_canvas_end (NumeralCanvas *self);

/* numeral-canvas-pointer.c */
void numeral_canvas_pointer_init (NumeralCanvas *self);
/* Lets go of the pointer, wherever it is. */
void numeral_canvas_pointer_release (NumeralCanvas *self);
void numeral_canvas_update_cursor (NumeralCanvas *self);

/* numeral-canvas-marks.c */
void numeral_canvas_snapshot_marks (NumeralCanvas *self,
                                    GtkSnapshot *snapshot,
                                    const GdkRGBA *colour,
                                    double side);
/* The mark at this place, in units of the drawing; n_marks where there is none. */
guint numeral_canvas_find_mark (NumeralCanvas *self, double x, double y);
/* Takes the stroke that is being drawn away again where it is a tap on the mark that it began on,
 * and asks for that. Returns whether it was. */
gboolean numeral_canvas_tap_mark (NumeralCanvas *self);
/* Whether a pointer that went so far, in units of the drawing, was a tap. */
gboolean numeral_canvas_is_tap (double dx, double dy);

/* numeral-canvas-keyboard.c */
void numeral_canvas_keyboard_init (NumeralCanvas *self);
void numeral_canvas_keyboard_lift (NumeralCanvas *self);

/* numeral-canvas-draw.c */
/* The square in the middle of the widget that a drawing is shown in. */
void numeral_canvas_get_square (NumeralCanvas *self, double *x, double *y, double *side);
void numeral_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void numeral_canvas_cache_clear (NumeralCanvasCache *cache);

G_END_DECLS
