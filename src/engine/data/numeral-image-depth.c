/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-image-depth.h"

#include <string.h>

#include "numeral-image-tiff.h"

/* The bit depth in the IHDR, which is the first chunk of a PNG file. */
#define PNG_DEPTH 24
/* Largest value of PNM with one byte. */
#define MAX_BYTE 255

/* The third number after the two letters, between which there are spaces and comments. */
static gboolean
is_deep_pnm (const guint8 *data, gsize size)
{
  guint maximum = 0, n = 0;
  gsize at = 2;

  while (at < size && n < 3)
    if (data[at] == '#')
      while (at < size && data[at] != '\n')
        at++;
    else if (g_ascii_isdigit (data[at]))
      {
        maximum = 0;
        for (n++; at < size && g_ascii_isdigit (data[at]); at++)
          maximum = MIN (maximum, G_MAXUINT16) * 10 + (guint) (data[at] - '0');
      }
    else if (g_ascii_isspace (data[at]))
      at++;
    else
      return FALSE;
  return n == 3 && maximum > MAX_BYTE;
}

gboolean
numeral_image_is_deep (const guint8 *data, gsize size)
{
  NumeralImageTiff tiff;

  if (size > PNG_DEPTH && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return data[PNG_DEPTH] == 16;
  if (size > 2 && data[0] == 'P' && strchr ("2356", data[1]) != NULL && data[1] != '\0')
    return is_deep_pnm (data, size);
  return numeral_image_tiff_read (data, size, &tiff) && tiff.bits == 16;
}
