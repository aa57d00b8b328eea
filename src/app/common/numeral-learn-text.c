/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-learn-text.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-format.h"

/* Fewer samples than this are counted. */
#define COUNTED_BELOW 100

void
numeral_learn_figure_clear (NumeralLearnFigure *figure)
{
  g_clear_pointer (&figure->change, g_free);
  g_clear_pointer (&figure->of, g_free);
  g_clear_pointer (&figure->note, g_free);
}

static gint64
count_right (const NumeralAdaptFigures *figures)
{
  return llround (figures->accuracy * (double) figures->n);
}

/* As many can be better: with a lower loss. */
static char *
describe_own (const NumeralAdaptFigures figures[2])
{
  return g_strdup (count_right (&figures[0]) == count_right (&figures[1]) ?
                       /* Translators: as many digits are read right, with more certainty */
                       _ ("as many, but surer") :
                       /* Translators: how the figures were measured */
                       _ ("cross-validated"));
}

/* "3 more of 4,000 right": of the many, the share alone would hide how few change. */
static char *
describe_others (const NumeralAdaptFigures figures[2])
{
  const gint64 change = count_right (&figures[1]) - count_right (&figures[0]);
  const gsize n = figures[0].n, n_changed = (gsize) ABS (change);

  if (change == 0)
    /* Translators: of so many digits, as many are read right as before */
    return g_strdup_printf (_ ("the same of %'zu"), n);
  return change > 0 ?
             /* Translators: how many of so many digits are read right that were not before */
             g_strdup_printf (_ ("%'zu more of %'zu right"), n_changed, n) :
             /* Translators: how many of so many digits are no longer read right */
             g_strdup_printf (_ ("%'zu fewer of %'zu right"), n_changed, n);
}

void
numeral_learn_figure_init (NumeralLearnFigure *figure,
                           const NumeralHandLesson *lesson,
                           gboolean own)
{
  const NumeralAdaptFigures *figures = own ? lesson->adaptation->own : lesson->adaptation->others;
  const gsize n = figures[0].n;

  *figure =
      (NumeralLearnFigure){ .note = own ? describe_own (figures) : describe_others (figures) };
  if (n < COUNTED_BELOW)
    {
      figure->change = g_strdup_printf ("%" G_GINT64_FORMAT " → %" G_GINT64_FORMAT,
                                        count_right (&figures[0]), count_right (&figures[1]));
      /* Translators: after a number of them, "30 of 31" */
      figure->of = g_strdup_printf (_ ("of %zu"), n);
      return;
    }
  /* Translators: two percentages, before and after */
  figure->change = g_strdup_printf (_ ("%.*f → %.*f %%"), own ? 1 : 2, 100 * figures[0].accuracy,
                                    own ? 1 : 2, 100 * figures[1].accuracy);
}

char *
numeral_learn_dup_summary (const NumeralHandLesson *lesson)
{
  g_auto (NumeralLearnFigure) own = { 0 }, others = { 0 };
  g_autofree char *mine = NULL;

  numeral_learn_figure_init (&own, lesson, TRUE);
  numeral_learn_figure_init (&others, lesson, FALSE);
  mine = own.of ? g_strconcat (own.change, " ", own.of, NULL) : g_strdup (own.change);
  /* Translators: both are figures before and after, such as "27 → 30 of 31" and
     "99.56 → 99.53 %" */
  return g_strdup_printf (_ ("Your digits %s, everybody’s %s"), mine, others.change);
}

char *
numeral_learn_dup_title (NumeralLab *lab)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (lab);

  switch (numeral_hand_learner_get_state (learner))
    {
    case NUMERAL_HAND_LEARNER_LEARNING:
      return g_strdup (_ ("Learning Your Hand…"));
    case NUMERAL_HAND_LEARNER_OFFERING:
      return g_strdup (_ ("Keep What Was Learned?"));
    case NUMERAL_HAND_LEARNER_NO_BETTER:
      return g_strdup (_ ("Not Better"));
    case NUMERAL_HAND_LEARNER_SAVING:
      return g_strdup (_ ("Saving…"));
    case NUMERAL_HAND_LEARNER_FAILED:
      if (numeral_hand_learner_is_unreadable (learner))
        return g_strdup (_ ("What Was Learned Cannot Be Read"));
      return g_strdup (numeral_hand_learner_get_lesson (learner) ? _ ("Not Saved") :
                                                                   _ ("Not Learned"));
    case NUMERAL_HAND_LEARNER_IDLE:
    default:
      return g_strdup (numeral_hand_learner_get_kept (learner) ? _ ("Your Hand Is Learned") :
                                                                 _ ("Learn My Hand"));
    }
}

static char *
describe_offer (NumeralLab *lab, const NumeralHandLesson *lesson)
{
  const gsize n = lesson->adaptation->own[0].n;
  g_autofree char *learned =
      /* Translators: the second number is a time in seconds */
      g_strdup_printf (ngettext ("%'zu digit, learned in %.0f s.",
                                 "%'zu digits, learned in %.0f s.", n),
                       n, MAX (lesson->seconds, 1));

  if (!numeral_lab_is_trying (lab))
    return g_steal_pointer (&learned);
  return g_strconcat (learned, " ", _ ("It reads already: try it."), NULL);
}

static char *
describe_no_better (const NumeralHandLesson *lesson)
{
  const NumeralAdaptation *a = lesson->adaptation;
  g_autofree char *summary = numeral_learn_dup_summary (lesson);
  const char *reason;

  if (a->verdict == NUMERAL_ADAPT_FORGETTING)
    reason = _ ("Everybody’s digits would be read worse.");
  else if (a->own[1].accuracy < NUMERAL_ADAPT_MIN_ACCURACY)
    reason = _ ("Your digits would still be read badly. Look whether their labels are right.");
  else
    reason = _ ("Your digits would be read no better.");
  return g_strdup_printf ("%s %s. %s", reason, summary, _ ("Nothing has changed."));
}

/* With a model that was kept. */
static char *
describe_kept (NumeralLab *lab, NumeralHandLearner *learner)
{
  const gsize n_new = numeral_hand_learner_get_n_new (learner);
  g_autofree char *name = numeral_lab_dup_kept_name (lab);

  if (numeral_hand_learner_get_n_digits (learner) == 0)
    return g_strdup (
        _ ("Your digits are deleted, but the model still holds something of your hand. "
           "Forget it if it should not."));
  if (!numeral_lab_reads_kept (lab))
    return g_strdup (_ ("Another model reads now."));
  if (n_new == 0)
    /* Translators: %s is the name of a model, "Numeral, adapted to your hand" */
    return g_strdup_printf (_ ("%s, reads."), name);
  /* Translators: %s is the name of a model, "Numeral, adapted to your hand" */
  return g_strdup_printf (ngettext ("%s, reads. %'zu digit is new.",
                                    "%s, reads. %'zu digits are new.", n_new),
                          name, n_new);
}

static char *
describe_idle (NumeralLab *lab, NumeralHandLearner *learner)
{
  const gsize n = numeral_hand_learner_get_n_digits (learner);
  const guint missing = n < NUMERAL_ADAPT_MIN_SAMPLES ? (guint) (NUMERAL_ADAPT_MIN_SAMPLES - n) : 0;

  if (numeral_hand_learner_get_kept (learner))
    return describe_kept (lab, learner);
  if (missing > 0)
    return g_strdup_printf (ngettext ("%u more digit is needed. Three of each are a good start.",
                                      "%u more digits are needed. Three of each are a good start.",
                                      missing),
                            missing);
  return g_strdup_printf (ngettext ("From %'zu digit, in a few seconds.",
                                    "From %'zu digits, in a few seconds.", n),
                          n);
}

char *
numeral_learn_dup_detail (NumeralLab *lab)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (lab);
  const NumeralHandLesson *lesson = numeral_hand_learner_get_lesson (learner);

  switch (numeral_hand_learner_get_state (learner))
    {
    case NUMERAL_HAND_LEARNER_OFFERING:
      return describe_offer (lab, lesson);
    case NUMERAL_HAND_LEARNER_NO_BETTER:
      return describe_no_better (lesson);
    case NUMERAL_HAND_LEARNER_FAILED:
      return numeral_format_sentence (numeral_hand_learner_get_message (learner));
    case NUMERAL_HAND_LEARNER_IDLE:
      return describe_idle (lab, learner);
    case NUMERAL_HAND_LEARNER_LEARNING:
    case NUMERAL_HAND_LEARNER_SAVING:
    default:
      return g_strdup ("");
    }
}
