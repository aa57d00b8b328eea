/* SPDX-License-Identifier: CC0-1.0 */

/* The largest value of each window. In place: a result is never written before it is the last to
 * need what was there. */
static void
numeral_maxpool2d (float *x, const NumeralWindow *window)
{
  const float *from = x;
  size_t i, r, c, u, v;

  for (i = 0; i < window->channels; i++, from += window->height * window->width)
    for (r = 0; r < window->out_height; r++)
      for (c = 0; c < window->out_width; c++)
        {
          const float *start = from + (r * window->width + c) * window->stride;
          float best = *start;

          for (u = 0; u < window->kernel_height; u++)
            for (v = 0; v < window->kernel_width; v++)
              if (start[u * window->width + v] > best)
                best = start[u * window->width + v];
          *x++ = best;
        }
}
