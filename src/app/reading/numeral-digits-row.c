/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-digits-row.h"

#include "numeral-format.h"

struct _NumeralDigitsRow
{
  GtkWidget parent_instance;

  guint n_digits;
  guint chosen;

  /* Made when there is a number so long for the first time. */
  GtkToggleButton *buttons[NUMERAL_MAX_NUMBER];
};

enum
{
  PROP_CHOSEN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralDigitsRow, numeral_digits_row, GTK_TYPE_WIDGET)

static void
on_toggled (NumeralDigitsRow *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < self->n_digits; i++)
    if (self->buttons[i] == button)
      numeral_digits_row_set_chosen (self, i);
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
  if (prediction->digits[place].refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->buttons[place]), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->buttons[place]), "refused");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[place]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons[place]), TRUE);
}

void
numeral_digits_row_show (NumeralDigitsRow *self, const NumeralPrediction *prediction)
{
  const guint n_digits = prediction ? prediction->n_digits : 0;
  const gboolean other = n_digits != self->n_digits;

  g_return_if_fail (NUMERAL_IS_DIGITS_ROW (self));

  self->n_digits = n_digits;
  /* A single digit is shown by the answer itself: that the buttons change with each dash and digit
   * unseen would have the whole window laid out. */
  if (n_digits > 1)
    {
      for (guint i = 0; i < n_digits; i++)
        show_place (self, prediction, i);
      for (guint i = n_digits; i < NUMERAL_MAX_NUMBER && self->buttons[i]; i++)
        gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), FALSE);
    }
  if (other && n_digits > 0)
    numeral_digits_row_set_chosen (self, n_digits - 1);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        NumeralDigitsRow *self)
{
  guint place = self->chosen;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      place = place > 0 ? place - 1 : 0;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      place = MIN (place + 1, self->n_digits - 1);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      place = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      place = self->n_digits - 1;
      break;
    default:
      return FALSE;
    }
  numeral_digits_row_set_chosen (self, place);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[place]));
  return TRUE;
}

static void
numeral_digits_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_uint (value, NUMERAL_DIGITS_ROW (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_digits_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    numeral_digits_row_set_chosen (NUMERAL_DIGITS_ROW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
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
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_digits_row_get_property;
  object_class->set_property = numeral_digits_row_set_property;
  object_class->dispose = numeral_digits_row_dispose;

  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, NUMERAL_MAX_NUMBER - 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

NumeralDigitsRow *
numeral_digits_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_DIGITS_ROW, NULL);
}

guint
numeral_digits_row_get_chosen (NumeralDigitsRow *self)
{
  g_return_val_if_fail (NUMERAL_IS_DIGITS_ROW (self), 0);

  return self->chosen;
}

void
numeral_digits_row_set_chosen (NumeralDigitsRow *self, guint chosen)
{
  g_return_if_fail (NUMERAL_IS_DIGITS_ROW (self));

  if (chosen >= self->n_digits)
    return;
  if (self->buttons[chosen])
    gtk_toggle_button_set_active (self->buttons[chosen], TRUE);
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}
