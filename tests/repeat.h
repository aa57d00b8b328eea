/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often a case is repeated whose repetitions differ in their data alone. A sanitizer makes it
 * five times as slow and more, and watches the same lines each time: less of it is enough there. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define REPEAT(plain, sanitized) (sanitized)
#else
#define REPEAT(plain, sanitized) (plain)
#endif
