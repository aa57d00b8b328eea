/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-tensor.h"

G_BEGIN_DECLS

/* A stroke through @n points, x and y alternately, with pressure 0.5. */
InkStroke *ink_test_stroke (float width, const float *xy, guint n);
/* A drawing of one such stroke. */
InkDrawing *ink_test_drawing (float width, const float *xy, guint n);
#define INK_TEST_DRAWING(width, ...)                       \
  ink_test_drawing (width, (const float[]){ __VA_ARGS__ }, \
                    G_N_ELEMENTS (((const float[]){ __VA_ARGS__ })) / 2)

/* Sample ink of the source tree. */
GBytes *ink_test_sample (const char *name);
InkDrawing *ink_test_digit (int digit);

/* The file of NUMERAL_DATA_DIR at @name, unzipped; skips the test and returns NULL where that is
 * not set. */
GBytes *ink_test_data (const char *name);

void ink_test_assert_same (const InkDrawing *a, const InkDrawing *b);

/* Similarity of two tensors: the mean of the absolute differences, and Pearson's correlation. */
double ink_test_difference (const float *a, const float *b);
double ink_test_correlation (const float *a, const float *b);
/* The centre of mass, in indices of pixels. */
void ink_test_centre (const float *tensor, double *x, double *y);

/* ink_image_new() and ink_image_get_tensor() in one call. On failure @tensor is all zeros. */
gboolean ink_test_tensor_from_image (const guint8 *gray,
                                     guint width,
                                     guint height,
                                     gsize stride,
                                     float tensor[INK_TENSOR_SIZE],
                                     GError **error);

typedef struct
{
  guint32 state;
} InkTestRandom;

guint32 ink_test_random (InkTestRandom *random);
double ink_test_random_unit (InkTestRandom *random);

G_END_DECLS
