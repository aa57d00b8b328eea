/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <glib/gi18n.h>

#include "numeral-canvas.h"
#include "numeral-format.h"
#include "numeral-page.h"
#include "numeral-toast.h"

enum
{
  PROP_LAB = 1,
  PROP_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralExplainDrawing, numeral_explain_drawing, ADW_TYPE_BIN)

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
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (widget);
  g_autoptr (GError) error = NULL;

  if (self->lab && !numeral_lab_use_shipped (self->lab, &error))
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
  GtkWidget *page = gtk_widget_get_ancestor (widget, NUMERAL_TYPE_PAGE);

  if (page)
    numeral_page_request_page (NUMERAL_PAGE (page), "samples");
}

static void
set_lab (NumeralExplainDrawing *self, NumeralLab *lab)
{
  if (!lab || self->lab)
    return;
  self->lab = g_object_ref (lab);
  g_signal_connect_object (lab, "notify::subject", G_CALLBACK (on_subject), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::model", G_CALLBACK (on_model), self, G_CONNECT_SWAPPED);
  on_model (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAB]);
}

static void
set_shown (NumeralExplainDrawing *self, gboolean shown)
{
  if (self->shown == shown)
    return;
  self->shown = shown;
  if (shown)
    on_model (self);
  else
    numeral_explain_drawing_forget (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
numeral_explain_drawing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (object);

  if (id == PROP_LAB)
    g_value_set_object (value, self->lab);
  else if (id == PROP_SHOWN)
    g_value_set_boolean (value, self->shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_explain_drawing_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  NumeralExplainDrawing *self = NUMERAL_EXPLAIN_DRAWING (object);

  if (id == PROP_LAB)
    set_lab (self, g_value_get_object (value));
  else if (id == PROP_SHOWN)
    set_shown (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
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
  g_clear_pointer (&self->asked, numeral_question_free);
  g_clear_object (&self->lab);
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
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_explain_drawing_get_property;
  object_class->set_property = numeral_explain_drawing_set_property;
  object_class->dispose = numeral_explain_drawing_dispose;

  properties[PROP_LAB] = g_param_spec_object ("lab", NULL, NULL, NUMERAL_TYPE_LAB, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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
  numeral_explain_drawing_update (self);
}
