/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-format-sheet.h"
#include "numeral-format.h"
#include "numeral-window-private.h"

/* Announces the answer to screen readers once the drawing rests: during a stroke the answer changes
 * faster than it can be spoken. */

/* Delay after the last change, in milliseconds. */
#define REST 600

static void
announce (NumeralWindow *self, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  /* GTK's accessibility backend for tests cannot announce, and GTK 4.18 does not check for that. */
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") == 0)
    return;
  /* Newer than GTK 4.8, where it is left out. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (self->canvas), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

static void
on_rest (gpointer data)
{
  NumeralWindow *self = data;
  NumeralRecogniser *recogniser = numeral_reading_pane_get_recogniser (self->pane);
  NumeralPrediction *prediction =
      recogniser ? numeral_recogniser_get_prediction (recogniser) : NULL;
  const NumeralSheet *sheet;
  g_autofree char *text = NULL;

  self->announcing = 0;
  if (!prediction)
    return;
  sheet = numeral_recogniser_get_sheet (recogniser);
  text = sheet ? numeral_format_sheet_summary (sheet) : numeral_format_answer (prediction);
  announce (self, text);
}

static void
on_changed (NumeralWindow *self)
{
  g_clear_handle_id (&self->announcing, g_source_remove);
  self->announcing = g_timeout_add_once (REST, on_rest, self);
}

void
numeral_window_announce_init (NumeralWindow *self)
{
  g_signal_connect_object (self->canvas, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}
