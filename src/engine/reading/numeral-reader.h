/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-image.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/**
 * NumeralReader:
 *
 * Reads digits and numbers with a model, in scratch memory of its own. The recogniser's thread, the
 * command line and the measurements all read with it, so that all read alike. Owned by one thread.
 */
typedef struct _NumeralReader NumeralReader;

/* Copies the weights it needs. The model's network must pass numeral_digits_check(). */
NumeralReader *numeral_reader_new (const NumeralModel *model);
void numeral_reader_free (NumeralReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralReader, numeral_reader_free)

/* Reads with another model from now on. Cheaper than a new reader where both models have the same
 * novelty, as the snapshots of one run do. */
void numeral_reader_set_model (NumeralReader *reader, const NumeralModel *model);

/**
 * numeral_reader_read:
 * @reading: its tensor is what is read; box is left alone, all else is filled in
 *
 * Reads one digit. No allocation. Returns the seconds that the network took.
 */
double numeral_reader_read (NumeralReader *reader, NumeralReading *reading);

/* (transfer full): a tensor as a number of one digit, its box empty. */
NumeralPrediction *numeral_reader_read_tensor (NumeralReader *reader,
                                               const float tensor[INK_TENSOR_SIZE]);

/* (transfer full): one digit, whatever strokes there are; empty where there is no ink. */
NumeralPrediction *numeral_reader_read_digit (NumeralReader *reader, InkDrawing *drawing);

/**
 * numeral_reader_split:
 *
 * ink_split_drawing() with the network's word where geometry leaves the borders open.
 *
 * Returns: (transfer full) (element-type InkDrawing): the digits in reading order
 */
GPtrArray *numeral_reader_split (NumeralReader *reader, InkDrawing *drawing);

/**
 * numeral_reader_read_image:
 *
 * A picture of a digit or a number: its pieces are taken apart as strokes are. Digits that touch
 * one another are one piece, and are read as one.
 *
 * Returns: (transfer full): with boxes in pixels of the picture; of one digit, an empty box
 */
NumeralPrediction *numeral_reader_read_image (NumeralReader *reader, InkImage *image);

/* (transfer full): the digits of numeral_reader_split(); empty where there is no ink. */
NumeralPrediction *numeral_reader_read_drawing (NumeralReader *reader, InkDrawing *drawing);

G_END_DECLS
