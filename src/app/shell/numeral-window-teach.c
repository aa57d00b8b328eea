/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-window-private.h"

/* Connects the question whether a digit was read correctly to the keyboard, the settings and one's
 * own handwriting. */

static void
answer (NumeralWindow *self, int label)
{
  /* Half a digit is on the canvas. */
  if (!numeral_canvas_is_drawing (self->canvas) &&
      gtk_widget_get_visible (numeral_reading_pane_get_question (self->pane)))
    numeral_teach_answer (numeral_reading_pane_get_teach (self->pane), label);
}

static void
on_yes (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *self = data;

  answer (self, numeral_teach_get_read (numeral_reading_pane_get_teach (self->pane)));
}

/* Digits of a picture cannot be kept, so that with one the keys for 0 and for no digit zoom, as in
 * GNOME's image viewers. */
static void
on_label (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *self = data;
  const int label = g_variant_get_int32 (parameter);

  if (numeral_canvas_get_picture (self->canvas) && label == 0)
    numeral_canvas_zoom_reset (self->canvas);
  else if (numeral_canvas_get_picture (self->canvas) && label == NUMERAL_HAND_NOT_A_DIGIT)
    numeral_canvas_zoom (self->canvas, 1 / NUMERAL_CANVAS_ZOOM_STEP);
  else
    answer (self, label);
}

static void
on_learn_hand (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_lab_learn_hand (NUMERAL_WINDOW (data)->lab);
}

static void
on_learner (NumeralWindow *self)
{
  NumeralHandLearner *learner = numeral_lab_get_learner (self->lab);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "learn-hand");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               numeral_hand_learner_get_state (learner) ==
                                       NUMERAL_HAND_LEARNER_IDLE &&
                                   numeral_hand_learner_get_n_digits (learner) >=
                                       NUMERAL_ADAPT_MIN_SAMPLES);
}

void
numeral_window_teach_class_init (GtkWidgetClass *widget_class)
{
  const GdkModifierType control = GDK_CONTROL_MASK;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, control, "win.learn-hand", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, control, "win.teach-yes",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, control, "win.teach-yes",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, control, "win.teach", "i",
                                       NUMERAL_HAND_NOT_A_DIGIT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, control, "win.teach", "i",
                                       NUMERAL_HAND_NOT_A_DIGIT);
  for (guint digit = 0; digit < NUMERAL_HAND_NOT_A_DIGIT; digit++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + digit, control, "win.teach",
                                           "i", (int) digit);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + digit, control, "win.teach",
                                           "i", (int) digit);
    }
}

/* Without settings the question can be switched off until the program ends. */
static void
add_switch (NumeralWindow *self)
{
  GtkWidget *question = numeral_reading_pane_get_question (self->pane);
  g_autoptr (GAction) ask = NULL;

  if (self->settings)
    {
      ask = g_settings_create_action (self->settings, "ask");
      g_settings_bind (self->settings, "ask", question, "visible", G_SETTINGS_BIND_GET);
    }
  else
    ask = G_ACTION (g_property_action_new ("ask", question, "visible"));
  g_action_map_add_action (G_ACTION_MAP (self), ask);
}

void
numeral_window_teach_init (NumeralWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "teach-yes", .activate = on_yes },
    { .name = "teach", .activate = on_label, .parameter_type = "i" },
    { .name = "learn-hand", .activate = on_learn_hand },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_switch (self);
  numeral_teach_set_store (numeral_reading_pane_get_teach (self->pane),
                           numeral_lab_get_hand (self->lab));
  numeral_reading_pane_set_lab (self->pane, self->lab);
  g_signal_connect_object (numeral_lab_get_learner (self->lab), "changed", G_CALLBACK (on_learner),
                           self, G_CONNECT_SWAPPED);
  on_learner (self);
}
