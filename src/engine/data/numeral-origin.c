/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-origin.h"

#include "ink-distort.h"

/* Widths of the pen in pixels. Beyond them a digit would be too faint to see or a blot. */
#define PEN_MIN 1.4
#define PEN_MAX 4.8

/* Change of a line's width, in pixels, for a stroke of 1 in NnAugment: about the effect that it
 * has on the lines of an image. */
#define STROKE_PIXELS 1.6

/* Share of the distortion for generated digits. The generator varies its handwriting itself; the
 * full distortion in addition would give unrealistic digits. The position is not affected. */
#define GENERATED_SHARE 0.4

/* Makes the random streams of the distortion independent of those of the drawing. */
#define BEND G_GUINT64_CONSTANT (0x62656e64)

typedef struct
{
  NnOrigin base;
  InkDrawing *drawing; /* NULL if the generator draws a new one each time */
  guint digit, version;
  gint64 number; /* of one's own handwriting, or 0 */
} Origin;

/* Bends @drawing and draws it with a pen of about @pen pixels. */
static void
draw_bent (const InkDrawing *drawing,
           double pen,
           const NnAugment *augment,
           guint64 key,
           guint8 pixels[INK_TENSOR_SIZE])
{
  const double box = ink_tensor_style_default.box;
  const InkDistortion distortion = {
    .rotation = augment->rotation,
    .shear = augment->shear,
    .stretch = augment->scale,
    .elastic = augment->elastic / box,
    .smoothness = augment->smoothness / box,
    .freedom = augment->ink,
  };
  g_autoptr (InkDrawing) bent = ink_drawing_distort (drawing, &distortion, key ^ BEND);
  InkTensorStyle style = ink_tensor_style_default;
  float tensor[INK_TENSOR_SIZE];
  InkRandom random;

  ink_random_init (&random, key, 1);
  pen += ink_random_range (&random, -1, 1) * augment->stroke * STROKE_PIXELS;
  style.pen = CLAMP (pen, PEN_MIN, PEN_MAX);
  style.shift_x = ink_random_range (&random, -1, 1) * augment->shift;
  style.shift_y = ink_random_range (&random, -1, 1) * augment->shift;
  ink_tensor_from_drawing (bent, &style, tensor);
  ink_tensor_to_pixels (tensor, pixels);
}

static void
draw_ink (const NnOrigin *origin, const NnAugment *augment, guint64 key, guint8 *pixels)
{
  draw_bent (((const Origin *) origin)->drawing, ink_tensor_style_default.pen, augment, key,
             pixels);
}

/* The box contains the ink and half a pen width on each side: pen = width (box - pen). */
static double
pen_of (const InkDrawing *drawing)
{
  double width = ink_generator_relative_width (drawing);

  return CLAMP (ink_tensor_style_default.box * width / (1 + width), PEN_MIN, PEN_MAX);
}

static void
draw_generated (const NnOrigin *origin, const NnAugment *augment, guint64 key, guint8 *pixels)
{
  g_autoptr (InkDrawing) drawing = NULL;
  NnAugment gentle = *augment;
  InkGenerator generator;

  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    if (nn_augment_field (&gentle, i) != &gentle.smoothness &&
        nn_augment_field (&gentle, i) != &gentle.shift)
      *nn_augment_field (&gentle, i) *= GENERATED_SHARE;
  ink_generator_init (&generator, key, 0);
  generator.version = ((const Origin *) origin)->version;
  drawing = ink_generator_digit (&generator, ((const Origin *) origin)->digit, NULL);
  draw_bent (drawing, pen_of (drawing), &gentle, key, pixels);
}

static void
origin_free (NnOrigin *base)
{
  Origin *origin = (Origin *) base;

  g_clear_pointer (&origin->drawing, ink_drawing_unref);
  g_free (origin);
}

static const NnOriginClass ink_class = { draw_ink, origin_free };
static const NnOriginClass generated_class = { draw_generated, origin_free };

NnOrigin *
numeral_origin_new_for_ink (InkDrawing *drawing)
{
  return numeral_origin_new_for_kept (drawing, 0);
}

NnOrigin *
numeral_origin_new_for_kept (InkDrawing *drawing, gint64 number)
{
  Origin *origin = g_new0 (Origin, 1);

  origin->base = (NnOrigin){ &ink_class, 1 };
  origin->drawing = ink_drawing_ref (drawing);
  origin->number = number;
  return &origin->base;
}

/* (nullable) */
static const Origin *
find_origin (const NnDataset *dataset, gsize index)
{
  return dataset->origins != NULL ? (const Origin *) dataset->origins[index] : NULL;
}

InkDrawing *
numeral_origin_find_drawing (const NnDataset *dataset, gsize index)
{
  const Origin *origin = find_origin (dataset, index);

  return origin != NULL ? origin->drawing : NULL;
}

gint64
numeral_origin_find_number (const NnDataset *dataset, gsize index)
{
  const Origin *origin = find_origin (dataset, index);

  return origin != NULL ? origin->number : 0;
}

NnOrigin *
numeral_origin_new_generated (guint digit, guint version)
{
  Origin *origin = g_new0 (Origin, 1);

  origin->base = (NnOrigin){ &generated_class, 1 };
  origin->digit = digit;
  origin->version = version;
  return &origin->base;
}

void
numeral_generate_digit (
    guint digit, guint version, guint64 seed, guint64 index, guint8 pixels[INK_TENSOR_SIZE])
{
  InkTensorStyle style = ink_tensor_style_default;
  g_autoptr (InkDrawing) drawing = NULL;
  float tensor[INK_TENSOR_SIZE];
  InkGenerator generator;

  ink_generator_init (&generator, seed, index);
  generator.version = version;
  drawing = ink_generator_digit (&generator, digit, NULL);
  style.pen = pen_of (drawing);
  ink_tensor_from_drawing (drawing, &style, tensor);
  ink_tensor_to_pixels (tensor, pixels);
}

void
numeral_generate_nondigit (InkNondigitKind kind,
                           gboolean unseen,
                           guint64 seed,
                           guint64 index,
                           guint8 pixels[INK_TENSOR_SIZE])
{
  InkTensorStyle style = ink_tensor_style_default;
  g_autoptr (InkDrawing) drawing = NULL;
  float tensor[INK_TENSOR_SIZE];
  InkGenerator generator;

  ink_generator_init (&generator, seed, index);
  drawing = ink_generator_nondigit (&generator, kind, unseen, NULL);
  if (ink_random_chance (&generator.random, 0.5))
    style.pen = pen_of (drawing);
  ink_tensor_from_drawing (drawing, &style, tensor);
  ink_tensor_to_pixels (tensor, pixels);
}
