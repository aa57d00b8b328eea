/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-history.h"
#include "numeral-canvas.h"

G_BEGIN_DECLS

/* How far an arrow key moves the cursor, alone and with Shift. */
#define NUMERAL_CANVAS_STEP 25.0
#define NUMERAL_CANVAS_LARGE_STEP 100.0

/**
 * NumeralCanvasView:
 * @zoom: 1 shows the whole image
 * @x: @y: the corner of the part that is shown, in units of the canvas at zoom 1
 *
 * The part of an image that is shown.
 */
typedef struct
{
  double zoom, x, y;
} NumeralCanvasView;

/**
 * NumeralCanvasImage:
 * @texture: in the size of the image, or larger if that is very small
 * @reduced: (nullable): the texture in the size on the screen, if that is smaller
 * @picture: (nullable): what is read; %NULL if it is read as @tensor
 * @view: the part that is shown; all of it if there is no picture
 * @full: (nullable): the picture with all of its pixels, while a part is shown
 * @part: (nullable): that part in the size on the screen, for the view and the number of pixels in
 *   @part_view and @part_pixels
 *
 * The image that a state shows instead of ink.
 */
typedef struct
{
  GdkTexture *texture;
  GdkTexture *reduced;
  NumeralPicture *picture;
  float tensor[INK_TENSOR_SIZE];
  NumeralCanvasView view;
  GdkPixbuf *full;
  GdkTexture *part;
  NumeralCanvasView part_view;
  double part_pixels;
} NumeralCanvasImage;

/* The position of an image on the canvas: a pixel has @scale units, and the corner is at (@x,
 * @y). */
typedef struct
{
  double scale, x, y;
} NumeralCanvasPlace;

/**
 * NumeralCanvasCache:
 * @drawing: (nullable): the drawing in @surface
 * @node: (nullable): its render node, reused in each frame so that GTK sees that nothing has
 *   changed
 *
 * A cache of the finished strokes, so that the cost of a frame does not depend on their number.
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
  /* Time 0 of the drawing, in microseconds of the monotonic clock. */
  gint64 began;

  /* The device that draws, and its touch sequence. */
  GdkDevice *device;
  GdkEventSequence *sequence;
  /* Position of the pointer, in units of the drawing. */
  gboolean hovering;
  double hover_x, hover_y;

  /* The keyboard's own cursor. */
  gboolean cursor_shown;
  gboolean cursor_down;
  double cursor_x, cursor_y;

  /* The boxes of a number's digits, the chosen digit, and the digit that the pointer pressed:
   * n_marks for none. */
  InkBox marks[INK_SPLIT_MAX_PARTS];
  guint n_marks;
  guint chosen_mark;
  guint pressed_mark;
  /* Whether a press on a digit of a picture may still be a tap. A stroke would replace the
   * picture, so it does not begin before this is known. */
  gboolean waiting;
  double pressed_x, pressed_y;

  /* The numbers of a page, and the chosen one. They are drawn on the picture that they were read
   * in, and on no other. */
  NumeralSheet *sheet;
  NumeralPicture *sheet_picture;
  guint chosen_number;

  /* How far the picture was dragged in pixels, and the last scale of a pinch. */
  double dragged_x, dragged_y;
  double pinched;

  NumeralCanvasCache cache;
  guint tick;
  /* Number of times "changed" was emitted at once since the frame of this number. */
  gint64 changes_frame;
  guint n_changes;
  gboolean was_empty;
};

/* numeral-canvas-state.c: the content of the canvas, and its signals */
void numeral_canvas_state_class_init (NumeralCanvasClass *klass);
gboolean numeral_canvas_is_empty (NumeralCanvas *self);
/* (transfer none): the finished strokes, without the ink that is being erased. */
InkDrawing *numeral_canvas_get_shown (NumeralCanvas *self);
/* (nullable): the image that the current state shows. */
NumeralCanvasImage *numeral_canvas_get_image (NumeralCanvas *self);
/* Whether a part of a picture is shown. */
gboolean numeral_canvas_is_zoomed (NumeralCanvas *self);
void numeral_canvas_update_cursor (NumeralCanvas *self);
/* Adds a state to the history; takes ownership of @image (nullable). */
void numeral_canvas_push (NumeralCanvas *self, InkDrawing *drawing, NumeralCanvasImage *image);
/* The history moved: notifies the properties that depend on it and emits "edited". */
void numeral_canvas_state_changed (NumeralCanvas *self);
/* Queues a redraw, and emits "changed" with the next frame. */
void numeral_canvas_mark_changed (NumeralCanvas *self);
/* Emits a pending "changed" at once, so that this frame shows the answer. */
void numeral_canvas_notify_changed (NumeralCanvas *self);
void numeral_canvas_activate_mark (NumeralCanvas *self, guint place);
void numeral_canvas_activate_number (NumeralCanvas *self, guint index);

/* numeral-canvas-image.c */
NumeralCanvasImage *numeral_canvas_image_new (GdkTexture *texture,
                                              const float tensor[INK_TENSOR_SIZE]);
NumeralCanvasImage *numeral_canvas_image_new_picture (NumeralPicture *picture);
void numeral_canvas_image_free (NumeralCanvasImage *image);
NumeralCanvasPlace numeral_canvas_image_place (const NumeralCanvasImage *image);
/* Limits a view to the image, and to the zooms that make sense. */
NumeralCanvasView numeral_canvas_image_clamp (const NumeralCanvasImage *image,
                                              NumeralCanvasView view);
/* @box in units of the canvas, from pixels of the picture. */
InkBox numeral_canvas_image_map (const NumeralCanvasImage *image, InkBox box);
/* @pixels: of the screen, for each unit of the canvas; @scale: of the snapshot, for each unit */
void numeral_canvas_image_snapshot (NumeralCanvasImage *image,
                                    GtkSnapshot *snapshot,
                                    double scale,
                                    double pixels);

/* numeral-canvas-zoom.c: the keys, the wheel and the fingers that zoom */
void numeral_canvas_zoom_init (NumeralCanvas *self);

/* numeral-canvas-view.c: the part of a picture that is shown */
/* Moves the picture, in units of the canvas. */
void numeral_canvas_pan (NumeralCanvas *self, double dx, double dy);
/* Moves the part that is shown so that it has @box, in pixels of the picture. */
void numeral_canvas_reveal (NumeralCanvas *self, InkBox box);

/* numeral-canvas-boxes.c: the numbers of a page */
/* Whether a page is shown whose numbers are known. */
gboolean numeral_canvas_has_boxes (NumeralCanvas *self);
void numeral_canvas_snapshot_boxes (NumeralCanvas *self,
                                    GtkSnapshot *snapshot,
                                    const GdkRGBA *colour,
                                    double side);
/* The number at this position, in units of the canvas; n_numbers if there is none. */
guint numeral_canvas_find_box (NumeralCanvas *self, double x, double y);
/* The number that a key goes to: the chosen one if there is none in that direction, n_numbers if
 * the key is none that moves. */
guint numeral_canvas_next_box (NumeralCanvas *self, guint key);

/* numeral-canvas-stroke.c: in units of the drawing; time by g_get_monotonic_time(). */
double numeral_canvas_get_eraser_radius (NumeralCanvas *self);
void numeral_canvas_begin (
    NumeralCanvas *self, double x, double y, double pressure, gint64 time, gboolean erasing);
void numeral_canvas_extend (NumeralCanvas *self, double x, double y, double pressure, gint64 time);
void numeral_canvas_end (NumeralCanvas *self);

/* numeral-canvas-pointer.c */
void numeral_canvas_pointer_init (NumeralCanvas *self);
/* Releases the pointer. */
void numeral_canvas_pointer_release (NumeralCanvas *self);

/* numeral-canvas-marks.c */
void numeral_canvas_snapshot_marks (NumeralCanvas *self,
                                    GtkSnapshot *snapshot,
                                    const GdkRGBA *colour,
                                    double side);
/* The mark at this position, in units of the drawing; n_marks if there is none. */
guint numeral_canvas_find_mark (NumeralCanvas *self, double x, double y);
/* If the current stroke is a tap on the mark where it began, removes the stroke and emits
 * "mark-activated". Returns whether it was a tap. */
gboolean numeral_canvas_tap_mark (NumeralCanvas *self);
/* Whether this movement, in units of the drawing, is short enough for a tap. */
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
