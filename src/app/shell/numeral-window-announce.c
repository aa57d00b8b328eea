/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-format-sheet.h"
#include "numeral-format.h"
#include "numeral-learn-text.h"
#include "numeral-window-private.h"

/* Announces to screen readers the answer, once the drawing rests, as during a stroke it changes
 * faster than it can be spoken; and what came of learning one's own hand. */

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

/* What asks for an answer, or has failed, beside the canvas on which the person draws. */
static void
on_learner (NumeralWindow *self)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (self->lab);
  const NumeralHandLearnerState state = numeral_hand_learner_get_state (learner);
  const NumeralHandLearnerState last = self->announced_state;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *text = NULL;

  self->announced_state = state;
  if (state == last ||
      (state != NUMERAL_HAND_LEARNER_OFFERING && state != NUMERAL_HAND_LEARNER_NO_BETTER &&
       state != NUMERAL_HAND_LEARNER_FAILED))
    return;
  title = numeral_learn_dup_title (self->lab);
  detail = state == NUMERAL_HAND_LEARNER_OFFERING ?
               numeral_learn_dup_summary (numeral_hand_learner_get_lesson (learner)) :
               numeral_learn_dup_detail (self->lab);
  text = g_strdup_printf ("%s %s", title, detail);
  announce (self, text);
}

void
numeral_window_announce_init (NumeralWindow *self)
{
  g_signal_connect_object (self->canvas, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_learner (self->lab), "changed", G_CALLBACK (on_learner),
                           self, G_CONNECT_SWAPPED);
}
