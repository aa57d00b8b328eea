/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "monkey.h"
#include "numeral-chart-card.h"
#include "numeral-workbench.h"

/* A group that is inserted in a widget cannot be listed: these are all of it. */
typedef struct
{
  const char *name;
  const char *parameters; /* (nullable): a comma between two */
} Known;

static const Known train_actions[] = {
  { "train.toggle", NULL },       { "train.step", NULL },
  { "train.step-epoch", NULL },   { "train.stop", NULL },
  { "train.reset", NULL },        { "train.resume-run", NULL },
  { "train.show-problem", NULL }, { "train.export", "'csv','jsonl'" },
};
static const Known chart_actions[] = {
  { "chart.export", "'png','svg'" },    { "chart.figures", NULL }, { "chart.zoom", "-1,0,1" },
  { "chart.smoothing", "1,11,51,201" }, { "chart.log-x", NULL },   { "chart.log-y", NULL },
};

/* Parameters of actions that can be listed, in GVariant's text form. */
static const Known parameters[] = {
  { "tool", "'pen','eraser'" },
  { "style", "'default','force-light','force-dark'" },
  { "pen-step", "-1,1" },
  { "turn", "-1,1" },
  { "teach", "0,4,9,10,-1,11" },
  { "teach.label", "0,4,9,10,-1,11" },
  { "hand.label", "0,4,9,10,-1,11" },
  { "sample-step", "-1,1,1000" },
  { "samples.class", "-1,0,5,9,10,1000000" },
  { "results.show", "'all','cell','mended','broken','both','suspects','x'" },
  { "results.export", "'json','csv','confusion.png','reliability.svg'" },
};

/* What leaves the program, or is done in another way. */
static gboolean
is_excluded (const char *name)
{
  /* Downloads MNIST from the internet. */
  return g_str_equal (name, "samples.download") ||
         /* Opens the browser. */
         g_str_has_prefix (name, "link.") ||
         /* They close the window, as the keys and monkey_work_close() do. */
         g_str_equal (name, "window.close") || g_str_equal (name, "quit");
}

static GVariant *
pick_parameter (Monkey *self, const char *list)
{
  g_auto (GStrv) values = g_strsplit (list, ",", -1);
  GVariant *parameter =
      g_variant_parse (NULL, values[monkey_pick (self, g_strv_length (values))], NULL, NULL, NULL);

  return g_variant_take_ref (parameter);
}

/* (nullable): for an action that can be listed; @known: whether it can be activated. */
static GVariant *
parameter_for (Monkey *self, const char *name, const GVariantType *type, gboolean *known)
{
  *known = TRUE;
  if (!type)
    return NULL;
  if (g_str_equal (name, "open-recent"))
    {
      g_autoptr (GFile) file = monkey_pick_file (self);

      return g_variant_ref_sink (g_variant_new_take_string (g_file_get_uri (file)));
    }
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (g_str_equal (name, parameters[i].name))
      return pick_parameter (self, parameters[i].parameters);
  *known = FALSE;
  return NULL;
}

static void
activate_in_group (Monkey *self, GActionGroup *group)
{
  g_auto (GStrv) names = g_action_group_list_actions (group);
  const char *name = names[monkey_pick (self, g_strv_length (names))];
  const GVariantType *type = g_action_group_get_action_parameter_type (group, name);
  g_autoptr (GVariant) parameter = NULL;
  gboolean known;

  if (is_excluded (name) || !g_action_group_get_action_enabled (group, name))
    return;
  parameter = parameter_for (self, name, type, &known);
  if (!known)
    return;
  monkey_note ("action %s", name);
  g_action_group_activate_action (group, name, parameter);
}

/* An action that a class of widgets has: the program's own, and those of GTK. */
static void
activate_in_class (Monkey *self, GtkWidget *widget)
{
  GtkWidgetClass *class = GTK_WIDGET_GET_CLASS (widget);
  const char *name = NULL, *property;
  const GVariantType *type;
  g_autoptr (GVariant) parameter = NULL;
  GType owner;
  guint n = 0;
  gboolean known;

  while (gtk_widget_class_query_action (class, n, &owner, &name, &type, &property))
    n++;
  if (n == 0)
    return;
  gtk_widget_class_query_action (class, monkey_pick (self, n), &owner, &name, &type, &property);
  if (is_excluded (name))
    return;
  parameter = parameter_for (self, name, type, &known);
  if (!known)
    return;
  monkey_note ("action %s of %s", name, G_OBJECT_TYPE_NAME (widget));
  gtk_widget_activate_action_variant (widget, name, parameter);
}

void
monkey_action_activate (Monkey *self)
{
  GtkWindow *front = monkey_get_front (self);
  GtkWidget *widget;

  switch (monkey_pick (self, 4))
    {
    case 0:
      activate_in_group (self, G_ACTION_GROUP (self->application));
      break;
    case 1:
      if (self->window)
        activate_in_group (self, G_ACTION_GROUP (self->window));
      break;
    default:
      if ((widget = front ? monkey_pick_widget (self, GTK_WIDGET (front)) : NULL))
        activate_in_class (self, widget);
    }
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
activate_known (Monkey *self, GtkWidget *widget, const Known *actions, guint n)
{
  const Known *action = &actions[monkey_pick (self, n)];
  g_autoptr (GVariant) parameter =
      action->parameters ? pick_parameter (self, action->parameters) : NULL;

  monkey_note ("action %s", action->name);
  /* It exists: the tables above are those of the pages. */
  g_assert_true (gtk_widget_activate_action_variant (widget, action->name, parameter));
}

void
monkey_action_page (Monkey *self)
{
  GtkWidget *page, *card;

  if (!self->window)
    return;
  page = find (GTK_WIDGET (self->window), NUMERAL_TYPE_WORKBENCH);
  page = numeral_workbench_get_page (NUMERAL_WORKBENCH (page), "train");
  card = find (page, NUMERAL_TYPE_CHART_CARD);
  if (card && monkey_pick (self, 3) == 0)
    activate_known (self, card, chart_actions, G_N_ELEMENTS (chart_actions));
  else
    activate_known (self, page, train_actions, G_N_ELEMENTS (train_actions));
}

/* Where the values of a row may be typed, everything may. */
static void
type (Monkey *self, GtkEditable *editable)
{
  static const char *const texts[] = { "",        "0",  "1",     "-1", "1e999",          "nan",
                                       "128, 64", "7Ω", "<b>&x", "/",  "28x28-conv3x3x2" };

  gtk_editable_set_text (editable, texts[monkey_pick (self, G_N_ELEMENTS (texts))]);
}

static void
slide (Monkey *self, GtkAdjustment *adjustment)
{
  const double lower = gtk_adjustment_get_lower (adjustment);
  const double upper = gtk_adjustment_get_upper (adjustment);

  gtk_adjustment_set_value (adjustment, lower + (upper - lower) * g_rand_double (self->random));
}

static void
choose (Monkey *self, GtkWidget *widget)
{
  g_autoptr (GListModel) model = NULL;
  guint n;

  g_object_get (widget, "model", &model, NULL);
  n = model ? g_list_model_get_n_items (model) : 0;
  if (n > 0)
    g_object_set (widget, "selected", monkey_pick (self, n), NULL);
}

void
monkey_action_widget (Monkey *self)
{
  GtkWindow *front = monkey_get_front (self);
  GtkWidget *widget = front ? monkey_pick_widget (self, GTK_WIDGET (front)) : NULL;

  if (!widget || (!self->confined && GTK_IS_FILE_CHOOSER (front)))
    return;
  monkey_note ("use %s", G_OBJECT_TYPE_NAME (widget));
  if (GTK_IS_SPIN_BUTTON (widget))
    slide (self, gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (widget)));
  else if (GTK_IS_RANGE (widget))
    slide (self, gtk_range_get_adjustment (GTK_RANGE (widget)));
  else if (GTK_IS_DROP_DOWN (widget) || ADW_IS_COMBO_ROW (widget))
    choose (self, widget);
  else if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), monkey_pick (self, 2) == 0);
  else if (GTK_IS_EDITABLE (widget))
    type (self, GTK_EDITABLE (widget));
  else if (monkey_pick (self, 3) == 0)
    gtk_widget_grab_focus (widget);
  else
    gtk_widget_activate (widget);
}
