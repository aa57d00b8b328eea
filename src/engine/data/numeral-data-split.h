/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/**
 * NumeralDataPlace:
 * @folder: the folder to read
 * @skip: names of folders in it that are not of this split
 *
 * Where the samples of one split are in a folder of pictures and ink.
 */
typedef struct
{
  char *folder;
  char **skip;
} NumeralDataPlace;

void numeral_data_place_clear (NumeralDataPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralDataPlace, numeral_data_place_clear)

/**
 * numeral_data_find_place:
 * @place: (out)
 * @report: (nullable): gets a note if a part of @path alone is read
 *
 * Looks for the folders "train" or "training", "test" or "testing", in any case, and "val", "valid"
 * or "validation" in @path, or in the only folder that it has. With a folder for a split, that
 * split is read from it alone. Otherwise all of @path is read, without the folders for others.
 * Folders of digits beside "train" are the training samples.
 *
 * Returns: FALSE with G_IO_ERROR_NOT_FOUND if there is a folder for training and none for testing
 */
gboolean numeral_data_find_place (const char *path,
                                  NumeralSplit split,
                                  NumeralDataPlace *place,
                                  NumeralDataReport *report,
                                  GError **error);

/* Whether there is a folder for testing beside other samples. */
gboolean numeral_data_has_test_place (const char *path);

/* Whether @path, or the folder of a split in it, has folders that mean digits. */
gboolean numeral_data_has_digit_folders (const char *path);

G_END_DECLS
