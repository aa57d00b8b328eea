/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-deformation.h"

#include <math.h>
#include <string.h>

/* weights [n, n_points] of the cubic B-splines that reach each of @n pixels. */
static float *
spline_weights (guint n, guint n_points)
{
  float *weights = g_new0 (float, (gsize) n *n_points);

  for (guint i = 0; i < n; i++)
    {
      const guint cell = i / NN_DEFORMATION_SPACING;
      const float t = (float) (i % NN_DEFORMATION_SPACING) / NN_DEFORMATION_SPACING, s = 1 - t;
      float *row = weights + i * n_points + cell;

      row[0] = s * s * s / 6;
      row[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
      row[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
      row[3] = t * t * t / 6;
    }
  return weights;
}

static guint
n_points (guint n)
{
  return (n - 1) / NN_DEFORMATION_SPACING + 4;
}

NnDeformation *
nn_deformation_new (guint width, guint height)
{
  NnDeformation *self = g_new0 (NnDeformation, 1);

  self->width = width;
  self->height = height;
  self->n_columns = n_points (width);
  self->n_rows = n_points (height);
  self->control = g_new0 (float, nn_deformation_size (self));
  self->across = spline_weights (width, self->n_columns);
  self->down = spline_weights (height, self->n_rows);
  return self;
}

NnDeformation *
nn_deformation_copy (const NnDeformation *self)
{
  NnDeformation *copy = nn_deformation_new (self->width, self->height);

  memcpy (copy->control, self->control, nn_deformation_size (self) * sizeof *copy->control);
  return copy;
}

void
nn_deformation_free (NnDeformation *self)
{
  g_free (self->control);
  g_free (self->across);
  g_free (self->down);
  g_free (self);
}

gsize
nn_deformation_size (const NnDeformation *self)
{
  return 2 * (gsize) self->n_columns * self->n_rows;
}

void
nn_deformation_field (const NnDeformation *self, float *field)
{
  const guint w = self->width, h = self->height;
  g_autofree float *rows = g_new (float, (gsize) self->n_rows *w);

  for (guint axis = 0; axis < 2; axis++)
    {
      const float *control = self->control + axis * self->n_rows * self->n_columns;

      for (guint r = 0; r < self->n_rows; r++)
        for (guint x = 0; x < w; x++)
          {
            float sum = 0;

            for (guint c = x / NN_DEFORMATION_SPACING; c < x / NN_DEFORMATION_SPACING + 4; c++)
              sum += self->across[x * self->n_columns + c] * control[r * self->n_columns + c];
            rows[r * w + x] = sum;
          }
      for (guint y = 0; y < h; y++)
        for (guint x = 0; x < w; x++)
          {
            float sum = 0;

            for (guint r = y / NN_DEFORMATION_SPACING; r < y / NN_DEFORMATION_SPACING + 4; r++)
              sum += self->down[y * self->n_rows + r] * rows[r * w + x];
            field[(axis * h + y) * w + x] = sum;
          }
    }
}

static float
pixel (const NnDeformation *self, const float *x, int column, int row)
{
  return column >= 0 && row >= 0 && column < (int) self->width && row < (int) self->height ?
             x[row * (int) self->width + column] :
             0;
}

/* Positions farther outside give background, and must not overflow an integer. */
static float
near_image (float position, guint size)
{
  return CLAMP (position, -2, (float) size + 1);
}

/* The image at a place between pixels, and its slope there. */
static float
sample (const NnDeformation *self, const float *x, float px, float py, float slope[2])
{
  const float qx = near_image (px, self->width), qy = near_image (py, self->height);
  const int column = (int) floorf (qx), row = (int) floorf (qy);
  const float s = qx - (float) column, t = qy - (float) row;
  const float a = pixel (self, x, column, row), b = pixel (self, x, column + 1, row);
  const float c = pixel (self, x, column, row + 1), d = pixel (self, x, column + 1, row + 1);

  slope[0] = (1 - t) * (b - a) + t * (d - c);
  slope[1] = (1 - s) * (c - a) + s * (d - b);
  return (1 - t) * ((1 - s) * a + s * b) + t * ((1 - s) * c + s * d);
}

void
nn_deformation_apply (const NnDeformation *self, float share, const float *x, float *y)
{
  const guint w = self->width, h = self->height;
  g_autofree float *field = g_new (float, 2 * (gsize) w * h);
  float slope[2];

  nn_deformation_field (self, field);
  for (guint r = 0; r < h; r++)
    for (guint c = 0; c < w; c++)
      y[r * w + c] = sample (self, x, (float) c + share * field[r * w + c],
                             (float) r + share * field[(h + r) * w + c], slope);
}

/* Adds the gradient at the displacements [2, h, w] to that of the grid: the transpose of
 * nn_deformation_field(). */
static void
field_backward (const NnDeformation *self, const float *dfield, float *dcontrol)
{
  const guint w = self->width, h = self->height;
  g_autofree float *rows = g_new (float, (gsize) self->n_rows *w);

  for (guint axis = 0; axis < 2; axis++)
    {
      memset (rows, 0, (gsize) self->n_rows * w * sizeof *rows);
      for (guint y = 0; y < h; y++)
        for (guint r = y / NN_DEFORMATION_SPACING; r < y / NN_DEFORMATION_SPACING + 4; r++)
          for (guint x = 0; x < w; x++)
            rows[r * w + x] += self->down[y * self->n_rows + r] * dfield[(axis * h + y) * w + x];
      for (guint r = 0; r < self->n_rows; r++)
        for (guint x = 0; x < w; x++)
          for (guint c = x / NN_DEFORMATION_SPACING; c < x / NN_DEFORMATION_SPACING + 4; c++)
            dcontrol[(axis * self->n_rows + r) * self->n_columns + c] +=
                self->across[x * self->n_columns + c] * rows[r * w + x];
    }
}

void
nn_deformation_backward (const NnDeformation *self,
                         const float *x,
                         const float *dy,
                         float *dcontrol)
{
  const guint w = self->width, h = self->height;
  g_autofree float *field = g_new (float, 2 * (gsize) w * h);

  nn_deformation_field (self, field);
  for (guint r = 0; r < h; r++)
    for (guint c = 0; c < w; c++)
      {
        float *dx = field + r * w + c, *dv = dx + h * w, slope[2];

        sample (self, x, (float) c + *dx, (float) r + *dv, slope);
        *dx = dy[r * w + c] * slope[0];
        *dv = dy[r * w + c] * slope[1];
      }
  field_backward (self, field, dcontrol);
}

/* Adds the square of a sum of points, times @factor; each term is a place and a weight. */
typedef struct
{
  gsize at;
  float weight;
} Term;

static double
add_square (
    const float *control, const Term *terms, guint n, double factor, double weight, float *gradient)
{
  float sum = 0;

  for (guint i = 0; i < n; i++)
    sum += terms[i].weight * control[terms[i].at];
  for (guint i = 0; i < n && gradient != NULL; i++)
    gradient[terms[i].at] += (float) (2 * factor * weight) * sum * terms[i].weight;
  return factor * (double) sum * (double) sum;
}

double
nn_deformation_bending (const NnDeformation *self, double weight, float *dcontrol)
{
  const gsize nc = self->n_columns, nr = self->n_rows;
  double energy = 0;

  for (gsize axis = 0; axis < 2; axis++)
    for (gsize r = 0; r < nr; r++)
      for (gsize c = 0; c < nc; c++)
        {
          const gsize at = (axis * nr + r) * nc + c;
          const Term across[] = { { at, 1 }, { at + 1, -2 }, { at + 2, 1 } };
          const Term down[] = { { at, 1 }, { at + nc, -2 }, { at + 2 * nc, 1 } };
          const Term mixed[] = { { at, 1 }, { at + 1, -1 }, { at + nc, -1 }, { at + nc + 1, 1 } };

          if (c + 2 < nc)
            energy += add_square (self->control, across, 3, 1, weight, dcontrol);
          if (r + 2 < nr)
            energy += add_square (self->control, down, 3, 1, weight, dcontrol);
          if (c + 1 < nc && r + 1 < nr)
            energy += add_square (self->control, mixed, 4, 2, weight, dcontrol);
        }
  return energy;
}

double
nn_deformation_mean (const NnDeformation *self, const float *y)
{
  const gsize n = (gsize) self->width * self->height;
  g_autofree float *field = g_new (float, 2 * n);
  double sum = 0, ink = 0;

  nn_deformation_field (self, field);
  for (gsize i = 0; i < n; i++)
    {
      sum += (double) (y[i] * hypotf (field[i], field[n + i]));
      ink += (double) y[i];
    }
  return ink > 0 ? sum / ink : 0;
}
