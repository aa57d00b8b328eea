/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "numeral-canvas-private.h"

/* Margin of an image on each side, in units of the canvas. */
#define MARGIN 40.0

/* An image with a smaller side than this is shown with visible pixels, without smoothing. */
#define CELLS 64
#define CELL_SIDE 10

/* Largest zoom: a page of A4 at 300 dpi then has some screen pixels for each of its own. */
#define ZOOM_MAX 16.0

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

  image->view.zoom = 1;
  image->texture = g_object_ref (texture);
  memcpy (image->tensor, tensor, sizeof image->tensor);
  return image;
}

NumeralCanvasImage *
numeral_canvas_image_new_picture (NumeralPicture *picture)
{
  NumeralCanvasImage *image = g_new0 (NumeralCanvasImage, 1);

  image->view.zoom = 1;
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
  g_clear_object (&image->full);
  g_clear_object (&image->part);
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
  const NumeralCanvasView *view = &image->view;
  double width, height;

  get_size (image, &width, &height);
  return (NumeralCanvasPlace){ view->zoom * width / pixels,
                               view->zoom * ((NUMERAL_CANVAS_SIZE - width) / 2 - view->x),
                               view->zoom * ((NUMERAL_CANVAS_SIZE - height) / 2 - view->y) };
}

/* Where the shown part of one direction begins: within the image, or in the middle if all of it is
 * shown. @size: of the image */
static double
clamp_begin (double begin, double size, double zoom)
{
  const double shown = NUMERAL_CANVAS_SIZE / zoom, margin = MARGIN / zoom;
  const double first = (NUMERAL_CANVAS_SIZE - size) / 2 - margin;
  const double last = (NUMERAL_CANVAS_SIZE + size) / 2 + margin - shown;

  return last < first ? (first + last) / 2 : CLAMP (begin, first, last);
}

NumeralCanvasView
numeral_canvas_image_clamp (const NumeralCanvasImage *image, NumeralCanvasView view)
{
  double width, height;

  get_size (image, &width, &height);
  view.zoom = CLAMP (view.zoom, 1, ZOOM_MAX);
  view.x = clamp_begin (view.x, width, view.zoom);
  view.y = clamp_begin (view.y, height, view.zoom);
  return view;
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

/* The part that is shown, from all pixels of the picture. Enlarges and reduces only what is
 * visible. @pixels: of the screen, for each unit of the canvas */
static GdkTexture *
get_part (NumeralCanvasImage *image, double pixels)
{
  const NumeralCanvasPlace place = numeral_canvas_image_place (image);
  const int side = (int) lround (NUMERAL_CANVAS_SIZE * pixels);
  const NumeralCanvasView *view = &image->view, *last = &image->part_view;
  g_autoptr (GdkPixbuf) part = NULL;
  double scale;
  int x0, y0, x1, y1;

  if (image->part && image->part_pixels == pixels && view->zoom == last->zoom &&
      view->x == last->x && view->y == last->y)
    return image->part;
  if (!image->full)
    image->full = numeral_picture_dup_full (image->picture);
  if (!image->full)
    image->full = g_object_ref (image->picture->pixbuf);
  scale = pixels * place.scale * gdk_pixbuf_get_width (image->picture->pixbuf) /
          gdk_pixbuf_get_width (image->full);
  x0 = (int) CLAMP (floor (place.x * pixels), 0, side);
  y0 = (int) CLAMP (floor (place.y * pixels), 0, side);
  x1 = (int) CLAMP (place.x * pixels + scale * gdk_pixbuf_get_width (image->full), 0, side);
  y1 = (int) CLAMP (place.y * pixels + scale * gdk_pixbuf_get_height (image->full), 0, side);
  part = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, MAX (side, 1), MAX (side, 1));
  if (!part)
    return NULL;
  gdk_pixbuf_fill (part, 0);
  if (x1 > x0 && y1 > y0)
    gdk_pixbuf_scale (image->full, part, x0, y0, x1 - x0, y1 - y0, place.x * pixels,
                      place.y * pixels, scale, scale, GDK_INTERP_BILINEAR);
  g_clear_object (&image->part);
  image->part = gdk_texture_new_for_pixbuf (part);
  image->part_view = *view;
  image->part_pixels = pixels;
  return image->part;
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

  if (image->view.zoom > 1)
    {
      const float side = (float) (NUMERAL_CANVAS_SIZE * scale);

      texture = get_part (image, pixels);
      if (texture)
        gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, side, side));
      return;
    }
  g_clear_object (&image->part);
  g_clear_object (&image->full);
  get_size (image, &width, &height);
  texture = get_texture (image, (int) lround (width * pixels), (int) lround (height * pixels));
  /* On whole pixels, so that it is not blurred. */
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) round (place.x * scale),
                                                    (float) round (place.y * scale),
                                                    (float) (width * scale),
                                                    (float) (height * scale)));
}
