/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-config-row.h"

G_BEGIN_DECLS

/* All settings of a run that are a row each, by the group that they stand in. */
typedef enum
{
  NUMERAL_CONFIG_DATA,
  NUMERAL_CONFIG_NETWORK,
  NUMERAL_CONFIG_OPTIMIZER,
  NUMERAL_CONFIG_LENGTH,
  NUMERAL_CONFIG_AUGMENT,
  NUMERAL_CONFIG_N_GROUPS,
} NumeralConfigGroup;

/* (transfer none) */
const NumeralConfigField *numeral_config_fields (NumeralConfigGroup group, guint *n);

G_END_DECLS
