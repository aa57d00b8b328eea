/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-counterfactual.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-counterfactual.h"
#include "numeral-reader.h"

typedef struct
{
  void (*progress) (double share, gpointer data);
  gpointer data;
  GCancellable *cancellable;
} Watch;

static gboolean
proceed (double share, gpointer data)
{
  const Watch *watch = data;

  if (watch->progress != NULL)
    watch->progress (share, watch->data);
  return !g_cancellable_is_cancelled (watch->cancellable);
}

/* Reads what was found as the canvas does. */
static NumeralCounterfactual *
make (const NumeralModel *model, const float *tensor, guint target, NnDeformation *deformation)
{
  NumeralCounterfactual *self = g_new0 (NumeralCounterfactual, 1);
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);

  self->ref_count = 1;
  self->target = target;
  self->deformation = deformation;
  memcpy (self->tensor, tensor, sizeof self->tensor);
  numeral_counterfactual_between (self, 1, self->reading.tensor);
  self->reading.box = (InkBox){ 0, 0, -1, -1 };
  numeral_reader_read (reader, &self->reading);
  self->displacement = nn_deformation_mean (deformation, self->reading.tensor);
  self->bending = nn_deformation_bending (deformation, 0, NULL);
  return self;
}

NumeralCounterfactual *
numeral_counterfactual_find (const NumeralModel *model,
                             const float tensor[INK_TENSOR_SIZE],
                             guint target,
                             void (*progress) (double share, gpointer data),
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error)
{
  Watch watch = { progress, data, cancellable };
  NnCounterfactual question = { .network = model->network,
                                .width = INK_TENSOR_SIDE,
                                .height = INK_TENSOR_SIDE,
                                .target = target,
                                .proceed = proceed,
                                .data = &watch };
  g_autoptr (NumeralCounterfactual) self = NULL;
  NnDeformation *deformation;

  if (!numeral_digits_check (model->network, error))
    return NULL;
  if (model->novelty != NULL)
    {
      const double threshold = model->novelty->threshold;

      question.gate = model->novelty->network;
      question.gate_limit = log (threshold / (1 - threshold));
    }
  deformation = nn_counterfactual_find (&question, tensor);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_clear_pointer (&deformation, nn_deformation_free);
      return NULL;
    }
  if (deformation != NULL)
    self = make (model, tensor, target, deformation);
  if (self != NULL && self->reading.digit == target && !self->reading.refused)
    return g_steal_pointer (&self);
  g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
               _ ("no deformation was found that makes it a %u and is accepted as a digit"),
               target);
  return NULL;
}

NumeralCounterfactual *
numeral_counterfactual_ref (NumeralCounterfactual *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
numeral_counterfactual_unref (NumeralCounterfactual *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  nn_deformation_free (self->deformation);
  g_free (self);
}

void
numeral_counterfactual_between (const NumeralCounterfactual *self,
                                double share,
                                float tensor[INK_TENSOR_SIZE])
{
  nn_deformation_apply (self->deformation, (float) share, self->tensor, tensor);
}
