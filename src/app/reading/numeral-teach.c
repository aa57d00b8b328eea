/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-teach.h"

#include "numeral-format.h"

/* Number of answers that are remembered. */
#define MAX_ANSWERS 64

/**
 * Answer:
 * @drawing: @strokes: the digit: see NumeralReading::strokes
 * @id: of the sample; 0 if there is none
 * @working: whether a change of the database is under way
 * @message: (nullable): why the last change failed
 * @locked: whether that is because the handwriting is locked
 */
typedef struct
{
  InkDrawing *drawing;
  guint64 strokes;
  int label;
  gint64 id;
  gboolean working;
  char *message;
  gboolean locked;
  NumeralHandSample *sample; /* to be kept */
} Answer;

struct _NumeralTeach
{
  GObject parent_instance;

  NumeralHandStore *store; /* (nullable) */
  NumeralSubject *subject; /* (nullable) */
  InkDrawing *known;       /* (nullable) */
  GPtrArray *answers;      /* Answer, the oldest first */
  gint64 looked_for;       /* the sample that was asked for last */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralTeach, numeral_teach, G_TYPE_OBJECT)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  ink_drawing_unref (answer->drawing);
  numeral_hand_sample_unref (answer->sample);
  g_free (answer->message);
  g_free (answer);
}

/* (nullable) */
static Answer *
find_answer (NumeralTeach *self)
{
  const NumeralSubject *subject = self->subject;

  for (guint i = self->answers->len; subject && i > 0; i--)
    {
      Answer *answer = g_ptr_array_index (self->answers, i - 1);

      if (answer->drawing == subject->drawing && answer->strokes == subject->reading.strokes)
        return answer;
    }
  return NULL;
}

static void
forget (NumeralTeach *self, Answer *answer)
{
  g_ptr_array_remove (self->answers, answer);
}

static void
changed (NumeralTeach *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A call of the store. Answers are not forgotten while they are being worked on. */
typedef struct
{
  NumeralTeach *self;
  Answer *answer;
} Call;

static Call *
call_new (NumeralTeach *self, Answer *answer)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ g_object_ref (self), answer };
  answer->working = TRUE;
  g_clear_pointer (&answer->message, g_free);
  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->self);
  g_free (call);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
fail (Answer *answer, const GError *error)
{
  answer->message = numeral_format_sentence (error->message);
  answer->locked = g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED);
}

static void
on_added (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids =
      numeral_hand_store_add_finish (NUMERAL_HAND_STORE (store), result, &error);

  call->answer->working = FALSE;
  if (ids)
    call->answer->id = g_array_index (ids, gint64, 0);
  else
    fail (call->answer, error);
  changed (call->self);
}

static void
add (NumeralTeach *self, Answer *answer)
{
  numeral_hand_store_add_async (self->store, &answer->sample, 1, on_added, call_new (self, answer));
}

static void
on_deleted (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deleted =
      numeral_hand_store_delete_finish (NUMERAL_HAND_STORE (store), result, &error);

  call->answer->working = FALSE;
  if (deleted)
    forget (call->self, call->answer);
  else
    fail (call->answer, error);
  changed (call->self);
}

static void
take_back (NumeralTeach *self, Answer *answer)
{
  numeral_hand_store_delete_async (self->store, &answer->id, 1, on_deleted,
                                   call_new (self, answer));
}

/* The sample may have been deleted or relabelled elsewhere, and the digit may be another one by
 * now. */
static void
on_got (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralTeach) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHandSample) sample =
      numeral_hand_store_get_finish (NUMERAL_HAND_STORE (store), result, &error);
  Answer *answer = find_answer (self);

  if (!answer || answer->working)
    return;
  if (g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND) && answer->id > 0 &&
      answer->id == self->looked_for)
    forget (self, answer);
  else if (sample && !sample->damage && answer->id == sample->id)
    answer->label = sample->label;
  changed (self);
}

/* Tries again what failed for want of the key. */
static void
try_locked (NumeralTeach *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if (!answer->message || !answer->locked)
        continue;
      any = TRUE;
      if (answer->id == 0)
        add (self, answer);
      else
        take_back (self, answer);
    }
  if (any)
    changed (self);
}

/* Looks whether the sample that is shown as kept is still there. */
static void
look (NumeralTeach *self)
{
  Answer *answer;

  try_locked (self);
  answer = find_answer (self);
  if (!answer || answer->working || answer->id == 0 || answer->message)
    return;
  self->looked_for = answer->id;
  numeral_hand_store_get_async (self->store, answer->id, NULL, on_got, g_object_ref (self));
}

static void
numeral_teach_dispose (GObject *object)
{
  NumeralTeach *self = NUMERAL_TEACH (object);

  if (self->store)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->subject, numeral_subject_unref);
  g_clear_pointer (&self->known, ink_drawing_unref);
  G_OBJECT_CLASS (numeral_teach_parent_class)->dispose (object);
}

static void
numeral_teach_finalize (GObject *object)
{
  g_ptr_array_unref (NUMERAL_TEACH (object)->answers);
  G_OBJECT_CLASS (numeral_teach_parent_class)->finalize (object);
}

static void
numeral_teach_class_init (NumeralTeachClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_teach_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_teach_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_TEACH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
numeral_teach_init (NumeralTeach *self)
{
  self->answers = g_ptr_array_new_with_free_func (answer_free);
}

NumeralTeach *
numeral_teach_new (void)
{
  return g_object_new (NUMERAL_TYPE_TEACH, NULL);
}

void
numeral_teach_set_store (NumeralTeach *self, NumeralHandStore *store)
{
  g_return_if_fail (NUMERAL_IS_TEACH (self));

  if (self->store == store)
    return;
  if (self->store)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store)
    g_signal_connect_object (store, "notify::generation", G_CALLBACK (look), self,
                             G_CONNECT_SWAPPED);
  changed (self);
}

void
numeral_teach_set_subject (NumeralTeach *self, NumeralSubject *subject)
{
  g_return_if_fail (NUMERAL_IS_TEACH (self));

  if (self->subject == subject)
    return;
  g_clear_pointer (&self->subject, numeral_subject_unref);
  self->subject = subject ? numeral_subject_ref (subject) : NULL;
  changed (self);
}

void
numeral_teach_set_known (NumeralTeach *self, InkDrawing *drawing)
{
  g_return_if_fail (NUMERAL_IS_TEACH (self));

  g_clear_pointer (&self->known, ink_drawing_unref);
  self->known = drawing ? ink_drawing_ref (drawing) : NULL;
  changed (self);
}

NumeralTeachState
numeral_teach_get_state (NumeralTeach *self)
{
  const Answer *answer;

  g_return_val_if_fail (NUMERAL_IS_TEACH (self), NUMERAL_TEACH_IDLE);

  if (!self->store || !self->subject || !self->subject->drawing ||
      self->subject->drawing == self->known)
    return NUMERAL_TEACH_IDLE;
  answer = find_answer (self);
  if (!answer)
    return NUMERAL_TEACH_ASKING;
  if (answer->working && answer->id == 0)
    return NUMERAL_TEACH_WORKING;
  return answer->message ? NUMERAL_TEACH_FAILED : NUMERAL_TEACH_KEPT;
}

NumeralSubject *
numeral_teach_get_subject (NumeralTeach *self)
{
  g_return_val_if_fail (NUMERAL_IS_TEACH (self), NULL);

  return self->subject;
}

int
numeral_teach_get_read (NumeralTeach *self)
{
  g_return_val_if_fail (NUMERAL_IS_TEACH (self), NUMERAL_HAND_UNREAD);

  if (!self->subject || self->subject->reading.overflow)
    return NUMERAL_HAND_UNREAD;
  return self->subject->reading.refused ? NUMERAL_HAND_NOT_A_DIGIT :
                                          (int) self->subject->reading.digit;
}

int
numeral_teach_get_suggestion (NumeralTeach *self)
{
  const NumeralReading *reading;

  g_return_val_if_fail (NUMERAL_IS_TEACH (self), NUMERAL_HAND_UNREAD);

  reading = self->subject ? &self->subject->reading : NULL;
  /* The digit of a sign means nothing. */
  if (!reading || reading->overflow || reading->sign != INK_SIGN_NONE)
    return NUMERAL_HAND_UNREAD;
  return reading->refused ? (int) reading->digit : (int) reading->runner_up;
}

int
numeral_teach_get_label (NumeralTeach *self)
{
  const Answer *answer = find_answer (self);

  return answer ? answer->label : NUMERAL_HAND_UNREAD;
}

gint64
numeral_teach_get_id (NumeralTeach *self)
{
  const Answer *answer = find_answer (self);

  return answer ? answer->id : 0;
}

const char *
numeral_teach_get_message (NumeralTeach *self)
{
  const Answer *answer = find_answer (self);

  return answer ? answer->message : NULL;
}

gboolean
numeral_teach_is_locked (NumeralTeach *self)
{
  const Answer *answer = find_answer (self);

  return answer && answer->message && answer->locked;
}

/* (transfer full): the digit that is asked about, with what the model says of it. */
static NumeralHandSample *
make_sample (NumeralTeach *self, int label)
{
  const NumeralReading *reading = &self->subject->reading;
  g_autoptr (InkDrawing) ink = numeral_reading_copy_ink (reading, self->subject->drawing);
  NumeralHandSample *sample = numeral_hand_sample_new (ink, label);

  sample->read = numeral_teach_get_read (self);
  if (sample->read == NUMERAL_HAND_NOT_A_DIGIT)
    sample->probability = (double) CLAMP (reading->novelty, 0.0f, 1.0f);
  else if (sample->read != NUMERAL_HAND_UNREAD)
    sample->probability = (double) CLAMP (reading->probabilities[reading->digit], 0.0f, 1.0f);
  return sample;
}

/* Forgets the oldest answer if there are many. */
static void
make_room (NumeralTeach *self)
{
  for (guint i = 0; i < self->answers->len && self->answers->len >= MAX_ANSWERS; i++)
    if (!((Answer *) g_ptr_array_index (self->answers, i))->working)
      g_ptr_array_remove_index (self->answers, i--);
}

gboolean
numeral_teach_answer (NumeralTeach *self, int label)
{
  Answer *answer;

  g_return_val_if_fail (NUMERAL_IS_TEACH (self), FALSE);

  if (numeral_teach_get_state (self) != NUMERAL_TEACH_ASKING || !numeral_hand_is_label (label))
    return FALSE;
  make_room (self);
  answer = g_new0 (Answer, 1);
  answer->drawing = ink_drawing_ref (self->subject->drawing);
  answer->strokes = self->subject->reading.strokes;
  answer->label = label;
  answer->sample = make_sample (self, label);
  g_ptr_array_add (self->answers, answer);
  add (self, answer);
  changed (self);
  return TRUE;
}

gboolean
numeral_teach_undo (NumeralTeach *self)
{
  g_return_val_if_fail (NUMERAL_IS_TEACH (self), FALSE);

  if (numeral_teach_get_state (self) != NUMERAL_TEACH_KEPT || find_answer (self)->working)
    return FALSE;
  take_back (self, find_answer (self));
  changed (self);
  return TRUE;
}

void
numeral_teach_retry (NumeralTeach *self)
{
  Answer *answer;

  g_return_if_fail (NUMERAL_IS_TEACH (self));

  answer = find_answer (self);
  if (!answer || !answer->message || !self->store)
    return;
  if (answer->id == 0)
    add (self, answer);
  else
    take_back (self, answer);
  changed (self);
}

void
numeral_teach_dismiss (NumeralTeach *self)
{
  Answer *answer;

  g_return_if_fail (NUMERAL_IS_TEACH (self));

  answer = find_answer (self);
  if (!answer || !answer->message)
    return;
  if (answer->id == 0)
    forget (self, answer);
  else
    g_clear_pointer (&answer->message, g_free);
  changed (self);
}
