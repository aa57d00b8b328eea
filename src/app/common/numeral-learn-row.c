/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-learn-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "numeral-learn-text.h"
#include "numeral-toast.h"
#include "numeral-wrap-layout.h"

/* Of the text, in characters: beside the figures, and alone. */
#define WIDTH_BESIDE 30
#define WIDTH 60

struct _NumeralLearnRow
{
  GtkWidget parent_instance;

  NumeralLab *lab; /* (nullable) */
  gboolean compact;
  NumeralHandLearnerState state; /* that is shown */

  GtkLabel *title;
  GtkLabel *detail;
  GtkProgressBar *progress;
  GtkWidget *figures;
  GtkLabel *own, *own_of, *own_note;
  GtkLabel *others, *others_of, *others_note;
  GtkWidget *buttons;
  GtkButton *start;
  GtkWidget *keep;
};

enum
{
  PROP_COMPACT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralLearnRow, numeral_learn_row, GTK_TYPE_WIDGET)

/* Sets a text only if it is new: each change of a label lays out the window. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
show_figure (const NumeralLearnFigure *figure, GtkLabel *change, GtkLabel *of, GtkLabel *note)
{
  set_text (change, figure->change);
  set_text (of, figure->of ? figure->of : "");
  gtk_widget_set_visible (GTK_WIDGET (of), figure->of != NULL);
  set_text (note, figure->note);
}

static void
show_figures (NumeralLearnRow *self, const NumeralHandLesson *lesson)
{
  g_auto (NumeralLearnFigure) own = { 0 }, others = { 0 };

  gtk_label_set_max_width_chars (self->detail, lesson && !self->compact ? WIDTH_BESIDE : WIDTH);
  gtk_widget_set_visible (self->figures, lesson && !self->compact);
  if (!lesson)
    return;
  numeral_learn_figure_init (&own, lesson, TRUE);
  numeral_learn_figure_init (&others, lesson, FALSE);
  show_figure (&own, self->own, self->own_of, self->own_note);
  show_figure (&others, self->others, self->others_of, self->others_note);
}

static void
show_text (NumeralLearnRow *self, const NumeralHandLesson *lesson)
{
  g_autofree char *title = numeral_learn_dup_title (self->lab);
  g_autofree char *detail = NULL;

  if (self->compact && self->state == NUMERAL_HAND_LEARNER_OFFERING)
    detail = numeral_learn_dup_summary (lesson);
  else
    detail = numeral_learn_dup_detail (self->lab);
  set_text (self->title, title);
  set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

/* (transfer full): @label without its mnemonic. */
static char *
drop_mnemonic (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *text = g_strjoinv ("", parts);
  char *bracket = strstr (text, "(");

  /* In Chinese the mnemonic is in brackets. */
  if (bracket && strlen (bracket) == 3)
    *bracket = '\0';
  return g_steal_pointer (&text);
}

static void
set_start (NumeralLearnRow *self, const char *label)
{
  g_autofree char *plain = self->compact ? g_strdup (label) : drop_mnemonic (label);

  if (g_strcmp0 (gtk_button_get_label (self->start), plain) != 0)
    gtk_button_set_label (self->start, plain);
}

/* Each button is there while its action is possible. */
static void
show_buttons (NumeralLearnRow *self)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (self->lab);
  const NumeralHandLearnerState state = self->state;
  const gboolean idle = state == NUMERAL_HAND_LEARNER_IDLE;
  const gboolean failed = state == NUMERAL_HAND_LEARNER_FAILED;
  const gboolean unreadable = failed && numeral_hand_learner_is_unreadable (learner);
  const gboolean kept = numeral_hand_learner_get_kept (learner) != NULL;
  const gboolean enough = numeral_hand_learner_get_n_digits (learner) >= NUMERAL_ADAPT_MIN_SAMPLES;
  const struct
  {
    const char *action;
    gboolean possible;
  } buttons[] = {
    { "learn.start", idle && enough },
    { "learn.use", idle && kept && !numeral_lab_reads_kept (self->lab) },
    { "learn.forget", (idle && kept) || unreadable },
    { "learn.cancel", state == NUMERAL_HAND_LEARNER_LEARNING },
    { "learn.keep", state == NUMERAL_HAND_LEARNER_OFFERING },
    { "learn.undo", state == NUMERAL_HAND_LEARNER_OFFERING },
    { "learn.retry", failed },
    { "learn.close", state == NUMERAL_HAND_LEARNER_NO_BETTER || (failed && !unreadable) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), buttons[i].action, buttons[i].possible);
  for (GtkWidget *child = gtk_widget_get_first_child (self->buttons); child;
       child = gtk_widget_get_next_sibling (child))
    for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
      if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (child)), buttons[i].action) ==
          0)
        gtk_widget_set_visible (child, buttons[i].possible);
  set_start (self, kept ? _ ("_Learn Again") : _ ("_Learn"));
}

static void
update (NumeralLearnRow *self)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (self->lab);
  const NumeralHandLearnerState last = self->state;
  const gboolean focused =
      gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN;
  const NumeralHandLesson *lesson;

  self->state = numeral_hand_learner_get_state (learner);
  lesson = self->state == NUMERAL_HAND_LEARNER_OFFERING ?
               numeral_hand_learner_get_lesson (learner) :
               NULL;
  show_text (self, lesson);
  show_figures (self, lesson);
  show_buttons (self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          self->state == NUMERAL_HAND_LEARNER_LEARNING);
  gtk_progress_bar_set_fraction (self->progress, numeral_hand_learner_get_progress (learner));
  /* The focus stays in the row when the button that had it goes. */
  if (focused && last != self->state)
    gtk_widget_child_focus (self->buttons, GTK_DIR_TAB_FORWARD);
}

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralLearnRow *self = NUMERAL_LEARN_ROW (widget);

  numeral_lab_learn_hand (self->lab);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_hand_learner_cancel (numeral_lab_get_learner (NUMERAL_LEARN_ROW (widget)->lab));
}

static void
action_keep (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_hand_learner_keep (numeral_lab_get_learner (NUMERAL_LEARN_ROW (widget)->lab));
}

static void
action_dismiss (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_hand_learner_dismiss (numeral_lab_get_learner (NUMERAL_LEARN_ROW (widget)->lab));
}

static void
action_retry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_hand_learner_retry (numeral_lab_get_learner (NUMERAL_LEARN_ROW (widget)->lab));
}

static void
action_use (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralLearnRow *self = NUMERAL_LEARN_ROW (widget);

  numeral_lab_use_kept (self->lab);
}

static void
on_undo_forget (NumeralLearnRow *self, AdwToast *toast)
{
  NumeralModel *model = g_object_get_data (G_OBJECT (toast), "model");

  numeral_hand_learner_restore (numeral_lab_get_learner (self->lab), model);
}

/* The model is in memory as long as it can be had back. */
static void
action_forget (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralLearnRow *self = NUMERAL_LEARN_ROW (widget);
  NumeralHandLearner *learner = numeral_lab_get_learner (self->lab);
  g_autoptr (NumeralModel) kept = numeral_hand_learner_get_kept (learner);
  AdwToast *toast;

  if (kept)
    numeral_model_ref (kept);
  if (!numeral_hand_learner_forget (learner) || !kept)
    return;
  toast = numeral_toast_show (widget, _ ("What was learned is forgotten"));
  if (!toast)
    return;
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "model", g_steal_pointer (&kept),
                          (GDestroyNotify) numeral_model_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_forget), self,
                           G_CONNECT_SWAPPED);
}

static void
numeral_learn_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    NUMERAL_LEARN_ROW (object)->compact = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The compact row has the mnemonics: it may be beside the other. */
static void
drop_mnemonics (NumeralLearnRow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->buttons); child;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *label = drop_mnemonic (gtk_button_get_label (GTK_BUTTON (child)));

      gtk_button_set_label (GTK_BUTTON (child), label);
    }
}

static void
numeral_learn_row_constructed (GObject *object)
{
  NumeralLearnRow *self = NUMERAL_LEARN_ROW (object);

  G_OBJECT_CLASS (numeral_learn_row_parent_class)->constructed (object);
  if (!self->compact)
    drop_mnemonics (self);
}

static void
numeral_learn_row_dispose (GObject *object)
{
  NumeralLearnRow *self = NUMERAL_LEARN_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->lab);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_learn_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "learn.start", NULL, action_start);
  gtk_widget_class_install_action (widget_class, "learn.cancel", NULL, action_cancel);
  gtk_widget_class_install_action (widget_class, "learn.keep", NULL, action_keep);
  gtk_widget_class_install_action (widget_class, "learn.undo", NULL, action_dismiss);
  gtk_widget_class_install_action (widget_class, "learn.close", NULL, action_dismiss);
  gtk_widget_class_install_action (widget_class, "learn.retry", NULL, action_retry);
  gtk_widget_class_install_action (widget_class, "learn.forget", NULL, action_forget);
  gtk_widget_class_install_action (widget_class, "learn.use", NULL, action_use);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, title);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, detail);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, figures);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, own);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, own_of);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, own_note);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, others);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, others_of);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, others_note);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, start);
  gtk_widget_class_bind_template_child (widget_class, NumeralLearnRow, keep);
}

static void
numeral_learn_row_class_init (NumeralLearnRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = numeral_learn_row_set_property;
  object_class->constructed = numeral_learn_row_constructed;
  object_class->dispose = numeral_learn_row_dispose;
  properties[PROP_COMPACT] =
      g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NUMERAL_TYPE_WRAP_LAYOUT);
  install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "learnrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/common/numeral-learn-row.ui");
  bind_children (widget_class);
}

static void
numeral_learn_row_init (NumeralLearnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
numeral_learn_row_set_lab (NumeralLearnRow *self, NumeralLab *lab)
{
  g_return_if_fail (NUMERAL_IS_LEARN_ROW (self));
  g_return_if_fail (!self->lab && lab);

  self->lab = g_object_ref (lab);
  g_signal_connect_object (numeral_lab_get_learner (lab), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab, "notify::model", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
