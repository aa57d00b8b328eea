/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-figure-card.h"

struct _NumeralFigureCard
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *note;
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralFigureCard, numeral_figure_card, GTK_TYPE_WIDGET)

static void
numeral_figure_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_label (NUMERAL_FIGURE_CARD (object)->title));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_figure_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    gtk_label_set_text (NUMERAL_FIGURE_CARD (object)->title, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_figure_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_figure_card_parent_class)->dispose (object);
}

static void
numeral_figure_card_class_init (NumeralFigureCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_figure_card_get_property;
  object_class->set_property = numeral_figure_card_set_property;
  object_class->dispose = numeral_figure_card_dispose;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/results/numeral-figure-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralFigureCard, title);
  gtk_widget_class_bind_template_child (widget_class, NumeralFigureCard, value);
  gtk_widget_class_bind_template_child (widget_class, NumeralFigureCard, note);
}

static void
numeral_figure_card_init (NumeralFigureCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
numeral_figure_card_set (NumeralFigureCard *self, const char *value, const char *note)
{
  g_autofree char *name = NULL;

  g_return_if_fail (NUMERAL_IS_FIGURE_CARD (self));

  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->note, note ? note : "");
  name = g_strdup_printf ("%s: %s. %s", gtk_label_get_label (self->title), value, note ? note : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
