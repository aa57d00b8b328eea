/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "nn-confident.h"
#include "numeral-evaluation.h"

G_BEGIN_DECLS

/* What was measured, for other programs: `numeral-cli evaluate --json` prints these members, and
 * the window writes them. The manual page numeral-cli(1) describes them. */

/* (transfer full): count, writers (of one writer alone), refused, accuracy, interval, loss, ece,
 * reliability, per_class and confusion */
JsonObject *numeral_evaluation_to_json (const NumeralEvaluation *evaluation);

/* (transfer full): accuracy and interval of @other, how many samples there are of each change, and
 * McNemar's p. @comparison: of numeral_evaluation_compare() */
JsonObject *numeral_comparison_to_json (const NnComparison *comparison,
                                        const NumeralEvaluation *other);

/* (transfer full): index, label, better and margin of each. @suspects: (element-type NnSuspect) */
JsonArray *numeral_suspects_to_json (const GArray *suspects);

/* (transfer full): a CSV table (RFC 4180) with a row for each sample: sample (from 0), label,
 * answer, probability of the answer; refused (0 or 1), if the model refuses any; change, if there
 * is a @comparison (nullable); writer, if the data set names them. */
char *numeral_evaluation_to_csv (const NumeralEvaluation *evaluation,
                                 const NnComparison *comparison);

G_END_DECLS
