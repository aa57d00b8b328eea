/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-last-drawing.h"

#include "ink-inkml.h"
#include "numeral-file.h"
#include "numeral-private.h"
#include "numeral-write-queue.h"

/* Far more than a person draws. */
#define MAX_BYTES ((gsize) 64 << 20)

static GFile *
get_file (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "numeral", "last-drawing.inkml", NULL);
}

static gboolean
write_file (InkDrawing *drawing, GError **error)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;

  if (ink_drawing_is_empty (drawing))
    {
      if (g_file_delete (file, NULL, &local_error) ||
          g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!numeral_private_make (g_file_peek_path (folder), error))
    return FALSE;
  bytes = ink_inkml_format (drawing);
  return numeral_file_write (file, bytes, NULL, error);
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
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_query_exists (file, NULL))
    return NULL;
  bytes = numeral_file_read (file, MAX_BYTES, NULL, error);
  return bytes ? ink_inkml_parse (bytes, error) : NULL;
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
