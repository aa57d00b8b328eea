/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-nondigit.h"
#include "ink-tensor.h"
#include "nn-dataset.h"
#include "nn-origin.h"

G_BEGIN_DECLS

/**
 * numeral_origin_new_for_ink:
 *
 * A sample that was drawn from pen strokes. Its augmented views are drawn from distorted strokes
 * as the canvas draws them, with a slightly thicker or thinner pen.
 */
NnOrigin *numeral_origin_new_for_ink (InkDrawing *drawing);

/* The same for sample @number of one's own handwriting; 0 for any other. It stays with the sample
 * when a data set is shuffled, divided or combined. */
NnOrigin *numeral_origin_new_for_kept (InkDrawing *drawing, gint64 number);

/* (nullable) (transfer none): the strokes that sample @index was drawn from; %NULL if it is a
 * picture or was generated. */
InkDrawing *numeral_origin_find_drawing (const NnDataset *dataset, gsize index);
/* The number that sample @index has in one's own handwriting; 0 if it is not from there. */
gint64 numeral_origin_find_number (const NnDataset *dataset, gsize index);

/**
 * numeral_origin_new_generated:
 *
 * A sample of the generator of handwriting. Its augmented views are new samples of the same
 * digit in other handwriting, so that none is repeated. One origin serves all samples of a
 * digit.
 */
NnOrigin *numeral_origin_new_generated (guint digit, guint version);

/* Draws sample @index of @seed of the generator, with the generator's pen width, in [28, 28]
 * pixels. */
void numeral_generate_digit (
    guint digit, guint version, guint64 seed, guint64 index, guint8 pixels[INK_TENSOR_SIZE]);

/* The same for a non-digit: see ink_generator_nondigit(). Half of them are drawn like on the
 * canvas, with a pen of constant width. */
void numeral_generate_nondigit (InkNondigitKind kind,
                                gboolean unseen,
                                guint64 seed,
                                guint64 index,
                                guint8 pixels[INK_TENSOR_SIZE]);

G_END_DECLS
