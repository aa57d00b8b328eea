/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-last-drawing.h"

#include "ink-inkml.h"
#include "numeral-hand-file.h"
#include "numeral-write-queue.h"

/* Far more than a person draws. */
#define MAX_BYTES ((gsize) 64 << 20)

static gboolean
write_file (InkDrawing *drawing, GError **error)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  g_autoptr (GBytes) bytes = NULL;

  if (ink_drawing_is_empty (drawing))
    return numeral_hand_file_delete (path, error);
  bytes = ink_inkml_format (drawing);
  return numeral_hand_file_write (path, bytes, error);
}

/* Logs an error as well, because nobody waits for the result when the program ends. */
static gboolean
save_in_thread (gpointer drawing, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (write_file (drawing, &local_error))
    return TRUE;
  g_message ("The drawing is not kept: %s", local_error->message);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

InkDrawing *
numeral_last_drawing_load (GError **error)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  bytes = numeral_hand_file_read (path, MAX_BYTES, NULL, error);
  return bytes ? ink_inkml_parse (bytes, error) : NULL;
}

/* The drawing that a thread has loaded. */
typedef struct
{
  InkDrawing *drawing; /* (nullable) */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->drawing, ink_drawing_unref);
  g_free (load);
}

static gboolean
load_in_thread (gpointer data, GError **error)
{
  GError *local = NULL;

  ((Load *) data)->drawing = numeral_last_drawing_load (&local);
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}

void
numeral_last_drawing_load_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, numeral_last_drawing_load_async);
  g_task_set_task_data (task, g_new0 (Load, 1), load_free);
  numeral_write_queue_run (task, load_in_thread);
}

InkDrawing *
numeral_last_drawing_load_finish (GAsyncResult *result, GError **error)
{
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  load = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&load->drawing);
}

void
numeral_last_drawing_save_async (InkDrawing *drawing,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, numeral_last_drawing_save_async);
  g_task_set_task_data (task, ink_drawing_ref (drawing), (GDestroyNotify) ink_drawing_unref);
  numeral_write_queue_run (task, save_in_thread);
}

gboolean
numeral_last_drawing_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
