/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-augmenter.h"

#include <math.h>
#include <string.h>

#include "nn-random.h"
#include "nn-simd.h"

/* Width of the background around the source, so that every sampled point has four neighbours. */
#define BORDER 2

/* Rows of fields are @stride long, a whole number of vectors; columns beyond the width are computed
 * and not used. Loops go over whole rows, so that they vectorise. */
struct _NnAugmenter
{
  NnAugment augment;
  guint width, height, stride;
  guint source_stride;
  float *source; /* [height + 2 BORDER, source_stride]: the image with its border */
  guint noise_width, noise_height;
  float *noise;       /* [noise_height, noise_width] */
  float *smoothed;    /* [noise_height, stride] */
  float *dx, *dy;     /* [height, stride] displacements in pixels */
  float *down;        /* [height, noise_height] Gaussian along columns */
  float *across;      /* [noise_width, stride] Gaussian along rows, transposed */
  float *view;        /* [height, stride] */
  float *thick;       /* [height, stride] */
  float displacement; /* scales the smoothed noise to the standard deviation @elastic */
};

/* The grid spacing of noise that a Gaussian of standard deviation @sigma smooths. A sum of
 * Gaussians whose distance is at most their deviation is flat to better than 1e-4. */
static guint
noise_step (double sigma)
{
  return (guint) MAX (sigma, 1);
}

/* Position of grid point @i of @n, with spacing @step, on an axis of @side pixels. The grid is
 * centred. */
static double
noise_place (guint i, guint n, guint step, guint side)
{
  return 0.5 * (side - 1) + step * (i - 0.5 * (n - 1));
}

/* There is no noise outside of the image, so points near an edge move less, as in Simard's
 * method. */
static double
gaussian (double sigma, double distance)
{
  return exp (-0.5 * distance * distance / (sigma * sigma)) / (sigma * sqrt (2 * G_PI));
}

/* Sum of the squared weights along one axis, averaged over one grid step in the middle. */
static double
sum_of_squares (double sigma, guint n, guint step, guint side)
{
  double squares = 0;

  for (guint k = 0; k < step; k++)
    for (guint i = 0; i < n; i++)
      {
        double weight =
            gaussian (sigma, side / 2 - 0.5 * (step - 1) + k - noise_place (i, n, step, side));

        squares += weight * weight;
      }
  return squares / step;
}

static void
fields_init (NnAugmenter *self)
{
  const double sigma = self->augment.smoothness;
  const guint step = noise_step (sigma), nx = self->noise_width, ny = self->noise_height;

  for (guint i = 0; i < self->height; i++)
    for (guint k = 0; k < ny; k++)
      self->down[i * ny + k] =
          (float) gaussian (sigma, i - noise_place (k, ny, step, self->height));
  for (guint k = 0; k < nx; k++)
    for (guint j = 0; j < self->width; j++)
      self->across[k * self->stride + j] =
          (float) gaussian (sigma, j - noise_place (k, nx, step, self->width));

  /* Uniform noise in [-1, 1) has variance 1/3. The variance of a weighted sum is that times the
   * sum of the squared weights. */
  self->displacement =
      (float) (self->augment.elastic / sqrt (sum_of_squares (sigma, ny, step, self->height) *
                                             sum_of_squares (sigma, nx, step, self->width) / 3));
}

NnAugmenter *
nn_augmenter_new (const NnAugment *augment, guint width, guint height)
{
  NnAugmenter *self;
  gsize size;

  g_return_val_if_fail (width >= 1 && width <= NN_AUGMENTER_MAX_SIDE, NULL);
  g_return_val_if_fail (height >= 1 && height <= NN_AUGMENTER_MAX_SIDE, NULL);

  self = g_new0 (NnAugmenter, 1);
  self->augment = *augment;
  self->width = width;
  self->height = height;
  self->stride = (width + 15) / 16 * 16;
  self->source_stride = width + 2 * BORDER;
  size = (gsize) height * self->stride;
  self->source = nn_aligned_new0 ((gsize) (height + 2 * BORDER) * self->source_stride);
  self->noise_width = (width - 1) / noise_step (augment->smoothness) + 1;
  self->noise_height = (height - 1) / noise_step (augment->smoothness) + 1;
  self->noise = nn_aligned_new0 ((gsize) self->noise_height * self->noise_width);
  self->smoothed = nn_aligned_new0 ((gsize) self->noise_height * self->stride);
  self->dx = nn_aligned_new0 (size);
  self->dy = nn_aligned_new0 (size);
  self->down = nn_aligned_new0 ((gsize) height * self->noise_height);
  self->across = nn_aligned_new0 ((gsize) self->noise_width * self->stride);
  self->view = nn_aligned_new0 (size);
  self->thick = nn_aligned_new0 (size);
  fields_init (self);
  return self;
}

void
nn_augmenter_free (NnAugmenter *self)
{
  nn_aligned_free (self->source);
  nn_aligned_free (self->noise);
  nn_aligned_free (self->smoothed);
  nn_aligned_free (self->dx);
  nn_aligned_free (self->dy);
  nn_aligned_free (self->down);
  nn_aligned_free (self->across);
  nn_aligned_free (self->view);
  nn_aligned_free (self->thick);
  g_free (self);
}

/* Columns of a product that are summed in registers together. */
#define BLOCK 16
#define LANES 8
#define ROWS 4

/* product [n_rows, BLOCK] = a [n_rows, lda] b [n_inner, stride]; n_rows is a constant where
 * inlined. */
NN_INLINE void
multiply_block (guint n_rows,
                const float *a,
                guint lda,
                const float *b,
                guint n_inner,
                guint stride,
                float *product)
{
  NnVec8 left[ROWS] = { { 0 } }, right[ROWS] = { { 0 } };

  for (guint k = 0; k < n_inner; k++)
    {
      const NnVec8 low = *(const NnVec8 *) (b + k * stride);
      const NnVec8 high = *(const NnVec8 *) (b + k * stride + LANES);

      for (guint i = 0; i < n_rows; i++)
        {
          left[i] += a[i * lda + k] * low;
          right[i] += a[i * lda + k] * high;
        }
    }
  for (guint i = 0; i < n_rows; i++)
    {
      *(NnVec8 *) (product + i * stride) = left[i];
      *(NnVec8 *) (product + i * stride + LANES) = right[i];
    }
}

/* product [n, stride] = a [n, lda] b [n_inner, stride], of which lda >= n_inner. The products
 * are so small that a call to BLAS would cost more than the arithmetic. */
NN_INLINE void
multiply (
    const float *a, guint lda, const float *b, guint n, guint n_inner, guint stride, float *product)
{
  guint i = 0;

  for (; i + ROWS <= n; i += ROWS)
    for (guint j = 0; j < stride; j += BLOCK)
      multiply_block (ROWS, a + i * lda, lda, b + j, n_inner, stride, product + i * stride + j);
  for (; i < n; i++)
    for (guint j = 0; j < stride; j += BLOCK)
      multiply_block (1, a + i * lda, lda, b + j, n_inner, stride, product + i * stride + j);
}

/* field = G noise G^T, where the noise is uniform in [-1, 1) times the displacement. */
NN_CLONES static void
random_field (NnAugmenter *self, guint64 key, float *field)
{
  const guint nx = self->noise_width, ny = self->noise_height, stride = self->stride;
  const guint32 low = (guint32) key, high = (guint32) (key >> 32);
  const float scale = self->displacement / 2147483648.0f;
  float *restrict noise = self->noise;

  for (guint i = 0; i < nx * ny; i++)
    noise[i] = (float) (gint32) nn_mix ((i * 0x9e3779b9u + low) ^ high) * scale;
  multiply (noise, nx, self->across, ny, nx, stride, self->smoothed);
  multiply (self->down, ny, self->smoothed, self->height, ny, stride, field);
}

/* A position in an image, relative to its centre. */
typedef struct
{
  float x, y;
} Point;

/* Sums the ink of a row, and ink times column, each in LANES partial sums. */
NN_INLINE void
weigh_row (const float *row, gsize n, NnVec8 *ink, NnVec8 *moment)
{
  const NnVec8 lanes = { 0, 1, 2, 3, 4, 5, 6, 7 };
  gsize j = 0;

  for (; j + LANES <= n; j += LANES)
    {
      const NnVec8 some = *(const NnVec8 *) (row + j);

      *ink += some;
      *moment += some * (lanes + (float) (int) j);
    }
  for (; j < n; j++)
    {
      (*ink)[0] += row[j];
      (*moment)[0] += row[j] * (float) (int) j;
    }
}

/* Passed by address, because the ABI for vectors by value depends on the target processor. */
NN_INLINE float
sum_lanes (const NnVec8 *sums)
{
  float sum = 0;

  for (guint i = 0; i < LANES; i++)
    sum += (*sums)[i];
  return sum;
}

/* The centre of mass of every @step'th row; the image centre if there is no ink. */
NN_CLONES static Point
centre_of_mass (const float *image, gsize stride, gsize width, gsize height, gsize step)
{
  float all = 0, across = 0, down = 0;

  for (gsize i = 0; i < height; i += step)
    {
      NnVec8 ink = { 0 }, moment = { 0 };
      float row;

      weigh_row (image + i * stride, width, &ink, &moment);
      row = sum_lanes (&ink);
      all += row;
      across += sum_lanes (&moment);
      down += row * (float) (int) i;
    }
  if (all <= 0)
    return (Point){ 0 };
  return (Point){ across / all - (float) (width - 1) / 2, down / all - (float) (height - 1) / 2 };
}

/* The source position of a pixel: (x, y) = M (column, row) + t, relative to the centre. */
typedef struct
{
  float xx, xy, yx, yy;
  float x, y;
} Affine;

/* Moves the picture by (x, y). */
static void
move (Affine *affine, float x, float y)
{
  affine->x -= affine->xx * x + affine->xy * y;
  affine->y -= affine->yx * x + affine->yy * y;
}

/* A transformation that keeps @centre in place. */
static Affine
random_affine (const NnAugment *augment, Point centre, NnRandom *random)
{
  const float radians = (float) (G_PI / 180);
  float angle = nn_random_range (random, -1, 1) * (float) augment->rotation * radians;
  float lean = tanf (nn_random_range (random, -1, 1) * (float) augment->shear * radians);
  float zoom = nn_random_range (random, -1, 1) * (float) augment->scale;
  float wide = 1 + zoom + nn_random_range (random, -0.5f, 0.5f) * (float) augment->scale;
  float high = 1 + zoom + nn_random_range (random, -0.5f, 0.5f) * (float) augment->scale;
  float c = cosf (angle), s = sinf (angle);
  Affine affine;

  /* The inverse transformation, from view to source: rotation, shear, then scale. */
  affine.xx = (c + lean * -s) / wide;
  affine.xy = (s + lean * c) / wide;
  affine.yx = -s / high;
  affine.yy = c / high;
  affine.x = centre.x;
  affine.y = centre.y;
  move (&affine, centre.x, centre.y);
  return affine;
}

/* Loads two neighbouring pixels as one number: gathering from memory is the main cost of a view. */
NN_INLINE float
pixel_of (guint32 bits)
{
  float pixel;

  memcpy (&pixel, &bits, sizeof pixel);
  return pixel;
}

NN_INLINE float
left_of (guint64 two)
{
  return pixel_of ((guint32) (G_BYTE_ORDER == G_LITTLE_ENDIAN ? two : two >> 32));
}

NN_INLINE float
right_of (guint64 two)
{
  return pixel_of ((guint32) (G_BYTE_ORDER == G_LITTLE_ENDIAN ? two >> 32 : two));
}

/* view[j] = source at (x + step_x j + dx[j], y + step_y j + dy[j]), bilinear, for a row of n. */
NN_INLINE void
warp_row (const float *restrict source,
          int stride,
          float most_x,
          float most_y,
          float x0,
          float y0,
          float step_x,
          float step_y,
          float middle,
          const float *restrict dx,
          const float *restrict dy,
          float *restrict view,
          gsize n)
{
  for (gsize j = 0; j < n; j++)
    {
      const float column = (float) (int) j - middle;
      float x = step_x * column + x0 + dx[j];
      float y = step_y * column + y0 + dy[j];
      float fx, fy, upper, lower;
      guint64 two;
      int ix, iy, at;

      x = x < 0 ? 0 : x;
      x = x > most_x ? most_x : x;
      y = y < 0 ? 0 : y;
      y = y > most_y ? most_y : y;
      ix = (int) x;
      iy = (int) y;
      fx = x - (float) ix;
      fy = y - (float) iy;
      at = iy * stride + ix;
      memcpy (&two, source + at, sizeof two);
      upper = left_of (two) + fx * (right_of (two) - left_of (two));
      memcpy (&two, source + at + stride, sizeof two);
      lower = left_of (two) + fx * (right_of (two) - left_of (two));
      view[j] = upper + fy * (lower - upper);
    }
}

/* Computes every @step'th row of the view. Displacements are zero without elastic distortion. */
NN_CLONES static void
warp (NnAugmenter *self, const Affine *affine, gsize step)
{
  const gsize stride = self->stride;
  const float middle_x = (float) (self->width - 1) / 2, middle_y = (float) (self->height - 1) / 2;
  /* Largest coordinates in the source with its border; the last index but one still has a
   * neighbour. */
  const float most_x = (float) (self->width + 2 * BORDER) - 1.001f;
  const float most_y = (float) (self->height + 2 * BORDER) - 1.001f;

  for (gsize i = 0; i < self->height; i += step)
    {
      const float row = (float) (int) i - middle_y;

      warp_row (self->source, (int) self->source_stride, most_x, most_y,
                affine->xy * row + affine->x + middle_x + BORDER,
                affine->yy * row + affine->y + middle_y + BORDER, affine->xx, affine->yx, middle_x,
                self->dx + i * stride, self->dy + i * stride, self->view + i * stride, stride);
    }
}

NN_INLINE void
thicken_row (const float *restrict above,
             const float *restrict row,
             const float *restrict below,
             float sign,
             float share,
             float *restrict to,
             gsize n)
{
  for (gsize j = 1; j + 1 < n; j++)
    {
      float most = sign * row[j];

      most = sign * above[j] > most ? sign * above[j] : most;
      most = sign * below[j] > most ? sign * below[j] : most;
      most = sign * row[j - 1] > most ? sign * row[j - 1] : most;
      most = sign * row[j + 1] > most ? sign * row[j + 1] : most;
      to[j] = row[j] + share * (sign * most - row[j]);
    }
  to[0] = row[0];
  to[n - 1] = row[n - 1];
}

/* Moves each pixel towards the maximum (or minimum) of itself and its four neighbours; a pixel
 * at the edge has fewer. */
NN_CLONES static void
thicken (NnAugmenter *self, float amount)
{
  const gsize stride = self->stride, last = self->height - 1;

  for (gsize i = 0; i <= last; i++)
    {
      const float *row = self->view + i * stride;

      thicken_row (i > 0 ? row - stride : row, row, i < last ? row + stride : row,
                   amount < 0 ? -1 : 1, fabsf (amount), self->thick + i * stride, self->width);
    }
}

NN_INLINE void
load_row (const guint8 *restrict from, float *restrict to, gsize n)
{
  for (gsize j = 0; j < n; j++)
    to[j] = from[j];
}

NN_CLONES static void
load (NnAugmenter *self, const guint8 *from)
{
  const gsize width = self->width, stride = self->source_stride;

  for (gsize i = 0; i < self->height; i++)
    load_row (from + i * width, self->source + (i + BORDER) * stride + BORDER, width);
}

/* Values below this invisible grey become background, so that sparse images stay sparse. */
#define FAINT 4.0f

/* @n is a whole number of vectors. */
NN_INLINE void
store_row (const float *restrict from, guint8 *restrict to, gsize n)
{
  for (gsize j = 0; j < n / 16 * 16; j++)
    {
      float value = from[j] < FAINT ? 0 : from[j];

      value = value > 255 ? 255 : value;
      to[j] = (guint8) (int) (value + 0.5f);
    }
}

NN_CLONES static void
store (const NnAugmenter *self, const float *view, guint8 *to)
{
  const gsize width = self->width, stride = self->stride;

  guint8 row[NN_AUGMENTER_MAX_SIDE];

  for (gsize i = 0; i < self->height; i++)
    {
      store_row (view + i * stride, row, stride);
      memcpy (to + i * width, row, width);
    }
}

/* Only the shift moves the centre of mass. Digits that are read later are centred, so the
 * network need not learn every shape at every position. And if some samples of a data set moved
 * and others did not, the network would learn to tell them apart by their position. */
void
nn_augmenter_apply (NnAugmenter *self, guint64 key, const guint8 *from, guint8 *to)
{
  NnRandom random;
  Point centre, shift;
  Affine affine;
  float amount;

  nn_random_init (&random, key);
  load (self, from);
  if (self->augment.elastic > 0)
    {
      random_field (self, nn_random_next (&random), self->dx);
      random_field (self, nn_random_next (&random), self->dy);
    }
  centre = centre_of_mass (self->source + BORDER * self->source_stride + BORDER,
                           self->source_stride, self->width, self->height, 1);
  affine = random_affine (&self->augment, centre, &random);
  shift.x = nn_random_range (&random, -1, 1) * (float) self->augment.shift;
  shift.y = nn_random_range (&random, -1, 1) * (float) self->augment.shift;
  amount = nn_random_range (&random, -1, 1) * (float) self->augment.stroke;
  if (self->augment.elastic > 0)
    {
      /* The centre of mass after the distortion is known only when the view is computed; every
       * other row gives it precisely enough. */
      Point moved;

      warp (self, &affine, 2);
      moved = centre_of_mass (self->view, self->stride, self->width, self->height, 2);
      shift.x += centre.x - moved.x;
      shift.y += centre.y - moved.y;
    }
  move (&affine, shift.x, shift.y);
  warp (self, &affine, 1);
  if (amount != 0 && self->width >= 2)
    thicken (self, amount);
  store (self, amount != 0 && self->width >= 2 ? self->thick : self->view, to);
}
