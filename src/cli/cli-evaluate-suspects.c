/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-evaluate-suspects.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli-output.h"
#include "numeral-suspects.h"

/* Most lines that are printed; the JSON has all. */
#define MOST 50
/* In microseconds. */
#define BETWEEN 200000

/* @shown: when the last line was written */
static gboolean
show_progress (gsize n_done, gsize n, gpointer shown, GError **error)
{
  gint64 *last = shown;
  const gint64 now = g_get_monotonic_time ();

  if (now - *last >= BETWEEN)
    {
      g_autofree char *line = g_strdup_printf (_ ("looking for wrong labels: %3.0f %%"),
                                               100 * (double) n_done / (double) MAX (n, 1));

      *last = now;
      g_printerr ("\r%s", line);
    }
  return TRUE;
}

GArray *
cli_find_suspects (const NnDataset *dataset, GError **error)
{
  const gboolean terminal = isatty (STDERR_FILENO) == 1;
  gint64 shown = 0;
  const NnBulk bulk = { .progress = terminal ? show_progress : NULL, .data = &shown };
  GArray *suspects = numeral_suspects_find (dataset, &bulk, error);

  if (shown != 0)
    g_printerr ("\r\033[K");
  return suspects;
}

void
cli_suspects_print (const GArray *suspects)
{
  const guint n = MIN (suspects->len, MOST);

  cli_print (_ ("\nprobably mislabelled: %u\n"), suspects->len);
  if (n == 0)
    return;
  cli_print (_ ("   sample  label  better  margin\n"));
  for (guint i = 0; i < n; i++)
    {
      const NnSuspect *suspect = &g_array_index (suspects, NnSuspect, i);

      cli_print ("%9" G_GSIZE_FORMAT "  %5u  %6u  %6.3f\n", suspect->index, suspect->label,
                 suspect->better, (double) suspect->margin);
    }
  if (n < suspects->len)
    cli_print (_ ("and %u more; --json prints all\n"), suspects->len - n);
}
