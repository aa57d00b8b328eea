/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <string.h>

#include "engine-test.h"
#include "nn-predictor.h"
#include "numeral-batch.h"
#include "numeral-recogniser.h"

/* Also the program to run under ThreadSanitizer: everything that is shared is shared here. */

#define N_TENSORS 16
#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static NnNetwork *networks[2];
static NumeralModel *models[2];
static float tensors[N_TENSORS][INK_TENSOR_SIZE];
/* What each network says of each tensor. */
static float expected[2][N_TENSORS][NUMERAL_N_DIGITS];

static void
prepare (void)
{
  static const guint wide[] = { 784, 24, 10 }, deep[] = { 784, 20, 12, 10 };
  NnRandom random;

  networks[0] = engine_test_network (wide, G_N_ELEMENTS (wide), 1);
  networks[1] = engine_test_network (deep, G_N_ELEMENTS (deep), 2);
  for (guint n = 0; n < 2; n++)
    models[n] = numeral_model_new (networks[n], NULL, NULL);
  nn_random_init (&random, 3);
  for (guint t = 0; t < N_TENSORS; t++)
    for (guint i = 0; i < INK_TENSOR_SIZE; i++)
      tensors[t][i] = nn_random_below (&random, 4) == 0 ? nn_random_uniform (&random) : 0;
  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (NnPredictor) predictor = nn_predictor_new (networks[n]);

      for (guint t = 0; t < N_TENSORS; t++)
        nn_predictor_run (predictor, tensors[t], expected[n][t]);
    }
}

/* Watches the answers and asserts what must hold of each. */
typedef struct
{
  guint n;
  guint64 generation;
} Watch;

static void
on_prediction (NumeralRecogniser *recogniser, GParamSpec *pspec, Watch *watch)
{
  NumeralPrediction *prediction = numeral_recogniser_get_prediction (recogniser);
  float sum = 0;

  g_assert_nonnull (prediction);
  g_assert_cmpuint (prediction->generation, >=, watch->generation);
  watch->generation = prediction->generation;
  watch->n++;
  if (prediction->empty)
    return;
  for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
    {
      float p = prediction->digits[0].probabilities[i];

      sum += p;
      g_assert_cmpfloat (prediction->digits[0].probabilities[prediction->digits[0].digit], >=, p);
      if (i != prediction->digits[0].digit)
        g_assert_cmpfloat (prediction->digits[0].probabilities[prediction->digits[0].runner_up], >=,
                           p);
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
  g_assert_cmpuint (prediction->digits[0].digit, !=, prediction->digits[0].runner_up);
  g_assert_cmpfloat (prediction->forward_seconds, >, 0);
  g_assert_cmpfloat (prediction->forward_seconds, <, 10);
}

static NumeralRecogniser *
watched_recogniser (Watch *watch)
{
  NumeralRecogniser *recogniser = numeral_recogniser_new (models[0]);

  g_signal_connect (recogniser, "notify::prediction", G_CALLBACK (on_prediction), watch);
  return recogniser;
}

static gboolean
answered (NumeralRecogniser *recogniser, guint64 generation, guint network, guint tensor)
{
  NumeralPrediction *prediction = numeral_recogniser_get_prediction (recogniser);

  return prediction != NULL && prediction->generation == generation && !prediction->empty &&
         prediction->n_digits == 1 &&
         memcmp (prediction->digits[0].tensor, tensors[tensor], sizeof tensors[tensor]) == 0 &&
         memcmp (prediction->digits[0].probabilities, expected[network][tensor],
                 sizeof expected[0][0]) == 0;
}

static void
await_answer (NumeralRecogniser *recogniser, guint64 generation, guint network, guint tensor)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  while (!answered (recogniser, generation, network, tensor))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
}

static void
test_answer (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  g_autoptr (NumeralPrediction) kept = NULL;
  g_autoptr (NumeralPrediction) property = NULL;

  g_assert_null (numeral_recogniser_get_prediction (recogniser));
  for (guint t = 0; t < N_TENSORS; t++)
    {
      guint64 generation = numeral_recogniser_submit (recogniser, tensors[t]);

      g_assert_cmpuint (generation, ==, t + 1);
      await_answer (recogniser, generation, 0, t);
      g_assert_cmpuint (watch.n, ==, t + 1);
      if (t == 0)
        kept = numeral_prediction_ref (numeral_recogniser_get_prediction (recogniser));
    }
  /* A prediction is immutable. */
  g_assert_cmpuint (kept->generation, ==, 1);
  g_assert_cmpmem (kept->digits[0].probabilities, sizeof kept->digits[0].probabilities,
                   expected[0][0], sizeof expected[0][0]);
  g_object_get (recogniser, "prediction", &property, NULL);
  g_assert_true (property == numeral_recogniser_get_prediction (recogniser));
  g_assert_finalize_object (recogniser);
}

static void
test_empty (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  NumeralPrediction *prediction;

  await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[0]), 0, 0);
  g_assert_cmpuint (numeral_recogniser_submit (recogniser, NULL), ==, 2);
  while (watch.n < 2)
    g_main_context_iteration (NULL, TRUE);
  prediction = numeral_recogniser_get_prediction (recogniser);
  g_assert_true (prediction->empty);
  g_assert_cmpuint (prediction->generation, ==, 2);
  g_assert_cmpuint (prediction->n_digits, ==, 0);
  await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[1]), 0, 1);
  g_assert_finalize_object (recogniser);
}

/* Strokes far beside one another: each is a digit, read as its own tensor, and remembered as ink
 * where another network comes. */
static void
test_drawing (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  g_autoptr (InkStroke) left = ink_stroke_new (50), right = ink_stroke_new (50);
  g_autoptr (InkDrawing) both = NULL, one = NULL, part = NULL, none = ink_drawing_new_empty ();
  const NumeralPrediction *prediction;
  float tensor[INK_TENSOR_SIZE];

  for (guint i = 0; i <= 10; i++)
    {
      ink_stroke_append (left, (InkPoint){ .x = 100, .y = 100 + 50.0f * (float) i });
      ink_stroke_append (right, (InkPoint){ .x = 700 + 20.0f * (float) (i % 5),
                                            .y = 110 + 50.0f * (float) i });
    }
  both = ink_drawing_new ((InkStroke *[]){ right, left }, 2);
  one = ink_drawing_new (&left, 1);

  g_assert_cmpuint (numeral_recogniser_submit_drawing (recogniser, both), ==, 1);
  while (watch.n < 1)
    g_main_context_iteration (NULL, TRUE);
  prediction = numeral_recogniser_get_prediction (recogniser);
  g_assert_cmpuint (prediction->n_digits, ==, 2);
  g_assert_false (prediction->empty);
  /* The left one first, though it was drawn last. */
  g_assert_cmpfloat (prediction->digits[0].box.x1, ==, 100);
  g_assert_cmpfloat (prediction->digits[1].box.x0, ==, 700);
  g_assert_true (ink_tensor_from_drawing (one, NULL, tensor));
  g_assert_cmpmem (prediction->digits[0].tensor, sizeof tensor, tensor, sizeof tensor);
  g_assert_true (prediction->digits[0].strokes == 2 && prediction->digits[1].strokes == 1);
  part = numeral_reading_copy_ink (&prediction->digits[0], both);
  g_assert_true (part->n_strokes == 1 && part->strokes[0] == left);
  g_assert_cmpfloat (prediction->digits[0].novelty, ==, 0);
  g_assert_false (prediction->digits[0].refused);

  g_assert_true (numeral_recogniser_set_model (recogniser, models[1], NULL));
  while (watch.n < 2)
    g_main_context_iteration (NULL, TRUE);
  prediction = numeral_recogniser_get_prediction (recogniser);
  g_assert_cmpuint (prediction->n_digits, ==, 2);
  g_assert_cmpuint (prediction->generation, ==, 1);

  g_assert_cmpuint (numeral_recogniser_submit_drawing (recogniser, none), ==, 2);
  while (watch.n < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (numeral_recogniser_get_prediction (recogniser)->empty);
  await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[1]), 1, 1);
  g_assert_finalize_object (recogniser);
}

/* However much is submitted while the main loop is busy: one answer, and it is the latest. */
static void
test_latest_wins (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  guint64 generation = 0;

  for (guint i = 0; i < 5000; i++)
    generation = numeral_recogniser_submit (recogniser, tensors[i % N_TENSORS]);
  g_assert_cmpuint (generation, ==, 5000);
  /* Long enough for the thread to be through. */
  g_usleep (300 * 1000);
  g_assert_cmpuint (watch.n, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (watch.n, ==, 1);
  g_assert_true (answered (recogniser, 5000, 0, 4999 % N_TENSORS));
  g_usleep (20 * 1000);
  g_assert_false (g_main_context_pending (NULL));
  g_assert_finalize_object (recogniser);
}

static void
test_network (void)
{
  static const guint inputs[] = { 783, 5, 10 }, classes[] = { 784, 5, 11 };
  g_autoptr (NnNetwork) wrong_inputs = engine_test_network (inputs, 3, 1);
  g_autoptr (NnNetwork) wrong_classes = engine_test_network (classes, 3, 1);
  g_autoptr (NumeralModel) few_inputs = numeral_model_new (wrong_inputs, NULL, NULL);
  g_autoptr (NumeralModel) many_classes = numeral_model_new (wrong_classes, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  guint64 generation;

  /* Nothing was submitted, so there is nothing to say. */
  g_assert_true (numeral_recogniser_set_model (recogniser, models[1], &error));
  g_usleep (20 * 1000);
  g_assert_false (g_main_context_pending (NULL));

  generation = numeral_recogniser_submit (recogniser, tensors[2]);
  await_answer (recogniser, generation, 1, 2);
  g_assert_false (numeral_recogniser_set_model (recogniser, few_inputs, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "783-5-10");
  g_assert_false (numeral_recogniser_set_model (recogniser, many_classes, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "784-5-11");
  g_usleep (20 * 1000);
  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (watch.n, ==, 1);

  /* Read again, with the generation it had. */
  g_assert_true (numeral_recogniser_set_model (recogniser, models[0], &error));
  await_answer (recogniser, generation, 0, 2);
  g_assert_cmpuint (watch.n, ==, 2);
  g_assert_finalize_object (recogniser);
}

/* The weights change, as a trainer's snapshots do, in a storm of submissions. */
static void
test_storm (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  guint network = 0, tensor = 0;
  NnRandom random;

  nn_random_init (&random, 11);
  for (guint i = 0; i < 20000; i++)
    switch (nn_random_below (&random, 8))
      {
      case 0:
        network = nn_random_below (&random, 2);
        g_assert_true (numeral_recogniser_set_model (recogniser, models[network], NULL));
        break;
      case 1:
        g_main_context_iteration (NULL, FALSE);
        break;
      case 2:
        numeral_recogniser_submit (recogniser, NULL);
        break;
      default:
        tensor = nn_random_below (&random, N_TENSORS);
        numeral_recogniser_submit (recogniser, tensors[tensor]);
        /* A lull now and then, in which the last word is heard. */
        if (i % 512 == 0)
          await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[tensor]),
                        network, tensor);
      }
  await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[tensor]), network,
                tensor);
  g_assert_cmpuint (watch.n, <, 20000);
  g_assert_finalize_object (recogniser);
}

/* Snapshots whose last owner is another thread. */
static gpointer
publish (gpointer data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (NnNetwork) network = nn_network_copy (networks[i % 2]);
      g_autoptr (NumeralModel) snapshot = numeral_model_new (network, NULL, NULL);

      g_assert_true (numeral_recogniser_set_model (data, snapshot, NULL));
    }
  return NULL;
}

static void
test_snapshots (void)
{
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  pthread_t thread;
  guint64 generation = 0;

  g_assert_cmpint (pthread_create (&thread, NULL, publish, recogniser), ==, 0);
  for (guint i = 0; i < 3000; i++)
    {
      generation = numeral_recogniser_submit (recogniser, tensors[i % N_TENSORS]);
      g_main_context_iteration (NULL, FALSE);
    }
  pthread_join (thread, NULL);
  await_answer (recogniser, generation, 299 % 2, 2999 % N_TENSORS);
  g_assert_finalize_object (recogniser);
}

/* The recogniser can be freed in any state, and no answer arrives afterwards. */
static void
test_finalise_busy (void)
{
  for (guint i = 0; i < 300; i++)
    {
      Watch watch = { 0 };
      NumeralRecogniser *recogniser = watched_recogniser (&watch);
      guint n;

      for (guint s = 0; s < i % 7; s++)
        numeral_recogniser_submit (recogniser, tensors[s]);
      if (i % 3 == 0)
        g_assert_true (numeral_recogniser_set_model (recogniser, models[1], NULL));
      if (i % 5 == 0)
        g_usleep (500);
      if (i % 2 == 0)
        g_main_context_iteration (NULL, FALSE);
      n = watch.n;
      g_assert_finalize_object (recogniser);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (watch.n, ==, n);
    }
}

static void
on_prediction_unref (NumeralRecogniser *recogniser, GParamSpec *pspec, NumeralRecogniser **slot)
{
  g_clear_object (slot);
}

/* The last reference goes in the very handler of the answer. */
static void
test_finalise_in_handler (void)
{
  NumeralRecogniser *recogniser = numeral_recogniser_new (models[0]);
  gpointer weak = recogniser;

  g_object_add_weak_pointer (G_OBJECT (recogniser), &weak);
  g_signal_connect (recogniser, "notify::prediction", G_CALLBACK (on_prediction_unref),
                    &recogniser);
  numeral_recogniser_submit (recogniser, tensors[0]);
  while (recogniser != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (weak);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
}

static gpointer
recognise_elsewhere (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Watch watch = { 0 };
  NumeralRecogniser *recogniser;

  g_main_context_push_thread_default (context);
  recogniser = watched_recogniser (&watch);
  numeral_recogniser_submit (recogniser, tensors[0]);
  while (watch.n == 0)
    g_main_context_iteration (context, TRUE);
  g_assert_true (answered (recogniser, 1, 0, 0));
  g_assert_finalize_object (recogniser);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Answers come to the context that was the default where the recogniser was made. */
static void
test_context (void)
{
  GThread *thread = g_thread_new ("elsewhere", recognise_elsewhere, NULL);

  g_thread_join (thread);
  g_assert_false (g_main_context_pending (NULL));
}

/* A picture of a bar, and of a hook far beside it: two digits, each read as its own tensor. */
static void
test_image (void)
{
  enum
  {
    WIDTH = 120,
    HEIGHT = 80
  };
  Watch watch = { 0 };
  NumeralRecogniser *recogniser = watched_recogniser (&watch);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  g_autoptr (NumeralPicture) picture = NULL;
  const InkImage *image;
  const NumeralPrediction *prediction;
  float tensor[INK_TENSOR_SIZE];

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (guint y = 20; y < 60; y++)
    for (guint x = 0; x < WIDTH; x++)
      if ((x >= 20 && x < 26) || (x >= 80 && x < 86) || (y < 26 && x >= 80 && x < 104))
        memset (gdk_pixbuf_get_pixels (pixbuf) + y * (guint) gdk_pixbuf_get_rowstride (pixbuf) +
                    3 * x,
                0, 3);
  picture = numeral_picture_new (pixbuf, NULL, NULL);
  g_assert_nonnull (picture);
  image = picture->image;

  g_assert_cmpuint (numeral_recogniser_submit_picture (recogniser, picture), ==, 1);
  while (watch.n < 1)
    g_main_context_iteration (NULL, TRUE);
  prediction = numeral_recogniser_get_prediction (recogniser);
  g_assert_null (numeral_recogniser_get_sheet (recogniser));
  g_assert_cmpuint (prediction->n_digits, ==, 2);
  g_assert_cmpfloat (prediction->digits[0].box.x1, <, 40);
  g_assert_cmpfloat (prediction->digits[1].box.x0, >, 70);
  for (guint i = 0; i < 2; i++)
    {
      InkDrawing *all = ink_image_get_outlines (image);
      g_autoptr (InkDrawing) one = ink_drawing_new (&all->strokes[i], 1);
      const guint place = ink_drawing_box (one).x0 < 40 ? 0 : 1;

      ink_image_get_part_tensor (image, one, tensor);
      g_assert_cmpmem (prediction->digits[place].tensor, sizeof tensor, tensor, sizeof tensor);
    }

  /* Remembered, where another network comes. */
  g_assert_true (numeral_recogniser_set_model (recogniser, models[1], NULL));
  while (watch.n < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (numeral_recogniser_get_prediction (recogniser)->n_digits, ==, 2);
  await_answer (recogniser, numeral_recogniser_submit (recogniser, tensors[1]), 1, 1);
  g_assert_finalize_object (recogniser);
}

/* All at once, and what the recogniser would say of each. */
static void
test_batch (void)
{
  for (guint n = 0; n < 2; n++)
    {
      int answers[N_TENSORS];

      numeral_batch_read (networks[n], &tensors[0][0], N_TENSORS, answers);
      for (guint t = 0; t < N_TENSORS; t++)
        for (guint i = 0; i < NUMERAL_N_DIGITS; i++)
          g_assert_cmpfloat (expected[n][t][answers[t]], >=, expected[n][t][i] - 1e-5f);
    }
}

/* The answer is there without a turn of the main loop, told of once, and does not come again. */
static void
test_wait (void)
{
  NumeralRecogniser *recogniser = numeral_recogniser_new (models[0]);
  Watch watch = { 0 };
  NumeralPrediction *prediction;

  g_signal_connect (recogniser, "notify::prediction", G_CALLBACK (on_prediction), &watch);
  /* Nothing was submitted: nothing to wait for. */
  numeral_recogniser_wait (recogniser, PATIENCE);
  g_assert_cmpuint (watch.n, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      const guint64 generation = numeral_recogniser_submit (recogniser, tensors[i]);

      numeral_recogniser_wait (recogniser, PATIENCE);
      prediction = numeral_recogniser_get_prediction (recogniser);
      g_assert_cmpuint (prediction->generation, ==, generation);
      g_assert_cmpuint (watch.n, ==, i + 1);
    }
  numeral_recogniser_wait (recogniser, PATIENCE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (watch.n, ==, 3);

  /* What does not come in time comes through the main context. */
  numeral_recogniser_submit (recogniser, tensors[3]);
  numeral_recogniser_wait (recogniser, 0);
  while (numeral_recogniser_get_prediction (recogniser)->generation < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (watch.n, ==, 4);
  g_assert_finalize_object (recogniser);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  prepare ();
  g_test_add_func ("/engine/recogniser/answer", test_answer);
  g_test_add_func ("/engine/recogniser/empty", test_empty);
  g_test_add_func ("/engine/recogniser/drawing", test_drawing);
  g_test_add_func ("/engine/recogniser/image", test_image);
  g_test_add_func ("/engine/recogniser/latest-wins", test_latest_wins);
  g_test_add_func ("/engine/recogniser/network", test_network);
  g_test_add_func ("/engine/recogniser/storm", test_storm);
  g_test_add_func ("/engine/recogniser/snapshots", test_snapshots);
  g_test_add_func ("/engine/recogniser/finalise-busy", test_finalise_busy);
  g_test_add_func ("/engine/recogniser/finalise-in-handler", test_finalise_in_handler);
  g_test_add_func ("/engine/recogniser/context", test_context);
  g_test_add_func ("/engine/recogniser/wait", test_wait);
  g_test_add_func ("/engine/recogniser/batch", test_batch);
  status = g_test_run ();
  for (guint n = 0; n < 2; n++)
    numeral_model_unref (models[n]);
  nn_network_unref (networks[0]);
  nn_network_unref (networks[1]);
  return status;
}
