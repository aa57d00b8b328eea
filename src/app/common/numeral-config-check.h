/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * NumeralConfigCheck:
 *
 * Whether the settings of the next run are valid. What the settings tell by themselves is decided
 * at once. The data are looked for in a thread, because a folder on a server that does not answer
 * blocks for minutes. Until they are found, or not, the verdict before stays; the first one is that
 * the settings are valid.
 *
 * Signal "changed": the verdict has come, or is awaited.
 */
#define NUMERAL_TYPE_CONFIG_CHECK (numeral_config_check_get_type ())
G_DECLARE_FINAL_TYPE (NumeralConfigCheck, numeral_config_check, NUMERAL, CONFIG_CHECK, GObject)

NumeralConfigCheck *numeral_config_check_new (void);

/* Copies @config. Data that are already found are not looked for again. */
void numeral_config_check_set_config (NumeralConfigCheck *self, const NumeralRunConfig *config);
/* Looks for the data again, which may have come or gone. */
void numeral_config_check_look_again (NumeralConfigCheck *self);

/* Whether the data are being looked for. */
gboolean numeral_config_check_is_pending (NumeralConfigCheck *self);
/* (nullable) (transfer none): the problem of the last verdict; @setting: (out) (optional)
 * (nullable): the row of the setting to change */
const GError *numeral_config_check_get_problem (NumeralConfigCheck *self,
                                                const NnSetting **setting);

G_END_DECLS
