/* SPDX-License-Identifier: CC0-1.0 */

/* A grey picture: rows of `stride` bytes. The ink of a pixel is (pixel - paper) / range, 0 to 1. */
typedef struct
{
  const uint8_t *grey;
  size_t width, height, stride;
  float paper, range;
} NumeralPicture;

/* The side of the box that the ink is fitted into, and of the image. */
#define NUMERAL_BOX 20.0f
#define NUMERAL_SIDE 28

static float
numeral_ink (const NumeralPicture *picture, size_t x, size_t y)
{
  const float pixel = (float) picture->grey[y * picture->stride + x];
  const float ink = (pixel - picture->paper) / picture->range;

  return ink < 0 ? 0 : ink > 1 ? 1 : ink;
}

/* The paper is the mean of the edge of the picture; ink is lighter or darker, whichever stands out
 * more. Returns 0 if nothing does. */
static int
numeral_find_paper (NumeralPicture *picture)
{
  float sum = 0, lightest, darkest;
  size_t x, y, n = 0;

  lightest = darkest = (float) picture->grey[0];
  for (y = 0; y < picture->height; y++)
    for (x = 0; x < picture->width; x++)
      {
        const float pixel = (float) picture->grey[y * picture->stride + x];

        lightest = pixel > lightest ? pixel : lightest;
        darkest = pixel < darkest ? pixel : darkest;
        if (x == 0 || y == 0 || x + 1 == picture->width || y + 1 == picture->height)
          {
            sum += pixel;
            n++;
          }
      }
  picture->paper = sum / (float) n;
  picture->range = lightest - picture->paper >= picture->paper - darkest ?
                       lightest - picture->paper :
                       darkest - picture->paper;
  return picture->range >= 32 || picture->range <= -32;
}

/* Along one axis: the first and last pixel of ink, and the centre of mass. */
typedef struct
{
  size_t first, last;
  float mass;
} NumeralExtent;

static void
numeral_find_ink (const NumeralPicture *picture, NumeralExtent *across, NumeralExtent *down)
{
  float sum = 0, sum_x = 0, sum_y = 0;
  size_t x, y;

  across->first = picture->width;
  down->first = picture->height;
  across->last = down->last = 0;
  for (y = 0; y < picture->height; y++)
    for (x = 0; x < picture->width; x++)
      if (numeral_ink (picture, x, y) >= 0.5f)
        {
          across->first = x < across->first ? x : across->first;
          across->last = x > across->last ? x : across->last;
          down->first = y < down->first ? y : down->first;
          down->last = y;
        }
  for (y = down->first; y <= down->last; y++)
    {
      /* A sum of each row keeps the digits of a large picture. */
      float row = 0, row_x = 0;

      for (x = across->first; x <= across->last; x++)
        {
          const float ink = numeral_ink (picture, x, y);

          row += ink;
          row_x += ink * ((float) (x - across->first) + 0.5f);
        }
      sum += row;
      sum_x += row_x;
      sum_y += row * ((float) (y - down->first) + 0.5f);
    }
  across->mass = (float) across->first + sum_x / sum;
  down->mass = (float) down->first + sum_y / sum;
}

/* Where the image begins in the picture, along one axis: the centre of mass is at the middle of the
 * pixel 14, but no ink leaves the image. @step: pixels of the picture to one of the image */
static float
numeral_place (const NumeralExtent *extent, float step)
{
  const float least = ((float) extent->last + 1) / step - NUMERAL_SIDE;
  const float most = (float) extent->first / step;
  const float start = extent->mass / step - 14.5f;

  return (start < least ? least : start > most ? most : start) * step;
}

/* The part of pixel i that lies between lo and hi. */
static float
numeral_overlap (size_t i, float lo, float hi)
{
  const float from = (float) i > lo ? (float) i : lo;
  const float to = (float) i + 1 < hi ? (float) i + 1 : hi;

  return to - from;
}

/* The pixels [*first, *last) that a stretch touches. */
static void
numeral_touched (float lo, float hi, size_t n, size_t *first, size_t *last)
{
  *first = lo > 0 ? (size_t) lo : 0;
  *last = hi > 0 ? (size_t) hi + 1 : 0;
  if (*last > n)
    *last = n;
}

/* The mean ink of a rectangle of the picture, edges anywhere; there is none outside of it. */
static float
numeral_mean (const NumeralPicture *picture, float left, float top, float step)
{
  float sum = 0;
  size_t x0, x1, y0, y1, x, y;

  numeral_touched (left, left + step, picture->width, &x0, &x1);
  numeral_touched (top, top + step, picture->height, &y0, &y1);
  for (y = y0; y < y1; y++)
    {
      const float part = numeral_overlap (y, top, top + step);

      for (x = x0; x < x1; x++)
        if (part > 0 && numeral_overlap (x, left, left + step) > 0)
          sum += part * numeral_overlap (x, left, left + step) * numeral_ink (picture, x, y);
    }
  return sum / (step * step);
}

int
numeral_centre (const uint8_t *grey, size_t width, size_t height, size_t stride, uint8_t image[784])
{
  NumeralPicture picture;
  NumeralExtent across, down;
  float step, left, top;
  size_t x, y;

  for (x = 0; x < 784; x++)
    image[x] = 0;
  picture.grey = grey;
  picture.width = width;
  picture.height = height;
  picture.stride = stride;
  if (width == 0 || height == 0 || !numeral_find_paper (&picture))
    return 0;
  numeral_find_ink (&picture, &across, &down);
  x = across.last - across.first > down.last - down.first ? across.last - across.first :
                                                            down.last - down.first;
  step = ((float) x + 1) / NUMERAL_BOX;
  left = numeral_place (&across, step);
  top = numeral_place (&down, step);
  for (y = 0; y < NUMERAL_SIDE; y++)
    for (x = 0; x < NUMERAL_SIDE; x++)
      {
        const float mean =
            numeral_mean (&picture, left + (float) x * step, top + (float) y * step, step);

        image[y * NUMERAL_SIDE + x] = (uint8_t) (255 * (mean < 1 ? mean : 1) + 0.5f);
      }
  return 1;
}
