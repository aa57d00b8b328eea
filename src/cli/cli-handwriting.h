/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-db.h"

G_BEGIN_DECLS

/* The actions of the verb handwriting that print samples. */

/* A line for each sample, newest first, as a table or as JSON. @label: -1 for all */
gboolean cli_handwriting_list (NumeralHandDb *db, int label, gboolean json, GError **error);
/* The number of samples of each label, as a table or as JSON. */
gboolean cli_handwriting_count (NumeralHandDb *db, gboolean json, GError **error);

G_END_DECLS
