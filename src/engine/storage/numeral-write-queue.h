/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread for what the main thread must not wait for: small files that are written, synced or
 * removed one after another, in the order in which they were asked for. */

/* Runs @func with the task, as g_task_run_in_thread() does, but in that thread and in order. The
 * data of the task may be freed in either thread. */
void numeral_write_queue_run (GTask *task, GTaskThreadFunc func);
/* Waits until all that was asked for is done; the callbacks of the tasks come later. For the end of
 * the program. */
void numeral_write_queue_flush (void);

G_END_DECLS
