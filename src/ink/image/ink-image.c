/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ink-sheet-private.h"

/* Larger pictures are reduced to this first: strokes in a photograph are still wider than a pixel,
 * and reading takes some 10 ms for every resolution of camera. */
#define MAX_SIDE 800

/**
 * InkImage:
 * @tensor: of all the ink
 * @signal: (nullable): the ink; %NULL if the picture was already prepared as one digit
 * @outlines: [pieces.n] strokes
 */
struct _InkImage
{
  int ref_count;
  float tensor[INK_TENSOR_SIZE];
  InkPlane *signal;
  double threshold;
  InkPieces pieces;
  InkDrawing *outlines;
};

/* Whether the picture is prepared as MNIST's are: an empty border, bright ink that fills the box in
 * at least one direction, and its centre of mass in the middle. */
static gboolean
is_prepared (const guint8 *gray, guint width, guint height, gsize stride)
{
  guint x0 = INK_TENSOR_SIDE, y0 = INK_TENSOR_SIDE, x1 = 0, y1 = 0, brightest = 0, at_border = 0;
  double sum = 0.0, sum_x = 0.0, sum_y = 0.0;
  guint extent;

  if (width != INK_TENSOR_SIDE || height != INK_TENSOR_SIDE)
    return FALSE;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint value = gray[y * stride + x];

        if (value == 0)
          continue;
        at_border += x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        brightest = MAX (brightest, value);
        sum += value;
        sum_x += (double) value * x;
        sum_y += (double) value * y;
        x0 = MIN (x0, x);
        x1 = MAX (x1, x);
        y0 = MIN (y0, y);
        y1 = MAX (y1, y);
      }
  if (brightest < 128 || at_border > 8)
    return FALSE;
  extent = MAX (x1 - x0, y1 - y0) + 1;
  return extent >= 17 && extent <= 22 && fabs (sum_x / sum - INK_TENSOR_CENTRE) <= 1.5 &&
         fabs (sum_y / sum - INK_TENSOR_CENTRE) <= 1.5;
}

/* Side of the blocks of pixels that are averaged into one. */
static guint
block_of (guint width, guint height, guint max_side)
{
  return (MAX (width, height) + max_side - 1) / max_side;
}

/* Without a copy of the picture as floats first. */
InkPlane *
ink_plane_new_reduced (const guint8 *gray, guint width, guint height, gsize stride, guint max_side)
{
  const guint block = block_of (width, height, max_side);
  const guint w = (width + block - 1) / block, h = (height + block - 1) / block;
  InkPlane *plane = ink_plane_new (w, h);

  for (guint y = 0; y < h; y++)
    {
      const guint y1 = MIN ((y + 1) * block, height);

      for (guint x = 0; x < w; x++)
        {
          const guint x1 = MIN ((x + 1) * block, width);
          guint sum = 0;

          for (guint v = y * block; v < y1; v++)
            for (guint u = x * block; u < x1; u++)
              sum += gray[v * stride + u];
          plane->values[(gsize) y * w + x] =
              (float) sum / (float) ((x1 - x * block) * (y1 - y * block));
        }
    }
  return plane;
}

/* Forgets what was found. */
static void
clear (InkImage *image)
{
  g_clear_pointer (&image->signal, ink_plane_free);
  g_clear_pointer (&image->outlines, ink_drawing_unref);
  ink_pieces_clear (&image->pieces);
}

InkImage *
ink_image_ref (InkImage *image)
{
  g_atomic_int_inc (&image->ref_count);
  return image;
}

void
ink_image_unref (InkImage *image)
{
  if (!g_atomic_int_dec_and_test (&image->ref_count))
    return;
  clear (image);
  g_free (image);
}

static void
take_prepared (InkImage *image, const guint8 *gray, gsize stride)
{
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = 0; x < INK_TENSOR_SIDE; x++)
      image->tensor[y * INK_TENSOR_SIDE + x] = gray[y * stride + x] / 255.0f;
  image->outlines = ink_drawing_new_empty ();
}

static InkPixelBox
box_of_all (const InkPieces *pieces)
{
  InkPixelBox box = pieces->boxes[0];

  for (guint i = 1; i < pieces->n; i++)
    box = ink_pixel_box_union (box, pieces->boxes[i]);
  return box;
}

static InkDrawing *
outlines_of (const InkImage *image, double scale)
{
  const guint n = MIN (image->pieces.n, INK_MAX_STROKES);
  g_autofree InkStroke **strokes = g_new (InkStroke *, n);
  InkDrawing *outlines;

  for (guint i = 0; i < n; i++)
    strokes[i] = ink_image_outline (&image->pieces, i + 1, image->signal, scale);
  outlines = ink_drawing_new (strokes, n);
  for (guint i = 0; i < n; i++)
    ink_stroke_unref (strokes[i]);
  return outlines;
}

/* Returns %FALSE if there is no ink. @blank: (out): why not */
static gboolean
find (InkImage *image, const guint8 *gray, guint width, guint height, gsize stride, InkBlank *blank)
{
  g_autoptr (InkPlane) plane = NULL;
  gboolean framed;
  InkPixelBox box;

  *blank = INK_BLANK_PLAIN;
  if (width == 0 || height == 0)
    return FALSE;
  plane = ink_plane_new_reduced (gray, width, height, stride, MAX_SIDE);
  image->signal = ink_image_find_ink (plane, &image->threshold, &framed);
  if (image->signal == NULL ||
      !ink_image_clean (image->signal, image->threshold, &image->pieces, blank))
    {
      *blank = ink_image_find_blank (plane);
      return FALSE;
    }
  box = box_of_all (&image->pieces);
  if (!ink_image_draw (image->signal, image->threshold, &box, image->tensor))
    return FALSE;
  image->outlines = outlines_of (image, block_of (width, height, MAX_SIDE));
  return TRUE;
}

/* Whether there is a single piece, and it is around or beside @box, in pixels of the picture. */
static gboolean
is_around (const InkImage *image, guint width, guint height, const InkPixelBox *box)
{
  const guint block = block_of (width, height, MAX_SIDE);
  const InkPixelBox *piece = image->pieces.boxes;

  return image->pieces.n == 1 && piece->x0 * block <= box->x0 && piece->y0 * block <= box->y0 &&
         (piece->x1 + 1) * block > box->x1 && (piece->y1 + 1) * block > box->y1;
}

/* Finds the ink in the contents of a window, or else in the whole picture. */
static gboolean
find_in_screen (
    InkImage *image, const guint8 *gray, guint width, guint height, gsize stride, InkBlank *blank)
{
  InkPixelBox box;

  if (!ink_image_find_contents (gray, width, height, stride, &box))
    return find (image, gray, width, height, stride, blank);
  if (find (image, gray + box.y0 * stride + box.x0, box.x1 - box.x0 + 1, box.y1 - box.y0 + 1,
            stride, blank))
    {
      g_autoptr (InkDrawing) outlines = g_steal_pointer (&image->outlines);

      image->outlines = ink_drawing_transform (outlines, 1.0f, (float) box.x0, (float) box.y0);
      return TRUE;
    }
  clear (image);
  /* The empty rectangle may be a part of a digit such as a 0. */
  if (find (image, gray, width, height, stride, blank) && is_around (image, width, height, &box))
    return TRUE;
  *blank = INK_BLANK_FRAME;
  return FALSE;
}

InkImage *
ink_image_new_from_pieces (
    InkPlane *signal, double threshold, InkPieces *pieces, guint x, guint y, double scale)
{
  InkImage *image = g_new0 (InkImage, 1);
  g_autoptr (InkDrawing) outlines = NULL;
  InkPixelBox box;

  image->ref_count = 1;
  image->signal = signal;
  image->threshold = threshold;
  image->pieces = *pieces;
  *pieces = (InkPieces){ 0 };
  box = box_of_all (&image->pieces);
  ink_image_draw (signal, threshold, &box, image->tensor);
  outlines = outlines_of (image, scale);
  image->outlines =
      ink_drawing_transform (outlines, 1.0f, (float) (scale * x), (float) (scale * y));
  return image;
}

InkImage *
ink_image_new (const guint8 *gray, guint width, guint height, gsize stride, GError **error)
{
  g_autoptr (InkImage) image = g_new0 (InkImage, 1);
  InkBlank blank;

  image->ref_count = 1;
  if (width > INK_IMAGE_MAX_SIDE || height > INK_IMAGE_MAX_SIDE)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                   _ ("the picture is %u by %u pixels: no side may exceed %d"), width, height,
                   INK_IMAGE_MAX_SIDE);
      return NULL;
    }
  if (is_prepared (gray, width, height, stride))
    take_prepared (image, gray, stride);
  else if (!find_in_screen (image, gray, width, height, stride, &blank))
    {
      g_set_error_literal (error, INK_BLANK_ERROR, (int) blank, ink_blank_get_name (blank));
      return NULL;
    }
  return g_steal_pointer (&image);
}

void
ink_image_get_tensor (const InkImage *image, float tensor[INK_TENSOR_SIZE])
{
  memcpy (tensor, image->tensor, sizeof image->tensor);
}

guint
ink_image_get_size (const InkImage *image)
{
  return image->signal != NULL ? MAX (image->signal->width, image->signal->height) :
                                 INK_TENSOR_SIDE;
}

InkDrawing *
ink_image_get_outlines (const InkImage *image)
{
  return image->outlines;
}

/* [pieces.n + 1] for each label, whether the piece belongs to @part */
static gboolean *
members_of (const InkImage *image, const InkDrawing *part)
{
  gboolean *members = g_new0 (gboolean, image->pieces.n + 1);

  for (guint i = 0; i < image->outlines->n_strokes; i++)
    for (guint j = 0; j < part->n_strokes; j++)
      if (part->strokes[j] == image->outlines->strokes[i])
        members[i + 1] = TRUE;
  return members;
}

void
ink_image_get_part_tensor (const InkImage *image,
                           const InkDrawing *part,
                           float tensor[INK_TENSOR_SIZE])
{
  g_autofree gboolean *members = members_of (image, part);
  g_autoptr (InkPlane) signal = NULL;
  const guint *labels = image->pieces.labels;
  InkPixelBox box = { G_MAXUINT, G_MAXUINT, 0, 0 };

  memset (tensor, 0, sizeof (float) * INK_TENSOR_SIZE);
  for (guint i = 0; i < image->pieces.n; i++)
    if (members[i + 1])
      box = ink_pixel_box_union (box, image->pieces.boxes[i]);
  if (box.x0 > box.x1)
    return;

  /* The soft edges around a piece have no label, and are kept. */
  signal = ink_plane_new (image->signal->width, image->signal->height);
  for (gsize i = 0; i < (gsize) signal->width * signal->height; i++)
    signal->values[i] = labels[i] == 0 || members[labels[i]] ? image->signal->values[i] : 0.0f;
  ink_image_draw (signal, image->threshold, &box, tensor);
}
