/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-log.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-json.h"

/* Writing at every minibatch would cause thousands of writes a second. */
#define FLUSH_INTERVAL (G_USEC_PER_SEC / 5)

struct _NumeralRunLog
{
  char *path;
  FILE *file;
  GString *line;
  int first_errno;
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
  FILE *file;
  NumeralRunLog *log;

  if (!cut (path, n_steps, error))
    return NULL;
  file = fopen (path, n_steps > 0 ? "ae" : "we");
  if (file == NULL)
    {
      fail_to_write (error, path, errno);
      return NULL;
    }
  log = g_new0 (NumeralRunLog, 1);
  log->path = g_strdup (path);
  log->file = file;
  log->line = g_string_new (NULL);
  return log;
}

void
numeral_run_log_free (NumeralRunLog *log)
{
  if (log->file != NULL)
    fclose (log->file);
  g_string_free (log->line, TRUE);
  g_free (log->path);
  g_free (log);
}

static void
note (NumeralRunLog *log, gboolean written)
{
  if (!written && log->first_errno == 0)
    log->first_errno = errno != 0 ? errno : EIO;
}

static void
write_line (NumeralRunLog *log)
{
  errno = 0;
  if (log->first_errno == 0)
    note (log, fputs (log->line->str, log->file) >= 0);
}

static void
flush (NumeralRunLog *log)
{
  errno = 0;
  if (log->first_errno == 0)
    note (log, fflush (log->file) == 0);
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

void
numeral_run_log_add (NumeralRunLog *log, const NumeralSessionStep *step)
{
  gint64 now = g_get_monotonic_time ();

  g_string_truncate (log->line, 0);
  numeral_step_point_append_json (log->line, step->step.step, step->step.epoch, &step->point,
                                  FALSE);
  write_line (log);
  if (step->epoch != NULL)
    add_epoch (log, step);
  if (step->epoch == NULL && now - log->last_flush < FLUSH_INTERVAL)
    return;
  flush (log);
  log->last_flush = now;
}

gboolean
numeral_run_log_finish (NumeralRunLog *log, GError **error)
{
  flush (log);
  errno = 0;
  note (log, fclose (log->file) == 0);
  log->file = NULL;
  return log->first_errno == 0 || fail_to_write (error, log->path, log->first_errno);
}
