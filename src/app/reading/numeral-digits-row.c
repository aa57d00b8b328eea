/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-digits-row.h"

#include "numeral-format.h"

struct _NumeralDigitsRow
{
  NumeralReadingView parent_instance;

  /* Button i is made when the first number of that length appears. */
  GtkToggleButton *buttons[NUMERAL_MAX_NUMBER];
};

G_DEFINE_FINAL_TYPE (NumeralDigitsRow, numeral_digits_row, NUMERAL_TYPE_READING_VIEW)

static guint
count_digits (NumeralDigitsRow *self)
{
  const NumeralPrediction *prediction =
      numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (self));

  return prediction ? prediction->n_digits : 0;
}

static NumeralDigitChoice *
get_choice (NumeralDigitsRow *self)
{
  return numeral_reading_view_get_choice (NUMERAL_READING_VIEW (self));
}

static void
on_toggled (NumeralDigitsRow *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < count_digits (self); i++)
    if (self->buttons[i] == button)
      numeral_digit_choice_set_chosen (get_choice (self), i);
}

static void
add_button (NumeralDigitsRow *self, guint place)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  self->buttons[place] = GTK_TOGGLE_BUTTON (button);
  if (place > 0)
    gtk_toggle_button_set_group (self->buttons[place], self->buttons[0]);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
}

static void
show_place (NumeralDigitsRow *self, const NumeralPrediction *prediction, guint place)
{
  g_autofree char *number = numeral_format_number (prediction);
  const char digit[] = { number[place], '\0' };
  g_autofree char *spoken = numeral_format_place (prediction, place);

  if (!self->buttons[place])
    add_button (self, place);
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->buttons[place])), digit) != 0)
    gtk_button_set_label (GTK_BUTTON (self->buttons[place]), digit);
  if (prediction->digits[place].refused && prediction->digits[place].sign == INK_SIGN_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->buttons[place]), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->buttons[place]), "refused");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[place]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons[place]), TRUE);
}

static void
numeral_digits_row_update (NumeralReadingView *view)
{
  NumeralDigitsRow *self = NUMERAL_DIGITS_ROW (view);
  const NumeralPrediction *prediction = numeral_reading_view_get_prediction (view);
  const guint n_digits = count_digits (self);
  guint chosen;

  /* NumeralAnswer shows a single digit itself. Do not update hidden buttons: each change would
   * make GTK lay out the whole window. */
  if (n_digits < 2)
    return;
  for (guint i = 0; i < n_digits; i++)
    show_place (self, prediction, i);
  for (guint i = n_digits; i < NUMERAL_MAX_NUMBER && self->buttons[i]; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), FALSE);
  chosen = numeral_digit_choice_get_chosen (get_choice (self));
  gtk_toggle_button_set_active (self->buttons[MIN (chosen, n_digits - 1)], TRUE);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        NumeralDigitsRow *self)
{
  const guint n_digits = count_digits (self);
  guint place;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (n_digits == 0)
    return FALSE;
  place = numeral_digit_choice_get_chosen (get_choice (self));
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      place = place > 0 ? place - 1 : 0;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      place = MIN (place + 1, n_digits - 1);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      place = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      place = n_digits - 1;
      break;
    default:
      return FALSE;
    }
  numeral_digit_choice_set_chosen (get_choice (self), place);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[place]));
  return TRUE;
}

static void
numeral_digits_row_dispose (GObject *object)
{
  NumeralDigitsRow *self = NUMERAL_DIGITS_ROW (object);

  for (guint i = 0; i < NUMERAL_MAX_NUMBER && self->buttons[i]; i++)
    {
      gtk_widget_unparent (GTK_WIDGET (self->buttons[i]));
      self->buttons[i] = NULL;
    }
  G_OBJECT_CLASS (numeral_digits_row_parent_class)->dispose (object);
}

static void
numeral_digits_row_class_init (NumeralDigitsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  NUMERAL_READING_VIEW_CLASS (klass)->update = numeral_digits_row_update;
  G_OBJECT_CLASS (klass)->dispose = numeral_digits_row_dispose;

  gtk_widget_class_set_css_name (widget_class, "digits");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
numeral_digits_row_init (NumeralDigitsRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Numbers are written from left to right in every script that Numeral reads. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
