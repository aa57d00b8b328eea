/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-disturb.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-random.h"
#include "numeral-origin.h"

/* The size of a canvas, of a large digit on it, and of the pen, in pixels. */
#define CANVAS 400.0
#define LARGE 320.0
#define PEN 20.0f
#define MARGIN 10.0

#define TURN 15.0

const char *
numeral_disturbance_name (NumeralDisturbance disturbance)
{
  static const char *const names[NUMERAL_N_DISTURBANCES] = {
    "none", "quarter", "corner", "thick", "thin", "turned",
  };

  return names[disturbance];
}

/* The transformation of a point: scaled about the centre of the box, rotated, moved. */
typedef struct
{
  double middle_x, middle_y, scale, cosine, sine, x, y;
  float pen;
} Place;

static Place
place_of (const InkDrawing *drawing, NumeralDisturbance disturbance, guint64 key)
{
  const InkBox box = ink_drawing_box (drawing);
  const double width = (double) box.x1 - box.x0, height = (double) box.y1 - box.y0;
  Place place = { ((double) box.x0 + box.x1) / 2,
                  ((double) box.y0 + box.y1) / 2,
                  LARGE / MAX (MAX (width, height), 1e-6),
                  1,
                  0,
                  CANVAS / 2,
                  CANVAS / 2,
                  PEN };
  NnRandom random;
  double angle;

  nn_random_init (&random, key);
  switch (disturbance)
    {
    case NUMERAL_DISTURB_QUARTER:
      place.scale /= 4;
      break;
    case NUMERAL_DISTURB_CORNER:
      place.scale /= 2;
      place.x = MARGIN + place.scale * width / 2;
      place.y = MARGIN + place.scale * height / 2;
      if (nn_random_below (&random, 2) == 1)
        place.x = CANVAS - place.x;
      if (nn_random_below (&random, 2) == 1)
        place.y = CANVAS - place.y;
      break;
    case NUMERAL_DISTURB_THICK:
      place.pen *= 3;
      break;
    case NUMERAL_DISTURB_THIN:
      place.pen /= 3;
      break;
    case NUMERAL_DISTURB_TURNED:
      angle = nn_random_range (&random, -1, 1) * TURN * G_PI / 180;
      place.cosine = cos (angle);
      place.sine = sin (angle);
      break;
    case NUMERAL_DISTURB_NONE:
    case NUMERAL_N_DISTURBANCES:
    default:
      break;
    }
  return place;
}

InkDrawing *
numeral_disturb (const InkDrawing *drawing, NumeralDisturbance disturbance, guint64 key)
{
  g_autofree InkStroke **strokes = g_new (InkStroke *, MAX (drawing->n_strokes, 1));
  const Place place = place_of (drawing, disturbance, key);
  InkDrawing *disturbed;

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *from = drawing->strokes[i];

      strokes[i] = ink_stroke_new (place.pen);
      for (guint j = 0; j < from->n_points; j++)
        {
          InkPoint point = from->points[j];
          const double x = (point.x - place.middle_x) * place.scale;
          const double y = (point.y - place.middle_y) * place.scale;

          point.x = (float) round (place.x + place.cosine * x - place.sine * y);
          point.y = (float) round (place.y + place.sine * x + place.cosine * y);
          ink_stroke_append (strokes[i], point);
        }
    }
  disturbed = ink_drawing_new (strokes, drawing->n_strokes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    ink_stroke_unref (strokes[i]);
  return disturbed;
}

NnDataset *
numeral_disturb_dataset (const NnDataset *dataset, NumeralDisturbance disturbance, GError **error)
{
  g_autoptr (NnDataset) disturbed = NULL;

  for (gsize i = 0; i < dataset->n; i++)
    if (numeral_origin_find_drawing (dataset, i) == NULL)
      {
        g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                             _ ("only digits that are pen strokes can be drawn in other ways"));
        return NULL;
      }
  disturbed = nn_dataset_new_pixels (dataset->n, INK_TENSOR_SIDE, INK_TENSOR_SIDE,
                                     dataset->n_classes, error);
  if (disturbed == NULL)
    return NULL;
  memcpy (disturbed->labels, dataset->labels, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    {
      g_autoptr (InkDrawing) drawing =
          numeral_disturb (numeral_origin_find_drawing (dataset, i), disturbance, i);
      float tensor[INK_TENSOR_SIZE];

      ink_tensor_from_drawing (drawing, NULL, tensor);
      ink_tensor_to_pixels (tensor, disturbed->pixels + i * INK_TENSOR_SIZE);
    }
  return g_steal_pointer (&disturbed);
}
