/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From here on this process writes files below @folder alone (and /dev/null), starts no other
 * program and connects to no other computer: what a random click must not do, the kernel forbids
 * (Landlock, Linux 5.13; the network from 6.7). Call it before there is another thread. Returns
 * %FALSE if the kernel cannot. */
gboolean confine (const char *folder);

G_END_DECLS
