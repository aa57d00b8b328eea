/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Counts the calls of fsync() and fdatasync() in a test program, which is linked with functions of
 * these names instead of those of the C library. The main thread must not wait for a disk. */

/* The number of calls, in all threads, since the last reset. */
int syncs_get (void);
int syncs_get_in_main_thread (void);
void syncs_reset (void);
