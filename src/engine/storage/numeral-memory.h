/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns freed memory to the system. The GNU allocator raises its threshold for doing so when a
 * program frees blocks of many megabytes, so the memory of a large file would otherwise stay
 * allocated for the whole run. Takes milliseconds; call it after reading large files. */
void numeral_memory_trim (void);

G_END_DECLS
