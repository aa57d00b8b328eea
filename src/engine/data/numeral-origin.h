/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator-nondigit.h"
#include "ink-tensor.h"
#include "nn-origin.h"

G_BEGIN_DECLS

/**
 * numeral_origin_new_for_ink:
 *
 * A sample that was drawn from pen strokes: its new looks are the strokes bent, then drawn as the
 * canvas draws them, with a pen that is a little thicker or thinner.
 */
NnOrigin *numeral_origin_new_for_ink (InkDrawing *drawing);

/* (nullable): the strokes that a sample was drawn from; %NULL where it was generated. */
const InkDrawing *numeral_origin_get_drawing (const NnOrigin *origin);

/**
 * numeral_origin_new_generated:
 *
 * A sample that the generator of handwriting wrote: its new looks are other digits of the same
 * kind, by other hands, so that no digit comes twice. One origin serves all samples of a digit.
 */
NnOrigin *numeral_origin_new_generated (guint digit);

/* Draws what the generator writes as sample @index of @seed, with a pen as wide as the generator's,
 * in [28, 28] pixels. */
void
numeral_generate_digit (guint digit, guint64 seed, guint64 index, guint8 pixels[INK_TENSOR_SIZE]);

/* The same of what is no digit: see ink_generator_nondigit(). Half of it is drawn as the canvas
 * draws, with a pen that is always the same. */
void numeral_generate_nondigit (InkNondigitKind kind,
                                gboolean unseen,
                                guint64 seed,
                                guint64 index,
                                guint8 pixels[INK_TENSOR_SIZE]);

G_END_DECLS
