/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image.h"

#include <math.h>
#include <string.h>

#include "ink-image-private.h"

/* Larger pictures are reduced to this first: a stroke in a photograph is still wider than a pixel,
 * and reading one takes a few hundredths of a second whatever the camera. */
#define MAX_SIDE 800

/* What a picture of MNIST looks like: nothing at the border, bright ink that fills the box in one
 * direction at least, its mass in the middle. */
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

/* (transfer full): means over blocks of pixels, without a copy of the picture as floats first. */
static InkPlane *
reduce (const guint8 *gray, guint width, guint height, gsize stride)
{
  const guint block = (MAX (width, height) + MAX_SIDE - 1) / MAX_SIDE;
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

gboolean
ink_tensor_from_image (const guint8 *gray,
                       guint width,
                       guint height,
                       gsize stride,
                       float tensor[INK_TENSOR_SIZE],
                       GError **error)
{
  g_autoptr (InkPlane) plane = NULL;
  g_autoptr (InkPlane) signal = NULL;
  InkPixelBox box;
  double threshold;

  memset (tensor, 0, sizeof (float) * INK_TENSOR_SIZE);
  if (width > INK_IMAGE_MAX_SIDE || height > INK_IMAGE_MAX_SIDE)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                   "the picture is %u by %u pixels: no side may exceed %d", width, height,
                   INK_IMAGE_MAX_SIDE);
      return FALSE;
    }
  if (is_prepared (gray, width, height, stride))
    {
      for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
          tensor[y * INK_TENSOR_SIDE + x] = gray[y * stride + x] / 255.0f;
      return TRUE;
    }

  if (width > 0 && height > 0)
    {
      plane = reduce (gray, width, height, stride);
      signal = ink_image_find_ink (plane, &threshold);
    }
  if (signal == NULL || !ink_image_clean (signal, threshold, &box) ||
      !ink_image_draw (signal, threshold, &box, tensor))
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                           "no writing stands out from the ground of the picture: "
                           "choose one with a single digit, dark on light or light on dark");
      return FALSE;
    }
  return TRUE;
}
