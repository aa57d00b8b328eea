/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-evaluation.h"
#include "picture-export.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RELIABILITY_VIEW (numeral_reliability_view_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralReliabilityView, numeral_reliability_view, NUMERAL, RELIABILITY_VIEW, GtkWidget)

/**
 * NumeralReliabilityView:
 *
 * The reliability diagram of an evaluation. Its bins are in the accessible description.
 */

/* @evaluation: (nullable) */
void numeral_reliability_view_set (NumeralReliabilityView *self, NumeralEvaluation *evaluation);

/* A picture to export; valid until the evaluation changes. */
PicturePage numeral_reliability_view_get_page (NumeralReliabilityView *self);

G_END_DECLS
