/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread for file operations that the main thread must not wait for. It writes, syncs and
 * removes small files in the order of the requests. Unlike a thread of g_task_run_in_thread(), it
 * can be waited for before the process ends, so that nothing that a person saved is lost. */

/* @data: of the task. %FALSE with @error set. */
typedef gboolean (*NumeralWriteFunc) (gpointer data, GError **error);

/* Runs @func in this thread, in order. The task returns a boolean, or the error, in its own main
 * context, where its data are freed too. */
void numeral_write_queue_run (GTask *task, NumeralWriteFunc func);
/* Waits until all requests are done; the callbacks of the tasks run later. For the end of the
 * program. */
void numeral_write_queue_flush (void);

G_END_DECLS
