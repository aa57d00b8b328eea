/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-protector.h"

G_BEGIN_DECLS

/**
 * NumeralUnlockDialog:
 *
 * Asks for the passphrase or the recovery key of one's own handwriting. A wrong one is told in the
 * dialog, which stays; it closes when the handwriting is unlocked, here or elsewhere.
 */
#define NUMERAL_TYPE_UNLOCK_DIALOG (numeral_unlock_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NumeralUnlockDialog, numeral_unlock_dialog, NUMERAL, UNLOCK_DIALOG, AdwWindow)

NumeralUnlockDialog *numeral_unlock_dialog_new (GtkWindow *parent, NumeralProtector *protector);

G_END_DECLS
