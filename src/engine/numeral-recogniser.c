/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-recogniser.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "nn-predictor.h"

/**
 * Mailbox:
 * @network: (nullable): a network that waits to be taken over by the thread
 * @tensor: @generation: @empty: what was submitted last; kept, so that a new network can read it
 *   again
 * @wanted: @tensor has not been read yet, or not by the newest network
 * @answer: (nullable): the newest answer, not yet taken by the main context
 * @source: wakes the main context; one for all answers, so that never more than one is pending
 * @owner: belongs to the main context: only dispatch looks at it
 *
 * All that the two sides share, under one mutex. It outlives the object while a
 * dispatch is running; the thread knows the mailbox only, never the object.
 */
typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean stop;
  NnNetwork *network;
  float tensor[INK_TENSOR_SIZE];
  guint64 generation;
  gboolean empty;
  gboolean wanted;
  NumeralPrediction *answer;
  GSource *source;
  GWeakRef owner;
  int ref_count;
} Mailbox;

struct _NumeralRecogniser
{
  GObject parent_instance;
  Mailbox *mailbox;
  GThread *thread;
  NumeralPrediction *prediction;
};

enum
{
  PROP_PREDICTION = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (NumeralRecogniser, numeral_recogniser, G_TYPE_OBJECT)

typedef struct
{
  GSource source;
  Mailbox *mailbox;
} AnswerSource;

static Mailbox *
mailbox_ref (Mailbox *mailbox)
{
  g_atomic_int_inc (&mailbox->ref_count);
  return mailbox;
}

static void
mailbox_unref (Mailbox *mailbox)
{
  if (!g_atomic_int_dec_and_test (&mailbox->ref_count))
    return;
  g_clear_pointer (&mailbox->network, nn_network_unref);
  g_clear_pointer (&mailbox->answer, numeral_prediction_unref);
  g_weak_ref_clear (&mailbox->owner);
  pthread_cond_destroy (&mailbox->cond);
  pthread_mutex_destroy (&mailbox->mutex);
  g_free (mailbox);
}

static void
rank (NumeralPrediction *prediction)
{
  const float *p = prediction->probabilities;
  guint first = 0, second;

  for (guint i = 1; i < NUMERAL_N_DIGITS; i++)
    if (p[i] > p[first])
      first = i;
  second = first == 0 ? 1 : 0;
  for (guint i = second + 1; i < NUMERAL_N_DIGITS; i++)
    if (i != first && p[i] > p[second])
      second = i;
  prediction->digit = first;
  prediction->runner_up = second;
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
read_tensor (NnPredictor *predictor, NumeralPrediction *prediction)
{
  double start = now ();

  nn_predictor_run (predictor, prediction->tensor, prediction->probabilities);
  prediction->forward_seconds = now () - start;
  rank (prediction);
}

static gpointer
recognise (gpointer data)
{
  Mailbox *mailbox = data;
  g_autoptr (NnPredictor) predictor = NULL;

  pthread_mutex_lock (&mailbox->mutex);
  for (;;)
    {
      g_autoptr (NnNetwork) network = NULL;
      g_autoptr (NumeralPrediction) stale = NULL;
      NumeralPrediction *prediction;

      while (!mailbox->stop && !mailbox->wanted && mailbox->network == NULL)
        pthread_cond_wait (&mailbox->cond, &mailbox->mutex);
      if (mailbox->stop)
        break;

      network = g_steal_pointer (&mailbox->network);
      if (network != NULL)
        {
          pthread_mutex_unlock (&mailbox->mutex);
          g_clear_pointer (&predictor, nn_predictor_free);
          predictor = nn_predictor_new (network);
          pthread_mutex_lock (&mailbox->mutex);
          /* Look again: meanwhile there may be another network, or the end. */
          continue;
        }

      mailbox->wanted = FALSE;
      prediction = numeral_prediction_new ();
      prediction->generation = mailbox->generation;
      prediction->empty = mailbox->empty;
      if (!prediction->empty)
        {
          memcpy (prediction->tensor, mailbox->tensor, sizeof mailbox->tensor);
          pthread_mutex_unlock (&mailbox->mutex);
          read_tensor (predictor, prediction);
          pthread_mutex_lock (&mailbox->mutex);
        }
      stale = mailbox->answer;
      mailbox->answer = prediction;
      g_source_set_ready_time (mailbox->source, 0);
    }
  pthread_mutex_unlock (&mailbox->mutex);
  return NULL;
}

static void
numeral_recogniser_take (NumeralRecogniser *self, NumeralPrediction *prediction)
{
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  self->prediction = prediction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

static gboolean
answer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Mailbox *mailbox = mailbox_ref (((AnswerSource *) source)->mailbox);
  g_autoptr (NumeralRecogniser) self = NULL;
  g_autoptr (NumeralPrediction) answer = NULL;

  /* Before the slot is looked at: an answer that comes later wakes again. */
  pthread_mutex_lock (&mailbox->mutex);
  g_source_set_ready_time (source, -1);
  answer = g_steal_pointer (&mailbox->answer);
  pthread_mutex_unlock (&mailbox->mutex);

  self = g_weak_ref_get (&mailbox->owner);
  if (self != NULL && answer != NULL &&
      (self->prediction == NULL || answer->generation >= self->prediction->generation))
    numeral_recogniser_take (self, g_steal_pointer (&answer));
  mailbox_unref (mailbox);
  return G_SOURCE_CONTINUE;
}

static void
answer_finalize (GSource *source)
{
  mailbox_unref (((AnswerSource *) source)->mailbox);
}

static GSourceFuncs answer_funcs = {
  .dispatch = answer_dispatch,
  .finalize = answer_finalize,
};

static void
numeral_recogniser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralRecogniser *self = NUMERAL_RECOGNISER (object);

  switch (id)
    {
    case PROP_PREDICTION:
      g_value_set_boxed (value, self->prediction);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_recogniser_dispose (GObject *object)
{
  NumeralRecogniser *self = NUMERAL_RECOGNISER (object);

  if (self->mailbox->source != NULL)
    {
      pthread_mutex_lock (&self->mailbox->mutex);
      self->mailbox->stop = TRUE;
      pthread_cond_signal (&self->mailbox->cond);
      pthread_mutex_unlock (&self->mailbox->mutex);
      /* A pass takes microseconds. */
      g_clear_pointer (&self->thread, g_thread_join);
      g_source_destroy (self->mailbox->source);
      g_clear_pointer (&self->mailbox->source, g_source_unref);
    }
  G_OBJECT_CLASS (numeral_recogniser_parent_class)->dispose (object);
}

static void
numeral_recogniser_finalize (GObject *object)
{
  NumeralRecogniser *self = NUMERAL_RECOGNISER (object);

  mailbox_unref (self->mailbox);
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  G_OBJECT_CLASS (numeral_recogniser_parent_class)->finalize (object);
}

static void
numeral_recogniser_class_init (NumeralRecogniserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = numeral_recogniser_get_property;
  object_class->dispose = numeral_recogniser_dispose;
  object_class->finalize = numeral_recogniser_finalize;

  properties[PROP_PREDICTION] =
      g_param_spec_boxed ("prediction", NULL, NULL, NUMERAL_TYPE_PREDICTION,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
numeral_recogniser_init (NumeralRecogniser *self)
{
  Mailbox *mailbox = g_new0 (Mailbox, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  pthread_mutex_init (&mailbox->mutex, NULL);
  pthread_cond_init (&mailbox->cond, NULL);
  mailbox->ref_count = 1;
  g_weak_ref_init (&mailbox->owner, self);
  /* At the default priority, before GTK draws, so that an answer is in the very next frame. */
  mailbox->source = g_source_new (&answer_funcs, sizeof (AnswerSource));
  ((AnswerSource *) mailbox->source)->mailbox = mailbox_ref (mailbox);
  g_source_set_static_name (mailbox->source, "numeral-recogniser");
  g_source_attach (mailbox->source, context);
  self->mailbox = mailbox;
}

static gboolean
check_network (const NnNetwork *network, GError **error)
{
  g_autofree char *shape = NULL;

  if (nn_architecture_n_inputs (&network->arch) == INK_TENSOR_SIZE &&
      nn_architecture_n_classes (&network->arch) == NUMERAL_N_DIGITS)
    return TRUE;
  shape = nn_architecture_to_string (&network->arch);
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
               _ ("a network of the form %s cannot read digits: it needs %u inputs and %u classes"),
               shape, INK_TENSOR_SIZE, NUMERAL_N_DIGITS);
  return FALSE;
}

static void
put_network (Mailbox *mailbox, NnNetwork *network)
{
  g_autoptr (NnNetwork) unused = NULL;

  pthread_mutex_lock (&mailbox->mutex);
  unused = mailbox->network;
  mailbox->network = nn_network_ref (network);
  mailbox->wanted = mailbox->generation > 0;
  pthread_cond_signal (&mailbox->cond);
  pthread_mutex_unlock (&mailbox->mutex);
}

NumeralRecogniser *
numeral_recogniser_new (NnNetwork *network)
{
  NumeralRecogniser *self;

  g_return_val_if_fail (network != NULL && check_network (network, NULL), NULL);

  self = g_object_new (NUMERAL_TYPE_RECOGNISER, NULL);
  put_network (self->mailbox, network);
  self->thread = g_thread_new ("numeral-recogniser", recognise, self->mailbox);
  return self;
}

gboolean
numeral_recogniser_set_network (NumeralRecogniser *self, NnNetwork *network, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), FALSE);
  g_return_val_if_fail (network != NULL, FALSE);

  if (!check_network (network, error))
    return FALSE;
  put_network (self->mailbox, network);
  return TRUE;
}

guint64
numeral_recogniser_submit (NumeralRecogniser *self, const float *tensor)
{
  Mailbox *mailbox;
  guint64 generation;

  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), 0);

  mailbox = self->mailbox;
  pthread_mutex_lock (&mailbox->mutex);
  generation = ++mailbox->generation;
  mailbox->empty = tensor == NULL;
  if (tensor != NULL)
    memcpy (mailbox->tensor, tensor, sizeof mailbox->tensor);
  mailbox->wanted = TRUE;
  pthread_cond_signal (&mailbox->cond);
  pthread_mutex_unlock (&mailbox->mutex);
  return generation;
}

NumeralPrediction *
numeral_recogniser_get_prediction (NumeralRecogniser *self)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), NULL);

  return self->prediction;
}
