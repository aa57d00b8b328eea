/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-mlp-forward.h"

#include <string.h>

#include "nn-blas.h"

/* Above this share of inputs that are not zero a dense product is quicker: 512 samples of layers
 * from 400 x 256 to 1600 x 800 take 0.76 to 0.95 times as long sparsely at 30 %, 1.07 to 1.28 times
 * at 40 %. Not for a layer of a single panel, such as the last one: where all others skip zeros
 * too, OpenBLAS, which takes 20 ms to load, is not needed at all. */
#define SPARSE_BELOW 0.35

/* Columns that a sparse product handles at a time: the weights of a panel to so many columns stay
 * in the level-2 cache beside what the samples need. */
#define BLOCK 400
/* Columns that list_word() handles at a time. */
#define WORD 64

struct _NnMlpScratch
{
  float *a[2]; /* [max_n, widest stride] in turn what a layer reads and what it gives */

  /* The inputs of the samples that are not zero, in ascending order of the columns;
   * %NULL where no layer has panels. */
  guint16 *column; /* [as many as there may be] */
  float *value;    /* likewise */
  guint32 *cut;    /* [blocks + 1, n]: those of sample i in block b are [cut[b][i],
                      cut[b + 1][i]) */
};

static guint
stride_of (const NnMlpLayer *layer)
{
  return (layer->n_out + NN_PANEL_GRAIN - 1) / NN_PANEL_GRAIN * NN_PANEL_GRAIN;
}

static guint
n_blocks_of (const NnMlpLayer *layer)
{
  return (layer->n_in + BLOCK - 1) / BLOCK;
}

/* The end of block @b: blocks are about equally wide, and the words of list_word() do not cross
 * their ends. */
static guint
end_of_block (const NnMlpLayer *layer, guint b)
{
  const guint n_blocks = n_blocks_of (layer);

  return b + 1 == n_blocks ? layer->n_in :
                             (guint) ((gsize) layer->n_in * (b + 1) / n_blocks) / WORD * WORD;
}

NnMlpScratch *
nn_mlp_scratch_new (const NnMlpPass *pass, gsize max_n)
{
  NnMlpScratch *scratch = g_new0 (NnMlpScratch, 1);
  gsize widest = 0, n_in = 0;
  guint n_blocks = 0;

  for (guint l = 0; l < pass->n_layers; l++)
    {
      const NnMlpLayer *layer = &pass->layers[l];

      widest = MAX (widest, stride_of (layer));
      if (layer->panels == NULL)
        continue;
      n_in = MAX (n_in, layer->n_in);
      n_blocks = MAX (n_blocks, n_blocks_of (layer));
    }
  scratch->a[0] = nn_aligned_new0 (max_n * widest);
  scratch->a[1] = nn_aligned_new0 (max_n * widest);
  if (n_in > 0)
    {
      scratch->column = g_new (guint16, max_n * n_in);
      scratch->value = g_new (float, max_n *n_in);
      scratch->cut = g_new (guint32, (n_blocks + 1) * max_n);
    }
  return scratch;
}

void
nn_mlp_scratch_free (NnMlpScratch *scratch)
{
  nn_aligned_free (scratch->a[0]);
  nn_aligned_free (scratch->a[1]);
  g_free (scratch->column);
  g_free (scratch->value);
  g_free (scratch->cut);
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

/* A bit for each of WORD values that is not zero. */
NN_INLINE guint64
get_mask (const float *x)
{
  guint8 flags[WORD];
  guint64 mask = 0;

  for (guint j = 0; j < WORD; j++)
    flags[j] = x[j] != 0;
  for (guint j = 0; j < WORD; j += 8)
    {
      guint64 eight;

      memcpy (&eight, flags + j, sizeof eight);
      /* Moves the lowest bit of byte i to bit 56 + i. */
      mask |= (GUINT64_FROM_LE (eight) * 0x0102040810204080u) >> 56 << j;
    }
  return mask;
}

/* Appends those of the columns [j, j + n) of the sample @x that are not zero, n <= WORD; returns
 * the number of entries. The processor cannot predict which units are zero, so that a branch for
 * each would take most of the time. */
NN_INLINE guint32
list_word (NnMlpScratch *scratch, guint32 k, const float *x, guint j, guint n)
{
  guint16 *column = scratch->column + k;
  float *value = scratch->value + k;

  if (n == WORD)
    for (guint64 mask = get_mask (x + j); mask != 0; mask &= mask - 1, k++)
      {
        const guint bit = (guint) __builtin_ctzll (mask);

        *column++ = (guint16) (j + bit);
        *value++ = x[j + bit];
      }
  else
    for (guint end = j + n; j < end; j++)
      if (x[j] != 0)
        {
          *column++ = (guint16) j;
          *value++ = x[j];
          k++;
        }
  return k;
}

/* Lists what is not zero in @x. */
NN_CLONES static void
list_values (const NnMlpLayer *layer, NnMlpScratch *scratch, const float *x, gsize ldx, gsize n)
{
  const guint n_blocks = n_blocks_of (layer);
  guint32 k = 0;

  for (gsize i = 0; i < n; i++, x += ldx)
    {
      guint j = 0;

      for (guint b = 0; b < n_blocks; b++)
        {
          const guint end = end_of_block (layer, b);

          scratch->cut[b * n + i] = k;
          for (; j < end; j = MIN (j + WORD, end))
            k = list_word (scratch, k, x, j, MIN (WORD, end - j));
        }
      scratch->cut[n_blocks * n + i] = k;
    }
}

/* Lists the entries of the rows [first, first + n). */
static void
list_rows (
    const NnMlpLayer *layer, NnMlpScratch *scratch, const NnSparseRows *rows, gsize first, gsize n)
{
  guint32 k = 0;

  for (gsize i = 0; i < n; i++)
    {
      const gsize end = rows->end[first + i];
      gsize from = rows->start[first + i];

      for (guint b = 0; b < n_blocks_of (layer); b++)
        {
          const guint end_column = end_of_block (layer, b);

          scratch->cut[b * n + i] = k;
          for (; from < end && rows->column[from] < end_column; from++, k++)
            {
              scratch->column[k] = rows->column[from];
              scratch->value[k] = rows->scaled[rows->value[from]];
            }
        }
      scratch->cut[n_blocks_of (layer) * n + i] = k;
    }
}

/* z = x W^T + b for the samples whose inputs are listed. */
static void
forward_sparse (const NnMlpLayer *layer, const NnMlpScratch *scratch, float *z, gsize n)
{
  for (guint p = 0; p < layer->layout->n_panels; p++)
    for (guint b = 0; b < n_blocks_of (layer); b++)
      {
        const NnPanelEntries entries = { .n = n,
                                         .column = scratch->column,
                                         .value = scratch->value,
                                         .start = scratch->cut + b * n,
                                         .end = scratch->cut + (b + 1) * n,
                                         .first_block = b == 0 };

        nn_panel_forward_entries (layer->layout, layer->panels, p, &entries, z);
      }
}

static void
forward_dense (const NnMlpLayer *layer, const float *x, gsize ldx, float *z, gsize ldz, gsize n)
{
  for (gsize i = 0; i < n; i++)
    memcpy (z + i * ldz, layer->bias, layer->n_out * sizeof (float));
  nn_sgemm (FALSE, TRUE, n, layer->n_out, layer->n_in, 1, x, ldx, layer->weight, layer->n_in, 1, z,
            ldz);
}

/* Lists the inputs of a layer that are not zero, if it is to skip those that are. */
static gboolean
list_inputs (const NnMlpLayer *layer, NnMlpScratch *scratch, const float *x, gsize ldx, gsize n)
{
  if (layer->panels == NULL ||
      (layer->n_out > NN_PANEL_WIDTH && (double) count_entries (x, ldx, layer->n_in, n) >
                                            SPARSE_BELOW * (double) n * (double) layer->n_in))
    return FALSE;
  list_values (layer, scratch, x, ldx, n);
  return TRUE;
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
      const gboolean from_rows = l == 0 && rows != NULL;

      z = scratch->a[l % 2];
      if (from_rows)
        list_rows (layer, scratch, rows, first, n);
      if (from_rows || (l > 0 && list_inputs (layer, scratch, x, ldx, n)))
        forward_sparse (layer, scratch, z, n);
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
