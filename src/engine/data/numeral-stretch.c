/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-stretch.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ink-image.h"
#include "ink-random.h"
#include "nn-error.h"

#define SIDE INK_TENSOR_SIDE
#define INK 64
/* Height or width of the made picture, whichever is longer, in pixels. */
#define SHORTEST 14.0
#define LONGEST 32.0
#define MAX_BORDER 4
#define MAX_PICTURE ((guint) LONGEST + 2 * MAX_BORDER)
#define MAX_STRETCH 3.0
/* Points to a pixel and direction that the value of a pixel is the mean of. */
#define POINTS 4

/* The smallest box around the ink, in pixels; @x1, @y1 are past it. */
typedef struct
{
  guint x0, y0, x1, y1;
} Box;

static Box
box_of (const guint8 *pixels)
{
  Box box = { SIDE, SIDE, 0, 0 };

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      if (pixels[y * SIDE + x] >= INK)
        {
          box.x0 = MIN (box.x0, x);
          box.y0 = MIN (box.y0, y);
          box.x1 = MAX (box.x1, x + 1);
          box.y1 = MAX (box.y1, y + 1);
        }
  return box;
}

/* The value at a point between the centres of pixels, bilinearly. */
static double
value_at (const guint8 *pixels, double x, double y)
{
  const double left = CLAMP (floor (x), 0, SIDE - 2), top = CLAMP (floor (y), 0, SIDE - 2);
  const double u = CLAMP (x - left, 0, 1), v = CLAMP (y - top, 0, 1);
  const guint8 *p = pixels + (gsize) top * SIDE + (gsize) left;

  return (1 - v) * ((1 - u) * p[0] + u * p[1]) + v * ((1 - u) * p[SIDE] + u * p[SIDE + 1]);
}

static double
mean_at (const guint8 *pixels, const Box *box, guint x, guint y, guint width, guint height)
{
  const double step_x = (double) (box->x1 - box->x0) / width;
  const double step_y = (double) (box->y1 - box->y0) / height;
  double sum = 0;

  for (guint i = 0; i < POINTS; i++)
    for (guint k = 0; k < POINTS; k++)
      sum += value_at (pixels, box->x0 + (x + (k + 0.5) / POINTS) * step_x - 0.5,
                       box->y0 + (y + (i + 0.5) / POINTS) * step_y - 0.5);
  return sum / (POINTS * POINTS);
}

/* Whether the picture was read. */
static gboolean
stretch (const guint8 *pixels, InkRandom *random, guint8 *made)
{
  const Box box = box_of (pixels);
  const double aspect = (double) (box.x1 - box.x0) / MAX (box.y1 - box.y0, 1);
  const double towards = pow (aspect, 1 - ink_random_uniform (random));
  const double wanted = CLAMP (towards, aspect / MAX_STRETCH, aspect * MAX_STRETCH);
  const double longest = ink_random_range (random, SHORTEST, LONGEST);
  const gboolean two_levels = ink_random_chance (random, 0.5);
  const guint border = (guint) ink_random_range (random, 0, MAX_BORDER + 1);
  const guint width = MAX ((guint) (longest * MIN (wanted, 1)), 2);
  const guint height = MAX ((guint) (longest / MAX (wanted, 1)), 2);
  const guint stride = width + 2 * border;
  guint8 gray[MAX_PICTURE * MAX_PICTURE];
  float tensor[INK_TENSOR_SIZE];
  g_autoptr (InkImage) image = NULL;

  if (box.x1 == 0)
    return FALSE;
  memset (gray, 255, sizeof gray);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const double mean = mean_at (pixels, &box, x, y, width, height);

        gray[(y + border) * stride + x + border] =
            (guint8) (255 - (two_levels ? (mean >= 128) * 255 : (guint) mean));
      }
  image = ink_image_new (gray, stride, height + 2 * border, stride, NULL);
  if (image == NULL)
    return FALSE;
  ink_image_get_tensor (image, tensor);
  ink_tensor_to_pixels (tensor, made);
  return TRUE;
}

NnDataset *
numeral_stretch_dataset (const NnDataset *dataset, gsize n, guint64 seed, GError **error)
{
  NnDataset *made;

  if (dataset->pixels == NULL || dataset->width != SIDE || dataset->height != SIDE ||
      dataset->n == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("only images of %d by %d can be stretched"),
                   SIDE, SIDE);
      return NULL;
    }
  made = nn_dataset_new_pixels (n, SIDE, SIDE, dataset->n_classes, error);
  for (gsize i = 0; made != NULL && i < n; i++)
    {
      guint8 *pixels = made->pixels + i * INK_TENSOR_SIZE;
      InkRandom random;
      gsize from;

      ink_random_init (&random, seed, i);
      from = (gsize) (ink_random_uniform (&random) * (double) dataset->n);
      made->labels[i] = dataset->labels[from];
      /* What cannot be read as a picture stays as it is. */
      if (!stretch (dataset->pixels + from * INK_TENSOR_SIZE, &random, pixels))
        memcpy (pixels, dataset->pixels + from * INK_TENSOR_SIZE, INK_TENSOR_SIZE);
    }
  return made;
}
