/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Private to nn-conv.c, which includes this once for each level of the instruction set, with
 * LEVEL(name)  the name of a function of this level
 * TARGET       the attribute that compiles a function for it
 * LANES        floats of its vector registers
 * VECTOR       the type of that many
 * MAX_VECTORS  vectors of output channels that are summed together: 2 or 4
 * WIDE_PLACES  places that are summed together with so many vectors
 *
 * Sums of several places are in progress at a time, because an addition takes four cycles and two
 * can start in each. */

#define Whole LEVEL (Whole)
#define z_block LEVEL (z_block)
#define z_places LEVEL (z_places)
#define z_row LEVEL (z_row)
#define pool_place LEVEL (pool_place)
#define put LEVEL (put)
#define conv_forward LEVEL (conv_forward)
#define list_place LEVEL (list_place)
#define list_places LEVEL (list_places)
#define add_gradient LEVEL (add_gradient)
#define add_dx LEVEL (add_dx)
#define backward_pieces LEVEL (backward_pieces)
#define conv_backward LEVEL (conv_backward)

/* Vectors of whole numbers, with one comparison's result or one offset in each lane. */
typedef gint32 Whole __attribute__ ((vector_size (LANES * 4), aligned (4)));

/* z of @n_places places from @x on, for @n_vectors vectors of output channels; both numbers are
 * constants where inlined, so that the sums stay in registers.
 * @w: [window height * run, z_stride], then the bias */
TARGET NN_INLINE void
z_block (
    guint n_places, guint n_vectors, const NnConv *conv, const float *w, const float *x, float *z)
{
  const gsize stride = conv->z_stride, run = conv->run;
  const gsize step = (gsize) conv->shape.stride * conv->shape.channels;
  const float *bias = w + conv->shape.window[0] * run * stride;
  VECTOR sum[MAX_PLACES][MAX_VECTORS];

  for (guint p = 0; p < n_places; p++)
    for (guint k = 0; k < n_vectors; k++)
      sum[p][k] = *(const VECTOR *) (bias + k * LANES);
  for (guint u = 0; u < conv->shape.window[0]; u++, x += conv->row)
    for (gsize j = 0; j < run; j++, w += stride)
      for (guint p = 0; p < n_places; p++)
        for (guint k = 0; k < n_vectors; k++)
          sum[p][k] += *(const VECTOR *) (w + k * LANES) * x[p * step + j];
  for (guint p = 0; p < n_places; p++)
    for (guint k = 0; k < n_vectors; k++)
      *(VECTOR *) (z + p * stride + k * LANES) = sum[p][k];
}

#define Z_CASE(n)                          \
  case n:                                  \
    z_block (n, n_vectors, conv, w, x, z); \
    break

TARGET NN_INLINE void
z_places (
    guint n_places, guint n_vectors, const NnConv *conv, const float *w, const float *x, float *z)
{
  switch (n_places)
    {
      Z_CASE (1);
      Z_CASE (2);
      Z_CASE (3);
      Z_CASE (4);
      Z_CASE (5);
      Z_CASE (6);
      Z_CASE (7);
    default:
      z_block (MAX_PLACES, n_vectors, conv, w, x, z);
      break;
    }
}

#undef Z_CASE

/* One row of z [z_width, z_stride]. It is cut into blocks of almost equal length; the last one
 * begins early enough to be whole, and computes some places again. */
TARGET static void
z_row (const NnConv *conv, const float *packed, const float *x, float *z)
{
  const gsize step = (gsize) conv->shape.stride * conv->shape.channels;

  for (guint k = 0; k < conv->z_stride / LANES;)
    {
      const guint left = conv->z_stride / LANES - k;
      const guint n_vectors = left >= MAX_VECTORS ? MAX_VECTORS : left >= 2 ? 2 : 1;
      const guint most = n_vectors == MAX_VECTORS ? WIDE_PLACES : MAX_PLACES;
      const guint n_blocks = (conv->z_width + most - 1) / most;
      const guint n_places = (conv->z_width + n_blocks - 1) / n_blocks;

      for (guint b = 0; b < n_blocks; b++)
        {
          const guint first = MIN (b * n_places, conv->z_width - n_places);
          const float *w = packed + k * LANES, *from = x + first * step;
          float *to = z + (gsize) first * conv->z_stride + k * LANES;

          if (n_vectors == 1)
            z_places (n_places, 1, conv, w, from, to);
          else if (n_vectors == 2)
            z_places (n_places, 2, conv, w, from, to);
          else
            z_places (n_places, MAX_VECTORS, conv, w, from, to);
        }
      k += n_vectors;
    }
}

/* The outputs of one vector of channels. */
TARGET NN_INLINE void
put (VECTOR y, const NnConvView *view, guint n, float *to)
{
  if (view->channel == 1 && n >= LANES)
    *(VECTOR *) to = y;
  else
    for (guint i = 0; i < MIN (n, LANES); i++)
      to[i * view->channel] = y[i];
}

/* The largest of the values under one window of the pooling, for all channels. The first of equal
 * ones wins, as in the pooling layer. A winner is 2 * the offset of its patch in the input, and 1
 * where its value is above zero.
 * @z: the first place of the window in each of the pool[0] rows that are kept
 * @first: which of these rows is the window's first
 * @offset: of the first patch */
TARGET NN_INLINE void
pool_place (const NnConv *conv,
            const float *z,
            guint first,
            gsize offset,
            const NnConvView *view,
            float *y,
            guint32 *winners)
{
  const guint height = conv->shape.pool[0], width = conv->shape.pool[1];
  const gsize stride = conv->z_stride, z_row_size = conv->z_width * stride;
  const gint32 step = (gint32) (2 * conv->shape.stride * conv->shape.channels);
  const gint32 row_step = (gint32) (2 * conv->shape.stride * conv->row);
  const guint n_out = conv->shape.n_out;
  const float slope = conv->shape.slope;

  for (guint k = 0; k < stride; k += LANES)
    {
      VECTOR best = *(const VECTOR *) (z + first * z_row_size + k);
      Whole at = (Whole){ 0 } + (gint32) (2 * offset), above;
      guint slot = first;

      for (guint u = 0; u < height; u++, slot = slot + 1 < height ? slot + 1 : 0)
        for (guint v = 0; v < width; v++)
          {
            const VECTOR value = *(const VECTOR *) (z + slot * z_row_size + v * stride + k);
            const gint32 place = (gint32) (2 * offset) + (gint32) u * row_step + (gint32) v * step;
            const Whole larger = value > best;

            best = (VECTOR) ((larger & (Whole) value) | (~larger & (Whole) best));
            at = (larger & place) | (~larger & at);
          }
      above = best > 0;
      *(Whole *) (winners + k) = at | (above & 1);
      best = (VECTOR) ((above & (Whole) best) | (~above & (Whole) (best * slope)));
      put (best, view, n_out - k, y + k * view->channel);
    }
}

TARGET static void
conv_forward (const NnConv *conv,
              const float *packed,
              const float *x,
              const NnConvView *view,
              float *y,
              guint32 *winners,
              float *scratch)
{
  const NnConvShape *shape = &conv->shape;
  const gsize step = (gsize) shape->pool_stride * shape->stride * shape->channels;
  guint next = 0; /* row of z */

  for (guint r = 0; r < conv->height; r++)
    {
      const guint begin = r * shape->pool_stride, end = begin + shape->pool[0];
      const gsize offset = (gsize) begin * shape->stride * conv->row;

      for (next = MAX (next, begin); next < end; next++)
        z_row (conv, packed, x + next * shape->stride * conv->row,
               scratch + (gsize) (next % shape->pool[0]) * conv->z_width * conv->z_stride);
      for (guint c = 0; c < conv->width; c++, winners += conv->z_stride)
        pool_place (conv, scratch + (gsize) c * shape->pool_stride * conv->z_stride,
                    begin % shape->pool[0], offset + c * step, view,
                    y + view->start + r * view->row + c * view->column, winners);
    }
}

/* Appends a place to a list of @n, if its gradient is not zero. Without a branch: the processor
 * cannot predict the signs. Returns the length of the list. */
NN_INLINE guint
list_place (guint32 winner, float dz, guint32 *offsets, float *values, guint n)
{
  guint32 bits;

  memcpy (&bits, &dz, sizeof bits);
  offsets[n] = winner >> 1;
  values[n] = dz;
  return n + (bits << 1 != 0); /* without the sign */
}

/* The places of channel @o whose gradient is not zero: offsets of their patches in the input, and
 * the gradients at z. Returns their number. */
TARGET static guint
list_places (
    const NnConv *conv, const NnConvBackward *pass, guint o, guint32 *offsets, float *values)
{
  const guint height = conv->height, width = conv->width;
  const gsize stride = conv->z_stride, column = pass->view->column, row = pass->view->row;
  const float slope = conv->shape.slope;
  const guint32 *winner = pass->winners + o;
  const float *first = pass->dy + pass->view->start + o * pass->view->channel;
  guint n = 0;

  for (guint r = 0; r < height; r++, first += row)
    {
      const float *dy = first;

      if (slope == 0)
        for (guint c = 0; c < width; c++, winner += stride, dy += column)
          n = list_place (*winner, *winner & 1 ? *dy : 0, offsets, values, n);
      else
        for (guint c = 0; c < width; c++, winner += stride, dy += column)
          n = list_place (*winner, *winner & 1 ? *dy : slope * *dy, offsets, values, n);
    }
  return n;
}

/* dW += dz x of @n_pieces vectors of one channel's window, a constant where inlined. */
TARGET NN_INLINE void
add_gradient (guint n_pieces,
              const float *const *x,
              const guint32 *offsets,
              const float *values,
              guint n,
              float *gradient)
{
  VECTOR sum[MAX_PIECES];

  for (guint p = 0; p < n_pieces; p++)
    sum[p] = *(const VECTOR *) (gradient + p * LANES);
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < n_pieces; p++)
      sum[p] += *(const VECTOR *) (x[p] + offsets[i]) * values[i];
  for (guint p = 0; p < n_pieces; p++)
    *(VECTOR *) (gradient + p * LANES) = sum[p];
}

/* dx += W dz of the same. What fills up the last vector of a row of W is zero. */
TARGET NN_INLINE void
add_dx (guint n_pieces,
        const float *w,
        const guint32 *offsets,
        const float *values,
        guint n,
        float *const *dx)
{
  VECTOR row[MAX_PIECES];

  for (guint p = 0; p < n_pieces; p++)
    row[p] = *(const VECTOR *) (w + p * LANES);
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < n_pieces; p++)
      *(VECTOR *) (dx[p] + offsets[i]) += row[p] * values[i];
}

/* Both for the pieces [first, first + n_pieces) of channel @o's window. */
TARGET NN_INLINE void
backward_pieces (guint n_pieces,
                 const NnConv *conv,
                 const NnConvBackward *pass,
                 gsize at,
                 guint first,
                 const guint32 *offsets,
                 const float *values,
                 guint n)
{
  const float *x[MAX_PIECES];
  float *dx[MAX_PIECES];

  for (guint p = 0; p < n_pieces; p++)
    {
      const gsize offset = (first + p) / conv->n_vectors * conv->row +
                           (gsize) ((first + p) % conv->n_vectors) * LANES;

      x[p] = pass->x + offset;
      dx[p] = pass->dx != NULL ? pass->dx + offset : NULL;
    }
  if (pass->gradient != NULL)
    add_gradient (n_pieces, x, offsets, values, n, pass->gradient + at + first * LANES);
  if (pass->dx != NULL)
    add_dx (n_pieces, pass->w + at + first * LANES, offsets, values, n, dx);
}

#define PIECES_CASE(n_pieces)                                              \
  case n_pieces:                                                           \
    backward_pieces (n_pieces, conv, pass, at, first, offsets, values, n); \
    break

TARGET static void
conv_backward (const NnConv *conv, const NnConvBackward *pass, float *scratch)
{
  guint32 *offsets = (guint32 *) (void *) scratch;
  float *values = scratch + (gsize) conv->height * conv->width;
  const guint n_blocks = (conv->n_pieces + MAX_PIECES - 1) / MAX_PIECES;

  for (guint o = 0; o < conv->shape.n_out; o++)
    {
      const gsize at = (gsize) o * conv->n_pieces * LANES;
      const guint n = list_places (conv, pass, o, offsets, values);

      for (guint b = 0; b < n_blocks; b++)
        {
          const guint first = conv->n_pieces * b / n_blocks;

          switch (conv->n_pieces * (b + 1) / n_blocks - first)
            {
              PIECES_CASE (1);
              PIECES_CASE (2);
              PIECES_CASE (3);
              PIECES_CASE (4);
              PIECES_CASE (5);
              PIECES_CASE (6);
              PIECES_CASE (7);
            default:
              backward_pieces (MAX_PIECES, conv, pass, at, first, offsets, values, n);
              break;
            }
        }
      if (pass->gradient != NULL)
        for (guint i = 0; i < n; i++)
          pass->gradient[(gsize) conv->shape.n_out * conv->n_pieces * LANES + o] += values[i];
    }
}

#undef PIECES_CASE
#undef Whole
#undef z_block
#undef z_places
#undef z_row
#undef pool_place
#undef put
#undef conv_forward
#undef list_place
#undef list_places
#undef add_gradient
#undef add_dx
#undef backward_pieces
#undef conv_backward
#undef LEVEL
#undef TARGET
#undef LANES
#undef VECTOR
#undef MAX_VECTORS
#undef WIDE_PLACES
