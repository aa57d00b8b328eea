/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "numeral-canvas-private.h"

/* Margin of an image on each side, in units of the canvas. */
#define MARGIN 40.0

/* An image with a smaller side than this is shown with visible pixels, without smoothing. */
#define CELLS 64
#define CELL_SIDE 10

static GdkTexture *
texture_of (const GdkPixbuf *pixbuf)
{
  const int width = gdk_pixbuf_get_width (pixbuf);
  const int height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkPixbuf) large = NULL;

  if (width > CELLS || height > CELLS)
    return gdk_texture_new_for_pixbuf ((GdkPixbuf *) pixbuf);
  large =
      gdk_pixbuf_scale_simple (pixbuf, width * CELL_SIDE, height * CELL_SIDE, GDK_INTERP_NEAREST);
  return gdk_texture_new_for_pixbuf (large);
}

NumeralCanvasImage *
numeral_canvas_image_new (GdkTexture *texture, const float tensor[INK_TENSOR_SIZE])
{
  NumeralCanvasImage *image = g_new0 (NumeralCanvasImage, 1);

  image->texture = g_object_ref (texture);
  memcpy (image->tensor, tensor, sizeof image->tensor);
  return image;
}

NumeralCanvasImage *
numeral_canvas_image_new_picture (NumeralPicture *picture)
{
  NumeralCanvasImage *image = g_new0 (NumeralCanvasImage, 1);

  image->texture = texture_of (picture->pixbuf);
  image->picture = numeral_picture_ref (picture);
  if (picture->image)
    ink_image_get_tensor (picture->image, image->tensor);
  return image;
}

void
numeral_canvas_image_free (NumeralCanvasImage *image)
{
  g_clear_object (&image->texture);
  g_clear_object (&image->reduced);
  g_clear_pointer (&image->picture, numeral_picture_unref);
  g_free (image);
}

/* (@width, @height) of the image, in units of the canvas */
static void
get_size (const NumeralCanvasImage *image, double *width, double *height)
{
  const double w = gdk_texture_get_width (image->texture);
  const double h = gdk_texture_get_height (image->texture);
  const double scale = (NUMERAL_CANVAS_SIZE - 2 * MARGIN) / MAX (w, h);

  *width = w * scale;
  *height = h * scale;
}

NumeralCanvasPlace
numeral_canvas_image_place (const NumeralCanvasImage *image)
{
  const int pixels = image->picture ? gdk_pixbuf_get_width (image->picture->pixbuf) :
                                      gdk_texture_get_width (image->texture);
  double width, height;

  get_size (image, &width, &height);
  return (NumeralCanvasPlace){ width / pixels, (NUMERAL_CANVAS_SIZE - width) / 2,
                               (NUMERAL_CANVAS_SIZE - height) / 2 };
}

InkBox
numeral_canvas_image_map (const NumeralCanvasImage *image, InkBox box)
{
  const NumeralCanvasPlace place = numeral_canvas_image_place (image);

  return (
      InkBox){ (float) (place.x + place.scale * box.x0), (float) (place.y + place.scale * box.y0),
               (float) (place.x + place.scale * box.x1), (float) (place.y + place.scale * box.y1) };
}

/* The texture to paint on so many pixels. Reduces a large picture once, by averaging: GTK 4.8
 * would reduce it in every frame, and leave out pixels of thin strokes. */
static GdkTexture *
get_texture (NumeralCanvasImage *image, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!image->picture || width < 1 || height < 1 || width >= gdk_texture_get_width (image->texture))
    return image->texture;
  if (image->reduced && gdk_texture_get_width (image->reduced) == width)
    return image->reduced;
  g_clear_object (&image->reduced);
  pixbuf = gdk_pixbuf_scale_simple (image->picture->pixbuf, width, height, GDK_INTERP_BILINEAR);
  if (!pixbuf)
    return image->texture;
  image->reduced = gdk_texture_new_for_pixbuf (pixbuf);
  return image->reduced;
}

void
numeral_canvas_image_snapshot (NumeralCanvasImage *image,
                               GtkSnapshot *snapshot,
                               double scale,
                               double pixels)
{
  const NumeralCanvasPlace place = numeral_canvas_image_place (image);
  double width, height;
  GdkTexture *texture;

  get_size (image, &width, &height);
  texture = get_texture (image, (int) lround (width * pixels), (int) lround (height * pixels));
  /* On whole pixels, so that it is not blurred. */
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) round (place.x * scale),
                                                    (float) round (place.y * scale),
                                                    (float) (width * scale),
                                                    (float) (height * scale)));
}
