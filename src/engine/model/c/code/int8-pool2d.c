/* SPDX-License-Identifier: CC0-1.0 */

/* The largest value of each window, or the mean rounded to nearest; in place. */
static void
numeral_pool2d_int8 (uint8_t *x, const NumeralWindow *window, int mean)
{
  const uint32_t n = (uint32_t) (window->kernel_height * window->kernel_width);
  const uint8_t *from = x;
  size_t i, r, c, u, v;

  for (i = 0; i < window->channels; i++, from += window->height * window->width)
    for (r = 0; r < window->out_height; r++)
      for (c = 0; c < window->out_width; c++)
        {
          const uint8_t *start = from + (r * window->width + c) * window->stride;
          uint8_t best = 0;
          uint32_t sum = 0;

          for (u = 0; u < window->kernel_height; u++)
            for (v = 0; v < window->kernel_width; v++)
              {
                const uint8_t q = start[u * window->width + v];

                best = q > best ? q : best;
                sum += q;
              }
          *x++ = mean ? (uint8_t) ((2 * sum + n) / (2 * n)) : best;
        }
}
