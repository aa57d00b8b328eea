/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-protector.h"

G_BEGIN_DECLS

/**
 * NumeralProtectDialog:
 *
 * A dialog for one change of the encryption of one's own handwriting: to switch it on or off, to
 * set a passphrase, or to get a new recovery key. A recovery key is shown before anything changes.
 * The dialog closes when the change is made, or on Cancel; after a failure it says why.
 *
 * Signal "changed": the change was made.
 */
#define NUMERAL_TYPE_PROTECT_DIALOG (numeral_protect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralProtectDialog, numeral_protect_dialog, NUMERAL, PROTECT_DIALOG, AdwWindow)

/* @action: NUMERAL_PROTECTION_ON, _OFF, _SET_PASSPHRASE or _NEW_RECOVERY */
NumeralProtectDialog *numeral_protect_dialog_new (GtkWindow *parent,
                                                  NumeralProtector *protector,
                                                  NumeralProtectionAction action);

G_END_DECLS
