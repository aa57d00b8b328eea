/* SPDX-License-Identifier: CC0-1.0 */

/* The mean of each window, in place. */
static void
numeral_avgpool2d (float *x, const NumeralWindow *window)
{
  const float scale = 1.0f / (float) (window->kernel_height * window->kernel_width);
  const float *from = x;
  size_t i, r, c, u, v;

  for (i = 0; i < window->channels; i++, from += window->height * window->width)
    for (r = 0; r < window->out_height; r++)
      for (c = 0; c < window->out_width; c++)
        {
          const float *start = from + (r * window->width + c) * window->stride;
          float sum = 0;

          for (u = 0; u < window->kernel_height; u++)
            for (v = 0; v < window->kernel_width; v++)
              sum += start[u * window->width + v];
          *x++ = scale * sum;
        }
}
