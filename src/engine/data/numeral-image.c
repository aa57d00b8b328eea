/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-image.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ink-image.h"
#include "nn-error.h"
#include "numeral-blank.h"
#include "numeral-image-end.h"

/* What the upper 8 of 16 bits are at most if only the lower 12 are used, as cameras do. */
#define BLACK 16

/* Digits of a page that are lower than this, in pixels, are read better in more of them. */
#define SMALL_DIGIT 20.0

static gboolean
check_size (guint64 width, guint64 height, GError **error)
{
  if (width <= INK_IMAGE_MAX_SIDE && height <= INK_IMAGE_MAX_SIDE &&
      width * height <= NUMERAL_IMAGE_MAX_PIXELS)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
               _ ("the picture has %llu × %llu pixels; at most %u a side and %u million in all "
                  "are read, reduce it"),
               (unsigned long long) width, (unsigned long long) height, INK_IMAGE_MAX_SIDE,
               (guint) (NUMERAL_IMAGE_MAX_PIXELS / 1000000));
  return FALSE;
}

/* Reduces a size to the sides of @side; %FALSE if it fits already. */
static gboolean
reduce (int *width, int *height, int side)
{
  int longer = MAX (*width, *height);

  if (longer <= side)
    return FALSE;
  *width = (int) MAX (1, (gint64) *width * side / longer);
  *height = (int) MAX (1, (gint64) *height * side / longer);
  return TRUE;
}

/* The same to NUMERAL_IMAGE_FULL_SIDE and NUMERAL_IMAGE_FULL_PIXELS. */
static gboolean
reduce_to_full (int *width, int *height)
{
  const double pixels = (double) *width * *height;
  const double share = sqrt (MIN (1, (double) NUMERAL_IMAGE_FULL_PIXELS / pixels));

  return reduce (width, height,
                 (int) MIN (NUMERAL_IMAGE_FULL_SIDE, ceil (share * MAX (*width, *height))));
}

/**
 * Decoding:
 * @refusal: (nullable): why decoding was stopped
 * @top: @bottom: range of the decoded rows; empty if they are equal
 */
typedef struct
{
  GError *refusal;
  int top, bottom;
} Decoding;

/* Free with g_free(). */
static char *
get_format (GdkPixbufLoader *loader)
{
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);

  return format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, Decoding *decoding)
{
  g_autofree char *format = get_format (loader);

  if (decoding->refusal != NULL)
    return;
  if (!check_size ((guint64) MAX (width, 0), (guint64) MAX (height, 0), &decoding->refusal))
    /* Asks the loader to decode nothing, as gdk_pixbuf_get_file_info() does. */
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  /* Only for formats that decode faster at a smaller size; others decode the whole picture and
   * lose options such as the orientation. */
  else if ((g_strcmp0 (format, "jpeg") == 0 || g_strcmp0 (format, "svg") == 0) &&
           reduce_to_full (&width, &height))
    gdk_pixbuf_loader_set_size (loader, width, height);
}

static void
on_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, Decoding *decoding)
{
  gboolean first = decoding->top == decoding->bottom;

  decoding->top = first ? y : MIN (decoding->top, y);
  decoding->bottom = first ? y + height : MAX (decoding->bottom, y + height);
}

/* Whether a picture is complete, for the formats whose loaders do not check it. */
static gboolean
is_complete (GdkPixbufLoader *loader, const Decoding *decoding, const guint8 *data, gsize size)
{
  g_autofree char *format = get_format (loader);
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf == NULL)
    return FALSE;
  if (g_strcmp0 (format, "jpeg") == 0)
    return numeral_image_end_jpeg (data, size);
  if (g_strcmp0 (format, "png") == 0)
    return numeral_image_end_png (data, size);
  if (g_strcmp0 (format, "bmp") == 0) /* has no end marker, but its rows can be counted */
    return decoding->top == 0 && decoding->bottom == gdk_pixbuf_get_height (pixbuf);
  return TRUE;
}

GdkPixbuf *
numeral_image_decode (GBytes *bytes, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) damage = NULL;
  Decoding decoding = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean good = TRUE;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &decoding);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated), &decoding);
  /* Decode in pieces, so that decoding stops when the header is rejected. */
  for (gsize at = 0; at < size && good && decoding.refusal == NULL;)
    {
      gsize n = MIN (size - at, (gsize) 64 << 10);

      good = gdk_pixbuf_loader_write (loader, data + at, n, &damage);
      at += n;
    }
  good = gdk_pixbuf_loader_close (loader, damage == NULL ? &damage : NULL) && good;

  if (decoding.refusal != NULL)
    g_propagate_error (error, decoding.refusal);
  else if (damage != NULL)
    g_propagate_error (error, g_steal_pointer (&damage));
  else if (!good || !is_complete (loader, &decoding, data, size))
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED,
                         _ ("the picture ends early; copy or download the file again"));
  else
    return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
  return NULL;
}

/* Luma of Rec. 601 in integers; equal channels keep their value. */
static guint8
luminance (const guint8 *rgb)
{
  return (guint8) ((77u * rgb[0] + 150u * rgb[1] + 29u * rgb[2]) >> 8);
}

/* Chooses the background for a transparent picture: 0 or 255. */
static guint8
choose_ground (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  double visible = 0, light = 0, all = 255.0 * width * height;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = pixels + (gsize) y * stride + (gsize) x * 4;

        visible += p[3];
        if (luminance (p) > 127)
          light += p[3];
      }
  if (visible == 0)
    return 255;
  light /= visible;
  /* If most of the picture is transparent and the rest has one tone, that is the ink, which
   * needs contrast. Otherwise it is a card with ink on it, and the area around it should look
   * like the card. */
  if (visible < 0.5 * all && (light < 0.1 || light > 0.9))
    return light > 0.5 ? 0 : 255;
  return light > 0.5 ? 255 : 0;
}

static void
fail_for_memory (GError **error)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("there is not enough memory for the picture"));
}

GdkPixbuf *
numeral_image_prepare (GdkPixbuf *pixbuf, GError **error)
{
  g_autoptr (GdkPixbuf) image = NULL;
  int width, height;

  if (!check_size ((guint64) gdk_pixbuf_get_width (pixbuf),
                   (guint64) gdk_pixbuf_get_height (pixbuf), error))
    return NULL;

  image = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  width = image != NULL ? gdk_pixbuf_get_width (image) : 0;
  height = image != NULL ? gdk_pixbuf_get_height (image) : 0;
  if (image != NULL && reduce_to_full (&width, &height))
    {
      GdkPixbuf *reduced = gdk_pixbuf_scale_simple (image, width, height, GDK_INTERP_BILINEAR);

      g_object_unref (image);
      image = reduced;
    }
  if (image != NULL && gdk_pixbuf_get_has_alpha (image))
    {
      guint32 ground = choose_ground (image) != 0 ? 0xffffff : 0;
      g_autoptr (GdkPixbuf) blended =
          gdk_pixbuf_composite_color_simple (image, width, height, GDK_INTERP_NEAREST, 255, 8,
                                             ground, ground);
      GdkPixbuf *opaque = NULL;

      /* Blending leaves an opaque alpha channel. */
      if (blended != NULL)
        opaque = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
      if (opaque != NULL)
        for (int y = 0; y < height; y++)
          {
            const guint8 *from = gdk_pixbuf_read_pixels (blended) +
                                 (gsize) y * (gsize) gdk_pixbuf_get_rowstride (blended);
            guint8 *to = gdk_pixbuf_get_pixels (opaque) +
                         (gsize) y * (gsize) gdk_pixbuf_get_rowstride (opaque);
            int n_channels = gdk_pixbuf_get_n_channels (blended);

            for (int x = 0; x < width; x++, from += n_channels, to += 3)
              {
                to[0] = from[0];
                to[1] = from[1];
                to[2] = from[2];
              }
          }
      g_object_unref (image);
      image = opaque;
    }
  if (image == NULL)
    fail_for_memory (error);
  return g_steal_pointer (&image);
}

GdkPixbuf *
numeral_image_reduce (GdkPixbuf *pixbuf, GError **error)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *reduced;

  if (!reduce (&width, &height, NUMERAL_IMAGE_SIDE))
    return g_object_ref (pixbuf);
  reduced = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  if (reduced == NULL)
    fail_for_memory (error);
  return reduced;
}

/* [height, width] luminance */
static guint8 *
gray_of (const GdkPixbuf *pixbuf)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *gray = g_malloc ((gsize) width * height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      gray[(gsize) y * width + x] = luminance (pixels + y * stride + (gsize) x * n_channels);
  return gray;
}

gboolean
numeral_image_is_black (const GdkPixbuf *pixbuf)
{
  const gsize n = (gsize) gdk_pixbuf_get_width (pixbuf) * (gsize) gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *gray = gray_of (pixbuf);

  for (gsize i = 0; i < n; i++)
    if (gray[i] > BLACK)
      return FALSE;
  return TRUE;
}

InkImage *
numeral_image_find_ink (const GdkPixbuf *pixbuf, GError **error)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  g_autofree guint8 *gray = gray_of (pixbuf);
  g_autoptr (GError) local = NULL;
  InkImage *image =
      ink_image_new (gray, width, (guint) gdk_pixbuf_get_height (pixbuf), width, &local);

  if (image == NULL && local->domain == INK_BLANK_ERROR)
    numeral_blank_set_error (error, (InkBlank) local->code);
  else if (image == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return image;
}

/* @scale: pixels of the picture for a pixel of @pixbuf; @digit: see ink_sheet_new_scaled() */
static InkSheet *
find_sheet (const GdkPixbuf *pixbuf, double scale, double *digit)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  g_autofree guint8 *gray = gray_of (pixbuf);

  return ink_sheet_new_scaled (gray, width, (guint) gdk_pixbuf_get_height (pixbuf), width, scale,
                               digit);
}

InkSheet *
numeral_image_find_sheet (const GdkPixbuf *pixbuf, const GdkPixbuf *full)
{
  double digit = 0;
  g_autoptr (InkSheet) sheet = find_sheet (pixbuf, 1, &digit);
  InkSheet *finer = NULL;

  if (full != NULL && digit > 0 && digit < SMALL_DIGIT)
    {
      const double scale = (double) gdk_pixbuf_get_width (pixbuf) / gdk_pixbuf_get_width (full);

      digit /= scale;
      finer = find_sheet (full, scale, &digit);
    }
  return finer != NULL ? finer : g_steal_pointer (&sheet);
}
