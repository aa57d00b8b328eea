/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the saved state of the window; %NULL if the schema is not
 * installed, and then nothing is saved. */
GSettings *numeral_settings_new (void);

G_END_DECLS
