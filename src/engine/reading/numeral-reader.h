/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-image.h"
#include "numeral-model.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/**
 * NumeralReader:
 *
 * Reads digits and numbers with a model, in scratch memory of its own. The recogniser's thread,
 * the command line and the measurements all read with it, so that their results agree. Owned by
 * one thread.
 */
typedef struct _NumeralReader NumeralReader;

/* Copies the weights it needs. The model's network must pass numeral_digits_check(). */
NumeralReader *numeral_reader_new (const NumeralModel *model);
void numeral_reader_free (NumeralReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralReader, numeral_reader_free)

/* Reads with another model from now on. This is cheaper than a new reader if both models have
 * the same novelty detector, as the snapshots of a run do. */
void numeral_reader_set_model (NumeralReader *reader, const NumeralModel *model);

/**
 * numeral_reader_read:
 * @reading: its tensor is the input; the box is not changed, all other members are filled in
 *
 * Reads one digit. Does not allocate.
 *
 * Returns: the time that the network took, in seconds
 */
double numeral_reader_read (NumeralReader *reader, NumeralReading *reading);

/* (transfer full): reads a tensor as a number of one digit with an empty box. */
NumeralPrediction *numeral_reader_read_tensor (NumeralReader *reader,
                                               const float tensor[INK_TENSOR_SIZE]);

/* (transfer full): reads all strokes as one digit; empty if there is no ink. */
NumeralPrediction *numeral_reader_read_digit (NumeralReader *reader, InkDrawing *drawing);

/**
 * numeral_reader_split:
 *
 * Calls ink_split_drawing(); the network decides where the geometry is ambiguous.
 *
 * Returns: (transfer full) (element-type InkDrawing): the digits in reading order
 */
GPtrArray *numeral_reader_split (NumeralReader *reader, InkDrawing *drawing);

/**
 * numeral_reader_read_image:
 *
 * Reads a picture of a digit or a number: connected components are grouped into digits as
 * strokes are. Digits that touch are one component, and are read as one digit.
 *
 * Returns: (transfer full): boxes are in pixels of the picture; a single digit has an empty box
 */
NumeralPrediction *numeral_reader_read_image (NumeralReader *reader, InkImage *image);

/* (transfer full): reads each digit of numeral_reader_split(); empty if there is no ink. */
NumeralPrediction *numeral_reader_read_drawing (NumeralReader *reader, InkDrawing *drawing);

G_END_DECLS
