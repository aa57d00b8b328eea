/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <glib/gi18n.h>

#include "numeral-canvas.h"
#include "numeral-format.h"
#include "numeral-toast.h"
#include "numeral-wheel.h"

G_DEFINE_FINAL_TYPE (NumeralExplainDrawing, numeral_explain_drawing, NUMERAL_TYPE_PAGE)

/* The entries of the list of rivals: the runner-up, the digits, none. */
#define RIVAL_RUNNER_UP 0
#define RIVAL_DIGITS 1
#define RIVAL_NONE (RIVAL_DIGITS + NUMERAL_N_DIGITS)

/* Side of the squares that LIME leaves out, in pixels, as the list says. */
#define GRID 4

/* A search that takes long is made for one drawing. */
static void
on_subject (NumeralExplainDrawing *self)
{
  self->question.search = FALSE;
  numeral_explain_drawing_ask (self);
}

static void
on_model (NumeralExplainDrawing *self)
{
  numeral_explain_drawing_index (self);
  numeral_explain_drawing_ask (self);
}

static void
on_changes (NumeralExplainDrawing *self)
{
  numeral_robustness_card_get_changes (self->robustness, &self->question.across,
                                       &self->question.down);
  numeral_explain_drawing_ask (self);
}

static void
on_rival (NumeralExplainDrawing *self)
{
  const guint selected = gtk_drop_down_get_selected (self->rival);
  int against;

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected == RIVAL_RUNNER_UP)
    against = NUMERAL_AGAINST_RUNNER_UP;
  else if (selected == RIVAL_NONE)
    against = NUMERAL_AGAINST_NONE;
  else
    against = (int) (selected - RIVAL_DIGITS);
  if (against == self->question.against)
    return;
  self->question.against = against;
  numeral_explain_drawing_ask (self);
}

static void
on_rival_setup (GtkListItemFactory *factory, GtkListItem *item, NumeralExplainDrawing *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

/* The button says the digit alone, so that it fits beside the title in a narrow window; the list
 * says which one is the runner-up. */
static void
on_rival_bind (GtkListItemFactory *factory, GtkListItem *item, NumeralExplainDrawing *self)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  g_autofree char *digit = NULL;

  if (gtk_list_item_get_position (item) == RIVAL_RUNNER_UP && self->runner_up >= 0)
    text = digit = g_strdup_printf ("%d", self->runner_up);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
on_baseline (NumeralExplainDrawing *self)
{
  self->question.baseline = gtk_drop_down_get_selected (self->baseline) == 1 ?
                                NUMERAL_BASELINE_MEAN :
                                NUMERAL_BASELINE_BLANK;
  numeral_explain_drawing_ask (self);
}

static void
on_parts (NumeralExplainDrawing *self)
{
  self->question.grid = gtk_drop_down_get_selected (self->parts) == 1 ? GRID : 0;
  numeral_explain_drawing_ask (self);
}

static void
on_patch (NumeralExplainDrawing *self)
{
  self->question.patch = (guint) gtk_spin_button_get_value_as_int (self->patch);
  numeral_explain_drawing_ask (self);
}

static void
action_use_shipped (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralLab *lab = numeral_page_get_lab (NUMERAL_PAGE (widget));
  g_autoptr (GError) error = NULL;

  if (lab && !numeral_lab_use_shipped (lab, &error))
    {
      g_autofree char *text = numeral_format_sentence (error->message);

      numeral_toast_show (widget, text);
    }
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (widget);

  self->question.search = TRUE;
  g_clear_pointer (&self->asked, numeral_question_free);
  numeral_explain_drawing_ask (self);
}

static void
action_stop_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (widget);

  if (self->inspector)
    numeral_inspector_stop_search (self->inspector);
}

static void
action_get_mnist (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_page_request_page (NUMERAL_PAGE (widget), "samples");
}

static void
numeral_explain_drawing_set_lab_of_page (NumeralPage *page, NumeralLab *lab)
{
  g_signal_connect_object (lab, "notify::subject", G_CALLBACK (on_subject), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::model", G_CALLBACK (on_model), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_lab_get_trainer (lab), "notify::state",
                           G_CALLBACK (numeral_explain_drawing_index), page, G_CONNECT_SWAPPED);
}

static void
numeral_explain_drawing_show (NumeralPage *page)
{
  on_model (NUMERAL_EXPLAIN_DRAWING (page));
}

static void
numeral_explain_drawing_hide (NumeralPage *page)
{
  numeral_explain_drawing_forget (NUMERAL_EXPLAIN_DRAWING (page));
}

static void
numeral_explain_drawing_dispose (GObject *object)
{
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (object);

  if (self->inspector)
    g_signal_handlers_disconnect_by_data (self->inspector, self);
  g_clear_object (&self->inspector);
  numeral_explain_drawing_forget_index (self);
  g_clear_handle_id (&self->tell_later, g_source_remove);
  g_clear_pointer (&self->samples, nn_dataset_unref);
  g_clear_pointer (&self->some, nn_dataset_unref);
  g_clear_pointer (&self->asked, numeral_question_free);
  G_OBJECT_CLASS (numeral_explain_drawing_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, status);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, way_out);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, title);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, rival);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, rivals);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, about);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, remark);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, ink);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, methods);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, options);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, baseline_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, baseline);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, parts_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, parts);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, patch_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, patch);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, details);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, pixels);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, sum);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, curves);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, pieces_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, pieces);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, counterfactual);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, robustness);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, neighbours);
  gtk_widget_class_bind_template_child (widget_class, NumeralExplainDrawing, steps);
}

static void
numeral_explain_drawing_class_init (NumeralExplainDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  NumeralPageClass *page_class = NUMERAL_PAGE_CLASS (klass);

  object_class->dispose = numeral_explain_drawing_dispose;
  page_class->set_lab = numeral_explain_drawing_set_lab_of_page;
  page_class->show = numeral_explain_drawing_show;
  page_class->hide = numeral_explain_drawing_hide;

  g_type_ensure (NUMERAL_TYPE_FIGURE);
  g_type_ensure (NUMERAL_TYPE_METHOD_LIST);
  g_type_ensure (NUMERAL_TYPE_COUNTERFACTUAL_CARD);
  g_type_ensure (NUMERAL_TYPE_ROBUSTNESS_CARD);
  g_type_ensure (NUMERAL_TYPE_NEIGHBOURS_CARD);
  g_type_ensure (NUMERAL_TYPE_STEPS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-explain-drawing.ui");
  gtk_widget_class_install_action (widget_class, "explain.use-shipped", NULL, action_use_shipped);
  gtk_widget_class_install_action (widget_class, "explain.search", NULL, action_search);
  gtk_widget_class_install_action (widget_class, "explain.stop-search", NULL, action_stop_search);
  gtk_widget_class_install_action (widget_class, "explain.get-mnist", NULL, action_get_mnist);
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, numeral_explain_drawing_update);
  gtk_widget_class_bind_template_callback (widget_class, on_changes);
  gtk_widget_class_bind_template_callback (widget_class, on_rival);
  gtk_widget_class_bind_template_callback (widget_class, on_rival_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_rival_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_baseline);
  gtk_widget_class_bind_template_callback (widget_class, on_parts);
  gtk_widget_class_bind_template_callback (widget_class, on_patch);
}

static void
numeral_explain_drawing_init (NumeralExplainDrawing *self)
{
  self->question = (NumeralQuestion){ .side = NUMERAL_CANVAS_SIZE,
                                      .against = NUMERAL_AGAINST_RUNNER_UP,
                                      .baseline = NUMERAL_BASELINE_BLANK,
                                      .patch = numeral_explanation_config_default.patch,
                                      .across = numeral_robustness_config_default.across,
                                      .down = numeral_robustness_config_default.down };
  self->runner_up = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  numeral_wheel_ignore (GTK_WIDGET (self->patch));
  numeral_explain_drawing_update (self);
}
