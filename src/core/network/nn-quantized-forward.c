/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-quantized-forward.h"

#include <string.h>

#include "nn-quantized-private.h"
#include "nn-simd.h"

/* Groups that a product handles at a time: the weights of a panel to so many groups, 32 kB, stay
 * in the level-1 cache. */
#define BLOCK 128
/* Places of a convolution whose columns are multiplied together. */
#define PLACES 256

struct _NnQuantizedScratch
{
  const NnQuantized *quantized;
  NnInt8Kernel kernel;
  gsize max_n;
  guint8 *y[2];    /* [max_n, widest, rounded up] in turn what a step reads and what it gives */
  guint8 *columns; /* [PLACES, length, rounded up] of one image; NULL without convolutions */
  guint8 *row;     /* [most channels] of one place */
  gint32 *sums;    /* [rows, stride] */
  /* The groups of the rows that are not zero. */
  guint16 *group;
  guint32 *value;
  guint32 *cut; /* [blocks + 1, rows] */
  float *logits[2];
  float *kept; /* for pooling in float32 */
};

/* Rows begin at whole groups; what follows a row is zero. */
static gsize
rounded (gsize n)
{
  return (n + NN_INT8_GROUP - 1) / NN_INT8_GROUP * NN_INT8_GROUP;
}

static guint
n_blocks_of (const NnInt8Layout *layout)
{
  return (layout->n_groups + BLOCK - 1) / BLOCK;
}

static gsize
n_places_of (const NnQuantizedStep *step)
{
  return (gsize) step->out.height * step->out.width;
}

/* The largest sizes of all steps. */
typedef struct
{
  gsize y, columns, sums, entries, cuts, row, logits;
} Sizes;

static Sizes
get_sizes (const NnQuantized *quantized, gsize max_n)
{
  const NnQuantizedPlan *plan = quantized->plan;
  Sizes sizes = { .y = rounded (nn_shape_size (&plan->shapes[0])) };

  for (guint s = 0; s < plan->n_steps; s++)
    {
      const NnQuantizedStep *step = &plan->steps[s];
      const gboolean conv = step->spec->kind == NN_LAYER_CONV2D;
      const gsize rows = conv ? MIN (n_places_of (step), PLACES) : max_n;

      sizes.y = MAX (sizes.y, rounded (nn_shape_size (&step->out)));
      if (step->kind != NN_QUANTIZED_PRODUCT)
        continue;
      sizes.sums = MAX (sizes.sums, rows * step->layout.stride);
      sizes.entries = MAX (sizes.entries, rows * step->layout.n_groups);
      sizes.cuts = MAX (sizes.cuts, rows * (n_blocks_of (&step->layout) + 1));
      sizes.row = MAX (sizes.row, step->layout.n_out);
      if (conv)
        sizes.columns = MAX (sizes.columns, rows * rounded (step->layout.n_in));
    }
  for (guint l = plan->tail; l <= quantized->arch.n_layers; l++)
    sizes.logits = MAX (sizes.logits, nn_shape_size (&plan->shapes[l]));
  return sizes;
}

static guint8 *
new_bytes (gsize n)
{
  return (guint8 *) (void *) nn_aligned_new0 ((n + sizeof (float) - 1) / sizeof (float));
}

NnQuantizedScratch *
nn_quantized_scratch_new (const NnQuantized *quantized, gsize max_n, NnInt8Kernel kernel)
{
  NnQuantizedScratch *scratch = g_new0 (NnQuantizedScratch, 1);
  const Sizes sizes = get_sizes (quantized, max_n);

  scratch->quantized = quantized;
  scratch->kernel = kernel;
  scratch->max_n = max_n;
  for (guint i = 0; i < 2; i++)
    {
      scratch->y[i] = new_bytes (max_n * sizes.y);
      scratch->logits[i] = nn_aligned_new0 (max_n * sizes.logits);
    }
  scratch->columns = new_bytes (sizes.columns);
  scratch->row = g_malloc (sizes.row);
  scratch->sums = (gint32 *) (void *) nn_aligned_new0 (sizes.sums);
  scratch->group = g_new (guint16, sizes.entries + NN_INT8_LIST_ROOM);
  scratch->value = g_new (guint32, sizes.entries + NN_INT8_LIST_ROOM);
  scratch->cut = g_new (guint32, sizes.cuts);
  scratch->kept = nn_aligned_new0 (max_n * sizes.logits);
  return scratch;
}

void
nn_quantized_scratch_free (NnQuantizedScratch *scratch)
{
  for (guint i = 0; i < 2; i++)
    {
      nn_aligned_free ((float *) (void *) scratch->y[i]);
      nn_aligned_free (scratch->logits[i]);
    }
  nn_aligned_free ((float *) (void *) scratch->columns);
  g_free (scratch->row);
  nn_aligned_free ((float *) (void *) scratch->sums);
  g_free (scratch->group);
  g_free (scratch->value);
  g_free (scratch->cut);
  nn_aligned_free (scratch->kept);
  g_free (scratch);
}

/* sums [n, stride] of the rows @x [n, n_in], which are @ldx apart. */
static void
multiply (
    NnQuantizedScratch *scratch, const NnQuantizedStep *step, const guint8 *x, gsize ldx, gsize n)
{
  const NnInt8Layout *layout = &step->layout;
  const guint n_blocks = n_blocks_of (layout);
  guint32 k = 0;

  for (gsize i = 0; i < n; i++)
    {
      for (guint b = 0; b < n_blocks; b++)
        {
          scratch->cut[b * n + i] = k;
          k += nn_int8_list_groups (scratch->kernel, x + i * ldx, b * BLOCK,
                                    MIN ((b + 1) * BLOCK, layout->n_groups), scratch->group + k,
                                    scratch->value + k);
        }
      scratch->cut[n_blocks * n + i] = k;
    }
  for (guint p = 0; p < layout->n_panels; p++)
    for (guint b = 0; b < n_blocks; b++)
      {
        const NnInt8Entries entries = { .n = n,
                                        .group = scratch->group,
                                        .value = scratch->value,
                                        .start = scratch->cut + b * n,
                                        .end = scratch->cut + (b + 1) * n,
                                        .first_block = b == 0 };

        nn_int8_forward (scratch->kernel, layout, step->panels, p, &entries, step->bias,
                         scratch->sums);
      }
}

static void
scale (const NnQuantizedStep *step, const gint32 *sums, guint8 *y)
{
  if (step->table != NULL)
    nn_int8_scale_by_table (&step->scaling, step->table, sums, y, step->layout.n_out);
  else
    nn_int8_scale (&step->scaling, sums, y, step->layout.n_out);
}

static void
scale_to_logits (const NnQuantizedStep *step, const gint32 *sums, float *y, gsize distance)
{
  for (guint o = 0; o < step->layout.n_out; o++)
    y[o * distance] = (float) sums[o] * step->multiplier[o];
}

/* @y: (nullable): %NULL for the last product, whose output are @logits */
static void
run_dense (NnQuantizedScratch *scratch,
           const NnQuantizedStep *step,
           const guint8 *x,
           gsize ldx,
           guint8 *y,
           float *logits,
           gsize n)
{
  const gsize n_out = step->layout.n_out, ldy = rounded (n_out);

  multiply (scratch, step, x, ldx, n);
  for (gsize i = 0; i < n; i++)
    if (y == NULL)
      scale_to_logits (step, scratch->sums + i * step->layout.stride, logits + i * n_out, 1);
    else
      {
        scale (step, scratch->sums + i * step->layout.stride, y + i * ldy);
        memset (y + i * ldy + n_out, 0, ldy - n_out);
      }
}

/* Copies what is under one row of the window at one place; outside of the image is @zero. */
static void
gather_row (guint8 *to, const guint8 *row, guint width, gint left, guint kernel, guint8 zero)
{
  for (gint v = 0; v < (gint) kernel; v++)
    to[v] = left + v >= 0 && left + v < (gint) width ? row[left + v] : zero;
}

/* The columns of one place of the image @x [channels, height, width]: [channels * kernel], rounded
 * up. */
static void
gather_place (const NnQuantizedStep *step, const guint8 *x, gsize place, guint8 *to)
{
  const NnLayerSpec *spec = step->spec;
  const gint top = (gint) (place / step->out.width * spec->stride) - (gint) spec->padding;
  const gint left = (gint) (place % step->out.width * spec->stride) - (gint) spec->padding;

  for (guint channel = 0; channel < step->in.channels; channel++)
    for (gint u = top; u < top + (gint) spec->kernel[0]; u++, to += spec->kernel[1])
      if (u < 0 || u >= (gint) step->in.height)
        memset (to, step->zero, spec->kernel[1]);
      else
        gather_row (to, x + ((gsize) channel * step->in.height + (gsize) u) * step->in.width,
                    step->in.width, left, spec->kernel[1], step->zero);
  memset (to, 0, rounded (step->layout.n_in) - step->layout.n_in);
}

/* Places [first, first + n) of one image. @y: @logits: as in run_dense(), [channels, places] */
static void
run_places (NnQuantizedScratch *scratch,
            const NnQuantizedStep *step,
            const guint8 *x,
            gsize first,
            gsize n,
            guint8 *y,
            float *logits)
{
  const gsize length = rounded (step->layout.n_in), places = n_places_of (step);

  for (gsize p = 0; p < n; p++)
    gather_place (step, x, first + p, scratch->columns + p * length);
  multiply (scratch, step, scratch->columns, length, n);
  for (gsize p = 0; p < n; p++)
    {
      const gint32 *sums = scratch->sums + p * step->layout.stride;

      if (y == NULL)
        {
          scale_to_logits (step, sums, logits + first + p, places);
          continue;
        }
      scale (step, sums, scratch->row);
      for (guint o = 0; o < step->layout.n_out; o++)
        y[o * places + first + p] = scratch->row[o];
    }
}

static void
run_conv (NnQuantizedScratch *scratch,
          const NnQuantizedStep *step,
          const guint8 *x,
          gsize ldx,
          guint8 *y,
          float *logits,
          gsize n)
{
  const gsize places = n_places_of (step), size = nn_shape_size (&step->out);
  const gsize ldy = rounded (size);

  for (gsize i = 0; i < n; i++)
    {
      guint8 *image = y != NULL ? y + i * ldy : NULL;

      for (gsize first = 0; first < places; first += PLACES)
        run_places (scratch, step, x + i * ldx, first, MIN (PLACES, places - first), image,
                    logits + i * size);
      if (image != NULL)
        memset (image + size, 0, ldy - size);
    }
}

/* The largest of the values under the window, or their mean rounded to the nearest. */
static guint8
pool_window (const NnQuantizedStep *step, const guint8 *start)
{
  const guint height = step->spec->kernel[0], width = step->spec->kernel[1], n = height * width;
  guint8 largest = 0;
  guint32 sum = 0;

  for (guint u = 0; u < height; u++)
    for (guint v = 0; v < width; v++)
      {
        const guint8 q = start[(gsize) u * step->in.width + v];

        largest = MAX (largest, q);
        sum += q;
      }
  return step->kind == NN_QUANTIZED_MAX ? largest : (guint8) ((2 * sum + n) / (2 * n));
}

static void
run_pool (const NnQuantizedStep *step, const guint8 *x, guint8 *y)
{
  const gsize size = (gsize) step->in.height * step->in.width;

  for (guint channel = 0; channel < step->in.channels; channel++, x += size)
    for (guint r = 0; r < step->out.height; r++)
      for (guint c = 0; c < step->out.width; c++)
        *y++ = pool_window (step, x + (gsize) r * step->spec->stride * step->in.width +
                                      (gsize) c * step->spec->stride);
}

static void
run_others (const NnQuantizedStep *step, const guint8 *x, gsize ldx, guint8 *y, gsize n)
{
  const gsize size = nn_shape_size (&step->out), ldy = rounded (size);

  for (gsize i = 0; i < n; i++, x += ldx, y += ldy)
    {
      if (step->kind != NN_QUANTIZED_TABLE)
        run_pool (step, x, y);
      else
        for (gsize j = 0; j < size; j++)
          y[j] = step->table[x[j]];
      memset (y + size, 0, ldy - size);
    }
}

/* The layers behind the last product. */
static const float *
run_tail (NnQuantizedScratch *scratch, gsize n)
{
  const NnQuantized *quantized = scratch->quantized;
  const NnQuantizedPlan *plan = quantized->plan;
  guint from = 0;

  for (guint l = plan->tail; l < quantized->arch.n_layers; l++, from = !from)
    {
      const NnLayerPass pass = { .spec = &quantized->arch.layers[l],
                                 .in = plan->shapes[l],
                                 .out = plan->shapes[l + 1],
                                 .kept = scratch->kept };

      nn_layer_kind (pass.spec->kind)
          ->forward (&pass, scratch->logits[from], scratch->logits[!from], n);
    }
  return scratch->logits[from];
}

/* @x: rows @ldx apart, which are padded by zeros to whole groups */
static const float *
run (NnQuantizedScratch *scratch, const guint8 *x, gsize ldx, guint to, gsize n)
{
  const NnQuantizedPlan *plan = scratch->quantized->plan;

  for (guint s = 0; s < plan->n_steps; s++)
    {
      const NnQuantizedStep *step = &plan->steps[s];
      guint8 *y = s + 1 < plan->n_steps ? scratch->y[to] : NULL;

      if (step->kind != NN_QUANTIZED_PRODUCT)
        run_others (step, x, ldx, y, n);
      else if (step->spec->kind == NN_LAYER_DENSE)
        run_dense (scratch, step, x, ldx, y, scratch->logits[0], n);
      else
        run_conv (scratch, step, x, ldx, y, scratch->logits[0], n);
      x = y;
      ldx = rounded (nn_shape_size (&step->out));
      to = !to;
    }
  return run_tail (scratch, n);
}

gboolean
nn_quantized_reads_pixels (const NnQuantized *quantized)
{
  return quantized->scale[0] == 1.0f / 255 && quantized->zero[0] == 0;
}

const float *
nn_quantized_forward (NnQuantizedScratch *scratch, const float *x, gsize n)
{
  const NnQuantizer point = nn_quantized_get_quantizer (scratch->quantized, 0);
  const gsize n_in = nn_shape_size (&scratch->quantized->plan->shapes[0]), ldx = rounded (n_in);

  g_assert (n <= scratch->max_n);
  for (gsize i = 0; i < n; i++)
    {
      nn_int8_quantize (point.scale, point.zero, x + i * n_in, scratch->y[0] + i * ldx, n_in);
      memset (scratch->y[0] + i * ldx + n_in, 0, ldx - n_in);
    }
  return run (scratch, scratch->y[0], ldx, 1, n);
}

const float *
nn_quantized_forward_bytes (NnQuantizedScratch *scratch, const guint8 *x, gsize n)
{
  const gsize n_in = nn_shape_size (&scratch->quantized->plan->shapes[0]), ldx = rounded (n_in);

  g_assert (n <= scratch->max_n);
  if (ldx == n_in)
    return run (scratch, x, ldx, 0, n);
  for (gsize i = 0; i < n; i++)
    {
      memcpy (scratch->y[0] + i * ldx, x + i * n_in, n_in);
      memset (scratch->y[0] + i * ldx + n_in, 0, ldx - n_in);
    }
  return run (scratch, scratch->y[0], ldx, 1, n);
}
