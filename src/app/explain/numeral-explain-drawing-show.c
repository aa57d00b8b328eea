/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-explain-figures.h"
#include "numeral-format.h"

/* Least pause between two changes of the texts while a network learns, in ms. */
#define TELL 200

/* A label costs a layout of the window, so that it is set only if its text is another one. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_status (NumeralExplainDrawing *self, const char *title, const char *text, gboolean way_out)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_widget_set_visible (self->way_out, way_out);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

/* Why there is no insight. */
static void
show_none (NumeralExplainDrawing *self)
{
  const NumeralSubject *subject =
      numeral_page_get_lab (NUMERAL_PAGE (self)) ?
          numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self))) :
          NULL;

  if (subject && subject->reading.overflow)
    show_status (self, _ ("The Network Gives No Numbers"),
                 _ ("What it computes for this drawing is too large to be a number."), TRUE);
  else if (subject && subject->reading.sign != INK_SIGN_NONE)
    show_status (self, _ ("A Sign, and Not a Digit"),
                 _ ("Signs are read by their shape, without the network. Choose a digit beside "
                    "it."),
                 FALSE);
  else if (!subject)
    show_status (self, _ ("Nothing to Explain Yet"),
                 _ ("Draw a digit, and see what speaks for the answer and what against it."),
                 FALSE);
}

/* The first entry of the list of rivals names the digit that is the runner-up now. */
static void
show_runner_up (NumeralExplainDrawing *self, const NumeralExplanation *first)
{
  const guint selected = gtk_drop_down_get_selected (self->rival);
  guint best = first->contrast.target == 0 ? 1 : 0;

  for (guint c = best + 1; c < NUMERAL_N_DIGITS; c++)
    if (c != first->contrast.target && first->logits[c] > first->logits[best])
      best = c;
  if (self->runner_up == (int) best)
    return;
  self->runner_up = (int) best;
  {
    /* Translators: a digit that is the second most probable one */
    g_autofree char *text = g_strdup_printf (_ ("%u, the runner-up"), best);
    const char *const texts[] = { text, NULL };

    gtk_string_list_splice (self->rivals, 0, 1, texts);
  }
  gtk_drop_down_set_selected (self->rival, selected);
}

static void
show_title (NumeralExplainDrawing *self, const NumeralInsight *insight)
{
  const NumeralExplanation *first = insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS];
  const NumeralSubject *subject =
      numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self)));
  /* Translators: the rival follows in a list: "Why 7, and not 1" */
  g_autofree char *title = g_strdup_printf (_ ("Why %u, and not"), first->contrast.target);
  const gboolean refused = subject && subject->reading.refused && !insight->question->unfinished;

  set_text (self->title, title);
  show_runner_up (self, first);
  if (gtk_widget_get_visible (GTK_WIDGET (self->remark)) != refused)
    gtk_widget_set_visible (GTK_WIDGET (self->remark), refused);
  if (!insight->question->unfinished && insight->seconds > 0)
    {
      g_autofree char *with = NULL;
      g_autofree char *about = NULL;

      g_object_get (numeral_page_get_lab (NUMERAL_PAGE (self)), "reading-with", &with, NULL);
      /* Translators: the name of a model, and the time that explaining took in milliseconds */
      about = g_strdup_printf (_ ("%s, explained in %.0f ms"), with, 1000 * insight->seconds);
      set_text (self->about, about);
    }
}

/* The explanation by the chosen method; that by integrated gradients until it is there. */
static NumeralExplanation *
get_explanation (NumeralExplainDrawing *self, const NumeralInsight *insight)
{
  NumeralExplanation *chosen =
      numeral_method_list_find (insight, numeral_method_list_get_chosen (self->methods));

  return chosen ? chosen : insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS];
}

static char *
format_value (double value)
{
  return g_strdup_printf ("%s%.2f", value < 0 ? "−" : "+", fabs (value));
}

/* (transfer full): "speaks for 7" */
static char *
format_side (const NumeralExplanation *explanation, double value)
{
  if (value >= 0)
    return g_strdup_printf (_ ("speaks for %u"), explanation->contrast.target);
  if (explanation->contrast.against >= 0)
    return g_strdup_printf (_ ("speaks for %d"), explanation->contrast.against);
  return g_strdup_printf (_ ("speaks against %u"), explanation->contrast.target);
}

static void
show_sum (NumeralExplainDrawing *self, const NumeralExplanation *explanation)
{
  g_autofree char *sum = format_value (explanation->sum);
  g_autofree char *difference = format_value (explanation->difference);
  g_autofree char *text = NULL;

  if (explanation->additive)
    /* Translators: the attributions of all pixels together, and what they should be together */
    text = g_strdup_printf (_ ("Adds up to %s of %s"), sum, difference);
  else if (!isnan (explanation->r2) && explanation->contrast.against >= 0)
    /* Translators: how well a linear model fits what speaks for one digit and against another */
    text = g_strdup_printf (_ ("Fits with R² %.2f: %u, and not %d"), explanation->r2,
                            explanation->contrast.target, explanation->contrast.against);
  else if (!isnan (explanation->r2))
    text = g_strdup_printf (_ ("Fits with R² %.2f: %u"), explanation->r2,
                            explanation->contrast.target);
  else
    text = g_strdup (_ ("Need not add up"));
  set_text (self->sum, text);
}

static GtkWidget *
create_piece (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL), *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_piece (GtkListBoxRow *row, const NumeralExplanation *explanation, guint i)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_box_row_get_child (row));
  GtkWidget *value = gtk_widget_get_next_sibling (name);
  const InkPiece *piece = &explanation->map.pieces[i];
  g_autofree char *side = format_side (explanation, explanation->pieces[i]);
  g_autofree char *number = format_value (explanation->pieces[i]);
  /* Translators: a piece of a stroke of the pen */
  g_autofree char *title = g_strdup_printf (_ ("Piece %u, stroke %u"), i + 1, piece->stroke + 1);
  g_autofree char *text = g_strdup_printf (_ ("Piece %u of %u, in stroke %u: %s, %s"), i + 1,
                                           explanation->map.n, piece->stroke + 1, side, number);

  set_text (GTK_LABEL (name), title);
  set_text (GTK_LABEL (value), number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), side);
  if (explanation->pieces[i] < 0)
    gtk_widget_add_css_class (value, "against");
  else
    gtk_widget_remove_css_class (value, "against");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_pieces (NumeralExplainDrawing *self, const NumeralExplanation *explanation)
{
  GtkListBoxRow *row;
  guint n = 0;

  gtk_widget_set_visible (self->pieces_box, explanation->map.n > 0);
  for (; n < explanation->map.n; n++)
    {
      row = gtk_list_box_get_row_at_index (self->pieces, (int) n);
      if (!row)
        {
          row = GTK_LIST_BOX_ROW (create_piece ());
          gtk_list_box_append (self->pieces, GTK_WIDGET (row));
        }
      show_piece (row, explanation, n);
    }
  while ((row = gtk_list_box_get_row_at_index (self->pieces, (int) n)))
    gtk_list_box_remove (self->pieces, GTK_WIDGET (row));
}

static void
describe (NumeralExplainDrawing *self, const NumeralExplanation *explanation)
{
  const char *method = numeral_explanation_method_title (explanation->method);
  g_autofree char *ink = NULL;
  g_autofree char *pixels = NULL;
  g_autofree char *curves = NULL;

  if (explanation->contrast.against >= 0)
    {
      ink = g_strdup_printf (_ ("Ink that speaks for %u and for %d, %s"),
                             explanation->contrast.target, explanation->contrast.against, method);
      pixels =
          g_strdup_printf (_ ("28 by 28 pixels that speak for %u and for %d, %s"),
                           explanation->contrast.target, explanation->contrast.against, method);
    }
  else
    {
      ink =
          g_strdup_printf (_ ("Ink that speaks for %u, %s"), explanation->contrast.target, method);
      pixels = g_strdup_printf (_ ("28 by 28 pixels that speak for %u, %s"),
                                explanation->contrast.target, method);
    }
  numeral_figure_describe (self->ink, ink);
  numeral_figure_describe (self->pixels, pixels);
  if (!explanation->measured)
    return;
  curves =
      g_strdup_printf (_ ("Faithfulness %.2f: area under insertion %.2f, under deletion %.2f, "
                          "under random orders %.2f"),
                       explanation->faithfulness.figure, explanation->faithfulness.insertion_area,
                       explanation->faithfulness.deletion_area,
                       explanation->faithfulness.random_area);
  numeral_figure_describe (self->curves, curves);
}

static void
show_options (NumeralExplainDrawing *self, gboolean ink)
{
  /* In the order of the list: integrated gradients, Shapley values, LIME, occlusion. */
  static const gboolean has_baseline[NUMERAL_N_LISTED_METHODS] = { TRUE, FALSE, FALSE, TRUE };
  static const gboolean has_parts[NUMERAL_N_LISTED_METHODS] = { FALSE, FALSE, TRUE, FALSE };
  static const gboolean has_patch[NUMERAL_N_LISTED_METHODS] = { FALSE, FALSE, FALSE, TRUE };
  const guint chosen = numeral_method_list_get_chosen (self->methods);

  gtk_widget_set_visible (self->baseline_box, has_baseline[chosen]);
  gtk_widget_set_visible (self->parts_box, has_parts[chosen] && ink);
  gtk_widget_set_visible (self->patch_box, has_patch[chosen]);
  gtk_widget_set_visible (self->options,
                          has_baseline[chosen] || (has_parts[chosen] && ink) || has_patch[chosen]);
}

static void
on_tell (gpointer data)
{
  NumeralExplainDrawing *self = data;

  self->tell_later = 0;
  numeral_explain_drawing_update (self);
}

/* Whether texts may change now. While a network learns there are many insights a second, and each
 * text costs a layout of the window. */
static gboolean
may_tell (NumeralExplainDrawing *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (numeral_trainer_get_state (numeral_lab_get_trainer (
          numeral_page_get_lab (NUMERAL_PAGE (self)))) != NUMERAL_TRAINER_RUNNING ||
      now - self->told > TELL * 1000)
    {
      self->told = now;
      return TRUE;
    }
  if (!self->tell_later)
    self->tell_later = g_timeout_add_once (TELL, on_tell, self);
  return FALSE;
}

static void
show_card (gpointer card, gboolean known)
{
  if (known && !gtk_widget_get_visible (card))
    gtk_widget_set_visible (card, TRUE);
}

/* A card appears when its part of the first insight is there, and stays: to show all at once would
 * take more than a frame. */
static void
show_cards (NumeralExplainDrawing *self, const NumeralInsight *insight)
{
  show_card (self->details, TRUE);
  show_card (self->neighbours, insight->robustness || insight->complete);
  show_card (self->robustness, insight->robustness || insight->complete);
  show_card (self->steps, insight->steps || insight->complete);
  show_card (self->counterfactual,
             insight->searching >= 0 || insight->counterfactual || insight->complete);
  numeral_counterfactual_card_set_insight (self->counterfactual, insight);
  numeral_robustness_card_set_insight (self->robustness, insight);
  numeral_neighbours_card_set_insight (self->neighbours, insight);
  numeral_steps_card_set_insight (self->steps, insight);
}

/* During a stroke only the pictures change, each without a layout. */
static void
show_insight (NumeralExplainDrawing *self, const NumeralInsight *insight)
{
  NumeralExplanation *explanation = get_explanation (self, insight);

  numeral_explain_figure_ink (self->ink, explanation, insight->drawing);
  numeral_explain_figure_cells (self->pixels, explanation);
  numeral_explain_figure_curves (self->curves, explanation);
  if (!may_tell (self))
    return;
  show_title (self, insight);
  numeral_method_list_set_insight (self->methods, insight);
  if (insight->question->unfinished)
    return;
  show_cards (self, insight);
  show_sum (self, explanation);
  show_pieces (self, explanation);
  describe (self, explanation);
}

void
numeral_explain_drawing_update (NumeralExplainDrawing *self)
{
  const NumeralInsight *insight =
      self->inspector ? numeral_inspector_get_insight (self->inspector) : NULL;

  show_options (self, insight && insight->drawing);
  if (!insight)
    {
      show_none (self);
      return;
    }
  if (insight->error)
    {
      g_autofree char *text = numeral_format_sentence (insight->error->message);

      show_status (self, _ ("This Cannot Be Explained"), text, TRUE);
      return;
    }
  if (!insight->explanations[NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS])
    return;
  show_insight (self, insight);
  gtk_stack_set_visible_child_name (self->stack, "insight");
}
