/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what the program remembers of its window; %NULL where the schema is
 * not installed, and then nothing is remembered. */
GSettings *numeral_settings_new (void);

G_END_DECLS
