/* SPDX-License-Identifier: CC0-1.0 */

/* The sums at the place (r, c) of a window. weight: [channels, kernel height, width, out channels];
 * zero is what stands for 0 around the image. */
static void
numeral_place_int8 (const uint8_t *x,
                    const NumeralWindow *window,
                    const int8_t *weight,
                    size_t r,
                    size_t c,
                    uint8_t zero,
                    uint32_t *sums)
{
  size_t i, u, v;

  for (i = 0; i < window->channels; i++, x += window->height * window->width)
    for (u = 0; u < window->kernel_height; u++)
      for (v = 0; v < window->kernel_width; v++, weight += window->out_channels)
        {
          /* Below the padding they wrap around, and are beyond the image too. */
          const size_t row = r * window->stride + u - window->padding;
          const size_t column = c * window->stride + v - window->padding;
          const int inside = row < window->height && column < window->width;

          numeral_add_int8 (inside ? x[row * window->width + column] : zero, weight,
                            window->out_channels, sums);
        }
}

/* sums: [out channels] of working memory. y, or logits if that is not NULL:
 * [out channels, height, width]. */
static void
numeral_conv2d_int8 (const uint8_t *x,
                     const NumeralWindow *window,
                     const int8_t *weight,
                     const int32_t *bias,
                     uint8_t zero,
                     uint32_t *sums,
                     const NumeralScaling *scaling,
                     uint8_t *y,
                     float *logits)
{
  const size_t places = window->out_height * window->out_width;
  size_t p, o;

  for (p = 0; p < places; p++)
    {
      for (o = 0; o < window->out_channels; o++)
        sums[o] = (uint32_t) bias[o];
      numeral_place_int8 (x, window, weight, p / window->out_width, p % window->out_width, zero,
                          sums);
      numeral_give (sums, scaling, window->out_channels, places, y == NULL ? NULL : y + p,
                    logits == NULL ? NULL : logits + p);
    }
}
