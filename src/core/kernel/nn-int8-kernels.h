/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Private to nn-int8.c, which includes this once for each kernel, with
 * LEVEL(name)  the name of a function of this kernel
 * TARGET       the attribute that compiles a function for it
 * LANES        sums of its vector registers
 * VECTOR       the type of so many
 * INPUTS       four inputs, prepared for DOT
 * SPREAD(four) prepares four inputs
 * DOT(sum, inputs, weights) sum + the products of four inputs with LANES * 4 weights
 * ADD(a, b)    a + b
 *
 * An addition takes about five cycles, and two can start in each. Of the long vectors a panel has
 * only four, so that two sets of sums take turns. */

#define SETS (LANES == 16 ? 2 : 1)
#define add_group LEVEL (add_group)

#define forward_entries LEVEL (forward_entries)
#define int8_forward LEVEL (int8_forward)

TARGET NN_INLINE void
add_group (guint n_vectors, const gint8 *block, const NnInt8Entries *x, guint32 k, VECTOR *sum)
{
  const gint8 *weights = block + x->group[k] * ((gsize) n_vectors * sizeof (VECTOR));
  const INPUTS inputs = SPREAD (x->value[k]);

  for (guint v = 0; v < n_vectors; v++)
    sum[v] = DOT (sum[v], inputs, weights + v * sizeof (VECTOR));
}

/* n_vectors is a constant where inlined, so that the sums stay in registers. */
TARGET NN_INLINE void
forward_entries (guint n_vectors,
                 const gint8 *block,
                 const gint32 *bias,
                 const NnInt8Entries *x,
                 gint32 *z,
                 guint stride)
{
  for (gsize i = 0; i < x->n; i++, z += stride)
    {
      VECTOR sum[SETS][NN_INT8_PANEL / LANES];
      const gint32 *from = x->first_block ? bias : z;
      const guint32 end = x->end[i];
      guint32 k = x->start[i];

      for (guint v = 0; v < n_vectors; v++)
        memcpy (&sum[0][v], from + v * LANES, sizeof sum[0][v]);
      if (SETS > 1)
        memset (sum[SETS - 1], 0, sizeof sum[0]);
      for (; k + SETS <= end; k += SETS)
        for (guint s = 0; s < SETS; s++)
          add_group (n_vectors, block, x, k + s, sum[s]);
      if (SETS > 1 && k < end)
        add_group (n_vectors, block, x, k, sum[1]);
      for (guint v = 0; v < n_vectors; v++)
        {
          if (SETS > 1)
            sum[0][v] = ADD (sum[0][v], sum[1][v]);
          memcpy (z + v * LANES, &sum[0][v], sizeof sum[0][v]);
        }
    }
}

TARGET static void
int8_forward (guint width,
              const gint8 *block,
              const gint32 *bias,
              const NnInt8Entries *x,
              gint32 *z,
              guint stride)
{
  switch (width / NN_INT8_GRAIN)
    {
    case 4:
      forward_entries (4 * NN_INT8_GRAIN / LANES, block, bias, x, z, stride);
      break;
    case 3:
      forward_entries (3 * NN_INT8_GRAIN / LANES, block, bias, x, z, stride);
      break;
    case 2:
      forward_entries (2 * NN_INT8_GRAIN / LANES, block, bias, x, z, stride);
      break;
    default:
      forward_entries (1 * NN_INT8_GRAIN / LANES, block, bias, x, z, stride);
      break;
    }
}

#undef SETS
#undef add_group
#undef forward_entries
#undef int8_forward
#undef LEVEL
#undef TARGET
#undef LANES
#undef VECTOR
#undef INPUTS
#undef SPREAD
#undef DOT
#undef ADD
