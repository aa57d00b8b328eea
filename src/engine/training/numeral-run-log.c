/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "numeral-fail.h"
#include "numeral-history-text.h"
#include "numeral-json.h"

/* Writing at every minibatch would cause thousands of writes a second. */
#define FLUSH_INTERVAL (G_USEC_PER_SEC / 5)

/* Bytes that may wait for a full disk: some hours of training. Later lines are lost. */
#define MAX_WAITING ((gsize) 64 << 20)

/**
 * NumeralRunLog:
 * @fd: -1 once it is closed
 * @waiting: what is not written yet; it may begin inside a line
 * @written: size of the file up to the last complete line that is in it
 * @partial: bytes after that
 * @lost: whether lines were lost
 */
struct _NumeralRunLog
{
  char *path;
  int fd;
  GString *line, *waiting;
  goffset written;
  gsize partial;
  gboolean lost;
  gint64 last_flush;
};

/* Gets the step of a line; %FALSE if it is not a complete line of a log. */
static gboolean
parse_step (const char *line, guint64 *step)
{
  const char *at = strstr (line, "\"step\":");

  if (at == NULL || !g_str_has_suffix (line, "}"))
    return FALSE;
  *step = g_ascii_strtoull (at + strlen ("\"step\":"), NULL, 10);
  return TRUE;
}

/* Removes the lines after @n_steps from the log. */
static gboolean
cut (const char *path, guint64 n_steps, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);

  if (n_steps == 0 || !g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint64 step;

      if (parse_step (lines[i], &step) && step <= n_steps)
        g_string_append_printf (kept, "%s\n", lines[i]);
    }
  return g_file_set_contents (path, kept->str, (gssize) kept->len, error);
}

static gboolean
fail_to_write (GError **error, const char *path, int code)
{
  return numeral_fail_errno (error, code, _ ("cannot write the log %s"), path);
}

NumeralRunLog *
numeral_run_log_open (const char *path, guint64 n_steps, GError **error)
{
  NumeralRunLog *log;
  int fd;

  if (!cut (path, n_steps, error))
    return NULL;
  fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | (n_steps > 0 ? O_APPEND : O_TRUNC), 0666);
  if (fd < 0)
    {
      fail_to_write (error, path, errno);
      return NULL;
    }
  log = g_new0 (NumeralRunLog, 1);
  log->path = g_strdup (path);
  log->fd = fd;
  log->line = g_string_new (NULL);
  log->waiting = g_string_new (NULL);
  log->written = MAX (lseek (fd, 0, SEEK_END), 0);
  return log;
}

void
numeral_run_log_free (NumeralRunLog *log)
{
  if (log->fd >= 0)
    close (log->fd);
  g_string_free (log->line, TRUE);
  g_string_free (log->waiting, TRUE);
  g_free (log->path);
  g_free (log);
}

static void
write_line (NumeralRunLog *log)
{
  log->lost = log->lost || log->waiting->len + log->line->len > MAX_WAITING;
  if (!log->lost)
    g_string_append_len (log->waiting, log->line->str, (gssize) log->line->len);
}

/* Counts @n bytes that were written, and removes them from those that wait. */
static void
take_written (NumeralRunLog *log, gsize n)
{
  const char *end = g_strrstr_len (log->waiting->str, (gssize) n, "\n");

  if (end != NULL)
    {
      const gsize whole = (gsize) (end + 1 - log->waiting->str);

      log->written += (goffset) (log->partial + whole);
      log->partial = n - whole;
    }
  else
    log->partial += n;
  g_string_erase (log->waiting, 0, (gssize) n);
}

/* Writes what waits; what cannot be written now waits for the next time. Returns an errno. */
static int
flush (NumeralRunLog *log)
{
  while (log->waiting->len > 0)
    {
      const gssize n = write (log->fd, log->waiting->str, log->waiting->len);

      if (n > 0)
        take_written (log, (gsize) n);
      else if (n == 0 || errno != EINTR)
        return n < 0 ? errno : ENOSPC;
    }
  return 0;
}

/* The line of an epoch also has the training speed. */
static void
add_epoch (NumeralRunLog *log, const NumeralSessionStep *step)
{
  const double seconds = MAX (step->epoch->seconds, 1e-6);

  g_string_truncate (log->line, 0);
  numeral_epoch_point_append_json (log->line, step->epoch, step->point.learning_rate);
  g_string_truncate (log->line, log->line->len - strlen ("}\n"));
  g_string_append (log->line, ",\"images_per_second\":");
  numeral_json_append_double (log->line, (double) step->n_images / seconds);
  g_string_append (log->line, "}\n");
  write_line (log);
}

/* Writes what waits if it is time, or at once. */
static void
flush_in_time (NumeralRunLog *log, gboolean at_once)
{
  const gint64 now = g_get_monotonic_time ();

  if (!at_once && now - log->last_flush < FLUSH_INTERVAL)
    return;
  (void) flush (log);
  log->last_flush = now;
}

void
numeral_run_log_add (NumeralRunLog *log, const NumeralSessionStep *step)
{
  g_string_truncate (log->line, 0);
  numeral_step_point_append_json (log->line, step->step.step, step->step.epoch, &step->point,
                                  FALSE);
  write_line (log);
  if (step->epoch != NULL)
    add_epoch (log, step);
  flush_in_time (log, step->epoch != NULL);
}

void
numeral_run_log_add_line (NumeralRunLog *log, const char *json, gboolean epoch)
{
  g_string_printf (log->line, "%s\n", json);
  write_line (log);
  flush_in_time (log, epoch);
}

gboolean
numeral_run_log_finish (NumeralRunLog *log, GError **error)
{
  int code = flush (log);

  /* A log ends with a complete line. It may be a device, which cannot be cut. */
  if (code != 0 && log->partial > 0 && ftruncate (log->fd, log->written) != 0)
    g_debug ("%s: %s", log->path, g_strerror (errno));
  if (close (log->fd) != 0 && code == 0)
    code = errno;
  log->fd = -1;
  if (code == 0 && log->lost)
    code = ENOSPC;
  return code == 0 || fail_to_write (error, log->path, code);
}
