/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Private to nn-panel.c, which includes this once for each level of the instruction set, with
 * LEVEL(name)  the name of a function of this level TARGET       the attribute that compiles a
 * function for it LANES        floats of its vector registers VECTOR       the type of that many
 * A vector that is longer than the registers would be kept in memory, which is several times as
 * slow. All levels sum in the same order. */

#define add_row LEVEL (add_row)
#define load_row LEVEL (load_row)
#define store_row LEVEL (store_row)
#define forward_rows LEVEL (forward_rows)
#define forward LEVEL (forward)
#define panel_forward LEVEL (panel_forward)
#define forward_entries LEVEL (forward_entries)
#define panel_forward_entries LEVEL (panel_forward_entries)
#define forward_vector LEVEL (forward_vector)
#define panel_forward_vector LEVEL (panel_forward_vector)
#define update_row LEVEL (update_row)
#define update LEVEL (update)
#define panel_update LEVEL (panel_update)

/* sum += value * row, for a row of n_vectors vectors; n_vectors is a constant where inlined. */
NN_INLINE void
add_row (VECTOR *sum, guint n_vectors, const float *row, float value)
{
  for (guint k = 0; k < n_vectors; k++)
    sum[k] += *(const VECTOR *) (row + k * LANES) * value;
}

NN_INLINE void
load_row (VECTOR *sum, guint n_vectors, const float *row)
{
  for (guint k = 0; k < n_vectors; k++)
    sum[k] = *(const VECTOR *) (row + k * LANES);
}

NN_INLINE void
store_row (const VECTOR *sum, guint n_vectors, float *row)
{
  for (guint k = 0; k < n_vectors; k++)
    *(VECTOR *) (row + k * LANES) = sum[k];
}

/* Whether @columns is %NULL is known at compile time. */
NN_INLINE void
forward_rows (guint n_vectors,
              const float *block,
              guint n_in,
              const NnSparseRows *x,
              const guint32 *indices,
              gsize first,
              gsize last,
              NnSparseColumns *columns,
              float *z,
              guint stride)
{
  const guint width = n_vectors * LANES;

  for (gsize i = first; i < last; i++, z += stride)
    {
      VECTOR sum[(NN_PANEL_WIDTH / LANES)];
      const guint16 *column = x->column + x->start[indices[i]];
      const guint8 *value = x->value + x->start[indices[i]];
      const gsize n = x->end[indices[i]] - x->start[indices[i]];

      load_row (sum, n_vectors, block + (gsize) n_in * width);
      for (gsize k = 0; k < n; k++)
        {
          const gsize j = column[k];

          add_row (sum, n_vectors, block + j * width, x->scaled[value[k]]);
          if (columns != NULL)
            nn_sparse_columns_add (columns, i, j, value[k]);
        }
      store_row (sum, n_vectors, z);
    }
}

NN_INLINE void
forward (guint n_vectors,
         const float *block,
         guint n_in,
         const NnSparseRows *x,
         const guint32 *indices,
         gsize first,
         gsize last,
         NnSparseColumns *columns,
         float *z,
         guint stride)
{
  if (columns != NULL)
    forward_rows (n_vectors, block, n_in, x, indices, first, last, columns, z, stride);
  else
    forward_rows (n_vectors, block, n_in, x, indices, first, last, NULL, z, stride);
}

TARGET static void
panel_forward (const NnPanelLayout *layout,
               const float *panels,
               guint panel,
               const NnSparseRows *x,
               const guint32 *indices,
               gsize first,
               gsize last,
               NnSparseColumns *columns,
               float *z)
{
  const float *block = panels + (gsize) panel * NN_PANEL_WIDTH * (layout->n_in + 1);
  guint width = MIN (NN_PANEL_WIDTH, layout->stride - panel * NN_PANEL_WIDTH);

  z += panel * NN_PANEL_WIDTH;
  switch (width / NN_PANEL_GRAIN)
    {
    case 4:
      forward (4 * NN_PANEL_GRAIN / LANES, block, layout->n_in, x, indices, first, last, columns, z,
               layout->stride);
      break;
    case 3:
      forward (3 * NN_PANEL_GRAIN / LANES, block, layout->n_in, x, indices, first, last, columns, z,
               layout->stride);
      break;
    case 2:
      forward (2 * NN_PANEL_GRAIN / LANES, block, layout->n_in, x, indices, first, last, columns, z,
               layout->stride);
      break;
    default:
      forward (1 * NN_PANEL_GRAIN / LANES, block, layout->n_in, x, indices, first, last, columns, z,
               layout->stride);
      break;
    }
}

NN_INLINE void
forward_entries (guint n_vectors,
                 const float *block,
                 const float *bias,
                 const NnPanelEntries *x,
                 float *z,
                 guint stride)
{
  const guint width = n_vectors * LANES;

  for (gsize i = 0; i < x->n; i++, z += stride)
    {
      VECTOR sum[(NN_PANEL_WIDTH / LANES)];
      const guint32 end = x->end[i];

      load_row (sum, n_vectors, bias != NULL ? bias : z);
      for (guint32 k = x->start[i]; k < end; k++)
        add_row (sum, n_vectors, block + (gsize) x->column[k] * width, x->value[k]);
      store_row (sum, n_vectors, z);
    }
}

TARGET static void
panel_forward_entries (const NnPanelLayout *layout,
                       const float *panels,
                       guint panel,
                       const NnPanelEntries *x,
                       float *z)
{
  const float *block = panels + (gsize) panel * NN_PANEL_WIDTH * (layout->n_in + 1);
  const guint width = MIN (NN_PANEL_WIDTH, layout->stride - panel * NN_PANEL_WIDTH);
  const float *bias = x->first_block ? block + (gsize) layout->n_in * width : NULL;

  z += panel * NN_PANEL_WIDTH;
  switch (width / NN_PANEL_GRAIN)
    {
    case 4:
      forward_entries (4 * NN_PANEL_GRAIN / LANES, block, bias, x, z, layout->stride);
      break;
    case 3:
      forward_entries (3 * NN_PANEL_GRAIN / LANES, block, bias, x, z, layout->stride);
      break;
    case 2:
      forward_entries (2 * NN_PANEL_GRAIN / LANES, block, bias, x, z, layout->stride);
      break;
    default:
      forward_entries (1 * NN_PANEL_GRAIN / LANES, block, bias, x, z, layout->stride);
      break;
    }
}

NN_INLINE void
forward_vector (guint n_vectors,
                const float *block,
                guint n_in,
                const guint32 *columns,
                const float *values,
                gsize n,
                float *z)
{
  const guint width = n_vectors * LANES;
  VECTOR sum[(NN_PANEL_WIDTH / LANES)];

  load_row (sum, n_vectors, block + (gsize) n_in * width);
  for (gsize k = 0; k < n; k++)
    add_row (sum, n_vectors, block + (gsize) columns[k] * width, values[k]);
  store_row (sum, n_vectors, z);
}

TARGET static void
panel_forward_vector (const NnPanelLayout *layout,
                      const float *panels,
                      guint panel,
                      const guint32 *columns,
                      const float *values,
                      gsize n,
                      float *z)
{
  const float *block = panels + (gsize) panel * NN_PANEL_WIDTH * (layout->n_in + 1);
  guint width = MIN (NN_PANEL_WIDTH, layout->stride - panel * NN_PANEL_WIDTH);

  z += panel * NN_PANEL_WIDTH;
  switch (width / NN_PANEL_GRAIN)
    {
    case 4:
      forward_vector (4 * NN_PANEL_GRAIN / LANES, block, layout->n_in, columns, values, n, z);
      break;
    case 3:
      forward_vector (3 * NN_PANEL_GRAIN / LANES, block, layout->n_in, columns, values, n, z);
      break;
    case 2:
      forward_vector (2 * NN_PANEL_GRAIN / LANES, block, layout->n_in, columns, values, n, z);
      break;
    default:
      forward_vector (1 * NN_PANEL_GRAIN / LANES, block, layout->n_in, columns, values, n, z);
      break;
    }
}

NN_INLINE void
update_row (NnOptimizerKind optimizer,
            const NnUpdate *u,
            guint width,
            float *restrict w,
            float *restrict m,
            float *restrict v,
            const float *restrict g)
{
  float none;

  switch (optimizer)
    {
    case NN_OPTIMIZER_SGD:
      for (guint c = 0; c < width; c++)
        nn_update (NN_OPTIMIZER_SGD, u, &w[c], &none, &none, g[c]);
      break;
    case NN_OPTIMIZER_MOMENTUM:
      for (guint c = 0; c < width; c++)
        nn_update (NN_OPTIMIZER_MOMENTUM, u, &w[c], &m[c], &none, g[c]);
      break;
    case NN_OPTIMIZER_RMSPROP:
      for (guint c = 0; c < width; c++)
        nn_update (NN_OPTIMIZER_RMSPROP, u, &w[c], &none, &v[c], g[c]);
      break;
    case NN_OPTIMIZER_ADAM:
      for (guint c = 0; c < width; c++)
        nn_update (NN_OPTIMIZER_ADAM, u, &w[c], &m[c], &v[c], g[c]);
      break;
    case NN_OPTIMIZER_ADAMW:
      for (guint c = 0; c < width; c++)
        nn_update (NN_OPTIMIZER_ADAMW, u, &w[c], &m[c], &v[c], g[c]);
      break;
    case NN_N_OPTIMIZERS:
    default:
      break;
    }
}

NN_INLINE void
update (guint n_vectors,
        guint n_in,
        guint stride,
        NnOptimizerKind optimizer,
        const NnUpdate *u,
        gboolean skip_zero,
        const NnSparseColumns *x,
        const float *dz,
        gsize n_rows,
        const guint32 *active,
        gsize n_active,
        float *w,
        float *m,
        float *v)
{
  const guint width = n_vectors * LANES;
  VECTOR sum[(NN_PANEL_WIDTH / LANES)];
  float g[NN_PANEL_WIDTH] __attribute__ ((aligned (NN_ALIGN)));
  NnUpdate bias_update = *u;
  const gsize n_columns = x->n_columns;
  const gsize n_segments = nn_sparse_n_segments (n_rows);
  gsize row;

  for (gsize a = 0; a < n_active; a++)
    {
      guint32 j = active[a];
      guint64 any = 0;

      for (guint k = 0; k < n_vectors; k++)
        sum[k] = (VECTOR){ 0 };
      for (gsize first = 0; first < n_segments; first += 8)
        {
          const guint8 *value = x->value + (first * n_columns + j) * NN_SPARSE_SEGMENT;
          const float *rows = dz + first * NN_SPARSE_SEGMENT * stride;
          guint64 mask = 0;

          for (gsize s = first; s < MIN (first + 8, n_segments); s++)
            mask |= (guint64) x->mask[s * n_columns + j] << (s - first) * 8;
          any |= mask;
          for (; mask != 0; mask &= mask - 1)
            {
              const guint r = (guint) __builtin_ctzll (mask);
              const gsize at = r / 8 * n_columns * NN_SPARSE_SEGMENT + r % 8;

              add_row (sum, n_vectors, rows + (gsize) r * stride, x->scaled[value[at]]);
            }
        }
      if (skip_zero && any == 0)
        continue;
      store_row (sum, n_vectors, g);
      row = (gsize) j * width;
      update_row (optimizer, u, width, w + row, m != NULL ? m + row : NULL,
                  v != NULL ? v + row : NULL, g);
    }

  /* The bias: its input is always 1, and it does not decay. */
  bias_update.decay = 0;
  bias_update.shrink = 1;
  for (guint k = 0; k < n_vectors; k++)
    sum[k] = (VECTOR){ 0 };
  for (gsize i = 0; i < n_rows; i++)
    add_row (sum, n_vectors, dz + i * stride, 1);
  store_row (sum, n_vectors, g);
  row = (gsize) n_in * width;
  update_row (optimizer, &bias_update, width, w + row, m != NULL ? m + row : NULL,
              v != NULL ? v + row : NULL, g);
}

TARGET static void
panel_update (const NnPanelLayout *layout,
              guint panel,
              NnOptimizerKind optimizer,
              const NnUpdate *u,
              gboolean skip_zero,
              const NnSparseColumns *x,
              const float *dz,
              gsize n_rows,
              const guint32 *active,
              gsize n_active,
              float *panels,
              float *m,
              float *v)
{
  gsize offset = (gsize) panel * NN_PANEL_WIDTH * (layout->n_in + 1);
  guint width = MIN (NN_PANEL_WIDTH, layout->stride - panel * NN_PANEL_WIDTH);
  float *w = panels + offset;

  m = m != NULL ? m + offset : NULL;
  v = v != NULL ? v + offset : NULL;
  dz += panel * NN_PANEL_WIDTH;
  switch (width / NN_PANEL_GRAIN)
    {
    case 4:
      update (4 * NN_PANEL_GRAIN / LANES, layout->n_in, layout->stride, optimizer, u, skip_zero, x,
              dz, n_rows, active, n_active, w, m, v);
      break;
    case 3:
      update (3 * NN_PANEL_GRAIN / LANES, layout->n_in, layout->stride, optimizer, u, skip_zero, x,
              dz, n_rows, active, n_active, w, m, v);
      break;
    case 2:
      update (2 * NN_PANEL_GRAIN / LANES, layout->n_in, layout->stride, optimizer, u, skip_zero, x,
              dz, n_rows, active, n_active, w, m, v);
      break;
    default:
      update (1 * NN_PANEL_GRAIN / LANES, layout->n_in, layout->stride, optimizer, u, skip_zero, x,
              dz, n_rows, active, n_active, w, m, v);
      break;
    }
}

#undef add_row
#undef load_row
#undef store_row
#undef forward_rows
#undef forward
#undef panel_forward
#undef forward_entries
#undef panel_forward_entries
#undef forward_vector
#undef panel_forward_vector
#undef update_row
#undef update
#undef panel_update
#undef LEVEL
#undef TARGET
#undef LANES
#undef VECTOR
