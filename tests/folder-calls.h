/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Counts the calls that list, make, move or remove folders in the main thread of a test program,
 * which is linked with functions of these names instead of those of the C library. The main thread
 * must not wait for a disk. */

/* The number of calls in the main thread since the last reset. */
int folder_calls_get (void);
void folder_calls_reset (void);
