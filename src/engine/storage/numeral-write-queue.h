/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NumeralWriteQueue:
 * @NUMERAL_WRITE_FILES: files, such as those of the runs
 * @NUMERAL_WRITE_HAND: the database of handwriting, which waits for seconds while another program
 *   changes it. The files do not wait with it.
 *
 * A thread for file operations that the main thread must not wait for. It writes, syncs and removes
 * small files in the order of the requests. Unlike a thread of g_task_run_in_thread(), it can be
 * waited for before the process ends, so that nothing that a person saved is lost.
 */
typedef enum
{
  NUMERAL_WRITE_FILES,
  NUMERAL_WRITE_HAND,
} NumeralWriteQueue;

/* @data: of the task. %FALSE with @error set. */
typedef gboolean (*NumeralWriteFunc) (gpointer data, GError **error);

/* Runs @func in the thread of the queue, in order. The task returns a boolean, or the error, in its
 * own main context, where its data are freed too. */
void numeral_write_queue_run_in (NumeralWriteQueue queue, GTask *task, NumeralWriteFunc func);
/* The same with NUMERAL_WRITE_FILES. */
void numeral_write_queue_run (GTask *task, NumeralWriteFunc func);
/* Waits until all requests of all queues are done; the callbacks of the tasks run later. For the
 * end of the program. */
void numeral_write_queue_flush (void);

G_END_DECLS
