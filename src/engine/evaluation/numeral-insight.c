/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-insight.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NumeralInsight, numeral_insight, numeral_insight_ref, numeral_insight_unref)

NumeralQuestion *
numeral_question_copy (const NumeralQuestion *question)
{
  NumeralQuestion *copy = g_new (NumeralQuestion, 1);

  *copy = *question;
  numeral_model_ref (copy->model);
  if (copy->drawing != NULL)
    ink_drawing_ref (copy->drawing);
  if (copy->neighbours != NULL)
    numeral_neighbours_ref (copy->neighbours);
  return copy;
}

void
numeral_question_free (NumeralQuestion *question)
{
  numeral_model_unref (question->model);
  g_clear_pointer (&question->drawing, ink_drawing_unref);
  g_clear_pointer (&question->neighbours, numeral_neighbours_unref);
  g_free (question);
}

static gboolean
same_digit (const NumeralQuestion *a, const NumeralQuestion *b)
{
  return a->drawing == b->drawing && a->n_digits == b->n_digits && a->chosen == b->chosen &&
         memcmp (a->tensor, b->tensor, sizeof a->tensor) == 0;
}

gboolean
numeral_question_same_input (const NumeralQuestion *a, const NumeralQuestion *b)
{
  return a->model == b->model && same_digit (a, b);
}

/* Whether the explanations by all methods are the same. */
static gboolean
same_explanation (const NumeralQuestion *a, const NumeralQuestion *b)
{
  return a->unfinished == b->unfinished && a->against == b->against && a->baseline == b->baseline &&
         a->patch == b->patch && a->grid == b->grid;
}

gboolean
numeral_question_same_but_model (const NumeralQuestion *a, const NumeralQuestion *b)
{
  return same_digit (a, b) && same_explanation (a, b) && a->across == b->across &&
         a->down == b->down && a->search == b->search;
}

NumeralInsight *
numeral_insight_new (const NumeralQuestion *question, guint64 generation)
{
  NumeralInsight *insight = g_new0 (NumeralInsight, 1);

  insight->question = numeral_question_copy (question);
  insight->generation = generation;
  insight->searching = -1;
  insight->ref_count = 1;
  return insight;
}

static void
take_references (NumeralInsight *insight)
{
  if (insight->drawing != NULL)
    ink_drawing_ref (insight->drawing);
  if (insight->error != NULL)
    insight->error = g_error_copy (insight->error);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    if (insight->explanations[m] != NULL)
      numeral_explanation_ref (insight->explanations[m]);
  if (insight->robustness != NULL)
    numeral_robustness_ref (insight->robustness);
  if (insight->counterfactual != NULL)
    numeral_counterfactual_ref (insight->counterfactual);
  if (insight->counterfactual_error != NULL)
    insight->counterfactual_error = g_error_copy (insight->counterfactual_error);
  if (insight->between != NULL)
    g_array_ref (insight->between);
  if (insight->omission != NULL)
    numeral_omission_ref (insight->omission);
  if (insight->neighbours != NULL)
    g_array_ref (insight->neighbours);
  if (insight->steps != NULL)
    g_array_ref (insight->steps);
}

NumeralInsight *
numeral_insight_copy (const NumeralInsight *insight)
{
  NumeralInsight *copy = g_new (NumeralInsight, 1);

  *copy = *insight;
  copy->question = numeral_question_copy (insight->question);
  copy->ref_count = 1;
  take_references (copy);
  return copy;
}

void
numeral_insight_inherit (NumeralInsight *insight, const NumeralInsight *last)
{
  const NumeralQuestion *now = insight->question, *before = last->question;

  /* They know the network that they are of. */
  if (last->neighbours != NULL && now->neighbours == before->neighbours && same_digit (now, before))
    insight->neighbours = g_array_ref (last->neighbours);
  if (!numeral_question_same_input (now, before))
    return;
  if (last->drawing != NULL)
    insight->drawing = ink_drawing_ref (last->drawing);
  if (last->steps != NULL)
    insight->steps = g_array_ref (last->steps);
  if (last->robustness != NULL && now->across == before->across && now->down == before->down)
    insight->robustness = numeral_robustness_ref (last->robustness);
  if (!same_explanation (now, before))
    return;
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    if (last->explanations[m] != NULL)
      insight->explanations[m] = numeral_explanation_ref (last->explanations[m]);
  insight->other = last->other;
  insight->seconds = last->seconds;
  if (last->counterfactual != NULL)
    insight->counterfactual = numeral_counterfactual_ref (last->counterfactual);
  if (last->between != NULL)
    insight->between = g_array_ref (last->between);
  if (last->omission != NULL)
    insight->omission = numeral_omission_ref (last->omission);
  if (last->counterfactual_error != NULL &&
      !g_error_matches (last->counterfactual_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    insight->counterfactual_error = g_error_copy (last->counterfactual_error);
}

NumeralInsight *
numeral_insight_ref (NumeralInsight *insight)
{
  g_atomic_int_inc (&insight->ref_count);
  return insight;
}

void
numeral_insight_unref (NumeralInsight *insight)
{
  if (!g_atomic_int_dec_and_test (&insight->ref_count))
    return;
  numeral_question_free (insight->question);
  g_clear_pointer (&insight->drawing, ink_drawing_unref);
  g_clear_error (&insight->error);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    g_clear_pointer (&insight->explanations[m], numeral_explanation_unref);
  g_clear_pointer (&insight->robustness, numeral_robustness_unref);
  g_clear_pointer (&insight->counterfactual, numeral_counterfactual_unref);
  g_clear_error (&insight->counterfactual_error);
  g_clear_pointer (&insight->between, g_array_unref);
  g_clear_pointer (&insight->omission, numeral_omission_unref);
  g_clear_pointer (&insight->neighbours, g_array_unref);
  g_clear_pointer (&insight->steps, g_array_unref);
  g_free (insight);
}
