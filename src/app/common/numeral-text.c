/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-text.h"

struct _NumeralText
{
  GtkWidget parent_instance;

  char *text;
  guint min_chars, max_chars;

  /* Made on demand for the current font: the layout, and the width of a digit in Pango units. */
  PangoLayout *layout;
  int digit_width;
};

enum
{
  PROP_MIN_CHARS = 1,
  PROP_MAX_CHARS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralText, numeral_text, GTK_TYPE_WIDGET)

static PangoLayout *
create_layout (NumeralText *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* In Pango units. */
static int
width_of_chars (NumeralText *self, guint n)
{
  if (self->digit_width == 0)
    {
      g_autoptr (PangoLayout) layout = create_layout (self, "0");

      pango_layout_get_size (layout, &self->digit_width, NULL);
    }
  return self->digit_width * (int) n;
}

static PangoLayout *
get_layout (NumeralText *self)
{
  int width;

  if (self->layout)
    return self->layout;
  self->layout = create_layout (self, self->text);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
  if (self->max_chars > 0)
    {
      const int most = width_of_chars (self, self->max_chars);

      pango_layout_get_size (self->layout, &width, NULL);
      if (width > most)
        pango_layout_set_width (self->layout, most);
    }
  return self->layout;
}

static void
queue_placing (NumeralText *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent)
    gtk_widget_queue_allocate (parent);
}

/* The font may have changed. */
static void
drop_layout (NumeralText *self)
{
  g_clear_object (&self->layout);
  self->digit_width = 0;
  queue_placing (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
numeral_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralText *self = NUMERAL_TEXT (widget);
  PangoRectangle extents;
  GdkRGBA colour;

  if (*self->text == '\0')
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  pango_layout_get_pixel_extents (get_layout (self), NULL, &extents);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) -
                                                                    extents.width) /
                                                                       2 -
                                                                   extents.x),
                                                          0));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
numeral_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (numeral_text_parent_class)->css_changed (widget, change);
  drop_layout (NUMERAL_TEXT (widget));
}

static void
numeral_text_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (numeral_text_parent_class)->system_setting_changed (widget, setting);
  drop_layout (NUMERAL_TEXT (widget));
}

static void
numeral_text_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralText *self = NUMERAL_TEXT (object);

  if (id == PROP_MIN_CHARS)
    g_value_set_uint (value, self->min_chars);
  else if (id == PROP_MAX_CHARS)
    g_value_set_uint (value, self->max_chars);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralText *self = NUMERAL_TEXT (object);

  if (id == PROP_MIN_CHARS)
    self->min_chars = g_value_get_uint (value);
  else if (id == PROP_MAX_CHARS)
    self->max_chars = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_text_finalize (GObject *object)
{
  NumeralText *self = NUMERAL_TEXT (object);

  g_clear_object (&self->layout);
  g_free (self->text);
  G_OBJECT_CLASS (numeral_text_parent_class)->finalize (object);
}

static void
numeral_text_class_init (NumeralTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_text_get_property;
  object_class->set_property = numeral_text_set_property;
  object_class->finalize = numeral_text_finalize;
  widget_class->snapshot = numeral_text_snapshot;
  widget_class->css_changed = numeral_text_css_changed;
  widget_class->system_setting_changed = numeral_text_system_setting_changed;

  properties[PROP_MIN_CHARS] =
      g_param_spec_uint ("min-chars", NULL, NULL, 0, 1000, 0,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAX_CHARS] =
      g_param_spec_uint ("max-chars", NULL, NULL, 0, 1000, 0,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
numeral_text_init (NumeralText *self)
{
  self->text = g_strdup ("");
}

void
numeral_text_set_text (NumeralText *self, const char *text)
{
  int width = 0, height = 0, last_width = 0, last_height = 0;
  gboolean seen;

  g_return_if_fail (NUMERAL_IS_TEXT (self));

  if (g_str_equal (self->text, text))
    return;
  /* Before it is mapped there is no size to compare, and the font need not be loaded yet. */
  seen = gtk_widget_get_mapped (GTK_WIDGET (self));
  if (seen)
    numeral_text_get_size (self, &last_width, &last_height);
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* Usually only digits change, and the size does not. */
  if (seen)
    numeral_text_get_size (self, &width, &height);
  if (!seen || width != last_width || height != last_height)
    queue_placing (self);
}

const char *
numeral_text_get_text (NumeralText *self)
{
  g_return_val_if_fail (NUMERAL_IS_TEXT (self), NULL);

  return self->text;
}

void
numeral_text_get_size (NumeralText *self, int *width, int *height)
{
  PangoRectangle extents = { 0, 0, 0, 0 };

  g_return_if_fail (NUMERAL_IS_TEXT (self));

  if (*self->text != '\0')
    {
      pango_layout_get_pixel_extents (get_layout (self), NULL, &extents);
      if (self->min_chars > 0)
        extents.width =
            MAX (extents.width, PANGO_PIXELS_CEIL (width_of_chars (self, self->min_chars)));
    }
  *width = extents.width;
  *height = extents.height;
}
