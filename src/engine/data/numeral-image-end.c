/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-image-end.h"

#include <string.h>

/* ITU-T T.81, table B.1 */
enum
{
  TEM = 0x01,
  RST0 = 0xd0,
  RST7 = 0xd7,
  SOI = 0xd8,
  EOI = 0xd9,
};

gboolean
numeral_image_end_jpeg (const guint8 *data, gsize size)
{
  gsize at = 0;

  while (at + 1 < size)
    {
      guint8 marker = data[at + 1];

      /* Skip entropy-coded data, where 0xff is followed by 0, fill bytes, and markers without a
       * segment. */
      if (data[at] != 0xff || marker == 0xff)
        at++;
      else if (marker == EOI)
        return TRUE;
      else if (marker == 0 || marker == TEM || marker == SOI || (marker >= RST0 && marker <= RST7))
        at += 2;
      else if (at + 3 >= size)
        return FALSE;
      else /* a segment, whose length counts itself */
        at += 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);
    }
  return FALSE;
}

gboolean
numeral_image_end_png (const guint8 *data, gsize size)
{
  /* Size of length, type and checksum of a chunk, around its data. */
  const gsize frame = 12;
  gsize at = 8;

  while (at + frame <= size)
    {
      guint32 length;

      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return TRUE;
      memcpy (&length, data + at, sizeof length);
      at += frame + (gsize) GUINT32_FROM_BE (length);
    }
  return FALSE;
}
