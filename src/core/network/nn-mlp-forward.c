/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-mlp-forward.h"

#include <string.h>

#include "nn-blas.h"

/* Above this share of inputs that are not zero a dense product is quicker, but not for a layer of a
 * single panel, such as the last one: where all others skip zeros too, OpenBLAS, which takes 20 ms
 * to load, is not needed at all. */
#define SPARSE_BELOW 0.25

struct _NnMlpScratch
{
  float *a[2];      /* [max_n, widest stride] in turn what a layer reads and what it gives */
  guint32 *indices; /* [max_n] */

  /* The inputs of a hidden layer that are not zero; %NULL where no hidden layer has panels. */
  gsize *start;    /* [max_n + 1]: those of sample i are [start[i], start[i + 1]) */
  guint32 *column; /* [as many as there may be, and one more] */
  float *value;    /* likewise */
};

static guint
stride_of (const NnMlpLayer *layer)
{
  return (layer->n_out + NN_PANEL_GRAIN - 1) / NN_PANEL_GRAIN * NN_PANEL_GRAIN;
}

/* The inputs of @n samples that may be other than zero for the layer to skip those that are. */
static gsize
max_entries (const NnMlpLayer *layer, gsize n)
{
  const gsize all = n * layer->n_in;

  return layer->n_out <= NN_PANEL_WIDTH ? all : (gsize) (SPARSE_BELOW * (double) all);
}

NnMlpScratch *
nn_mlp_scratch_new (const NnMlpPass *pass, gsize max_n)
{
  NnMlpScratch *scratch = g_new0 (NnMlpScratch, 1);
  gsize widest = 0, n_entries = 0;

  for (guint l = 0; l < pass->n_layers; l++)
    {
      widest = MAX (widest, stride_of (&pass->layers[l]));
      if (l > 0 && pass->layers[l].panels != NULL)
        n_entries = MAX (n_entries, max_entries (&pass->layers[l], max_n));
    }
  scratch->a[0] = nn_aligned_new0 (max_n * widest);
  scratch->a[1] = nn_aligned_new0 (max_n * widest);
  scratch->indices = g_new (guint32, max_n);
  if (n_entries > 0)
    {
      scratch->start = g_new (gsize, max_n + 1);
      scratch->column = g_new (guint32, n_entries + 1);
      scratch->value = g_new (float, n_entries + 1);
    }
  return scratch;
}

void
nn_mlp_scratch_free (NnMlpScratch *scratch)
{
  nn_aligned_free (scratch->a[0]);
  nn_aligned_free (scratch->a[1]);
  g_free (scratch->indices);
  g_free (scratch->start);
  g_free (scratch->column);
  g_free (scratch->value);
  g_free (scratch);
}

NN_CLONES static gsize
count_entries (const float *x, gsize ldx, guint n_in, gsize n)
{
  gsize n_entries = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 n_row = 0;

      for (guint j = 0; j < n_in; j++)
        n_row += x[i * ldx + j] != 0;
      n_entries += n_row;
    }
  return n_entries;
}

static void
list_entries (NnMlpScratch *scratch, const float *x, gsize ldx, guint n_in, gsize n)
{
  gsize k = 0;

  for (gsize i = 0; i < n; i++)
    {
      scratch->start[i] = k;
      /* Without a branch: the processor cannot predict which units are zero. A zero is overwritten
       * by what comes next. */
      for (guint j = 0; j < n_in; j++)
        {
          scratch->column[k] = j;
          scratch->value[k] = x[i * ldx + j];
          k += x[i * ldx + j] != 0;
        }
    }
  scratch->start[n] = k;
}

/* z = x W^T + b, without the inputs that are zero. A panel stays in the cache for all samples. */
static void
forward_sparse (
    const NnMlpLayer *layer, NnMlpScratch *scratch, const float *x, gsize ldx, float *z, gsize n)
{
  const gsize *start = scratch->start;

  list_entries (scratch, x, ldx, layer->n_in, n);
  for (guint p = 0; p < layer->layout->n_panels; p++)
    for (gsize i = 0; i < n; i++)
      nn_panel_forward_vector (layer->layout, layer->panels, p, scratch->column + start[i],
                               scratch->value + start[i], start[i + 1] - start[i],
                               z + i * layer->layout->stride);
}

static void
forward_rows (const NnMlpLayer *layer,
              NnMlpScratch *scratch,
              const NnSparseRows *rows,
              gsize first,
              float *z,
              gsize n)
{
  for (gsize i = 0; i < n; i++)
    scratch->indices[i] = (guint32) (first + i);
  for (guint p = 0; p < layer->layout->n_panels; p++)
    nn_panel_forward (layer->layout, layer->panels, p, rows, scratch->indices, 0, n, NULL, z);
}

static void
forward_dense (const NnMlpLayer *layer, const float *x, gsize ldx, float *z, gsize ldz, gsize n)
{
  for (gsize i = 0; i < n; i++)
    memcpy (z + i * ldz, layer->bias, layer->n_out * sizeof (float));
  nn_sgemm (FALSE, TRUE, n, layer->n_out, layer->n_in, 1, x, ldx, layer->weight, layer->n_in, 1, z,
            ldz);
}

float *
nn_mlp_forward (const NnMlpPass *pass,
                NnMlpScratch *scratch,
                const NnSparseRows *rows,
                gsize first,
                const float *x,
                gsize n)
{
  const guint n_out = pass->layers[pass->n_layers - 1].n_out;
  gsize ldx = pass->layers[0].n_in;
  float *z = NULL;

  for (guint l = 0; l < pass->n_layers; l++)
    {
      const NnMlpLayer *layer = &pass->layers[l];
      const gsize stride = stride_of (layer);

      z = scratch->a[l % 2];
      if (l == 0 && rows != NULL)
        forward_rows (layer, scratch, rows, first, z, n);
      else if (l > 0 && layer->panels != NULL &&
               count_entries (x, ldx, layer->n_in, n) <= max_entries (layer, n))
        forward_sparse (layer, scratch, x, ldx, z, n);
      else
        forward_dense (layer, x, ldx, z, stride, n);
      if (l + 1 < pass->n_layers || pass->activate_last)
        for (gsize i = 0; i < n; i++)
          nn_activation_forward (pass->activation, z + i * stride, z + i * stride, layer->n_out);
      x = z;
      ldx = stride;
    }
  for (gsize i = 0; i < n; i++)
    memmove (z + i * n_out, z + i * ldx, n_out * sizeof (float));
  return z;
}
