/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-lab.h"

G_BEGIN_DECLS

/**
 * NumeralLearnFigure:
 * @change: "27 → 30", or "91.2 → 98.5 %"; @of: "of 30", or %NULL
 * @note: how it was measured
 *
 * What an adaptation changed for some samples. Few of them are counted: a percentage of them would
 * say more than they do.
 */
typedef struct
{
  char *change, *of, *note;
} NumeralLearnFigure;

void numeral_learn_figure_clear (NumeralLearnFigure *figure);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralLearnFigure, numeral_learn_figure_clear)

/* Of one's own digits, and of everybody's. */
void numeral_learn_figure_init (NumeralLearnFigure *figure,
                                const NumeralHandLesson *lesson,
                                gboolean own);

/* (transfer full): what goes on, in title case, and what to know about it, in a sentence or two. */
char *numeral_learn_dup_title (NumeralLab *lab);
char *numeral_learn_dup_detail (NumeralLab *lab);

/* (transfer full): all figures in a line, for where there is no room for more. */
char *numeral_learn_dup_summary (const NumeralHandLesson *lesson);

G_END_DECLS
