/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Watches the calls that open files or ask for them below one folder. The test program is linked
 * with functions of these names instead of those of the C library. */

/* Calls with a path that contains @part are watched. They are counted in the main thread, which
 * must not make any, and block in other threads until file_calls_answer(), as on a server that does
 * not answer. */
void file_calls_watch (const char *part);
/* Ends the blocking; the calls are watched still. */
void file_calls_answer (void);
/* The number of watched calls in the main thread, and in others. */
int file_calls_get_main (void);
int file_calls_get_others (void);
