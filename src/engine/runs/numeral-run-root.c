/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-root.h"

#include <inttypes.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "numeral-fail.h"
#include "numeral-hand-file.h"
#include "numeral-run-folders.h"
#include "numeral-run-lock.h"

NumeralRunRoot *
numeral_run_root_new (const char *folder)
{
  NumeralRunRoot *root = g_new0 (NumeralRunRoot, 1);

  root->folder = g_strdup (folder);
  root->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  root->backup_lock = -1;
  pthread_mutex_init (&root->mutex, NULL);
  root->ref_count = 1;
  return root;
}

NumeralRunRoot *
numeral_run_root_ref (NumeralRunRoot *root)
{
  g_atomic_int_inc (&root->ref_count);
  return root;
}

void
numeral_run_root_unref (NumeralRunRoot *root)
{
  if (!g_atomic_int_dec_and_test (&root->ref_count))
    return;
  if (root->backup_lock >= 0)
    g_close (root->backup_lock, NULL);
  g_free (root->backup);
  g_free (root->folder);
  g_hash_table_unref (root->own);
  pthread_mutex_destroy (&root->mutex);
  g_free (root);
}

guint64
numeral_run_root_take_number (NumeralRunRoot *root, gboolean *counted)
{
  guint64 number;

  pthread_mutex_lock (&root->mutex);
  number = ++root->highest;
  *counted = root->counted;
  pthread_mutex_unlock (&root->mutex);
  return number;
}

void
numeral_run_root_count (NumeralRunRoot *root, guint64 highest)
{
  pthread_mutex_lock (&root->mutex);
  root->highest = MAX (root->highest, highest);
  root->on_disk = highest;
  root->counted = TRUE;
  pthread_mutex_unlock (&root->mutex);
}

gboolean
numeral_run_root_is_own (NumeralRunRoot *root, const char *id)
{
  gboolean own;

  pthread_mutex_lock (&root->mutex);
  own = g_hash_table_contains (root->own, id);
  pthread_mutex_unlock (&root->mutex);
  return own;
}

static void
set_own (NumeralRunRoot *root, const char *id, gboolean own)
{
  pthread_mutex_lock (&root->mutex);
  if (own)
    g_hash_table_add (root->own, g_strdup (id));
  else
    g_hash_table_remove (root->own, id);
  pthread_mutex_unlock (&root->mutex);
}

void
numeral_run_root_disown (NumeralRunRoot *root, const char *id)
{
  set_own (root, id, FALSE);
}

/* A number that was taken before the runs on the disk were counted may be in use. */
static guint64
correct_number (NumeralRunRoot *root, guint64 number)
{
  gboolean counted;
  guint64 on_disk;

  pthread_mutex_lock (&root->mutex);
  counted = root->counted;
  on_disk = root->on_disk;
  pthread_mutex_unlock (&root->mutex);
  if (!counted)
    {
      on_disk = numeral_run_folder_highest (root->folder);
      numeral_run_root_count (root, on_disk);
    }
  return number > on_disk ? number : numeral_run_root_take_number (root, &counted);
}

char *
numeral_run_root_name (guint64 number)
{
  return g_strdup_printf (_ ("Run %" PRIu64), number);
}

/* Unless the run has another name than @last. */
static void
rename_to_number (NumeralRunRecord *record, char **last, guint64 number)
{
  char *next = numeral_run_root_name (number);

  numeral_run_record_replace_name (record, *last, next);
  g_free (*last);
  *last = next;
}

gboolean
numeral_run_root_begin (NumeralRunRoot *root, NumeralRunRecord *record, int *hand, GError **error)
{
  *hand = -1;
  return record->config->source != NUMERAL_SOURCE_HANDWRITING ||
         numeral_hand_file_begin_run (root->folder, record->folder, hand, error);
}

void
numeral_run_root_end (int hand)
{
  numeral_hand_file_end_run (hand);
}

gboolean
numeral_run_root_commit (NumeralRunRoot *root,
                         NumeralRunRecord *record,
                         guint64 number,
                         const char *name,
                         int lock,
                         GError **error)
{
  g_autofree char *last = g_strdup (name);
  gboolean counted;

  number = correct_number (root, number);
  /* Another process may take a number first. */
  for (;;)
    {
      g_autofree char *id = numeral_run_folder_id (number);
      NumeralRunTaken taken;

      if (last != NULL)
        rename_to_number (record, &last, number);
      /* The thread that reads the folder must not list the run a second time. */
      set_own (root, id, TRUE);
      taken = numeral_run_folder_commit (record, root->folder, number, lock, error);
      if (taken == NUMERAL_RUN_COMMITTED)
        return TRUE;
      set_own (root, id, FALSE);
      if (taken == NUMERAL_RUN_ABANDONED)
        return FALSE;
      number = numeral_run_root_take_number (root, &counted);
    }
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  return g_rename (from, to) == 0 || numeral_fail_errno (error, errno, "%s", from);
}

static gboolean
move_to_backup (NumeralRunRoot *root, NumeralRunRecord *record, GError **error)
{
  g_autofree char *path = NULL;

  if (root->backup == NULL)
    root->backup = numeral_run_folder_make_backup (root->folder, &root->backup_lock, error);
  if (root->backup == NULL)
    return FALSE;
  path = g_build_filename (root->backup, record->id, NULL);
  return move (record->folder, path, error);
}

gboolean
numeral_run_root_delete (NumeralRunRoot *root, NumeralRunRecord *record, GError **error)
{
  g_autoptr (GError) local = NULL;
  const int lock = numeral_run_record_lock (record, &local);
  gboolean moved;

  /* Another program has removed it. */
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  /* A file in place of a folder cannot be locked, nor trained. */
  if (lock < 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  moved = move_to_backup (root, record, error);
  if (lock >= 0)
    numeral_run_record_unlock (record, lock);
  return moved;
}

gboolean
numeral_run_root_undelete (NumeralRunRoot *root, NumeralRunRecord *record, GError **error)
{
  g_autofree char *path = NULL;

  if (root->backup == NULL || !numeral_run_record_is_made (record))
    return TRUE;
  path = g_build_filename (root->backup, record->id, NULL);
  if (!numeral_run_folder_exists (path))
    return TRUE;
  /* rename(2) would replace an empty folder. */
  if (numeral_run_folder_exists (record->folder))
    return numeral_fail_errno (error, EEXIST, "%s", record->folder);
  return move (path, record->folder, error);
}

void
numeral_run_root_remove_backup (NumeralRunRoot *root)
{
  if (root->backup == NULL)
    return;
  numeral_run_folder_remove (root->backup);
  g_clear_pointer (&root->backup, g_free);
  g_close (root->backup_lock, NULL);
  root->backup_lock = -1;
}
