/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-evaluation.h"
#include "picture-export.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_CONFUSION_VIEW (numeral_confusion_view_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralConfusionView, numeral_confusion_view, NUMERAL, CONFUSION_VIEW, GtkWidget)

/**
 * NumeralConfusionView:
 *
 * The confusion matrix of an evaluation. Each cell is a widget with a name such as "3 read as 5: 12
 * samples". Tab goes to the matrix and out of it, the arrow keys go from cell to cell, and Return,
 * Space or a click chooses a cell or no longer does. The figures of the classes are in the
 * accessible description of the matrix.
 *
 * Signals: "chosen": the chosen cell has changed.
 */

/* @evaluation: (nullable): of at most PICTURE_CONFUSION_MAX classes; no cell is chosen then */
void numeral_confusion_view_set (NumeralConfusionView *self, NumeralEvaluation *evaluation);

/* Whether a cell is chosen: @label: @answer: (out): which */
gboolean
numeral_confusion_view_get_chosen (NumeralConfusionView *self, guint *label, guint *answer);
/* Chooses a cell, or none (%FALSE for @chosen). */
void numeral_confusion_view_choose (NumeralConfusionView *self,
                                    gboolean chosen,
                                    guint label,
                                    guint answer);

/* A picture to export; valid until the evaluation changes. */
PicturePage numeral_confusion_view_get_page (NumeralConfusionView *self);

G_END_DECLS
