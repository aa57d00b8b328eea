/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-counterfactual-card.h"

#include <glib/gi18n.h>

#include "numeral-explain-figures.h"
#include "numeral-format.h"
#include "numeral-wheel.h"
#include "picture-attribution.h"
#include "picture-ink.h"

struct _NumeralCounterfactualCard
{
  AdwBin parent_instance;

  GArray *between; /* (nullable) (element-type NumeralReading): what is shown */
  guint other;

  GtkLabel *title;
  GtkStack *stack;
  GtkLabel *message;
  GtkWidget *search;
  GtkProgressBar *progress;
  NumeralFigure *from;
  NumeralFigure *to;
  GtkLabel *amount;
  GtkLabel *reading;
  GtkScale *share;
  GtkAdjustment *adjustment;
  GtkLabel *mark;
  GtkWidget *omission_box;
  NumeralFigure *omission;
  GtkLabel *omission_text;
};

G_DEFINE_FINAL_TYPE (NumeralCounterfactualCard, numeral_counterfactual_card, ADW_TYPE_BIN)

/* Ink without some pieces, which are drawn in the colour of what speaks against the answer. */
typedef struct
{
  NumeralOmission *omission;
  InkDrawing *drawing;
  InkDrawing *kept, *left_out;
} Shown;

static Shown *
shown_new (NumeralOmission *omission, InkDrawing *drawing)
{
  const guint all = (1u << omission->n_pieces) - 1;
  Shown *shown = g_new (Shown, 1);

  shown->omission = numeral_omission_ref (omission);
  shown->drawing = ink_drawing_ref (drawing);
  shown->kept = ink_pieces_select (drawing, omission->pieces, omission->n_pieces, omission->kept);
  shown->left_out =
      ink_pieces_select (drawing, omission->pieces, omission->n_pieces, all & ~omission->kept);
  return shown;
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  numeral_omission_unref (shown->omission);
  ink_drawing_unref (shown->drawing);
  ink_drawing_unref (shown->kept);
  ink_drawing_unref (shown->left_out);
  g_free (shown);
}

static void
draw_omission (
    cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  const Shown *shown = data;
  PictureExtents all = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  PictureColour against = picture_attribution_against (style);
  double scale;

  for (guint s = 0; s < shown->drawing->n_strokes; s++)
    {
      const PictureExtents one = picture_ink_stroke_extents (shown->drawing->strokes[s]);

      all.x0 = MIN (all.x0, one.x0);
      all.y0 = MIN (all.y0, one.y0);
      all.x1 = MAX (all.x1, one.x1);
      all.y1 = MAX (all.y1, one.y1);
    }
  scale = MIN (width / MAX (all.x1 - all.x0, 1e-6), height / MAX (all.y1 - all.y0, 1e-6));
  cairo_save (cr);
  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -(all.x0 + all.x1) / 2, -(all.y0 + all.y1) / 2);
  against.alpha = 0.45;
  picture_ink (cr, shown->left_out, &against);
  picture_ink (cr, shown->kept, &style->foreground);
  cairo_restore (cr);
}

static void
show_share (NumeralCounterfactualCard *self)
{
  const guint at = (guint) gtk_adjustment_get_value (self->adjustment);
  const NumeralReading *reading;
  g_autofree char *percent = NULL;
  g_autofree char *text = NULL;

  if (!self->between || at >= self->between->len)
    return;
  reading = &g_array_index (self->between, NumeralReading, at);
  percent = numeral_format_percent ((double) reading->probabilities[reading->digit]);
  text =
      g_strdup_printf (reading->refused ? _ ("refused; best guess %u, %s") : _ ("read as %u, %s"),
                       reading->digit, percent);
  numeral_explain_figure_tensor (self->to, reading->tensor);
  numeral_figure_describe (self->to, text);
  gtk_label_set_text (self->reading, text);
}

static void
numeral_counterfactual_card_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_COUNTERFACTUAL_CARD (object)->between, g_array_unref);
  G_OBJECT_CLASS (numeral_counterfactual_card_parent_class)->finalize (object);
}

static void
numeral_counterfactual_card_class_init (NumeralCounterfactualCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_counterfactual_card_finalize;
  g_type_ensure (NUMERAL_TYPE_FIGURE);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-counterfactual-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, title);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, message);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, search);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, from);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, to);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, amount);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, reading);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, share);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, adjustment);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, mark);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, omission_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, omission);
  gtk_widget_class_bind_template_child (widget_class, NumeralCounterfactualCard, omission_text);
  gtk_widget_class_bind_template_callback (widget_class, show_share);
}

static void
numeral_counterfactual_card_init (NumeralCounterfactualCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  numeral_wheel_ignore (GTK_WIDGET (self->share));
  numeral_counterfactual_card_set_insight (self, NULL);
}

static void
show_message (NumeralCounterfactualCard *self, const char *text, gboolean search)
{
  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (self->search, search);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
show_omission (NumeralCounterfactualCard *self, const NumeralInsight *insight)
{
  NumeralOmission *omission = insight->omission;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->omission_box, omission != NULL);
  if (!omission)
    return;
  /* Translators: a digit, numbers of pieces of stroke, and their share of the ink in percent */
  text = g_strdup_printf (_ ("Also a %u without %u of its %u pieces, %.0f %% of the ink"),
                          omission->target, omission->n_left_out, omission->n_pieces,
                          100 * omission->ink);
  numeral_figure_set (self->omission, draw_omission, shown_new (omission, insight->drawing),
                      shown_free);
  numeral_figure_describe (self->omission, text);
  gtk_label_set_text (self->omission_text, text);
}

/* The mark where the answer changes. */
static void
show_mark (NumeralCounterfactualCard *self)
{
  g_autofree char *text = NULL;
  guint at = self->between->len - 1;

  while (at > 0 && g_array_index (self->between, NumeralReading, at - 1).digit == self->other)
    at--;
  gtk_scale_clear_marks (self->share);
  gtk_scale_add_mark (self->share, at, GTK_POS_BOTTOM, NULL);
  /* Translators: on the way from a digit to another one */
  text = g_strdup_printf (_ ("A %u from %.0f %% of the way on"), self->other,
                          100.0 * at / (self->between->len - 1));
  gtk_label_set_text (self->mark, text);
}

static void
show_found (NumeralCounterfactualCard *self, const NumeralInsight *insight)
{
  const NumeralCounterfactual *found = insight->counterfactual;
  g_autofree char *amount = NULL;

  if (self->between != insight->between)
    {
      g_clear_pointer (&self->between, g_array_unref);
      self->between = g_array_ref (insight->between);
      /* Translators: how far the ink moves on average, in pixels of 28 */
      amount = g_strdup_printf (_ ("%.2f pixels moved"), found->displacement);
      gtk_label_set_text (self->amount, amount);
      numeral_explain_figure_tensor (self->from, found->tensor);
      numeral_figure_describe (self->from, _ ("The digit as it is"));
      show_mark (self);
      show_omission (self, insight);
      show_share (self);
    }
  gtk_stack_set_visible_child_name (self->stack, "found");
}

void
numeral_counterfactual_card_set_insight (NumeralCounterfactualCard *self,
                                         const NumeralInsight *insight)
{
  g_return_if_fail (NUMERAL_IS_COUNTERFACTUAL_CARD (self));

  /* A stroke keeps what was known before it. */
  if (insight && insight->question->unfinished)
    return;
  if (insight)
    {
      g_autofree char *title = g_strdup_printf (_ ("What Would Make It a %u"), insight->other);

      self->other = insight->other;
      if (g_strcmp0 (gtk_label_get_text (self->title), title) != 0)
        gtk_label_set_text (self->title, title);
    }
  if (insight && insight->counterfactual)
    show_found (self, insight);
  else if (insight && insight->searching >= 0)
    {
      gtk_progress_bar_set_fraction (self->progress, insight->searching);
      gtk_stack_set_visible_child_name (self->stack, "searching");
    }
  else if (insight && insight->counterfactual_error)
    {
      const GError *error = insight->counterfactual_error;
      g_autofree char *text = numeral_format_sentence (error->message);
      const gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      show_message (self, stopped ? _ ("Stopped") : text, stopped);
    }
  else if (insight && insight->put_off)
    show_message (self, _ ("The search takes some seconds with this network."), TRUE);
  else
    show_message (self, "", FALSE);
}
