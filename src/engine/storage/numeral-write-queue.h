/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread for file operations that the main thread must not wait for. It writes, syncs and
 * removes small files in the order of the requests. */

/* Runs @func with the task as g_task_run_in_thread() does, but in this thread and in order. The
 * data of the task may be freed in either thread. */
void numeral_write_queue_run (GTask *task, GTaskThreadFunc func);
/* Waits until all requests are done; the callbacks of the tasks run later. For the end of the
 * program. */
void numeral_write_queue_flush (void);

G_END_DECLS
