/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "numeral-data-report.h"

G_BEGIN_DECLS

/**
 * NumeralLabel:
 * @digit: 0 to 9, or -1
 * @reason: why there is none; translated, static
 */
typedef struct
{
  int digit;
  const char *reason;
} NumeralLabel;

/* The digit that the name of a folder means: "3", "03", "three", "digit_3", "class3"; or -1. */
int numeral_label_of_folder (const char *name);

/**
 * numeral_labels_find:
 * @files: (element-type utf8): paths in one folder
 * @report: gets a note where the label follows from more than a folder
 *
 * Which digit each file shows, from its path alone. The nearest folder that means a digit decides
 * (numeral_label_of_folder()), or one numbered as in Chars74K, Sample001. Otherwise the names of
 * the files without such a folder decide together, so that numbers that count the files are not
 * taken for digits:
 *
 * - img001-00012.png as in Chars74K, where img001 is the digit 0 if img010 occurs and img000 does
 *   not;
 * - 3.png, digit-3-12.png, class3_a.png;
 * - the number at the beginning (3_anna.png) or at the end (anna_3.png), if only one of them is a
 *   digit in all these names, and none has a longer number there.
 *
 * Returns: (transfer full): [files]
 */
NumeralLabel *numeral_labels_find (const GPtrArray *files, NumeralDataReport *report);

G_END_DECLS
