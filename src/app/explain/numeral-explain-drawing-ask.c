/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-drawing-private.h"

#include <string.h>

/* Whether this is what was asked last. Several properties change at the same time. */
static gboolean
was_asked (NumeralExplainDrawing *self, const NumeralQuestion *question)
{
  return self->asked && numeral_question_same_input (self->asked, question) &&
         numeral_question_same_but_model (self->asked, question) &&
         self->asked->neighbours == question->neighbours;
}

void
numeral_explain_drawing_forget (NumeralExplainDrawing *self)
{
  g_clear_pointer (&self->asked, numeral_question_free);
  if (self->inspector)
    numeral_inspector_clear (self->inspector);
}

void
numeral_explain_drawing_ask (NumeralExplainDrawing *self)
{
  NumeralSubject *subject =
      numeral_page_get_lab (NUMERAL_PAGE (self)) ?
          numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self))) :
          NULL;
  NumeralModel *model = numeral_page_get_lab (NUMERAL_PAGE (self)) ?
                            numeral_lab_get_model (numeral_page_get_lab (NUMERAL_PAGE (self))) :
                            NULL;
  NumeralQuestion question = self->question;

  if (!numeral_page_get_shown (NUMERAL_PAGE (self)))
    return;
  if (!self->inspector)
    {
      self->inspector = numeral_inspector_new ();
      g_signal_connect_object (self->inspector, "notify::insight",
                               G_CALLBACK (numeral_explain_drawing_update), self,
                               G_CONNECT_SWAPPED);
    }
  if (!subject || !model || subject->reading.overflow || subject->reading.sign != INK_SIGN_NONE)
    {
      numeral_explain_drawing_forget (self);
      numeral_explain_drawing_update (self);
      return;
    }
  question.model = model;
  question.drawing = subject->drawing;
  question.n_digits = subject->n_digits;
  question.chosen = subject->chosen;
  memcpy (question.tensor, subject->reading.tensor, sizeof question.tensor);
  question.unfinished = subject->unfinished;
  /* A digit cannot be compared with itself. */
  if (question.against == (int) subject->reading.digit)
    question.against = NUMERAL_AGAINST_RUNNER_UP;
  if (was_asked (self, &question))
    return;
  g_clear_pointer (&self->asked, numeral_question_free);
  self->asked = numeral_question_copy (&question);
  numeral_inspector_ask (self->inspector, &question);
}
