/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-blank.h"
#include "ink-drawing.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/* Private to image: the steps of ink_image_new() and of the tensors, one file each. */

/**
 * InkPlane:
 * @values: [height, width]
 */
typedef struct
{
  guint width, height;
  float *values;
} InkPlane;

/**
 * InkMask:
 * @values: [height, width] 1 for ink, 0 for none
 */
typedef struct
{
  guint width, height;
  guint8 *values;
} InkMask;

/* A bounding box in pixels, both ends included. */
typedef struct
{
  guint x0, y0, x1, y1;
} InkPixelBox;

InkPlane *ink_plane_new (guint width, guint height);
void ink_plane_free (InkPlane *plane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkPlane, ink_plane_free)

/* (transfer full) */
InkPlane *ink_plane_copy (const InkPlane *plane);
/* Binomial filter, 1 2 1 in both directions, against the grain of a photograph. */
void ink_plane_smooth (InkPlane *plane);
/* Morphological closing (@sign 1) or opening (-1): replaces dark or light structures narrower than
 * twice @reach by their surroundings. Returns the sum of the changes. */
double ink_plane_close_narrow (InkPlane *plane, guint reach, float sign);
/* (transfer full): means over blocks, whose size is chosen such that no side exceeds @max_side. */
InkPlane *ink_plane_reduce (const InkPlane *plane, guint max_side);
/* The side of the blocks of ink_plane_reduce(). */
guint ink_plane_block (const InkPlane *plane, guint max_side);
/* Bilinear interpolation at a position in pixel indices; outside, the edge is repeated. */
float ink_plane_sample (const InkPlane *plane, double x, double y);
/* Cubic interpolation; outside, there is 0. */
float ink_plane_sample_cubic (const InkPlane *plane, double x, double y);
/* The @part quantile (0 to 1) of @values. Reorders @values. */
float ink_quantile (float *values, gsize n, double part);

/**
 * InkClasses:
 * @threshold: divides @values into two classes
 * @low: @high: their means
 * @between: the part of the variance that lies between the classes: near 1 for ink on even paper
 *
 * Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979.
 */
typedef struct
{
  float threshold, low, high;
  double between;
} InkClasses;

InkClasses ink_classes_of (const float *values, gsize n);

typedef enum
{
  INK_SIDE_LEFT,
  INK_SIDE_RIGHT,
  INK_SIDE_TOP,
  INK_SIDE_BOTTOM,
  INK_N_SIDES,
} InkSide;

/* A straight line along an edge, such as that of a printed cell. The inside of the picture begins
 * at @depth in the middle of the edge, @slope deeper with each pixel along it. */
typedef struct
{
  gboolean found;
  double depth, slope;
} InkFrameLine;

typedef struct
{
  guint width, height;
  InkFrameLine lines[INK_N_SIDES];
} InkFrame;

/* Finds lines along the edges that are no writing, at least @contrast darker (@sign 1) or lighter
 * (-1) than the paper beside them; %FALSE if there are none. */
gboolean ink_image_find_frame (const InkPlane *gray, float sign, float contrast, InkFrame *frame);
/* Moves a pixel that is outside by one pixel towards the inside. */
void ink_frame_step_inwards (const InkFrame *frame, guint *x, guint *y);
/* Whether a pixel is inside of all lines. */
gboolean ink_frame_contains (const InkFrame *frame, double x, double y);

/* The log odds that the dark pixels and not the light ones are ink. */
double ink_image_sign_odds (const InkMask *dark, const InkMask *light);
/* Whether a class is as thin as strokes are, and no shadow. */
gboolean ink_image_is_strokes (const InkMask *mask);

/**
 * ink_image_find_ink:
 * @gray: 0 is black
 * @threshold: (out): a pixel of the signal at or above it is ink
 * @framed: (out): whether there are printed lines along the edges, which are no ink
 *
 * Estimates and subtracts the background, and decides whether ink is darker or lighter.
 *
 * Returns: (transfer full) (nullable): the signal, 0 for the background and more for ink; %NULL if
 * no ink stands out
 */
InkPlane *ink_image_find_ink (const InkPlane *gray, double *threshold, gboolean *framed);

InkPixelBox ink_pixel_box_union (InkPixelBox a, InkPixelBox b);

/**
 * InkPieces:
 * @labels: [height, width] the piece of each pixel, counted from 1; 0 for none
 * @n: number of pieces
 * @boxes: [n]
 *
 * The connected components of the ink.
 */
typedef struct
{
  guint *labels;
  guint n;
  InkPixelBox *boxes;
} InkPieces;

void ink_pieces_clear (InkPieces *pieces);

/**
 * InkComponent:
 * @area: number of pixels
 * @at_edge: those on the picture's edge
 * @outline: those beside paper
 *
 * A connected component of the ink.
 */
typedef struct
{
  gsize area;
  guint at_edge;
  guint outline;
  InkPixelBox box;
} InkComponent;

/* (transfer full) (element-type InkComponent): all connected components, with 8-connectivity.
 * @labels: (inout): [height, width] 0 before; then the index of the component plus one */
GArray *ink_image_find_components (const InkPlane *signal, double threshold, guint *labels);

/* The width of the strokes of a component. */
double ink_component_stroke (const InkComponent *component);

/* Whether a component consists of straight level and upright lines that are no digit: a frame, a
 * grid, axes with ticks, a ruled line. @label: of the component in @labels, [height, width] */
gboolean ink_component_is_lines (
    const InkComponent *component, const guint *labels, guint label, guint width, guint height);

/* Whether a component has the shape of a mouse pointer, an arrow that points up and to the left. */
gboolean ink_component_is_pointer (const InkComponent *component,
                                   const guint *labels,
                                   guint label,
                                   guint width);

/* Finds the contents of a window in a screenshot: the rectangle of the background of which the
 * picture mostly consists, below a title bar or inside a border. %FALSE if there is no such
 * rectangle, as in a photograph, or if it is the whole picture. */
gboolean ink_image_find_contents (
    const guint8 *gray, guint width, guint height, gsize stride, InkPixelBox *box);

/* Removes specks and components that are no writing, such as shadows at the border, from @signal,
 * and finds the @pieces of the rest. Returns %FALSE and empty @pieces if nothing is left; then
 * @blank, unless it is %NULL, is INK_BLANK_FRAME if there were lines or a pointer, and
 * INK_BLANK_PLAIN otherwise. */
gboolean ink_image_clean (InkPlane *signal, double threshold, InkPieces *pieces, InkBlank *blank);

/* Why there is no ink in a picture in which none is found. */
InkBlank ink_image_find_blank (const InkPlane *gray);

/* (transfer full): the outline of piece @label as a closed stroke, in pixels of the plane times
 * @scale, shrunk by half the line width so that it approximates the centreline. */
InkStroke *
ink_image_outline (const InkPieces *pieces, guint label, const InkPlane *signal, double scale);

/* Draws the ink with a stroke width that fits the tensor. Returns %FALSE, with @tensor unchanged,
 * if there is no ink. */
gboolean ink_image_draw (const InkPlane *signal,
                         double threshold,
                         const InkPixelBox *box,
                         float tensor[INK_TENSOR_SIZE]);

G_END_DECLS
