/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls numeral_read() of a file of C for each input on stdin, and writes the answer and the
 * probabilities to stdout. INPUT is the type of a value, N_INPUTS their number, N_CLASSES that of
 * the probabilities. With CENTRE, an input is the width and height of a picture, and its bytes;
 * what is written is the result of numeral_centre() and the image. */

#include <stdint.h>
#include <stdio.h>

#ifdef CENTRE

int numeral_centre (
    const uint8_t *grey, size_t width, size_t height, size_t stride, uint8_t image[784]);

#define MAX_BYTES 1000000

int
main (void)
{
  static uint8_t grey[MAX_BYTES];
  uint32_t size[2];

  while (fread (size, sizeof size, 1, stdin) == 1)
    {
      uint8_t image[784];
      int32_t found;

      if ((uint64_t) size[0] * size[1] > MAX_BYTES ||
          fread (grey, size[0], size[1], stdin) != size[1])
        return 1;
      found = numeral_centre (grey, size[0], size[1], size[0], image);
      fwrite (&found, sizeof found, 1, stdout);
      fwrite (image, sizeof image, 1, stdout);
    }
  return 0;
}

#else

int numeral_read (const INPUT values[N_INPUTS], float probabilities[N_CLASSES]);

int
main (void)
{
  INPUT values[N_INPUTS];

  while (fread (values, sizeof values, 1, stdin) == 1)
    {
      float probabilities[N_CLASSES];
      const int32_t answer = numeral_read (values, probabilities);

      fwrite (&answer, sizeof answer, 1, stdout);
      fwrite (probabilities, sizeof probabilities, 1, stdout);
    }
  return 0;
}

#endif
