/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-log.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A write for each minibatch would be thousands a second; nobody reads as fast. */
#define FLUSH_INTERVAL_US (G_USEC_PER_SEC / 5)

struct _CliLog
{
  char *path;
  FILE *file;
  CliJson json;
  int first_errno;
  gint64 last_flush;
};

/* The step of a line of begin_line(); %FALSE where it is none. */
static gboolean
parse_step (const char *line, guint64 *step)
{
  const char *at = strstr (line, "\"step\":");

  if (at == NULL || !g_str_has_suffix (line, "}"))
    return FALSE;
  *step = g_ascii_strtoull (at + strlen ("\"step\":"), NULL, 10);
  return TRUE;
}

/* Takes the lines beyond @n_steps out of the record. */
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

CliLog *
cli_log_open (const char *path, guint64 n_steps, GError **error)
{
  FILE *file;
  CliLog *log;

  if (!cut (path, n_steps, error))
    return NULL;
  file = fopen (path, n_steps > 0 ? "ae" : "we");
  if (file == NULL)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (saved),
                   _ ("cannot write the log %s: %s"), path, g_strerror (saved));
      return NULL;
    }
  log = g_new0 (CliLog, 1);
  log->path = g_strdup (path);
  log->file = file;
  cli_json_init (&log->json);
  return log;
}

void
cli_log_free (CliLog *log)
{
  if (log->file != NULL)
    fclose (log->file);
  cli_json_clear (&log->json);
  g_free (log->path);
  g_free (log);
}

static void
note (CliLog *log, gboolean written)
{
  if (!written && log->first_errno == 0)
    log->first_errno = errno != 0 ? errno : EIO;
}

/* Ends the object that was begun by begin_line(). */
static void
write_line (CliLog *log)
{
  cli_json_end_object (&log->json);
  g_string_append_c (log->json.text, '\n');
  errno = 0;
  if (log->first_errno == 0)
    note (log, fputs (log->json.text->str, log->file) >= 0);
}

static void
begin_line (CliLog *log, const NnStep *step, double loss)
{
  CliJson *json = &log->json;

  g_string_truncate (json->text, 0);
  json->need_comma = FALSE;
  cli_json_begin_object (json);
  cli_json_key (json, "epoch");
  cli_json_uint (json, step->epoch + 1);
  cli_json_key (json, "step");
  cli_json_uint (json, step->step + 1);
  cli_json_key (json, "loss");
  cli_json_double (json, loss);
  cli_json_key (json, "learning_rate");
  cli_json_double (json, step->learning_rate);
}

static void
flush (CliLog *log)
{
  errno = 0;
  if (log->first_errno == 0)
    note (log, fflush (log->file) == 0);
}

void
cli_log_step (CliLog *log, const NnStep *step, gint64 now)
{
  begin_line (log, step, step->loss);
  write_line (log);
  if (now - log->last_flush >= FLUSH_INTERVAL_US)
    {
      flush (log);
      log->last_flush = now;
    }
}

void
cli_log_epoch (CliLog *log, const NnStep *last, const CliLogEpoch *epoch)
{
  CliJson *json = &log->json;

  begin_line (log, last, epoch->loss);
  cli_json_key (json, "accuracy");
  cli_json_double (json, epoch->accuracy);
  cli_json_key (json, "validation_loss");
  cli_json_double (json, epoch->validation_loss);
  cli_json_key (json, "validation_accuracy");
  cli_json_double (json, epoch->validation_accuracy);
  cli_json_key (json, "seconds");
  cli_json_double (json, epoch->seconds);
  cli_json_key (json, "images_per_second");
  cli_json_double (json, epoch->images_per_second);
  write_line (log);
  flush (log);
}

gboolean
cli_log_finish (CliLog *log, GError **error)
{
  flush (log);
  errno = 0;
  note (log, fclose (log->file) == 0);
  log->file = NULL;
  if (log->first_errno == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (log->first_errno),
               _ ("cannot write the log %s: %s"), log->path, g_strerror (log->first_errno));
  return FALSE;
}
