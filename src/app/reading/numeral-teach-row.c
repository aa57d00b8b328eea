/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-teach-row.h"

#include <glib/gi18n.h>

#include "numeral-adapt.h"
#include "numeral-wrap-layout.h"

struct _NumeralTeachRow
{
  GtkWidget parent_instance;

  NumeralTeach *teach;

  GtkStack *stack;
  GtkLabel *question;
  GtkWidget *yes;
  GtkWidget *choices;
  GtkWidget *buttons[NUMERAL_HAND_N_LABELS];
  GtkLabel *kept;
  GtkWidget *learn;
  GtkWidget *undo;
  GtkLabel *problem;
  GtkWidget *retry, *unlock;
};

G_DEFINE_FINAL_TYPE (NumeralTeachRow, numeral_teach_row, GTK_TYPE_WIDGET)

/* Sets a text only if it is new: each change of a label lays out the window. */
static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Which digit of a number is meant, or only "it". */
static void
show_question (NumeralTeachRow *self)
{
  const NumeralSubject *subject = numeral_teach_get_subject (self->teach);
  const int read = numeral_teach_get_read (self->teach);
  g_autofree char *digit =
      read >= 0 && read < NUMERAL_HAND_NOT_A_DIGIT ? g_strdup_printf ("%d", read) : g_strdup ("?");
  g_autofree char *text =
      subject->n_digits > 1 ?
          /* Translators: %s is one of the digits of a number that was read, such as "7" */
          g_strdup_printf (_ ("Is %s right?"), digit) :
          g_strdup (_ ("Is it right?"));

  set_label (self->question, text);
}

static void
show_choices (NumeralTeachRow *self)
{
  const int read = numeral_teach_get_read (self->teach);
  const int suggestion = numeral_teach_get_suggestion (self->teach);

  show_question (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "teach.yes", read != NUMERAL_HAND_UNREAD);
  for (int label = 0; label < NUMERAL_HAND_N_LABELS; label++)
    {
      gtk_widget_set_sensitive (self->buttons[label], label != read);
      set_class (self->buttons[label], "suggested", label == suggestion);
    }
}

static void
show_kept (NumeralTeachRow *self)
{
  const int label = numeral_teach_get_label (self->teach);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, numeral_teach_get_id (self->teach));
  g_autofree char *text = NULL;

  if (label == NUMERAL_HAND_NOT_A_DIGIT)
    text = g_strdup_printf (
        /* Translators: a person said that a drawing is not a digit; the number counts the samples
           that were kept. Keep <b> and </b>. */
        _ ("<b>Kept as not a digit</b> in My Handwriting, number %s"), id);
  else
    text = g_strdup_printf (
        /* Translators: the first number is the digit that a person said it is, the second one
           counts the samples that were kept. Keep <b> and </b>. */
        _ ("<b>Kept as %d</b> in My Handwriting, number %s"), label, id);
  set_label (self->kept, text);
}

static void
show_problem (NumeralTeachRow *self)
{
  const char *message = numeral_teach_get_message (self->teach);
  const gboolean locked = numeral_teach_is_locked (self->teach);

  if (locked)
    message = _ ("Your handwriting is locked. Unlock it to keep this digit.");
  gtk_widget_set_visible (self->retry, !locked);
  gtk_widget_set_visible (self->unlock, locked);
  set_label (self->problem, message);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), message);
}

/* Shows a page of the stack. The focus stays in the row if it is there. */
static void
show_page (NumeralTeachRow *self, const char *name, GtkWidget *focus)
{
  const gboolean focused =
      gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, name);
  if (focused)
    gtk_widget_grab_focus (focus);
}

static void
update (NumeralTeachRow *self)
{
  switch (numeral_teach_get_state (self->teach))
    {
    case NUMERAL_TEACH_ASKING:
      show_choices (self);
      show_page (self, "ask", self->yes);
      break;
    case NUMERAL_TEACH_KEPT:
      show_kept (self);
      show_page (self, "kept", self->undo);
      break;
    case NUMERAL_TEACH_FAILED:
      show_problem (self);
      show_page (self, "failed", GTK_WIDGET (self->stack));
      break;
    case NUMERAL_TEACH_IDLE:
    case NUMERAL_TEACH_WORKING:
    default:
      break;
    }
}

static void
action_yes (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralTeachRow *self = NUMERAL_TEACH_ROW (widget);

  numeral_teach_answer (self->teach, numeral_teach_get_read (self->teach));
}

static void
action_label (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_teach_answer (NUMERAL_TEACH_ROW (widget)->teach, g_variant_get_int32 (parameter));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_teach_undo (NUMERAL_TEACH_ROW (widget)->teach);
}

static void
action_retry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_teach_retry (NUMERAL_TEACH_ROW (widget)->teach);
}

static void
action_dismiss (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_teach_dismiss (NUMERAL_TEACH_ROW (widget)->teach);
}

static void
numeral_teach_row_dispose (GObject *object)
{
  NumeralTeachRow *self = NUMERAL_TEACH_ROW (object);
  GtkWidget *child;

  if (self->teach)
    g_signal_handlers_disconnect_by_data (self->teach, self);
  g_clear_object (&self->teach);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_teach_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "teach.yes", NULL, action_yes);
  gtk_widget_class_install_action (widget_class, "teach.label", "i", action_label);
  gtk_widget_class_install_action (widget_class, "teach.undo", NULL, action_undo);
  gtk_widget_class_install_action (widget_class, "teach.retry", NULL, action_retry);
  gtk_widget_class_install_action (widget_class, "teach.dismiss", NULL, action_dismiss);
  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + digit, 0, "teach.label", "i",
                                           (int) digit);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + digit, 0, "teach.label",
                                           "i", (int) digit);
    }
}

static void
numeral_teach_row_class_init (NumeralTeachRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_teach_row_dispose;

  g_type_ensure (NUMERAL_TYPE_WRAP_LAYOUT);
  install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "teachrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/reading/numeral-teach-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, question);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, yes);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, choices);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, kept);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, learn);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, undo);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, retry);
  gtk_widget_class_bind_template_child (widget_class, NumeralTeachRow, unlock);
}

static void
add_button (NumeralTeachRow *self, int label)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *digit = g_strdup_printf ("%d", label);
  g_autofree char *tip = NULL;
  g_autofree char *name = NULL;

  if (label == NUMERAL_HAND_NOT_A_DIGIT)
    {
      gtk_button_set_icon_name (GTK_BUTTON (button), "action-unavailable-symbolic");
      tip = g_strdup (_ ("Not a Digit (Ctrl+−)"));
      name = g_strdup (_ ("No, it is not a digit"));
    }
  else
    {
      gtk_button_set_label (GTK_BUTTON (button), digit);
      /* Translators: both numbers are the same digit */
      tip = g_strdup_printf (_ ("It Is %d (Ctrl+%d)"), label, label);
      /* Translators: the digit that a person says it is */
      name = g_strdup_printf (_ ("No, it is %d"), label);
    }
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "numeric");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "teach.label");
  gtk_box_append (GTK_BOX (self->choices), button);
  self->buttons[label] = button;
}

static void
numeral_teach_row_init (NumeralTeachRow *self)
{
  self->teach = numeral_teach_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int label = 0; label < NUMERAL_HAND_N_LABELS; label++)
    add_button (self, label);
  g_signal_connect_object (self->teach, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

GtkWidget *
numeral_teach_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_TEACH_ROW, NULL);
}

void
numeral_teach_row_set_learnable (NumeralTeachRow *self, gsize n)
{
  g_autofree char *tip = NULL;

  g_return_if_fail (NUMERAL_IS_TEACH_ROW (self));

  gtk_widget_set_visible (self->learn, n >= NUMERAL_ADAPT_MIN_SAMPLES);
  tip = g_strdup_printf (ngettext ("Learn My Hand: %'zu New Digit (Ctrl+L)",
                                   "Learn My Hand: %'zu New Digits (Ctrl+L)", n),
                         n);
  gtk_widget_set_tooltip_text (self->learn, tip);
}

NumeralTeach *
numeral_teach_row_get_teach (NumeralTeachRow *self)
{
  g_return_val_if_fail (NUMERAL_IS_TEACH_ROW (self), NULL);

  return self->teach;
}
