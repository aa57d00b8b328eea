/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sample-reader.h"

#include <string.h>

struct _NumeralSampleReader
{
  GObject parent_instance;

  float *tensors; /* [NUMERAL_SAMPLE_READER_N, 784]: allocated, because it is too large for the
                     instance struct */
  int answers[NUMERAL_SAMPLE_READER_N];
  guint n;
  guint64 samples; /* incremented when the samples change */
  gboolean busy;
  NnNetwork *waiting; /* (nullable): the next network, while the thread is busy */
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralSampleReader, numeral_sample_reader, G_TYPE_OBJECT)

/* The input and output of the thread. */
typedef struct
{
  NnNetwork *network;
  float *tensors;
  guint n;
  guint64 samples;
  int answers[NUMERAL_SAMPLE_READER_N];
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  nn_network_unref (job->network);
  g_free (job->tensors);
  g_free (job);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  numeral_batch_read (job->network, job->tensors, job->n, job->answers);
  g_task_return_boolean (task, TRUE);
}

static void on_answers (GObject *source, GAsyncResult *result, gpointer data);

static void
begin (NumeralSampleReader *self)
{
  /* The task does not hold the reader, which must not be freed in a thread. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_answers, g_object_ref (self));
  Job *job = g_new0 (Job, 1);

  job->network = g_steal_pointer (&self->waiting);
  job->n = self->n;
  job->samples = self->samples;
  job->tensors = g_memdup2 (self->tensors, job->n * INK_TENSOR_SIZE * sizeof *job->tensors);
  self->busy = TRUE;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
on_answers (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralSampleReader) self = data;
  const Job *job = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  if (job->samples == self->samples)
    {
      memcpy (self->answers, job->answers, job->n * sizeof *job->answers);
      g_signal_emit (self, signals[READ], 0);
    }
  if (self->waiting)
    begin (self);
}

static void
numeral_sample_reader_dispose (GObject *object)
{
  g_clear_pointer (&NUMERAL_SAMPLE_READER (object)->waiting, nn_network_unref);
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
  self->samples++;
}

void
numeral_sample_reader_set_network (NumeralSampleReader *self, NnNetwork *network)
{
  g_return_if_fail (NUMERAL_IS_SAMPLE_READER (self));

  g_clear_pointer (&self->waiting, nn_network_unref);
  if (self->n == 0 || !numeral_digits_check (network, NULL))
    return;
  self->waiting = nn_network_ref (network);
  if (!self->busy)
    begin (self);
}

int
numeral_sample_reader_get_answer (NumeralSampleReader *self, guint i)
{
  g_return_val_if_fail (NUMERAL_IS_SAMPLE_READER (self), -1);

  return i < self->n ? self->answers[i] : -1;
}
