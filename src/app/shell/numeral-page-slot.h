/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-page-kind.h"
#include "numeral-page.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_PAGE_SLOT (numeral_page_slot_get_type ())
G_DECLARE_FINAL_TYPE (NumeralPageSlot, numeral_page_slot, NUMERAL, PAGE_SLOT, AdwBin)

/**
 * NumeralPageSlot:
 *
 * The place of one page in the view stack. It makes the page when the page is needed, in steps that
 * each take about a frame, so that the caller can let GTK draw and handle events between them.
 *
 * Signals: "page-created" (NumeralPage *page): the page exists, without a lab and without a parent.
 *
 * @kind: (transfer none): lives as long as the program.
 */
NumeralPageSlot *numeral_page_slot_new (const NumeralPageKind *kind);

/* Makes the next step towards a page that is complete and has the lab (nullable). Returns whether
 * there are more steps. */
gboolean numeral_page_slot_advance (NumeralPageSlot *self, NumeralLab *lab);

/* (nullable) (transfer none): the page, once it is complete. */
NumeralPage *numeral_page_slot_get_page (NumeralPageSlot *self);

G_END_DECLS
