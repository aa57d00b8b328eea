/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Catches the first SIGINT, SIGTERM or SIGHUP and only records it; a second one
 * ends the process as by default. A signal that is ignored (as with nohup) stays
 * ignored. */
void cli_interrupt_catch (void);

gboolean cli_interrupted (void);

G_END_DECLS
