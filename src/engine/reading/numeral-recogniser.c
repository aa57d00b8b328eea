/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-recogniser.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "numeral-picture-read.h"

/**
 * Mailbox:
 * @model: (nullable): a new model that the thread has not taken over yet
 * @drawing: (nullable): the last submission, if that was ink; kept so that a new model can read
 *   it again
 * @picture: (nullable): the last submission, if that was a picture
 * @has_tensor: @tensor: the last submission, if that was a tensor. Without any of them there is
 *   nothing to read.
 * @generation: number of the last submission
 * @wanted: set until the newest submission has been read with the newest model
 * @answered: signalled when an answer is ready
 * @answer: (nullable): the newest answer, until the main context takes it
 * @sheet: (nullable): its page
 * @source: wakes the main context; there is one source for all answers, so at most one is
 *   pending
 * @owner: used by the main context alone, in dispatch
 *
 * The state that both threads share, under one mutex. It outlives the object while a dispatch is
 * running. The thread holds the mailbox and never the object.
 */
typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  pthread_cond_t answered;
  gboolean stop;
  NumeralModel *model;
  InkDrawing *drawing;
  NumeralPicture *picture;
  gboolean has_tensor;
  float tensor[INK_TENSOR_SIZE];
  guint64 generation;
  gboolean wanted;
  NumeralPrediction *answer;
  NumeralSheet *sheet;
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
  NumeralSheet *sheet;
};

enum
{
  PROP_PREDICTION = 1,
  PROP_SHEET,
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
  g_clear_pointer (&mailbox->model, numeral_model_unref);
  g_clear_pointer (&mailbox->drawing, ink_drawing_unref);
  g_clear_pointer (&mailbox->picture, numeral_picture_unref);
  g_clear_pointer (&mailbox->answer, numeral_prediction_unref);
  g_clear_pointer (&mailbox->sheet, numeral_sheet_unref);
  g_weak_ref_clear (&mailbox->owner);
  pthread_cond_destroy (&mailbox->answered);
  pthread_cond_destroy (&mailbox->cond);
  pthread_mutex_destroy (&mailbox->mutex);
  g_free (mailbox);
}

/* Reads the last submission. Called with the mutex held; releases it during the slow parts.
 * @sheet: (out) (nullable): the page if it is one */
static NumeralPrediction *
read_submission (Mailbox *mailbox, NumeralReader *reader, NumeralSheet **sheet)
{
  g_autoptr (InkDrawing) drawing =
      mailbox->drawing != NULL ? ink_drawing_ref (mailbox->drawing) : NULL;
  g_autoptr (NumeralPicture) picture =
      mailbox->picture != NULL ? numeral_picture_ref (mailbox->picture) : NULL;
  const guint64 generation = mailbox->generation;
  const gboolean has_tensor = mailbox->has_tensor;
  NumeralPrediction *prediction;
  float tensor[INK_TENSOR_SIZE];

  if (has_tensor)
    memcpy (tensor, mailbox->tensor, sizeof tensor);
  pthread_mutex_unlock (&mailbox->mutex);
  if (drawing != NULL)
    prediction = numeral_reader_read_drawing (reader, drawing);
  else if (picture != NULL)
    prediction = numeral_picture_read (reader, picture, sheet);
  else if (has_tensor)
    prediction = numeral_reader_read_tensor (reader, tensor);
  else
    prediction = numeral_prediction_new (0);
  prediction->generation = generation;
  pthread_mutex_lock (&mailbox->mutex);
  return prediction;
}

static gpointer
recognise (gpointer data)
{
  Mailbox *mailbox = data;
  g_autoptr (NumeralReader) reader = NULL;

  pthread_mutex_lock (&mailbox->mutex);
  for (;;)
    {
      g_autoptr (NumeralModel) model = NULL;
      g_autoptr (NumeralPrediction) stale = NULL;
      g_autoptr (NumeralSheet) stale_sheet = NULL;
      NumeralPrediction *prediction;
      NumeralSheet *sheet = NULL;

      while (!mailbox->stop && !mailbox->wanted && mailbox->model == NULL)
        pthread_cond_wait (&mailbox->cond, &mailbox->mutex);
      if (mailbox->stop)
        break;

      model = g_steal_pointer (&mailbox->model);
      if (model != NULL)
        {
          pthread_mutex_unlock (&mailbox->mutex);
          if (reader == NULL)
            reader = numeral_reader_new (model);
          else
            numeral_reader_set_model (reader, model);
          pthread_mutex_lock (&mailbox->mutex);
          /* The mutex was released: check again for a new model or the end. */
          continue;
        }

      mailbox->wanted = FALSE;
      prediction = read_submission (mailbox, reader, &sheet);
      stale = mailbox->answer;
      stale_sheet = mailbox->sheet;
      mailbox->answer = prediction;
      mailbox->sheet = sheet;
      g_source_set_ready_time (mailbox->source, 0);
      pthread_cond_signal (&mailbox->answered);
    }
  pthread_mutex_unlock (&mailbox->mutex);
  return NULL;
}

/* Takes ownership of @answer and @sheet (nullable). Drops them if a newer answer is shown already.
 */
static void
take_answer (NumeralRecogniser *self, NumeralPrediction *answer, NumeralSheet *sheet)
{
  g_autoptr (NumeralPrediction) taken = answer;
  g_autoptr (NumeralSheet) taken_sheet = sheet;
  gboolean changed;

  if (answer == NULL ||
      (self->prediction != NULL && answer->generation < self->prediction->generation))
    return;
  changed = sheet != self->sheet;
  g_clear_pointer (&self->prediction, numeral_prediction_unref);
  g_clear_pointer (&self->sheet, numeral_sheet_unref);
  self->prediction = g_steal_pointer (&taken);
  self->sheet = g_steal_pointer (&taken_sheet);
  /* Both are set before somebody looks at one of them. */
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHEET]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

static gboolean
answer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Mailbox *mailbox = mailbox_ref (((AnswerSource *) source)->mailbox);
  g_autoptr (NumeralRecogniser) self = NULL;
  NumeralPrediction *answer;
  NumeralSheet *sheet;

  /* Reset the ready time before the slot is read, so that a later answer wakes this context
   * again. */
  pthread_mutex_lock (&mailbox->mutex);
  g_source_set_ready_time (source, -1);
  answer = g_steal_pointer (&mailbox->answer);
  sheet = g_steal_pointer (&mailbox->sheet);
  pthread_mutex_unlock (&mailbox->mutex);

  self = g_weak_ref_get (&mailbox->owner);
  if (self != NULL)
    take_answer (self, answer, sheet);
  else
    {
      g_clear_pointer (&answer, numeral_prediction_unref);
      g_clear_pointer (&sheet, numeral_sheet_unref);
    }
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
    case PROP_SHEET:
      g_value_set_boxed (value, self->sheet);
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
      /* Joining waits for one submission at most: microseconds for a digit, up to a tenth of a
       * second for a page. */
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
  g_clear_pointer (&self->sheet, numeral_sheet_unref);
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
  properties[PROP_SHEET] =
      g_param_spec_boxed ("sheet", NULL, NULL, NUMERAL_TYPE_SHEET,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
numeral_recogniser_init (NumeralRecogniser *self)
{
  Mailbox *mailbox = g_new0 (Mailbox, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  pthread_condattr_t monotonic;

  pthread_mutex_init (&mailbox->mutex, NULL);
  pthread_cond_init (&mailbox->cond, NULL);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&mailbox->answered, &monotonic);
  pthread_condattr_destroy (&monotonic);
  mailbox->ref_count = 1;
  g_weak_ref_init (&mailbox->owner, self);
  /* The default priority runs before GTK draws, so that an answer is in the next frame. */
  mailbox->source = g_source_new (&answer_funcs, sizeof (AnswerSource));
  ((AnswerSource *) mailbox->source)->mailbox = mailbox_ref (mailbox);
  g_source_set_static_name (mailbox->source, "numeral-recogniser");
  g_source_attach (mailbox->source, context);
  self->mailbox = mailbox;
}

static void
put_model (Mailbox *mailbox, NumeralModel *model)
{
  g_autoptr (NumeralModel) unused = NULL;

  pthread_mutex_lock (&mailbox->mutex);
  unused = mailbox->model;
  mailbox->model = numeral_model_ref (model);
  mailbox->wanted = mailbox->generation > 0;
  pthread_cond_signal (&mailbox->cond);
  pthread_mutex_unlock (&mailbox->mutex);
}

NumeralRecogniser *
numeral_recogniser_new (NumeralModel *model)
{
  NumeralRecogniser *self;

  g_return_val_if_fail (model != NULL && numeral_digits_check (model->network, NULL), NULL);

  self = g_object_new (NUMERAL_TYPE_RECOGNISER, NULL);
  put_model (self->mailbox, model);
  self->thread = g_thread_new ("numeral-recogniser", recognise, self->mailbox);
  return self;
}

gboolean
numeral_recogniser_set_model (NumeralRecogniser *self, NumeralModel *model, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), FALSE);
  g_return_val_if_fail (model != NULL, FALSE);

  if (!numeral_digits_check (model->network, error))
    return FALSE;
  put_model (self->mailbox, model);
  return TRUE;
}

/* Takes ownership of @drawing and @picture. */
static guint64
submit (Mailbox *mailbox, InkDrawing *drawing, NumeralPicture *picture, const float *tensor)
{
  g_autoptr (InkDrawing) stale_drawing = NULL;
  g_autoptr (NumeralPicture) stale_picture = NULL;
  guint64 generation;

  pthread_mutex_lock (&mailbox->mutex);
  generation = ++mailbox->generation;
  stale_drawing = mailbox->drawing;
  stale_picture = mailbox->picture;
  mailbox->drawing = drawing;
  mailbox->picture = picture;
  mailbox->has_tensor = tensor != NULL;
  if (tensor != NULL)
    memcpy (mailbox->tensor, tensor, sizeof mailbox->tensor);
  mailbox->wanted = TRUE;
  pthread_cond_signal (&mailbox->cond);
  pthread_mutex_unlock (&mailbox->mutex);
  return generation;
}

guint64
numeral_recogniser_submit (NumeralRecogniser *self, const float *tensor)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), 0);

  return submit (self->mailbox, NULL, NULL, tensor);
}

guint64
numeral_recogniser_submit_drawing (NumeralRecogniser *self, InkDrawing *drawing)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), 0);
  g_return_val_if_fail (drawing != NULL, 0);

  return submit (self->mailbox, ink_drawing_ref (drawing), NULL, NULL);
}

guint64
numeral_recogniser_submit_picture (NumeralRecogniser *self, NumeralPicture *picture)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), 0);
  g_return_val_if_fail (picture != NULL, 0);

  return submit (self->mailbox, NULL, numeral_picture_ref (picture), NULL);
}

void
numeral_recogniser_wait (NumeralRecogniser *self, gint64 longest)
{
  const gint64 end = g_get_monotonic_time () + longest;
  const struct timespec deadline = { .tv_sec = (time_t) (end / G_USEC_PER_SEC),
                                     .tv_nsec = (long) (end % G_USEC_PER_SEC) * 1000 };
  Mailbox *mailbox;
  NumeralPrediction *answer;
  NumeralSheet *sheet;
  guint64 taken;

  g_return_if_fail (NUMERAL_IS_RECOGNISER (self));

  mailbox = self->mailbox;
  taken = self->prediction != NULL ? self->prediction->generation : 0;
  pthread_mutex_lock (&mailbox->mutex);
  while (taken < mailbox->generation &&
         (mailbox->answer == NULL || mailbox->answer->generation < mailbox->generation) &&
         pthread_cond_timedwait (&mailbox->answered, &mailbox->mutex, &deadline) == 0)
    ;
  answer = g_steal_pointer (&mailbox->answer);
  sheet = g_steal_pointer (&mailbox->sheet);
  g_source_set_ready_time (mailbox->source, -1);
  pthread_mutex_unlock (&mailbox->mutex);
  take_answer (self, answer, sheet);
}

NumeralPrediction *
numeral_recogniser_get_prediction (NumeralRecogniser *self)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), NULL);

  return self->prediction;
}

NumeralSheet *
numeral_recogniser_get_sheet (NumeralRecogniser *self)
{
  g_return_val_if_fail (NUMERAL_IS_RECOGNISER (self), NULL);

  return self->sheet;
}
