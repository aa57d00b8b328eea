/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "numeral-fail.h"

/* Another window that finds out whether a run is trained holds the lock for some microseconds. */
#define N_ATTEMPTS 10
#define ATTEMPT_INTERVAL 10000 /* microseconds */

/* Returns -1 with errno on failure. */
static int
try_lock (const char *folder, int operation)
{
  const int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code;

  if (fd >= 0 && flock (fd, operation | LOCK_NB) != 0)
    {
      code = errno;
      g_close (fd, NULL);
      errno = code;
      return -1;
    }
  return fd;
}

static int
lock_folder (const char *folder, GError **error)
{
  int fd = try_lock (folder, LOCK_EX);

  for (guint i = 1; fd < 0 && errno == EWOULDBLOCK && i < N_ATTEMPTS; i++)
    {
      g_usleep (ATTEMPT_INTERVAL);
      fd = try_lock (folder, LOCK_EX);
    }
  if (fd >= 0)
    return fd;
  if (errno == EWOULDBLOCK)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _ ("this run is being trained at the moment, here or in another window"));
  else
    numeral_fail_errno (error, errno, "%s", folder);
  return -1;
}

static void
add_held (NumeralRunRecord *record, int change)
{
  pthread_mutex_lock (&record->mutex);
  record->held = (guint) ((int) record->held + change);
  pthread_mutex_unlock (&record->mutex);
}

gboolean
numeral_run_record_is_held (NumeralRunRecord *record)
{
  gboolean held;

  pthread_mutex_lock (&record->mutex);
  held = record->held > 0;
  pthread_mutex_unlock (&record->mutex);
  return held;
}

int
numeral_run_record_lock (NumeralRunRecord *record, GError **error)
{
  int fd = -1;

  if (!numeral_run_record_make (record, error))
    return -1;
  pthread_mutex_lock (&record->lock_mutex);
  if (numeral_run_record_is_held (record))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("this run is being trained at the moment"));
  else
    fd = lock_folder (record->folder, error);
  if (fd >= 0)
    {
      add_held (record, 1);
      numeral_run_record_set_elsewhere (record, FALSE);
    }
  pthread_mutex_unlock (&record->lock_mutex);
  return fd;
}

void
numeral_run_record_unlock (NumeralRunRecord *record, int lock)
{
  g_close (lock, NULL);
  add_held (record, -1);
}

gboolean
numeral_run_record_save_name (NumeralRunRecord *record, GError **error)
{
  gboolean saved;
  int fd = -1;

  if (!numeral_run_record_make (record, error))
    return FALSE;
  /* The trainer of this window waits for the lock of the name, and the other way round. */
  pthread_mutex_lock (&record->lock_mutex);
  if (!numeral_run_record_is_held (record))
    {
      fd = lock_folder (record->folder, error);
      if (fd < 0)
        {
          pthread_mutex_unlock (&record->lock_mutex);
          return FALSE;
        }
      (void) numeral_run_record_reload (record, FALSE, NULL);
    }
  saved = numeral_run_record_save (record, error);
  if (fd >= 0)
    g_close (fd, NULL);
  pthread_mutex_unlock (&record->lock_mutex);
  return saved;
}

gboolean
numeral_run_folder_is_locked (const char *folder)
{
  const int fd = try_lock (folder, LOCK_SH);

  if (fd < 0)
    return errno == EWOULDBLOCK;
  g_close (fd, NULL);
  return FALSE;
}

gboolean
numeral_run_record_is_elsewhere (NumeralRunRecord *record)
{
  gboolean elsewhere;

  pthread_mutex_lock (&record->mutex);
  elsewhere = record->elsewhere;
  pthread_mutex_unlock (&record->mutex);
  return elsewhere;
}

void
numeral_run_record_set_elsewhere (NumeralRunRecord *record, gboolean elsewhere)
{
  pthread_mutex_lock (&record->mutex);
  record->elsewhere = elsewhere;
  pthread_mutex_unlock (&record->mutex);
}

void
numeral_run_record_check (NumeralRunRecord *record)
{
  gboolean before, now;

  if (!numeral_run_record_is_made (record))
    return;
  /* This window neither begins to train the run nor renames it meanwhile. */
  pthread_mutex_lock (&record->lock_mutex);
  if (!numeral_run_record_is_held (record))
    {
      before = numeral_run_record_is_elsewhere (record);
      now = numeral_run_folder_is_locked (record->folder);
      if (before || now)
        (void) numeral_run_record_reload (record, TRUE, NULL);
      numeral_run_record_set_elsewhere (record, now);
    }
  pthread_mutex_unlock (&record->lock_mutex);
}
