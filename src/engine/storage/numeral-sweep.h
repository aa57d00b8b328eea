/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * numeral_sweep:
 *
 * Gives all files and folders of numeral-private.h their permissions, which version 0.1.0 left to
 * the umask, and removes the temporary files of programs that were killed. Does not follow symbolic
 * links. Blocks; call it in a thread when the program starts.
 */
void numeral_sweep (void);

G_END_DECLS
