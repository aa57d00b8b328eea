/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives freed memory back to the system. A program that frees many megabytes raises the size from
 * which the GNU allocator does so by itself: a file that was read would stay in memory for the
 * whole run. Milliseconds; call it after large files were read. */
void numeral_memory_trim (void);

G_END_DECLS
