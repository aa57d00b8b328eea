/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on the first SIGINT, SIGTERM or SIGHUP is only noted; a second one
 * ends the process as if nothing had been set up. A signal that is ignored (as
 * nohup does) stays ignored. */
void cli_interrupt_catch (void);

gboolean cli_interrupted (void);

G_END_DECLS
