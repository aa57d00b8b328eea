/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the samples that a file of evaluate --mislabelled --json lists, as
 * text (numeral-left-out.h); %NULL without @error if it lists none. NN_ERROR_FORMAT, G_IO_ERROR_*.
 */
char *cli_left_out_load (const char *path, GError **error);

G_END_DECLS
