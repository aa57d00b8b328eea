/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-conv.h"
#include "nn-random.h"
#include "nn-simd.h"

/* The kernels of each level of the instruction set that the processor has, against loops in double
 * precision that name every index. */

static const NnConvShape shapes[] = {
  { 1, 28, 28, 8, { 5, 5 }, 1, 0, { 2, 2 }, 2, 0 },
  { 8, 12, 12, 16, { 5, 5 }, 1, 0, { 3, 3 }, 3, 0 },
  { 1, 13, 11, 32, { 3, 3 }, 1, 0, { 2, 2 }, 2, 0 },
  { 32, 13, 13, 64, { 3, 3 }, 1, 0, { 2, 2 }, 2, 0 },
  { 3, 9, 14, 100, { 3, 5 }, 1, 1, { 2, 2 }, 2, 0 },
  { 5, 17, 8, 7, { 4, 3 }, 2, 2, { 3, 2 }, 1, 0 },
  { 2, 10, 10, 49, { 1, 1 }, 3, 0, { 1, 1 }, 1, 0 },
  { 1, 1, 1, 1, { 1, 1 }, 1, 0, { 1, 1 }, 1, 1 },
  { 9, 7, 23, 33, { 2, 7 }, 1, 1, { 1, 1 }, 1, 0.01f },
  { 4, 16, 15, 80, { 3, 3 }, 2, 1, { 3, 3 }, 2, 1 },
  { 40, 6, 6, 3, { 6, 6 }, 1, 0, { 1, 1 }, 1, 0 },
};

#define TOLERANCE 2e-5

/* All arrays of one case; the results are those of the loops. */
typedef struct
{
  gsize n_x, n_y, n_weight;
  float *x, *weight, *bias, *dy;
  double *y, *dx, *dweight, *dbias;
} Case;

static float *
random_floats (NnRandom *random, gsize n)
{
  float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = nn_random_range (random, -1, 1);
  return values;
}

/* Where weight [o, channel, u, v] and the value under it are, which may be in the padding. */
static gboolean
find (const NnConvShape *s, guint place[2], guint channel, guint u, guint v, gsize *x)
{
  const guint r = place[0] * s->stride + u, c = place[1] * s->stride + v;

  *x = ((gsize) channel * s->height + r - s->padding) * s->width + c - s->padding;
  return r >= s->padding && c >= s->padding && r < s->height + s->padding &&
         c < s->width + s->padding;
}

static double
sum_at (const NnConvShape *s, const Case *k, guint o, guint place[2])
{
  const float *weight = k->weight + (gsize) o * s->channels * s->window[0] * s->window[1];
  double sum = (double) k->bias[o];

  for (guint channel = 0; channel < s->channels; channel++)
    for (guint u = 0; u < s->window[0]; u++)
      for (guint v = 0; v < s->window[1]; v++, weight++)
        {
          gsize x;

          if (find (s, place, channel, u, v, &x))
            sum += (double) *weight * (double) k->x[x];
        }
  return sum;
}

static void
add_gradients (const NnConvShape *s, Case *k, guint o, guint place[2], double dz)
{
  gsize w = (gsize) o * s->channels * s->window[0] * s->window[1];

  k->dbias[o] += dz;
  for (guint channel = 0; channel < s->channels; channel++)
    for (guint u = 0; u < s->window[0]; u++)
      for (guint v = 0; v < s->window[1]; v++, w++)
        {
          gsize x;

          if (!find (s, place, channel, u, v, &x))
            continue;
          k->dweight[w] += dz * (double) k->x[x];
          k->dx[x] += dz * (double) k->weight[w];
        }
}

static void
case_init (Case *k, const NnConv *conv)
{
  const NnConvShape *s = &conv->shape;
  NnRandom random;
  gsize i = 0;

  nn_random_init (&random, 3);
  k->n_x = (gsize) s->channels * s->height * s->width;
  k->n_y = (gsize) s->n_out * conv->height * conv->width;
  k->n_weight = (gsize) s->n_out * s->channels * s->window[0] * s->window[1];
  k->x = random_floats (&random, k->n_x);
  k->weight = random_floats (&random, k->n_weight);
  k->bias = random_floats (&random, s->n_out);
  k->dy = random_floats (&random, k->n_y);
  k->y = g_new (double, k->n_y);
  k->dx = g_new0 (double, k->n_x);
  k->dweight = g_new0 (double, k->n_weight);
  k->dbias = g_new0 (double, s->n_out);
  for (guint o = 0; o < s->n_out; o++)
    for (guint r = 0; r < conv->height; r++)
      for (guint c = 0; c < conv->width; c++, i++)
        {
          guint best_place[2] = { 0, 0 };
          double best = -INFINITY;

          for (guint u = 0; u < s->pool[0]; u++)
            for (guint v = 0; v < s->pool[1]; v++)
              {
                guint place[2] = { r * s->pool_stride + u, c * s->pool_stride + v };
                const double z = sum_at (s, k, o, place);

                if (z > best)
                  memcpy (best_place, place, sizeof place);
                best = fmax (best, z);
              }
          k->y[i] = best > 0 ? best : (double) s->slope * best;
          add_gradients (s, k, o, best_place,
                         (best > 0 ? 1 : (double) s->slope) * (double) k->dy[i]);
        }
}

static void
case_clear (Case *k)
{
  g_free (k->x);
  g_free (k->weight);
  g_free (k->bias);
  g_free (k->dy);
  g_free (k->y);
  g_free (k->dx);
  g_free (k->dweight);
  g_free (k->dbias);
}

static void
check (const float *found, const double *expected, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double) found[i], expected[i],
                                    TOLERANCE * fmax (1, fabs (expected[i])));
}

/* The plain output is at the beginning of a block with exactly as much room. */
static void
run (const NnConv *conv, const Case *k)
{
  const NnConvView view = nn_conv_view_plain (conv);
  const NnConvShape *s = &conv->shape;
  g_autofree float *y = g_new (float, k->n_y), *dx = g_new (float, k->n_x);
  g_autofree float *dweight = g_new0 (float, k->n_weight), *dbias = g_new0 (float, s->n_out);
  g_autofree guint32 *winners = g_new (guint32, conv->n_winners);
  float *packed = nn_aligned_new0 (conv->packed_size), *x = nn_aligned_new0 (conv->x_size);
  float *gradient = nn_aligned_new0 (conv->gradient_size);
  float *padded_dx = nn_aligned_new0 (conv->x_size);
  float *scratch = nn_aligned_new0 (conv->scratch_size);

  nn_conv_pack (conv, k->weight, k->bias, packed);
  nn_conv_pad (conv, k->x, x);
  nn_conv_forward (conv, packed, x, &view, y, winners, scratch);
  check (y, k->y, k->n_y);
  nn_conv_backward (conv, packed, x, winners, &view, k->dy, gradient, padded_dx, scratch);
  nn_conv_unpad (conv, padded_dx, dx);
  nn_conv_unpack_gradient (conv, gradient, dweight, dbias);
  check (dx, k->dx, k->n_x);
  check (dweight, k->dweight, k->n_weight);
  check (dbias, k->dbias, s->n_out);
  nn_aligned_free (packed);
  nn_aligned_free (x);
  nn_aligned_free (gradient);
  nn_aligned_free (padded_dx);
  nn_aligned_free (scratch);
}

static void
test_kernel (gconstpointer data)
{
  const NnConvKernel kernel = (NnConvKernel) GPOINTER_TO_INT (data);

  if (!nn_conv_kernel_is_supported (kernel))
    {
      g_test_skip ("this processor does not have these instructions");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      NnConv conv;
      Case k;

      nn_conv_init (&conv, &shapes[i], kernel);
      case_init (&k, &conv);
      run (&conv, &k);
      case_clear (&k);
    }
}

/* An output may be the padded input of the next convolution, whose padding stays zero. */
static void
test_next (void)
{
  static const NnConvShape next_shape = { 8, 12, 12, 16, { 5, 5 }, 1, 2, { 3, 3 }, 3, 0 };
  NnConv conv, next;
  Case k;

  nn_conv_init (&conv, &shapes[0], nn_conv_kernel_for (8));
  nn_conv_init (&next, &next_shape, nn_conv_kernel_for (16));
  case_init (&k, &conv);
  {
    const NnConvView view = nn_conv_view_next (&next);
    g_autofree guint32 *winners = g_new (guint32, conv.n_winners);
    g_autofree float *y = g_new (float, k.n_y);
    float *packed = nn_aligned_new0 (conv.packed_size), *x = nn_aligned_new0 (conv.x_size);
    float *next_x = nn_aligned_new0 (next.x_size), *again = nn_aligned_new0 (next.x_size);
    float *scratch = nn_aligned_new0 (conv.scratch_size);

    nn_conv_pack (&conv, k.weight, k.bias, packed);
    nn_conv_pad (&conv, k.x, x);
    nn_conv_forward (&conv, packed, x, &view, next_x, winners, scratch);
    nn_conv_unpad (&next, next_x, y);
    check (y, k.y, k.n_y);
    nn_conv_pad (&next, y, again);
    g_assert_cmpmem (next_x, next.x_size * sizeof (float), again, next.x_size * sizeof (float));
    nn_aligned_free (packed);
    nn_aligned_free (x);
    nn_aligned_free (next_x);
    nn_aligned_free (again);
    nn_aligned_free (scratch);
  }
  case_clear (&k);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/core/conv/baseline", GINT_TO_POINTER (NN_CONV_BASELINE), test_kernel);
  g_test_add_data_func ("/core/conv/avx2", GINT_TO_POINTER (NN_CONV_AVX2), test_kernel);
  g_test_add_data_func ("/core/conv/avx512", GINT_TO_POINTER (NN_CONV_AVX512), test_kernel);
  g_test_add_func ("/core/conv/next", test_next);
  return g_test_run ();
}
