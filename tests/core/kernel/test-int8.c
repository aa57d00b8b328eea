/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-int8.h"
#include "nn-random.h"
#include "nn-simd.h"

typedef enum
{
  VALUES_RANDOM,
  VALUES_SPARSE,
  VALUES_LARGEST,  /* 255 and 127: a sum of 16 bits would overflow */
  VALUES_SMALLEST, /* 255 and -127 */
  N_VALUES,
} Values;

/* A product with all that it needs. */
typedef struct
{
  NnInt8Layout layout;
  gsize n;
  gint8 *weight; /* [n_out, n_in] */
  gint8 *panels;
  guint8 *x; /* [n, 4 * n_groups] */
  gint32 *bias;
} Case;

static void
case_init (Case *c, gsize n, guint n_in, guint n_out, Values values)
{
  NnRandom random;
  gsize ldx;

  nn_random_init (&random, n_in + n_out);
  nn_int8_layout_init (&c->layout, n_in, n_out);
  ldx = (gsize) c->layout.n_groups * NN_INT8_GROUP;
  c->n = n;
  c->weight = g_new (gint8, (gsize) n_out * n_in);
  c->x = g_new0 (guint8, n * ldx);
  c->bias = g_new0 (gint32, c->layout.stride);
  c->panels = (gint8 *) (void *) nn_aligned_new0 (c->layout.size / sizeof (float));
  for (gsize i = 0; i < (gsize) n_out * n_in; i++)
    c->weight[i] = (gint8) (values == VALUES_LARGEST  ? 127 :
                            values == VALUES_SMALLEST ? -127 :
                                                        (int) nn_random_below (&random, 255) - 127);
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < n_in; j++)
      c->x[i * ldx + j] = values == VALUES_RANDOM ? (guint8) nn_random_below (&random, 256) :
                          values != VALUES_SPARSE ? 255 :
                          nn_random_below (&random, 12) > 0 ?
                                                    0 :
                                                    (guint8) nn_random_below (&random, 256);
  for (guint o = 0; o < n_out; o++)
    c->bias[o] = values == VALUES_LARGEST  ? NN_INT8_MAX_BIAS :
                 values == VALUES_SMALLEST ? -NN_INT8_MAX_BIAS :
                                             (gint32) nn_random_below (&random, 2000) - 1000;
  nn_int8_pack (&c->layout, c->weight, c->panels);
}

static void
case_clear (Case *c)
{
  g_free (c->weight);
  g_free (c->x);
  g_free (c->bias);
  nn_aligned_free ((float *) (void *) c->panels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/* The sums [n, stride] by @kernel, in blocks of @block groups. */
static gint32 *
run (const Case *c, NnInt8Kernel kernel, guint block)
{
  const guint n_groups = c->layout.n_groups, n_blocks = (n_groups + block - 1) / block;
  g_autofree guint16 *group = g_new (guint16, c->n * n_groups + NN_INT8_LIST_ROOM);
  g_autofree guint32 *value = g_new (guint32, c->n * n_groups + NN_INT8_LIST_ROOM);
  g_autofree guint32 *cut = g_new (guint32, (n_blocks + 1) * c->n);
  gint32 *z = g_new0 (gint32, c->n * c->layout.stride);
  guint32 k = 0;

  for (gsize i = 0; i < c->n; i++)
    {
      for (guint b = 0; b < n_blocks; b++)
        {
          cut[b * c->n + i] = k;
          k += nn_int8_list_groups (kernel, c->x + i * n_groups * NN_INT8_GROUP, b * block,
                                    MIN ((b + 1) * block, n_groups), group + k, value + k);
        }
      cut[n_blocks * c->n + i] = k;
    }
  for (guint p = 0; p < c->layout.n_panels; p++)
    for (guint b = 0; b < n_blocks; b++)
      {
        const NnInt8Entries entries = { .n = c->n,
                                        .group = group,
                                        .value = value,
                                        .start = cut + b * c->n,
                                        .end = cut + (b + 1) * c->n,
                                        .first_block = b == 0 };

        nn_int8_forward (kernel, &c->layout, c->panels, p, &entries, c->bias, z);
      }
  return z;
}

/* The plain kernel is right, and all others that this machine has give the same. */
static void
test_products (void)
{
  static const guint sizes[][3] = {
    { 3, 1, 1 }, { 5, 70, 33 }, { 4, 131, 64 }, { 2, 784, 130 }, { 3, 30, 50 }, { 1, 9, 16 },
  };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint values = 0; values < N_VALUES; values++)
      {
        g_auto (Case) c = { 0 };
        g_autofree gint32 *plain = NULL;

        case_init (&c, sizes[s][0], sizes[s][1], sizes[s][2], values);
        plain = run (&c, NN_INT8_PLAIN, 8);
        for (gsize i = 0; i < c.n; i++)
          for (guint o = 0; o < c.layout.n_out; o++)
            {
              gint64 sum = c.bias[o];

              for (guint j = 0; j < c.layout.n_in; j++)
                sum += c.weight[o * c.layout.n_in + j] *
                       c.x[i * c.layout.n_groups * NN_INT8_GROUP + j];
              g_assert_cmpint (plain[i * c.layout.stride + o], ==, sum);
            }
        for (guint kernel = 0; kernel < NN_N_INT8_KERNELS; kernel++)
          if (nn_int8_kernel_is_supported (kernel))
            {
              g_autofree gint32 *z = run (&c, kernel, 1000);

              g_test_message ("%s", nn_int8_kernel_name (kernel));
              g_assert_cmpmem (z, c.n * c.layout.stride * sizeof *z, plain,
                               c.n * c.layout.stride * sizeof *z);
            }
      }
}

/* As many inputs and as large a bias as there may be. */
static void
test_bounds (void)
{
  for (guint values = VALUES_LARGEST; values < N_VALUES; values++)
    {
      const gint64 sign = values == VALUES_LARGEST ? 1 : -1;
      g_auto (Case) c = { 0 };

      case_init (&c, 1, NN_INT8_MAX_INPUTS, 16, values);
      for (guint kernel = 0; kernel < NN_N_INT8_KERNELS; kernel++)
        if (nn_int8_kernel_is_supported (kernel))
          {
            g_autofree gint32 *z = run (&c, kernel, 128);

            for (guint o = 0; o < 16; o++)
              g_assert_cmpint (z[o], ==,
                               sign * (NN_INT8_MAX_BIAS + (gint64) 255 * 127 * NN_INT8_MAX_INPUTS));
          }
    }
}

static void
test_choice (void)
{
  const NnInt8Kernel best = nn_int8_kernel ();

  g_assert_true (nn_int8_kernel_is_supported (NN_INT8_PLAIN));
  g_assert_true (nn_int8_kernel_is_supported (best));
  for (guint kernel = best + 1; kernel < NN_N_INT8_KERNELS; kernel++)
    g_assert_false (nn_int8_kernel_is_supported (kernel));
  g_assert_cmpstr (nn_int8_kernel_name (NN_INT8_PLAIN), ==, "plain");
}

/* Rounds to even, clamps, and looks up. */
static void
test_scaling (void)
{
  static const gint32 z[] = { 0, 1, 2, 3, 5, -1, -7, 1000, -1000, G_MAXINT32, G_MININT32 };
  static const guint8 expected[] = { 10, 10, 11, 12, 12, 10, 6, 255, 0, 255, 0 };
  float multiplier[G_N_ELEMENTS (z)];
  const NnInt8Scaling scaling = { multiplier, -10, 245, 10 };
  guint8 y[G_N_ELEMENTS (z)], table[256];

  for (guint i = 0; i < G_N_ELEMENTS (z); i++)
    multiplier[i] = 0.5f;
  for (guint i = 0; i < 256; i++)
    table[i] = (guint8) (255 - i);
  nn_int8_scale (&scaling, z, y, G_N_ELEMENTS (z));
  g_assert_cmpmem (y, sizeof y, expected, sizeof expected);
  nn_int8_scale_by_table (&scaling, table, z, y, G_N_ELEMENTS (z));
  for (guint i = 0; i < G_N_ELEMENTS (z); i++)
    g_assert_cmpuint (y[i], ==, 255 - expected[i]);
}

static void
test_quantize (void)
{
  const float x[] = { 0, 1, -1, 0.25f, 1e30f, -1e30f, INFINITY, -INFINITY, NAN };
  static const guint8 expected[] = { 100, 102, 98, 100, 255, 0, 255, 0, 0 };
  float pixels[256];
  guint8 y[256];

  nn_int8_quantize (0.5f, 100, x, y, G_N_ELEMENTS (x));
  g_assert_cmpmem (y, G_N_ELEMENTS (x), expected, sizeof expected);
  /* Pixels stay as they are. */
  for (guint i = 0; i < 256; i++)
    pixels[i] = (float) i / 255;
  nn_int8_quantize (1.0f / 255, 0, pixels, y, 256);
  for (guint i = 0; i < 256; i++)
    g_assert_cmpuint (y[i], ==, i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/int8/products", test_products);
  g_test_add_func ("/core/int8/bounds", test_bounds);
  g_test_add_func ("/core/int8/choice", test_choice);
  g_test_add_func ("/core/int8/scaling", test_scaling);
  g_test_add_func ("/core/int8/quantize", test_quantize);
  return g_test_run ();
}
