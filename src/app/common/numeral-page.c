/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-page.h"

typedef struct
{
  NumeralLab *lab;
  gboolean shown;
} NumeralPagePrivate;

enum
{
  PROP_LAB = 1,
  PROP_MODEL,
  PROP_SHOWN,
  N_PROPS
};

enum
{
  PAGE_REQUESTED,
  SAMPLE_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NumeralPage, numeral_page, ADW_TYPE_BIN)

static void
show_if_ready (NumeralPage *self)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);
  NumeralPageClass *klass = NUMERAL_PAGE_GET_CLASS (self);

  if (priv->shown && priv->lab && klass->show)
    klass->show (self);
}

static void
set_shown (NumeralPage *self, gboolean shown)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);
  NumeralPageClass *klass = NUMERAL_PAGE_GET_CLASS (self);

  if (priv->shown == shown)
    return;
  priv->shown = shown;
  if (shown)
    show_if_ready (self);
  else if (priv->lab && klass->hide)
    klass->hide (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
on_model (NumeralPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
numeral_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_page_parent_class)->map (widget);
  set_shown (NUMERAL_PAGE (widget), TRUE);
}

static void
numeral_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (numeral_page_parent_class)->unmap (widget);
  set_shown (NUMERAL_PAGE (widget), FALSE);
}

static void
numeral_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (NUMERAL_PAGE (object));

  if (id == PROP_LAB)
    g_value_set_object (value, priv->lab);
  else if (id == PROP_MODEL)
    g_value_set_boxed (value, numeral_page_get_model (NUMERAL_PAGE (object)));
  else if (id == PROP_SHOWN)
    g_value_set_boolean (value, priv->shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LAB)
    numeral_page_set_lab (NUMERAL_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_page_dispose (GObject *object)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (NUMERAL_PAGE (object));

  if (priv->lab)
    g_signal_handlers_disconnect_by_func (priv->lab, on_model, object);
  g_clear_object (&priv->lab);
  G_OBJECT_CLASS (numeral_page_parent_class)->dispose (object);
}

static void
numeral_page_class_init (NumeralPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_page_get_property;
  object_class->set_property = numeral_page_set_property;
  object_class->dispose = numeral_page_dispose;
  widget_class->map = numeral_page_map;
  widget_class->unmap = numeral_page_unmap;

  properties[PROP_LAB] =
      g_param_spec_object ("lab", NULL, NULL, NUMERAL_TYPE_LAB,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODEL] =
      g_param_spec_boxed ("model", NULL, NULL, NUMERAL_TYPE_MODEL,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWN] =
      g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PAGE_REQUESTED] =
      g_signal_new ("page-requested", NUMERAL_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SAMPLE_ACTIVATED] =
      g_signal_new ("sample-activated", NUMERAL_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
numeral_page_init (NumeralPage *self)
{
}

NumeralLab *
numeral_page_get_lab (NumeralPage *self)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);

  g_return_val_if_fail (NUMERAL_IS_PAGE (self), NULL);

  return priv->lab;
}

void
numeral_page_set_lab (NumeralPage *self, NumeralLab *lab)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);
  NumeralPageClass *klass;

  g_return_if_fail (NUMERAL_IS_PAGE (self));
  g_return_if_fail (!priv->lab);

  if (!lab)
    return;
  priv->lab = g_object_ref (lab);
  g_signal_connect_object (lab, "notify::model", G_CALLBACK (on_model), self, G_CONNECT_SWAPPED);
  klass = NUMERAL_PAGE_GET_CLASS (self);
  if (klass->set_lab)
    klass->set_lab (self, lab);
  show_if_ready (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAB]);
  if (numeral_lab_get_model (lab))
    on_model (self);
}

NumeralModel *
numeral_page_get_model (NumeralPage *self)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);

  g_return_val_if_fail (NUMERAL_IS_PAGE (self), NULL);

  return priv->lab ? numeral_lab_get_model (priv->lab) : NULL;
}

gboolean
numeral_page_get_shown (NumeralPage *self)
{
  NumeralPagePrivate *priv = numeral_page_get_instance_private (self);

  g_return_val_if_fail (NUMERAL_IS_PAGE (self), FALSE);

  return priv->shown;
}

void
numeral_page_request_page (NumeralPage *self, const char *name)
{
  g_return_if_fail (NUMERAL_IS_PAGE (self));
  g_return_if_fail (name != NULL);

  g_signal_emit (self, signals[PAGE_REQUESTED], 0, name);
}

void
numeral_page_activate_sample (NumeralPage *self, const float *tensor, InkDrawing *drawing)
{
  g_return_if_fail (NUMERAL_IS_PAGE (self));
  g_return_if_fail (tensor != NULL);

  g_signal_emit (self, signals[SAMPLE_ACTIVATED], 0, tensor, drawing);
}
