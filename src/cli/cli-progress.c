/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-progress.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Rewrite the line ten times per second. */
#define INTERVAL_US (G_USEC_PER_SEC / 10)
#define DEFAULT_COLUMNS 80

void
cli_progress_init (CliProgress *progress, guint n_epochs, gboolean quiet)
{
  const char *term = g_getenv ("TERM");

  *progress = (CliProgress){
    .quiet = quiet,
    .terminal = isatty (STDERR_FILENO) && g_strcmp0 (term, "dumb") != 0,
    .n_epochs = n_epochs,
  };
}

gboolean
cli_progress_is_due (CliProgress *progress, gint64 now)
{
  if (progress->quiet || !progress->terminal || now - progress->last_shown < INTERVAL_US)
    return FALSE;
  progress->last_shown = now;
  return TRUE;
}

void
cli_progress_append_pace (GString *text, double images_per_second, double seconds_left)
{
  guint64 left = (guint64) CLAMP (ceil (seconds_left), 0, 1e9);

  g_string_append_printf (text, _ (", %.0f images/s"), images_per_second);
  if (left >= 3600)
    g_string_append_printf (text, _ (", %u h %02u min left"), (guint) (left / 3600),
                            (guint) (left / 60 % 60));
  else if (left >= 60)
    g_string_append_printf (text, _ (", %u min %02u s left"), (guint) (left / 60),
                            (guint) (left % 60));
  else
    g_string_append_printf (text, _ (", %u s left"), (guint) left);
}

static GString *
format_line (const CliProgress *progress, const CliProgressLine *line)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("epoch %u/%u"), line->epoch, progress->n_epochs);
  if (line->epoch_share < 1)
    g_string_append_printf (text, " %2.0f %%", floor (100 * line->epoch_share));
  g_string_append_printf (text, _ (": loss %.4f, accuracy %.2f %%"), line->loss,
                          100 * line->accuracy);
  /* The final line of an epoch includes the validation; the rewritten line must fit into 80
   * columns. */
  if (line->epoch_share >= 1 && !isnan (line->validation_loss))
    g_string_append_printf (text, _ ("; validation %.4f, %.2f %%"), line->validation_loss,
                            100 * line->validation_accuracy);
  cli_progress_append_pace (text, line->images_per_second, line->seconds_left);
  return text;
}

/* The width of the terminal: a line that wraps cannot be rewritten. */
static guint
terminal_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
    return size.ws_col;
  return DEFAULT_COLUMNS;
}

void
cli_progress_update_text (CliProgress *progress, const char *text)
{
  g_autofree char *cut = NULL;
  glong columns = (glong) terminal_columns () - 1;

  if (progress->quiet || !progress->terminal)
    return;
  cut = g_utf8_substring (text, 0, MIN (columns, g_utf8_strlen (text, -1)));
  /* Carriage return, text, erase to the end of the line (ECMA-48 EL). */
  fprintf (stderr, "\r%s\033[K", cut);
  fflush (stderr);
  progress->line_open = TRUE;
}

void
cli_progress_update (CliProgress *progress, const CliProgressLine *line)
{
  g_autoptr (GString) text = format_line (progress, line);

  cli_progress_update_text (progress, text->str);
}

void
cli_progress_epoch (CliProgress *progress, const CliProgressLine *line)
{
  g_autoptr (GString) text = format_line (progress, line);

  cli_progress_epoch_text (progress, text->str);
}

void
cli_progress_epoch_text (CliProgress *progress, const char *text)
{
  if (progress->quiet)
    return;
  fprintf (stderr, progress->line_open ? "\r%s\033[K\n" : "%s\n", text);
  fflush (stderr);
  progress->line_open = FALSE;
}

void
cli_progress_end (CliProgress *progress)
{
  if (progress->line_open)
    fputc ('\n', stderr);
  progress->line_open = FALSE;
}
