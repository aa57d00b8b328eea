/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-picture-bar.h"

struct _NumeralPictureBar
{
  GtkWidget parent_instance;

  GtkWidget *copy;
};

enum
{
  PROP_PAGE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralPictureBar, numeral_picture_bar, GTK_TYPE_WIDGET)

static void
numeral_picture_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAGE)
    g_value_set_boolean (value, gtk_widget_get_visible (NUMERAL_PICTURE_BAR (object)->copy));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_picture_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAGE)
    numeral_picture_bar_set_page (NUMERAL_PICTURE_BAR (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_picture_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_picture_bar_parent_class)->dispose (object);
}

static void
numeral_picture_bar_class_init (NumeralPictureBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_picture_bar_get_property;
  object_class->set_property = numeral_picture_bar_set_property;
  object_class->dispose = numeral_picture_bar_dispose;

  properties[PROP_PAGE] =
      g_param_spec_boolean ("page", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/reading/numeral-picture-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralPictureBar, copy);
}

static void
numeral_picture_bar_init (NumeralPictureBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NumeralPictureBar *
numeral_picture_bar_new (void)
{
  return g_object_new (NUMERAL_TYPE_PICTURE_BAR, NULL);
}

void
numeral_picture_bar_set_page (NumeralPictureBar *self, gboolean page)
{
  g_return_if_fail (NUMERAL_IS_PICTURE_BAR (self));

  if (gtk_widget_get_visible (self->copy) == page)
    return;
  gtk_widget_set_visible (self->copy, page);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}
