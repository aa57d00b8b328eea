/* SPDX-License-Identifier: CC0-1.0 */

/* The places [*first, *last) of a window at which its row (or column) u lies inside of the image.
 */
static void
numeral_inside (
    size_t n_out, size_t n_in, const NumeralWindow *window, size_t u, size_t *first, size_t *last)
{
  const size_t stride = window->stride, padding = window->padding;

  *first = u >= padding ? 0 : (padding - u + stride - 1) / stride;
  *last = n_in + padding > u ? (n_in + padding - u + stride - 1) / stride : 0;
  if (*last > n_out)
    *last = n_out;
}

/* Adds one weight times one channel, moved by (u, v). */
static void
numeral_add_moved (
    const float *x, const NumeralWindow *window, size_t u, size_t v, float weight, float *y)
{
  size_t r0, r1, c0, c1, r, c;

  numeral_inside (window->out_height, window->height, window, u, &r0, &r1);
  numeral_inside (window->out_width, window->width, window, v, &c0, &c1);
  for (r = r0; r < r1; r++)
    {
      const float *from = x + (r * window->stride + u - window->padding) * window->width;
      float *to = y + r * window->out_width;

      for (c = c0; c < c1; c++)
        to[c] += weight * from[c * window->stride + v - window->padding];
    }
}

/* y [out channels, height, width]. weight: [out channels, channels, kernel height, width]. */
static void
numeral_conv2d (const float *x,
                const NumeralWindow *window,
                const NumeralWeight *weight,
                const NumeralWeight *bias,
                float *y)
{
  const size_t size = window->height * window->width;
  const size_t places = window->out_height * window->out_width;
  size_t o, i, u, v, p;

  for (o = 0; o < window->out_channels; o++, y += places)
    {
      for (p = 0; p < places; p++)
        y[p] = NUMERAL_VALUE (bias[o]);
      for (i = 0; i < window->channels; i++)
        for (u = 0; u < window->kernel_height; u++)
          for (v = 0; v < window->kernel_width; v++)
            {
              numeral_add_moved (x + i * size, window, u, v, NUMERAL_VALUE (*weight), y);
              weight++;
            }
    }
}
