/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>

/* The longer side of the ink on the grid of the distance transform: eight steps to a pixel of the
 * tensor, about the resolution of MNIST's digits before they were reduced. */
#define MIN_GRID_SIDE 160
/* Where a pixel is more than this many steps of the grid, what lies between pixels is estimated
 * with a cubic: strokes are then hardly wider than a pixel. */
#define COARSE 4.0
/* Range of stroke widths, in pixels of the tensor, that are kept; other widths are clamped to it.
 * It lies around the width of the pen that strokes are drawn with. */
#define MIN_PEN 2.3
#define MAX_PEN 2.9
/* Largest part of half the stroke width that thinning removes: strokes are uneven, and their thin
 * parts must not vanish. */
#define MAX_THINNING 0.3

/* The intersection of the parabolas at @p and @q. */
static float
meeting (const float *line, guint p, guint q)
{
  return ((line[q] + (float) q * q) - (line[p] + (float) p * p)) / (2.0f * (q - p));
}

/* Squared distances along a line to the nearest parabola: Felzenszwalb and Huttenlocher, "Distance
 * Transforms of Sampled Functions", 2012. @hull and @from hold @n and @n + 1 values. */
static void
transform_line (float *values, gsize step, guint n, float *line, guint *hull, float *from)
{
  guint k = 0;

  for (guint i = 0; i < n; i++)
    line[i] = values[i * step];
  hull[0] = 0;
  from[0] = -INFINITY;
  from[1] = INFINITY;
  for (guint q = 1; q < n; q++)
    {
      float s;

      /* Remove the parabolas above the new one; the first begins at minus infinity, which ends the
       * loop. */
      while ((s = meeting (line, hull[k], q)) <= from[k])
        k--;
      k++;
      hull[k] = q;
      from[k] = s;
      from[k + 1] = INFINITY;
    }
  k = 0;
  for (guint q = 0; q < n; q++)
    {
      float d;

      while (from[k + 1] < q)
        k++;
      d = (float) q - (float) hull[k];
      values[q * step] = d * d + line[hull[k]];
    }
}

/* Replaces a plane of 0 (ink) and FAR (no ink) by the squared distances to the ink. */
#define FAR 1e9f

static void
transform (InkPlane *plane)
{
  const guint n = MAX (plane->width, plane->height);
  g_autofree float *line = g_new (float, n), *from = g_new (float, n + 1);
  g_autofree guint *hull = g_new (guint, n);

  for (guint x = 0; x < plane->width; x++)
    transform_line (plane->values + x, plane->width, plane->height, line, hull, from);
  for (guint y = 0; y < plane->height; y++)
    transform_line (plane->values + (gsize) y * plane->width, 1, plane->width, line, hull, from);
}

/* The ink on a grid with a margin, as distances to its edge, positive inside. @scale: steps of the
 * grid to a pixel of @signal. @width: (out): of the strokes, in steps of the grid */
static InkPlane *
distances_to_edge (const InkPlane *signal,
                   double threshold,
                   const InkPixelBox *box,
                   double scale,
                   guint margin,
                   double *width)
{
  const guint w = (guint) ceil ((box->x1 - box->x0 + 1) * scale) + 2 * margin;
  const guint h = (guint) ceil ((box->y1 - box->y0 + 1) * scale) + 2 * margin;
  InkPlane *inside = ink_plane_new (w, h);
  g_autoptr (InkPlane) outside = ink_plane_new (w, h);
  double sum = 0.0;
  gsize n_inside = 0;

  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        const double sx = ((double) x - margin + 0.5) / scale - 0.5 + box->x0;
        const double sy = ((double) y - margin + 0.5) / scale - 0.5 + box->y0;
        /* Ink at the picture's edge does not continue outside. */
        const gboolean in_picture =
            sx > -0.5 && sy > -0.5 && sx < signal->width - 0.5 && sy < signal->height - 0.5;
        const gboolean ink =
            in_picture && (scale > COARSE ? ink_plane_sample_cubic (signal, sx, sy) :
                                            ink_plane_sample (signal, sx, sy)) >= threshold;
        const gsize i = (gsize) y * w + x;

        inside->values[i] = ink ? FAR : 0.0f;
        outside->values[i] = ink ? 0.0f : FAR;
      }
  transform (inside);
  transform (outside);
  for (gsize i = 0; i < (gsize) w * h; i++)
    {
      /* The edge lies between the centres of an ink pixel and its neighbour. */
      if (inside->values[i] > 0.0f)
        {
          inside->values[i] = sqrtf (inside->values[i]) - 0.5f;
          sum += inside->values[i];
          n_inside++;
        }
      else
        inside->values[i] = 0.5f - sqrtf (outside->values[i]);
    }
  /* Across a stroke the distance rises from 0 to half the width and falls again: its mean is a
   * quarter of the width. */
  *width = n_inside > 0 ? 4.0 * sum / (double) n_inside : 0.0;
  return inside;
}

/* The mean of @plane over a rectangle, edges anywhere, 0 outside of it. */
static double
mean_over (const InkPlane *plane, double x0, double y0, double x1, double y1)
{
  const double area = (x1 - x0) * (y1 - y0);
  double sum = 0.0;

  x0 = MAX (x0, 0.0);
  y0 = MAX (y0, 0.0);
  x1 = MIN (x1, (double) plane->width);
  y1 = MIN (y1, (double) plane->height);
  for (guint y = (guint) y0; y < y1; y++)
    {
      const double part_y = MIN (y1, y + 1.0) - MAX (y0, (double) y);

      for (guint x = (guint) x0; x < x1; x++)
        sum += part_y * (MIN (x1, x + 1.0) - MAX (x0, (double) x)) *
               plane->values[(gsize) y * plane->width + x];
    }
  return sum / area;
}

/* Where thinning by @by would take away a thin part of the ink, and not only its edge, as the
 * hairlines of heavy print: 1 there and where the part joins the rest, 0 elsewhere. @distances: to
 * the edge, positive inside. Returns %NULL if there is no such part. */
static InkPlane *
thin_parts (const InkPlane *distances, double by)
{
  const gsize n = (gsize) distances->width * distances->height;
  /* The tip of a right angle is 1.42 times as far from what is left as its sides are. */
  const float reach = (float) (1.5 * by + 1.0);
  g_autoptr (InkPlane) away = ink_plane_new (distances->width, distances->height);
  gboolean any = FALSE;

  for (gsize i = 0; i < n; i++)
    away->values[i] = distances->values[i] > (float) by ? 0.0f : FAR;
  transform (away);
  for (gsize i = 0; i < n; i++)
    {
      const gboolean thin = distances->values[i] > 0.0f && away->values[i] > reach * reach;

      any = any || thin;
      away->values[i] = thin ? 0.0f : FAR;
    }
  if (!any)
    return NULL;
  transform (away);
  for (gsize i = 0; i < n; i++)
    away->values[i] = away->values[i] <= (reach + 1.0f) * (reach + 1.0f);
  return g_steal_pointer (&away);
}

/* The start of ink from @lo to @hi (in pixels of the tensor), when its centre of mass, at @mass, is
 * moved to the centre and no ink leaves the field. As in ink_tensor_from_drawing(). */
static double
place (double lo, double hi, double mass)
{
  const double shift = INK_TENSOR_CENTRE + 0.5 - mass;

  return CLAMP (shift, -lo, INK_TENSOR_SIDE - hi);
}

/* The bounding box of the ink on the grid, to a fraction of a step. Returns %FALSE if there is no
 * ink. */
static gboolean
measure (const InkPlane *distances, double *x0, double *y0, double *x1, double *y1)
{
  *x0 = *y0 = INFINITY;
  *x1 = *y1 = -INFINITY;
  for (guint y = 0; y < distances->height; y++)
    for (guint x = 0; x < distances->width; x++)
      if (distances->values[(gsize) y * distances->width + x] > 0.0f)
        {
          *x0 = MIN (*x0, x);
          *x1 = MAX (*x1, x + 1.0);
          *y0 = MIN (*y0, y);
          *y1 = MAX (*y1, y + 1.0);
        }
  return *x1 > *x0;
}

gboolean
ink_image_draw (const InkPlane *signal,
                double threshold,
                const InkPixelBox *box,
                float tensor[INK_TENSOR_SIZE])
{
  const guint side = MAX (box->x1 - box->x0, box->y1 - box->y0) + 1;
  const double scale = MAX (1.0, (double) MIN_GRID_SIDE / side);
  const guint margin = (guint) (side * scale / 8) + 2;
  const double box_pixels = ink_tensor_style_default.box;
  double x0, y0, x1, y1, length, width, part, grow, step, shift_x, shift_y;
  double mass = 0.0, mass_x = 0.0, mass_y = 0.0;
  g_autoptr (InkPlane) ink = distances_to_edge (signal, threshold, box, scale, margin, &width);
  g_autoptr (InkPlane) thin = NULL;

  /* The grid may miss a pixel just at the threshold. */
  if (!measure (ink, &x0, &y0, &x1, &y1))
    return FALSE;
  length = MAX (x1 - x0, y1 - y0);
  /* (width + 2 grow) / (length + 2 grow) = part, because a pen has the same width in the tensor for
   * every size of the writing. */
  part = CLAMP (width / length, MIN_PEN / box_pixels, MAX_PEN / box_pixels);
  grow = (part * length - width) / (2.0 * (1.0 - part));
  grow = MAX (grow, -MAX_THINNING * width / 2.0);
  if (grow < 0.0)
    thin = thin_parts (ink, -grow);

  for (guint y = 0; y < ink->height; y++)
    for (guint x = 0; x < ink->width; x++)
      {
        const gsize i = (gsize) y * ink->width + x;
        const gboolean keep = thin != NULL && thin->values[i] > 0.0f;
        float *value = &ink->values[i];

        *value = CLAMP (*value + (keep ? 0.0f : (float) grow) + 0.5f, 0.0f, 1.0f);
        mass += *value;
        mass_x += *value * (x + 0.5);
        mass_y += *value * (y + 0.5);
      }

  step = (length + 2.0 * grow) / box_pixels;
  shift_x = place ((x0 - grow) / step, (x1 + grow) / step, mass_x / mass / step);
  shift_y = place ((y0 - grow) / step, (y1 + grow) / step, mass_y / mass / step);
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = 0; x < INK_TENSOR_SIDE; x++)
      {
        const double mean = mean_over (ink, (x - shift_x) * step, (y - shift_y) * step,
                                       (x + 1 - shift_x) * step, (y + 1 - shift_y) * step);

        tensor[y * INK_TENSOR_SIDE + x] = (float) MIN (mean, 1.0);
      }
  return TRUE;
}
