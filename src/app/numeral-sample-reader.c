/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sample-reader.h"

#include <string.h>

struct _NumeralSampleReader
{
  GObject parent_instance;

  NumeralRecogniser *recogniser; /* made with the first network */
  NnNetwork *waiting;
  float *tensors; /* [NUMERAL_SAMPLE_READER_N, 784]: too large for an instance */
  int answers[NUMERAL_SAMPLE_READER_N];
  int coming[NUMERAL_SAMPLE_READER_N]; /* of the network that reads: no mixture is to be seen */
  guint n;
  guint reading;      /* which sample is being read; @n: none */
  guint64 generation; /* of the answer that is waited for */
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralSampleReader, numeral_sample_reader, G_TYPE_OBJECT)

static void
submit (NumeralSampleReader *self)
{
  self->generation =
      numeral_recogniser_submit (self->recogniser, self->tensors + self->reading * INK_TENSOR_SIZE);
}

static void on_prediction (NumeralSampleReader *self);

static void
begin (NumeralSampleReader *self)
{
  g_autoptr (NnNetwork) network = g_steal_pointer (&self->waiting);

  if (!self->recogniser)
    {
      self->recogniser = numeral_recogniser_new (network);
      g_signal_connect_object (self->recogniser, "notify::prediction", G_CALLBACK (on_prediction),
                               self, G_CONNECT_SWAPPED);
    }
  else if (!numeral_recogniser_set_network (self->recogniser, network, NULL))
    return;
  self->reading = 0;
  submit (self);
}

static void
on_prediction (NumeralSampleReader *self)
{
  NumeralPrediction *prediction = numeral_recogniser_get_prediction (self->recogniser);

  if (self->reading >= self->n || prediction->generation != self->generation)
    return;
  self->coming[self->reading++] = (int) prediction->digits[0].digit;
  if (self->reading < self->n)
    {
      submit (self);
      return;
    }
  memcpy (self->answers, self->coming, sizeof self->answers);
  g_signal_emit (self, signals[READ], 0);
  if (self->waiting && self->reading == self->n)
    begin (self);
}

static void
numeral_sample_reader_dispose (GObject *object)
{
  NumeralSampleReader *self = NUMERAL_SAMPLE_READER (object);

  g_clear_object (&self->recogniser);
  g_clear_pointer (&self->waiting, nn_network_unref);
  G_OBJECT_CLASS (numeral_sample_reader_parent_class)->dispose (object);
}

static void
numeral_sample_reader_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_SAMPLE_READER (object)->tensors, g_free);
  G_OBJECT_CLASS (numeral_sample_reader_parent_class)->finalize (object);
}

static void
numeral_sample_reader_class_init (NumeralSampleReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_sample_reader_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_sample_reader_finalize;
  signals[READ] = g_signal_new ("read", NUMERAL_TYPE_SAMPLE_READER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_sample_reader_init (NumeralSampleReader *self)
{
  self->tensors = g_new0 (float, NUMERAL_SAMPLE_READER_N *INK_TENSOR_SIZE);
}

NumeralSampleReader *
numeral_sample_reader_new (void)
{
  return g_object_new (NUMERAL_TYPE_SAMPLE_READER, NULL);
}

void
numeral_sample_reader_set_samples (NumeralSampleReader *self, const float *tensors, guint n)
{
  g_return_if_fail (NUMERAL_IS_SAMPLE_READER (self));
  g_return_if_fail (n <= NUMERAL_SAMPLE_READER_N);

  memcpy (self->tensors, tensors, n * INK_TENSOR_SIZE * sizeof *tensors);
  for (guint i = 0; i < NUMERAL_SAMPLE_READER_N; i++)
    self->answers[i] = -1;
  self->n = n;
  self->reading = n;
}

void
numeral_sample_reader_set_network (NumeralSampleReader *self, NnNetwork *network)
{
  g_return_if_fail (NUMERAL_IS_SAMPLE_READER (self));

  g_clear_pointer (&self->waiting, nn_network_unref);
  if (self->n == 0 || nn_architecture_n_inputs (&network->arch) != INK_TENSOR_SIZE ||
      nn_architecture_n_classes (&network->arch) != NUMERAL_N_DIGITS)
    return;
  self->waiting = nn_network_ref (network);
  if (self->reading >= self->n)
    begin (self);
}

int
numeral_sample_reader_get_answer (NumeralSampleReader *self, guint i)
{
  g_return_val_if_fail (NUMERAL_IS_SAMPLE_READER (self), -1);

  return i < self->n ? self->answers[i] : -1;
}
