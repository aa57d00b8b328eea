/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run.h"
#include "numeral-shrunk.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHRINK_DIALOG (numeral_shrink_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NumeralShrinkDialog, numeral_shrink_dialog, NUMERAL, SHRINK_DIALOG, AdwWindow)

/**
 * NumeralShrinkDialog:
 *
 * Makes the model of a run smaller in several ways, and shows what each costs and reads. One of
 * them can be taken. Closing it stops the work.
 *
 * Actions: "shrink.stop", "shrink.export", "shrink.add". Signals: "export" (NumeralShrunk *model,
 * const char *name), "add" (likewise): the person has taken this one; the dialog closes by itself.
 */
NumeralShrinkDialog *numeral_shrink_dialog_new (GtkWindow *parent, NumeralRun *run);
/* (transfer none) */
NumeralRun *numeral_shrink_dialog_get_run (NumeralShrinkDialog *self);

G_END_DECLS
