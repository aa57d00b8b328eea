/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-item.h"

#include "ink-tensor.h"

struct _NumeralHandItem
{
  GObject parent_instance;

  NumeralHandSample *sample;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralHandItem, numeral_hand_item, G_TYPE_OBJECT)

static void
numeral_hand_item_finalize (GObject *object)
{
  numeral_hand_sample_unref (NUMERAL_HAND_ITEM (object)->sample);
  G_OBJECT_CLASS (numeral_hand_item_parent_class)->finalize (object);
}

static void
numeral_hand_item_class_init (NumeralHandItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_hand_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_HAND_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_hand_item_init (NumeralHandItem *self)
{
}

NumeralHandItem *
numeral_hand_item_new (NumeralHandSample *sample)
{
  NumeralHandItem *self;

  g_return_val_if_fail (sample != NULL, NULL);

  self = g_object_new (NUMERAL_TYPE_HAND_ITEM, NULL);
  self->sample = numeral_hand_sample_ref (sample);
  return self;
}

const NumeralHandSample *
numeral_hand_item_get_sample (NumeralHandItem *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_ITEM (self), NULL);

  return self->sample;
}

void
numeral_hand_item_set_sample (NumeralHandItem *self, NumeralHandSample *sample)
{
  NumeralHandSample *before;

  g_return_if_fail (NUMERAL_IS_HAND_ITEM (self));
  g_return_if_fail (sample && sample->id == self->sample->id);

  before = self->sample;
  self->sample = numeral_hand_sample_ref (sample);
  if (before->label != sample->label || g_strcmp0 (before->damage, sample->damage) != 0)
    g_signal_emit (self, signals[CHANGED], 0);
  numeral_hand_sample_unref (before);
}

gboolean
numeral_hand_item_get_tensor (NumeralHandItem *self, float *tensor)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_ITEM (self), FALSE);

  return self->sample->drawing && ink_tensor_from_drawing (self->sample->drawing, NULL, tensor);
}
