/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "ink-tensor.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-recogniser.h"
#include "numeral-reader.h"

/* Milliseconds would be more than enough. */
#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static const guint reading_widths[] = { 784, 9, 10 };
static const guint novelty_widths[] = { 784, 5, 3 };

static NumeralNovelty *
make_novelty (double threshold)
{
  g_autoptr (NnNetwork) network = engine_test_network (novelty_widths, 3, 4);
  g_autoptr (GError) error = NULL;
  NumeralNovelty *novelty = numeral_novelty_new (network, threshold, &error);

  g_assert_no_error (error);
  return novelty;
}

/* One that says the same of everything: so much more for class 1 than for class 0. */
static NumeralNovelty *
make_constant (float log_odds)
{
  static const guint widths[] = { 784, 2 };
  g_autoptr (NnNetwork) network = engine_test_network (widths, 2, 1);
  NumeralNovelty *novelty;

  memset (network->params, 0, network->n_params * sizeof (float));
  network->weights[0].bias[1] = log_odds;
  novelty = numeral_novelty_new (network, 0.5, NULL);
  g_assert_nonnull (novelty);
  return novelty;
}

static void
test_log_odds (void)
{
  static const float two[] = { 1, 3 }, three[] = { 2, 0, 1 }, far[] = { -200, 300, 300 };

  g_assert_cmpfloat_with_epsilon (numeral_novelty_log_odds (two, 2), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (numeral_novelty_log_odds (three, 3), log (1 + exp (1)) - 2,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (numeral_novelty_log_odds (far, 3), 500 + log (2), 1e-9);
  g_assert_cmpfloat (numeral_novelty_from_log_odds (0), ==, 0.5);
  g_assert_cmpfloat (numeral_novelty_from_log_odds (1000), ==, 1);
  g_assert_cmpfloat (numeral_novelty_from_log_odds (-1000), ==, 0);
  g_assert_cmpfloat_with_epsilon (numeral_novelty_from_log_odds (log (3)), 0.75, 1e-12);
}

static void
test_unfit (void)
{
  static const guint narrow[] = { 10, 2 };
  g_autoptr (NnNetwork) few_inputs = engine_test_network (narrow, 2, 1);
  g_autoptr (NnNetwork) good = engine_test_network (novelty_widths, 3, 1);
  g_autoptr (NnNetwork) sigmoid = engine_test_network (novelty_widths, 3, 1);
  g_autoptr (GError) error = NULL;

  sigmoid->arch.loss = NN_LOSS_MSE;
  g_assert_null (numeral_novelty_new (few_inputs, 0.5, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "10-2");
  g_assert_null (numeral_novelty_new (sigmoid, 0.5, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "softmax");
  g_assert_null (numeral_novelty_new (good, 0, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "threshold");
  g_assert_null (numeral_novelty_new (good, NAN, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "threshold");
}

/* What had the log odds that are asked for has a novelty of one half, and all else keeps its
 * distance from it. */
static void
test_shift (void)
{
  g_autoptr (NumeralNovelty) novelty = make_novelty (0.9);
  g_autoptr (NumeralNovelty) shifted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (40, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error);
  g_autofree double *before = numeral_novelty_measure (novelty, digits, &error);
  g_autofree double *after = NULL;

  g_assert_no_error (error);
  shifted = numeral_novelty_shift (novelty, before[7]);
  after = numeral_novelty_measure (shifted, digits, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (shifted->threshold, ==, 0.5);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpfloat_with_epsilon (after[i], before[i] - before[7], 1e-4);
}

/* Both networks are back as they were, each in its place, and the same bytes come of it. */
static void
test_file (gconstpointer data)
{
  const gboolean half = GPOINTER_TO_INT (data);
  g_autoptr (NnNetwork) network = engine_test_network (reading_widths, 3, 2);
  g_autoptr (NumeralNovelty) novelty = make_novelty (0.125);
  g_autoptr (NumeralModel) model = numeral_model_new (network, novelty, NULL);
  g_autoptr (NumeralModel) bare = numeral_model_new (network, NULL, NULL);
  g_autoptr (NumeralModel) plain = NULL, again = NULL;
  g_autoptr (GBytes) bytes = NULL, bytes_again = NULL, without = NULL;
  g_autoptr (GError) error = NULL;

  bytes = engine_test_model_bytes (model, half);
  again = numeral_model_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&again->network->arch, &network->arch));
  g_assert_nonnull (again->novelty);
  g_assert_cmpfloat (again->novelty->threshold, ==, 0.125);
  g_assert_true (nn_architecture_equal (&again->novelty->network->arch, &novelty->network->arch));
  if (!half)
    g_assert_cmpmem (again->novelty->network->params,
                     again->novelty->network->n_params * sizeof (float), novelty->network->params,
                     novelty->network->n_params * sizeof (float));
  /* What describes it is no part of the card. */
  g_assert_cmpuint (g_hash_table_size (again->metadata), ==, 1);
  g_assert_nonnull (numeral_model_get_metadata (again, "preprocessing"));
  bytes_again = engine_test_model_bytes (again, half);
  g_assert_true (g_bytes_equal (bytes, bytes_again));

  without = engine_test_model_bytes (bare, half);
  plain = numeral_model_parse (without, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (plain->novelty);
}

/* A file that claims a threshold or tensors that are of no use is refused, not guessed at. */
static void
test_damaged (void)
{
  static const struct
  {
    const char *from, *to, *word;
  } rows[] = {
    { "\"novelty.threshold\":\"0.125\"", "\"novelty.threshold\":\"1.125\"", "threshold" },
    { "\"novelty.threshold\":\"0.125\"", "\"novelty.threshold\":\"0x1g5\"", "number" },
    { "novelty.layers.1.bias", "novelty.layers.7.bias", "missing" },
    { "\"novelty.architecture\":\"784-5-3\"", "\"novelty.architecture\":\"784-4-3\"", "4" },
  };
  g_autoptr (NnNetwork) network = engine_test_network (reading_widths, 3, 2);
  g_autoptr (NumeralNovelty) novelty = make_novelty (0.125);
  g_autoptr (NumeralModel) model = numeral_model_new (network, novelty, NULL);
  g_autoptr (GBytes) bytes = NULL;

  bytes = engine_test_model_bytes (model, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size = g_bytes_get_size (bytes), length = strlen (rows[i].from);
      g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      /* The header is text, after its own length. */
      char *at = g_strstr_len (copy + 8, (gssize) size - 8, rows[i].from);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (at);
      g_assert_cmpuint (strlen (rows[i].to), ==, length);
      memcpy (at, rows[i].to, length);
      damaged = g_bytes_new (copy, size);
      g_assert_null (numeral_model_parse (damaged, NULL, &error));
      g_assert_true (error != NULL && error->domain == NN_ERROR);
      if (strstr (error->message, rows[i].word) == NULL)
        g_error ("\"%s\" is not in: %s", rows[i].word, error->message);
    }
}

/* Above the threshold it is refused, and what it would be is there all the same. */
static void
test_reader (void)
{
  g_autoptr (NnNetwork) network = engine_test_network (reading_widths, 3, 2);
  g_autoptr (NumeralNovelty) sure = make_constant (-3), unsure = make_constant (0.25f);
  g_autoptr (NumeralModel) plain = numeral_model_new (network, NULL, NULL);
  g_autoptr (NumeralModel) strict = numeral_model_new (network, unsure, NULL);
  g_autoptr (NumeralModel) lenient = numeral_model_new (network, sure, NULL);
  g_autoptr (NumeralReader) reader = numeral_reader_new (plain);
  NumeralReading before = { 0 }, reading;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    before.tensor[i] = (float) (i % 7) / 7;
  numeral_reader_read (reader, &before);
  g_assert_false (before.refused);
  g_assert_cmpfloat (before.novelty, ==, 0);

  reading = before;
  numeral_reader_set_model (reader, strict);
  numeral_reader_read (reader, &reading);
  g_assert_true (reading.refused);
  g_assert_cmpfloat_with_epsilon (reading.novelty, 1 / (1 + exp (-0.25)), 1e-6);
  g_assert_cmpuint (reading.digit, ==, before.digit);
  g_assert_cmpmem (reading.probabilities, sizeof reading.probabilities, before.probabilities,
                   sizeof before.probabilities);

  numeral_reader_set_model (reader, lenient);
  numeral_reader_read (reader, &reading);
  g_assert_false (reading.refused);
  g_assert_cmpfloat_with_epsilon (reading.novelty, 1 / (1 + exp (3)), 1e-6);
  numeral_reader_set_model (reader, plain);
  numeral_reader_read (reader, &reading);
  g_assert_cmpfloat (reading.novelty, ==, 0);
}

/* The reader and the measurements agree, sample by sample. */
static void
test_agree (void)
{
  g_autoptr (NnNetwork) network = engine_test_network (reading_widths, 3, 2);
  g_autoptr (NumeralNovelty) novelty = make_novelty (0.5);
  g_autoptr (NumeralModel) model = numeral_model_new (network, novelty, NULL);
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) nondigits = numeral_generate_nondigits (70, FALSE, 2, 1, NULL, &error);
  g_autofree double *log_odds = numeral_novelty_measure (novelty, nondigits, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < nondigits->n; i++)
    {
      NumeralReading reading = { 0 };

      nn_dataset_get (nondigits, i, reading.tensor);
      numeral_reader_read (reader, &reading);
      g_assert_cmpfloat_with_epsilon (reading.novelty, numeral_novelty_from_log_odds (log_odds[i]),
                                      1e-4);
    }
}

static void
await (NumeralRecogniser *recogniser, guint64 generation, gboolean refused)
{
  const gint64 deadline = g_get_monotonic_time () + PATIENCE;

  for (;;)
    {
      const NumeralPrediction *prediction = numeral_recogniser_get_prediction (recogniser);

      if (prediction != NULL && prediction->generation == generation && prediction->n_digits == 1 &&
          prediction->digits[0].refused == refused)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
}

/* The novelty is the model's own, and a drawing that is there already is read again with it. */
static void
test_recogniser (void)
{
  g_autoptr (NnNetwork) network = engine_test_network (reading_widths, 3, 2);
  g_autoptr (NnNetwork) other = engine_test_network (reading_widths, 3, 3);
  g_autoptr (NumeralNovelty) unsure = make_constant (2);
  g_autoptr (NumeralModel) plain = numeral_model_new (network, NULL, NULL);
  g_autoptr (NumeralModel) strict = numeral_model_new (network, unsure, NULL);
  g_autoptr (NumeralModel) other_strict = numeral_model_new (other, unsure, NULL);
  g_autoptr (NumeralRecogniser) recogniser = numeral_recogniser_new (plain);
  float tensor[INK_TENSOR_SIZE] = { 0 };
  guint64 generation;

  tensor[400] = 1;
  generation = numeral_recogniser_submit (recogniser, tensor);
  await (recogniser, generation, FALSE);
  g_assert_true (numeral_recogniser_set_model (recogniser, strict, NULL));
  await (recogniser, generation, TRUE);
  g_assert_true (numeral_recogniser_set_model (recogniser, other_strict, NULL));
  generation = numeral_recogniser_submit (recogniser, tensor);
  await (recogniser, generation, TRUE);
  g_assert_true (numeral_recogniser_set_model (recogniser, plain, NULL));
  await (recogniser, generation, FALSE);
}

static void
test_nondigits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) one = numeral_generate_nondigits (210, FALSE, 5, 1, NULL, &error);
  g_autoptr (NnDataset) many = numeral_generate_nondigits (210, FALSE, 5, 3, NULL, &error);
  g_autoptr (NnDataset) unseen = numeral_generate_nondigits (210, TRUE, 5, 3, NULL, &error);
  gsize counts[10];

  g_assert_no_error (error);
  g_assert_cmpmem (one->pixels, one->n * INK_TENSOR_SIZE, many->pixels, many->n * INK_TENSOR_SIZE);
  g_assert_true (memcmp (one->pixels, unseen->pixels, one->n * INK_TENSOR_SIZE) != 0);
  g_assert_cmpmem (one->labels, one->n, many->labels, many->n);
  nn_dataset_count_classes (one, counts);
  g_assert_cmpuint (counts[0], ==, 0);
  for (guint kind = 1; kind <= 7; kind++)
    g_assert_cmpuint (counts[kind], ==, 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/novelty/log-odds", test_log_odds);
  g_test_add_func ("/engine/novelty/unfit", test_unfit);
  g_test_add_func ("/engine/novelty/shift", test_shift);
  g_test_add_data_func ("/engine/novelty/file/float32", GINT_TO_POINTER (FALSE), test_file);
  g_test_add_data_func ("/engine/novelty/file/float16", GINT_TO_POINTER (TRUE), test_file);
  g_test_add_func ("/engine/novelty/damaged", test_damaged);
  g_test_add_func ("/engine/novelty/reader", test_reader);
  g_test_add_func ("/engine/novelty/agree", test_agree);
  g_test_add_func ("/engine/novelty/recogniser", test_recogniser);
  g_test_add_func ("/engine/novelty/nondigits", test_nondigits);
  return g_test_run ();
}
