/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "nn-evaluate.h"
#include "nn-roc.h"
#include "nn-trainer.h"
#include "numeral-adapt.h"
#include "numeral-generate.h"
#include "numeral-origin.h"

/* The model before: it learned generated digits. @everybody: some that it did not learn. */
static NumeralModel *model;
static NnDataset *everybody;

static NnDataset *
generate (gsize n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return digits;
}

static void
make_model (void)
{
  g_autoptr (NnDataset) digits = generate (2000, 1);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) network = NULL;
  NnTrainConfig config;
  NnStep step;

  nn_train_config_init (&config);
  config.hidden[0] = 64;
  config.epochs = 10;
  trainer = nn_trainer_new (&config, digits, &error);
  g_assert_no_error (error);
  do
    g_assert_true (nn_trainer_step (trainer, &step, &error));
  while (!step.run_done);
  network = nn_trainer_snapshot (trainer);
  g_hash_table_insert (card, (gpointer) "name", (gpointer) "Before");
  g_hash_table_insert (card, (gpointer) "temperature", (gpointer) "1.5");
  g_hash_table_insert (card, (gpointer) "validation_loss", (gpointer) "0.1");
  model = numeral_model_new (network, NULL, card);
  everybody = generate (1200, 2);
}

/* The strokes of @drawing, leaning to the left. */
static InkDrawing *
lean (const InkDrawing *drawing)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];
      InkStroke *leaning = ink_stroke_new (stroke->width);

      for (guint p = 0; p < stroke->n_points; p++)
        {
          InkPoint point = stroke->points[p];

          point.x += 0.7f * point.y;
          ink_stroke_append (leaning, point);
        }
      g_ptr_array_add (strokes, leaning);
    }
  return ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
}

/* Digits in a hand that leans as the generator's hands do not. */
static NnDataset *
write_hand (gsize n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *hand = nn_dataset_new_pixels (n, INK_TENSOR_SIDE, INK_TENSOR_SIDE, 10, &error);

  g_assert_no_error (error);
  nn_dataset_add_origins (hand);
  for (gsize i = 0; i < n; i++)
    {
      float tensor[INK_TENSOR_SIZE];
      InkGenerator generator;
      g_autoptr (InkDrawing) upright = NULL, drawing = NULL;

      ink_generator_init (&generator, seed, i);
      upright = ink_generator_digit (&generator, (guint) (i % 10), NULL);
      drawing = lean (upright);
      g_assert_true (ink_tensor_from_drawing (drawing, NULL, tensor));
      ink_tensor_to_pixels (tensor, hand->pixels + i * INK_TENSOR_SIZE);
      hand->labels[i] = (guint8) (i % 10);
      hand->origins[i] = numeral_origin_new_for_ink (drawing);
    }
  return hand;
}

static double
accuracy_of (const NumeralModel *of, const NnDataset *dataset)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (of->network, dataset, NULL);

  return evaluation->accuracy;
}

static NumeralAdaptation *
adapt (NnDataset *samples, NnDataset *others, guint n_threads)
{
  const NumeralAdaptRequest request = {
    .model = model, .samples = samples, .others = others, .seed = 7, .n_threads = n_threads
  };
  g_autoptr (GError) error = NULL;
  NumeralAdaptation *adaptation = numeral_adapt (&request, &error);

  g_assert_no_error (error);
  g_test_message ("own %.1f -> %.1f %%, everybody %.2f -> %.2f %%: %s, %g",
                  100 * adaptation->own[0].accuracy, 100 * adaptation->own[1].accuracy,
                  100 * adaptation->others[0].accuracy, 100 * adaptation->others[1].accuracy,
                  numeral_adapt_verdict_name (adaptation->verdict), adaptation->amount);
  return adaptation;
}

static void
assert_same (const NumeralAdaptation *a, const NumeralAdaptation *b)
{
  g_assert_cmpmem (a->own, sizeof a->own, b->own, sizeof b->own);
  g_assert_cmpmem (a->others, sizeof a->others, b->others, sizeof b->others);
  g_assert_cmpmem (a->model->network->params, a->model->network->n_params * sizeof (float),
                   b->model->network->params, b->model->network->n_params * sizeof (float));
}

/* A hand is learned from three samples of each digit, everybody's digits are not forgotten, and the
 * number of threads changes nothing. */
static void
test_hand (void)
{
  g_autoptr (NnDataset) samples = write_hand (30, 3), rest = write_hand (200, 4);
  g_autoptr (NumeralAdaptation) one = adapt (samples, everybody, 1);
  g_autoptr (NumeralAdaptation) three = adapt (samples, everybody, 3);
  const double before = accuracy_of (model, rest), after = accuracy_of (one->model, rest);

  g_test_message ("unseen samples of the hand: %.1f -> %.1f %%", 100 * before, 100 * after);
  g_assert_true (one->keep);
  g_assert_cmpint (one->verdict, ==, NUMERAL_ADAPT_BETTER);
  g_assert_cmpuint (one->own[0].n, ==, 30);
  g_assert_cmpfloat (one->own[1].accuracy, >, one->own[0].accuracy);
  g_assert_cmpfloat (after, >, before + 0.05);
  g_assert_cmpfloat (one->others[1].accuracy, >=,
                     one->others[0].accuracy -
                         NUMERAL_ADAPT_BOUND_OF_ERRORS * (1 - one->others[0].accuracy));
  g_assert_cmpuint (one->others[0].n, ==, everybody->n / 2);
  assert_same (one, three);
}

/* Pictures without strokes, more of some digits than of others, and no data set but the generator.
 */
static void
test_pictures (void)
{
  g_autoptr (NnDataset) drawn = write_hand (34, 5);
  g_autoptr (NnDataset) samples = NULL, rest = write_hand (200, 4);
  g_autoptr (NumeralAdaptation) adaptation = NULL;
  const double others = accuracy_of (model, everybody);
  g_autoptr (GError) error = NULL;

  samples = nn_dataset_new_pixels (drawn->n, drawn->width, drawn->height, 10, &error);
  g_assert_no_error (error);
  memcpy (samples->pixels, drawn->pixels, drawn->n * drawn->n_features);
  memcpy (samples->labels, drawn->labels, drawn->n);
  adaptation = adapt (samples, NULL, 0);
  g_assert_true (adaptation->keep);
  g_assert_cmpfloat (accuracy_of (adaptation->model, rest), >, accuracy_of (model, rest) + 0.05);
  g_assert_cmpfloat (accuracy_of (adaptation->model, everybody), >=, others - 0.02);
}

/* Samples that are labelled at random teach nothing, and the model is not to be kept. */
static void
test_worse (void)
{
  g_autoptr (NnDataset) noise = generate (40, 8);
  g_autoptr (NumeralAdaptation) adaptation = NULL;
  NnRandom random;

  nn_random_init (&random, 1);
  for (gsize i = 0; i < noise->n; i++)
    noise->labels[i] = (guint8) nn_random_below (&random, 10);
  adaptation = adapt (noise, everybody, 0);
  g_assert_false (adaptation->keep);
  g_assert_cmpint (adaptation->verdict, !=, NUMERAL_ADAPT_BETTER);
}

/* A detector of non-digits with random weights: it rejects some samples of any hand. */
static NumeralModel *
with_detector (double log_odds)
{
  g_autoptr (NnNetwork) network = engine_test_network ((guint[]){ 784, 6, 8 }, 3, 5);
  g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (network, 0.5, NULL);
  g_autoptr (NumeralNovelty) shifted = numeral_novelty_shift (novelty, log_odds);

  return numeral_model_new (model->network, shifted, model->metadata);
}

static double
rejects (const NumeralModel *of, const NnDataset *dataset)
{
  g_autofree double *scores = numeral_novelty_measure (of->novelty, dataset, NULL);

  return nn_roc_share_above (scores, dataset->n, 0);
}

/* The card tells where the model is from, the sharpness stays, and the detector accepts more of the
 * hand, but not many more non-digits. Digits of one class alone are learned from, too. */
static void
test_finish (void)
{
  g_autoptr (NnDataset) hand = write_hand (60, 6), ones = NULL, nondigits = NULL;
  g_autoptr (NumeralModel) strict = with_detector (0);
  guint32 indices[6];
  NumeralAdaptRequest request = { .model = strict, .others = everybody, .seed = 1 };
  g_autoptr (NumeralAdaptation) a = NULL;
  g_autoptr (GError) error = NULL;

  for (guint32 i = 0; i < 6; i++)
    indices[i] = 10 * i + 7;
  ones = nn_dataset_subset (hand, indices, 6);
  request.samples = ones;
  a = numeral_adapt (&request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (a->own[1].n, ==, 6);
  g_assert_cmpstr (numeral_model_get_metadata (a->model, NUMERAL_CARD_ADAPTED_FROM), ==, "Before");
  g_assert_cmpstr (numeral_model_get_metadata (a->model, NUMERAL_CARD_ADAPTED_SAMPLES), ==, "6");
  g_assert_cmpstr (numeral_model_get_metadata (a->model, NUMERAL_CARD_ADAPTED_SEED), ==, "1");
  g_assert_null (numeral_model_get_metadata (a->model, "validation_loss"));
  g_assert_cmpfloat (a->model->temperature, >, 1.5 / 2);
  g_assert_cmpfloat (a->model->temperature, <, 1.5 * 2);

  nondigits = numeral_generate_nondigits (700, FALSE, 9, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (rejects (strict, ones), >, 0);
  g_assert_cmpfloat (rejects (a->model, ones), <=, rejects (strict, ones));
  g_assert_cmpfloat (rejects (a->model, nondigits), >=, rejects (strict, nondigits) - 0.04);
}

static void
cancel (double share, gpointer user_data)
{
  if (share > 0.1)
    g_cancellable_cancel (user_data);
}

static void
test_errors (void)
{
  g_autoptr (NnDataset) few = write_hand (NUMERAL_ADAPT_MIN_SAMPLES - 1, 1);
  g_autoptr (NnDataset) enough = write_hand (NUMERAL_ADAPT_MIN_SAMPLES, 1), table = NULL;
  g_autoptr (NnNetwork) network = engine_test_network ((guint[]){ 20, 10 }, 2, 1);
  g_autoptr (NumeralModel) other = numeral_model_new (network, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  NumeralAdaptRequest request = { .model = model, .samples = few };

  g_assert_null (numeral_adapt (&request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "too few");
  table = nn_dataset_new_values (50, 784, 10, &error);
  request.samples = table;
  g_assert_null (numeral_adapt (&request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "28x28");
  request.samples = enough;
  request.others = table;
  g_assert_null (numeral_adapt (&request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "everybody");
  request.model = other;
  g_assert_null (numeral_adapt (&request, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
  g_clear_error (&error);

  request = (NumeralAdaptRequest){ .model = model,
                                   .samples = enough,
                                   .others = everybody,
                                   .cancellable = cancellable,
                                   .progress = cancel,
                                   .user_data = cancellable };
  g_assert_null (numeral_adapt (&request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  enough->labels[1] = 10;
  g_assert_null (numeral_adapt (&request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "not labelled");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_model ();
  g_test_add_func ("/engine/adapt/hand", test_hand);
  g_test_add_func ("/engine/adapt/pictures", test_pictures);
  g_test_add_func ("/engine/adapt/worse", test_worse);
  g_test_add_func ("/engine/adapt/finish", test_finish);
  g_test_add_func ("/engine/adapt/errors", test_errors);
  status = g_test_run ();
  numeral_model_unref (model);
  nn_dataset_unref (everybody);
  return status;
}
