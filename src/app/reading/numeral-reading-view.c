/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reading-view.h"

typedef struct
{
  NumeralDigitChoice *choice;
} NumeralReadingViewPrivate;

enum
{
  PROP_CHOICE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NumeralReadingView, numeral_reading_view, GTK_TYPE_WIDGET)

static void
update (NumeralReadingView *self)
{
  NUMERAL_READING_VIEW_GET_CLASS (self)->update (self);
}

static void
numeral_reading_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOICE)
    g_value_set_object (value, numeral_reading_view_get_choice (NUMERAL_READING_VIEW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_reading_view_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_CHOICE)
    numeral_reading_view_set_choice (NUMERAL_READING_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
clear_choice (NumeralReadingViewPrivate *priv, NumeralReadingView *self)
{
  if (priv->choice)
    g_signal_handlers_disconnect_by_func (priv->choice, update, self);
  g_clear_object (&priv->choice);
}

static void
numeral_reading_view_dispose (GObject *object)
{
  NumeralReadingView *self = NUMERAL_READING_VIEW (object);

  clear_choice (numeral_reading_view_get_instance_private (self), self);
  G_OBJECT_CLASS (numeral_reading_view_parent_class)->dispose (object);
}

static void
numeral_reading_view_class_init (NumeralReadingViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = numeral_reading_view_get_property;
  object_class->set_property = numeral_reading_view_set_property;
  object_class->dispose = numeral_reading_view_dispose;

  properties[PROP_CHOICE] =
      g_param_spec_object ("choice", NULL, NULL, NUMERAL_TYPE_DIGIT_CHOICE,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
numeral_reading_view_init (NumeralReadingView *self)
{
}

NumeralDigitChoice *
numeral_reading_view_get_choice (NumeralReadingView *self)
{
  NumeralReadingViewPrivate *priv = numeral_reading_view_get_instance_private (self);

  g_return_val_if_fail (NUMERAL_IS_READING_VIEW (self), NULL);

  return priv->choice;
}

void
numeral_reading_view_set_choice (NumeralReadingView *self, NumeralDigitChoice *choice)
{
  NumeralReadingViewPrivate *priv = numeral_reading_view_get_instance_private (self);

  g_return_if_fail (NUMERAL_IS_READING_VIEW (self));

  if (priv->choice == choice)
    return;
  clear_choice (priv, self);
  if (choice)
    {
      priv->choice = g_object_ref (choice);
      /* Both properties need an update. */
      g_signal_connect_object (choice, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOICE]);
}

NumeralPrediction *
numeral_reading_view_get_prediction (NumeralReadingView *self)
{
  NumeralDigitChoice *choice = numeral_reading_view_get_choice (self);

  return choice ? numeral_digit_choice_get_prediction (choice) : NULL;
}

const NumeralReading *
numeral_reading_view_get_reading (NumeralReadingView *self)
{
  NumeralDigitChoice *choice = numeral_reading_view_get_choice (self);

  return choice ? numeral_digit_choice_get_reading (choice) : NULL;
}
