/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "numeral-generate.h"
#include "numeral-inspector.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"

typedef struct
{
  NumeralModel *model;
  NumeralInspector *inspector;
  NumeralQuestion question;
} Scene;

static InkDrawing *
new_digit (guint digit, float shift)
{
  InkGenerator generator;
  g_autoptr (InkDrawing) drawing = NULL;

  ink_generator_init (&generator, 5, digit);
  drawing = ink_generator_digit (&generator, digit, NULL);
  for (guint s = 0; s < drawing->n_strokes; s++)
    for (guint i = 0; i < drawing->strokes[s]->n_points; i++)
      drawing->strokes[s]->points[i].x += shift;
  return g_steal_pointer (&drawing);
}

static void
take_drawing (Scene *scene, InkDrawing *drawing)
{
  g_clear_pointer (&scene->question.drawing, ink_drawing_unref);
  scene->question.drawing = drawing;
  ink_tensor_from_drawing (drawing, NULL, scene->question.tensor);
}

static void
scene_begin (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  *scene = (Scene){ NULL };
  scene->model = numeral_model_load_shipped (&error);
  g_assert_no_error (error);
  scene->inspector = numeral_inspector_new ();
  scene->question = (NumeralQuestion){ .model = scene->model,
                                       .n_digits = 1,
                                       .side = 1000,
                                       .against = NUMERAL_AGAINST_RUNNER_UP,
                                       .patch = 3,
                                       .across = NUMERAL_CHANGE_ROTATION,
                                       .down = NUMERAL_CHANGE_SIZE };
  take_drawing (scene, new_digit (7, 0));
}

static void
scene_end (Scene *scene)
{
  g_assert_finalize_object (scene->inspector);
  g_clear_pointer (&scene->question.drawing, ink_drawing_unref);
  g_clear_pointer (&scene->question.neighbours, numeral_neighbours_unref);
  numeral_model_unref (scene->model);
}

/* Runs the main loop until the insight of the question is complete. */
static NumeralInsight *
wait_complete (Scene *scene, guint64 generation)
{
  for (;;)
    {
      NumeralInsight *insight = numeral_inspector_get_insight (scene->inspector);

      if (insight && insight->generation == generation && insight->complete)
        return insight;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_ink (void)
{
  Scene scene;
  const NumeralInsight *insight;
  const NumeralReading *steps, *between;

  scene_begin (&scene);
  insight = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  g_assert_no_error (insight->error);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    if (m == NUMERAL_EXPLANATION_EXPECTED_GRADIENTS)
      g_assert_null (insight->explanations[m]);
    else
      {
        g_assert_nonnull (insight->explanations[m]);
        g_assert_true (insight->explanations[m]->measured);
        g_assert_cmpuint (insight->explanations[m]->contrast.target, ==, 7);
        g_assert_cmpint (insight->explanations[m]->contrast.against, ==, insight->other);
      }
  g_assert_true (insight->drawing == scene.question.drawing);
  g_assert_cmpuint (insight->robustness->answer, ==, 7);
  g_assert_nonnull (insight->counterfactual);
  g_assert_cmpuint (insight->counterfactual->reading.digit, ==, insight->other);
  g_assert_null (insight->neighbours);
  g_assert_cmpuint (insight->steps->len, ==, NUMERAL_N_STEP_SETS);
  steps = (const NumeralReading *) insight->steps->data;
  g_assert_cmpmem (steps[INK_TENSOR_ALL_STEPS].tensor, sizeof scene.question.tensor,
                   scene.question.tensor, sizeof scene.question.tensor);
  g_assert_cmpuint (steps[INK_TENSOR_ALL_STEPS].digit, ==, 7);
  for (guint i = 0; i < INK_TENSOR_ALL_STEPS; i++)
    g_assert_true (memcmp (steps[i].tensor, scene.question.tensor, sizeof steps[i].tensor) != 0);
  g_assert_cmpuint (insight->between->len, ==, NUMERAL_N_BETWEEN);
  between = (const NumeralReading *) insight->between->data;
  g_assert_cmpuint (between[0].digit, ==, 7);
  g_assert_cmpuint (between[NUMERAL_N_BETWEEN - 1].digit, ==, insight->other);
  scene_end (&scene);
}

/* What does not depend on the rival is not computed again. */
static void
test_inherit (void)
{
  Scene scene;
  g_autoptr (NumeralInsight) first = NULL;
  const NumeralInsight *second;

  scene_begin (&scene);
  first = numeral_insight_ref (
      wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question)));
  scene.question.against = 2;
  second = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  g_assert_true (second->robustness == first->robustness);
  g_assert_true (second->steps == first->steps);
  g_assert_true (second->explanations[0] != first->explanations[0]);
  g_assert_cmpint (second->explanations[0]->contrast.against, ==, 2);
  g_assert_cmpuint (second->other, ==, 2);
  scene.question.down = NUMERAL_CHANGE_SHIFT_X;
  {
    g_autoptr (NumeralInsight) before =
        numeral_insight_ref (numeral_inspector_get_insight (scene.inspector));

    second = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
    g_assert_true (second->explanations[0] == before->explanations[0]);
    g_assert_true (second->counterfactual == before->counterfactual);
    g_assert_cmpint (second->robustness->down, ==, NUMERAL_CHANGE_SHIFT_X);
  }
  scene_end (&scene);
}

/* While the pen is down there are integrated gradients alone, without faithfulness; of many
 * questions the last one is answered. */
static void
test_unfinished (void)
{
  Scene scene;
  const NumeralInsight *insight;
  guint64 generation = 0;

  scene_begin (&scene);
  scene.question.unfinished = TRUE;
  for (guint i = 0; i < 30; i++)
    {
      take_drawing (&scene, new_digit (i % 2 ? 7 : 4, 0));
      generation = numeral_inspector_ask (scene.inspector, &scene.question);
    }
  insight = wait_complete (&scene, generation);
  g_assert_cmpuint (insight->explanations[0]->contrast.target, ==, 7);
  g_assert_false (insight->explanations[0]->measured);
  for (guint m = 1; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    g_assert_null (insight->explanations[m]);
  g_assert_null (insight->robustness);
  scene_end (&scene);
}

/* The chosen digit of a number is explained by its own ink. */
static void
test_number (void)
{
  Scene scene;
  g_autoptr (NumeralReader) reader = NULL;
  g_autoptr (NumeralPrediction) prediction = NULL;
  g_autoptr (InkDrawing) one = new_digit (7, 0);
  g_autoptr (InkDrawing) other = new_digit (4, 900);
  g_autoptr (GPtrArray) strokes = g_ptr_array_new ();
  const NumeralInsight *insight;

  scene_begin (&scene);
  for (guint i = 0; i < one->n_strokes; i++)
    g_ptr_array_add (strokes, one->strokes[i]);
  for (guint i = 0; i < other->n_strokes; i++)
    g_ptr_array_add (strokes, other->strokes[i]);
  take_drawing (&scene, ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len));
  reader = numeral_reader_new (scene.model);
  prediction = numeral_reader_read_drawing (reader, scene.question.drawing);
  g_assert_cmpuint (prediction->n_digits, ==, 2);
  scene.question.n_digits = 2;
  scene.question.chosen = 1;
  memcpy (scene.question.tensor, prediction->digits[1].tensor, sizeof scene.question.tensor);
  insight = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  g_assert_nonnull (insight->drawing);
  g_assert_cmpuint (insight->drawing->n_strokes, ==, other->n_strokes);
  g_assert_cmpuint (insight->explanations[0]->contrast.target, ==, 4);
  scene_end (&scene);
}

/* A picture has no pieces and no steps, but a background to compare with. */
static void
test_picture (void)
{
  Scene scene;
  g_autoptr (NnDataset) digits = NULL;
  const NumeralInsight *insight;

  scene_begin (&scene);
  digits = numeral_generate_digits (50, INK_GENERATOR_VERSION, 7, 0, NULL, NULL, NULL, NULL);
  scene.question.neighbours =
      numeral_neighbours_new (scene.model->network, digits, NULL, NULL, NULL, NULL);
  g_assert_nonnull (scene.question.neighbours);
  nn_dataset_get (digits, 3, scene.question.tensor);
  g_clear_pointer (&scene.question.drawing, ink_drawing_unref);
  insight = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  g_assert_null (insight->explanations[NUMERAL_EXPLANATION_SHAPLEY]);
  g_assert_nonnull (insight->explanations[NUMERAL_EXPLANATION_EXPECTED_GRADIENTS]);
  g_assert_null (insight->steps);
  g_assert_null (insight->omission);
  g_assert_cmpuint (insight->neighbours->len, ==, NUMERAL_NEIGHBOURS_WANTED);
  g_assert_cmpuint (g_array_index (insight->neighbours, NnNeighbour, 0).index, ==, 3);
  scene_end (&scene);
}

/* Nothing to explain is an error of the insight; forgetting drops insight and question. */
static void
test_clear (void)
{
  Scene scene;
  const NumeralInsight *insight;

  scene_begin (&scene);
  g_clear_pointer (&scene.question.drawing, ink_drawing_unref);
  memset (scene.question.tensor, 0, sizeof scene.question.tensor);
  numeral_inspector_ask (scene.inspector, &scene.question);
  while (!(insight = numeral_inspector_get_insight (scene.inspector)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (insight->error, NN_ERROR, NN_ERROR_VALUE);
  take_drawing (&scene, new_digit (7, 0));
  numeral_inspector_ask (scene.inspector, &scene.question);
  numeral_inspector_clear (scene.inspector);
  g_assert_null (numeral_inspector_get_insight (scene.inspector));
  wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  scene_end (&scene);
}

/* A search can be stopped, and asked for again. */
static void
test_stop (void)
{
  Scene scene;
  const NumeralInsight *insight;
  guint64 generation;

  scene_begin (&scene);
  generation = numeral_inspector_ask (scene.inspector, &scene.question);
  while (!(insight = numeral_inspector_get_insight (scene.inspector)) || insight->searching < 0)
    g_main_context_iteration (NULL, TRUE);
  numeral_inspector_stop_search (scene.inspector);
  insight = wait_complete (&scene, generation);
  g_assert_null (insight->counterfactual);
  g_assert_error (insight->counterfactual_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  scene.question.search = TRUE;
  insight = wait_complete (&scene, numeral_inspector_ask (scene.inspector, &scene.question));
  g_assert_no_error (insight->counterfactual_error);
  g_assert_nonnull (insight->counterfactual);
  scene_end (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/inspector/ink", test_ink);
  g_test_add_func ("/engine/inspector/inherit", test_inherit);
  g_test_add_func ("/engine/inspector/unfinished", test_unfinished);
  g_test_add_func ("/engine/inspector/number", test_number);
  g_test_add_func ("/engine/inspector/picture", test_picture);
  g_test_add_func ("/engine/inspector/clear", test_clear);
  g_test_add_func ("/engine/inspector/stop", test_stop);
  return g_test_run ();
}
