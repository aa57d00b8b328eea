/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-digit-choice.h"

struct _NumeralDigitChoice
{
  GObject parent_instance;

  NumeralPrediction *prediction;
  guint chosen;
};

enum
{
  PROP_PREDICTION = 1,
  PROP_CHOSEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralDigitChoice, numeral_digit_choice, G_TYPE_OBJECT)

static guint
count_digits (NumeralDigitChoice *self)
{
  return self->prediction ? self->prediction->n_digits : 0;
}

static void
numeral_digit_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralDigitChoice *self = NUMERAL_DIGIT_CHOICE (object);

  if (id == PROP_PREDICTION)
    g_value_set_boxed (value, self->prediction);
  else if (id == PROP_CHOSEN)
    g_value_set_uint (value, self->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_digit_choice_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  NumeralDigitChoice *self = NUMERAL_DIGIT_CHOICE (object);

  if (id == PROP_PREDICTION)
    numeral_digit_choice_set_prediction (self, g_value_get_boxed (value));
  else if (id == PROP_CHOSEN)
    numeral_digit_choice_set_chosen (self, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_digit_choice_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_DIGIT_CHOICE (object)->prediction, numeral_prediction_unref);
  G_OBJECT_CLASS (numeral_digit_choice_parent_class)->finalize (object);
}

static void
numeral_digit_choice_class_init (NumeralDigitChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_digit_choice_get_property;
  object_class->set_property = numeral_digit_choice_set_property;
  object_class->finalize = numeral_digit_choice_finalize;

  properties[PROP_PREDICTION] =
      g_param_spec_boxed ("prediction", NULL, NULL, NUMERAL_TYPE_PREDICTION, flags);
  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, NUMERAL_MAX_NUMBER - 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
numeral_digit_choice_init (NumeralDigitChoice *self)
{
}

NumeralDigitChoice *
numeral_digit_choice_new (void)
{
  return g_object_new (NUMERAL_TYPE_DIGIT_CHOICE, NULL);
}

NumeralPrediction *
numeral_digit_choice_get_prediction (NumeralDigitChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_DIGIT_CHOICE (self), NULL);

  return self->prediction;
}

void
numeral_digit_choice_set_prediction (NumeralDigitChoice *self, NumeralPrediction *prediction)
{
  guint before;

  g_return_if_fail (NUMERAL_IS_DIGIT_CHOICE (self));

  if (self->prediction == prediction)
    return;
  before = count_digits (self);
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  self->prediction = prediction ? numeral_prediction_ref (prediction) : NULL;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
  if (count_digits (self) != before && count_digits (self) > 0)
    numeral_digit_choice_set_chosen (self, count_digits (self) - 1);
  g_object_thaw_notify (G_OBJECT (self));
}

guint
numeral_digit_choice_get_chosen (NumeralDigitChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_DIGIT_CHOICE (self), 0);

  return self->chosen;
}

void
numeral_digit_choice_set_chosen (NumeralDigitChoice *self, guint chosen)
{
  g_return_if_fail (NUMERAL_IS_DIGIT_CHOICE (self));

  if (chosen >= count_digits (self) || self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

const NumeralReading *
numeral_digit_choice_get_reading (NumeralDigitChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_DIGIT_CHOICE (self), NULL);

  return self->chosen < count_digits (self) ? &self->prediction->digits[self->chosen] : NULL;
}
