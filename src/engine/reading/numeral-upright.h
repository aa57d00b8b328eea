/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* Whether the rows and columns of digits are swapped, as in the files of EMNIST. */
typedef enum
{
  NUMERAL_TURN_UNKNOWN, /* to be found out */
  NUMERAL_TURN_NO,
  NUMERAL_TURN_YES,
} NumeralTurn;

/**
 * numeral_upright_turn:
 * @dataset: not shared
 * @turn: (inout): found out if it is unknown
 * @report: (nullable): gets a note if the digits are turned
 *
 * Turns digits whose rows and columns are swapped upright. The model that ships reads a few hundred
 * of them both ways, and the labels tell which is right: they are turned if many more are read
 * right that way. Other data than images of 28x28 pixels in at most ten classes, ink, and fewer
 * than 50 images are left as they are.
 */
void numeral_upright_turn (NnDataset *dataset, NumeralTurn *turn, NumeralDataReport *report);

/* numeral_source_load() and numeral_data_load_full(), whose digits are then upright. @turn: (inout)
 * (nullable): see numeral_upright_turn() */
NnDataset *numeral_upright_load (NumeralSource *source,
                                 const NumeralSourceRequest *request,
                                 NumeralTurn *turn,
                                 GError **error);
NnDataset *
numeral_upright_load_path (const char *path, const NumeralDataRequest *request, GError **error);

G_END_DECLS
