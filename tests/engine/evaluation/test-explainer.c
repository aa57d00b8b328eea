/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "nn-integrated-gradients.h"
#include "nn-loss.h"
#include "nn-shapley.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"

static NumeralModel *shipped;
static NumeralBackground *background;

static InkDrawing *
draw (guint digit, guint index)
{
  InkGenerator generator;

  ink_generator_init (&generator, 11, index);
  return ink_generator_digit (&generator, digit, NULL);
}

static NumeralExplanation *
explain (NumeralExplainer *explainer, const NumeralExplanationConfig *config)
{
  g_autoptr (GError) error = NULL;
  NumeralExplanation *explanation = numeral_explainer_explain (explainer, config, NULL, &error);

  g_assert_no_error (error);
  return explanation;
}

static double
sum_pixels (const NumeralExplanation *explanation)
{
  double sum = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += (double) explanation->attribution[i];
  return sum;
}

static double
sum_pieces (const NumeralExplanation *explanation)
{
  double sum = 0;

  for (guint i = 0; i < explanation->map.n; i++)
    sum += explanation->pieces[i];
  return sum;
}

/* What is explained is the answer that the reader gives, for the tensor that it reads. */
static void
test_answer (void)
{
  g_autoptr (NumeralReader) reader = numeral_reader_new (shipped);
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);

  for (guint digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = draw (digit, digit);
      g_autoptr (NumeralPrediction) read = numeral_reader_read_digit (reader, drawing);
      g_autoptr (NumeralExplanation) explanation = NULL;
      float p[10];

      numeral_explainer_set_drawing (explainer, drawing);
      explanation = explain (explainer, &numeral_explanation_config_default);
      g_assert_cmpuint (explanation->answer, ==, read->digits[0].digit);
      g_assert_cmpuint (explanation->contrast.target, ==, read->digits[0].digit);
      g_assert_cmpint (explanation->contrast.against, ==, (int) read->digits[0].runner_up);
      g_assert_cmpmem (explanation->tensor, sizeof explanation->tensor, read->digits[0].tensor,
                       sizeof read->digits[0].tensor);
      nn_loss_outputs (shipped->network->arch.loss, explanation->logits, p, 1, 10);
      nn_loss_probabilities (shipped->network->arch.loss, p, p, 1, 10);
      for (guint c = 0; c < 10; c++)
        g_assert_cmpfloat_with_epsilon ((double) p[c], (double) read->digits[0].probabilities[c],
                                        1e-4);
    }
}

/* Complete within 1 % from both baselines; with the blank one all of it is on the pieces. */
static void
test_integrated_gradients (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);

  for (guint k = 0; k < 12; k++)
    {
      g_autoptr (InkDrawing) drawing = draw (k % 10, k);
      g_autoptr (NumeralExplanation) explanation = NULL;
      NumeralExplanationConfig config = numeral_explanation_config_default;

      config.baseline = k % 2 == 0 ? NUMERAL_BASELINE_BLANK : NUMERAL_BASELINE_MEAN;
      config.background = background;
      config.against = k % 3 == 0 ? NUMERAL_AGAINST_NONE : NUMERAL_AGAINST_RUNNER_UP;
      config.faithfulness = FALSE;
      numeral_explainer_set_drawing (explainer, drawing);
      explanation = explain (explainer, &config);
      g_assert_true (explanation->additive);
      g_assert_false (explanation->measured);
      g_assert_nonnull (explanation->path);
      g_assert_cmpfloat (fabs (explanation->sum - explanation->difference), <=,
                         0.01 * fabs (explanation->difference));
      g_assert_cmpfloat_with_epsilon (sum_pixels (explanation), explanation->sum, 1e-4);
      if (config.baseline == NUMERAL_BASELINE_BLANK)
        g_assert_cmpfloat_with_epsilon (sum_pieces (explanation), explanation->sum, 1e-4);
    }
}

/* F of each coalition by the reader: the logarithm of the ratio of two probabilities. */
static double *
read_coalitions (const NumeralExplanation *explanation, InkDrawing *drawing)
{
  g_autoptr (NumeralReader) reader = numeral_reader_new (shipped);
  const guint n = explanation->map.n;
  double *values = g_new (double, (gsize) 1 << n);

  for (guint c = 0; c < 1u << n; c++)
    {
      g_autoptr (InkDrawing) part = ink_pieces_select (drawing, explanation->map.pieces, n, c);
      float tensor[INK_TENSOR_SIZE];
      g_autoptr (NumeralPrediction) read = NULL;

      ink_tensor_from_drawing (part, NULL, tensor);
      read = numeral_reader_read_tensor (reader, tensor);
      values[c] = log ((double) read->digits[0].probabilities[explanation->contrast.target]) -
                  log ((double) read->digits[0].probabilities[explanation->contrast.against]);
    }
  return values;
}

/* The Shapley values add up to F of all pieces less F of none, for any rival, and are those of the
 * game that the reader plays. */
static void
test_shapley (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (InkDrawing) drawing = draw (4, 3);
  NumeralExplanationConfig config = numeral_explanation_config_default;

  config.method = NUMERAL_EXPLANATION_SHAPLEY;
  config.target = 4;
  numeral_explainer_set_drawing (explainer, drawing);
  for (int against = NUMERAL_AGAINST_NONE; against < 10; against += 3)
    {
      g_autoptr (NumeralExplanation) explanation = NULL;
      g_autofree double *values = NULL;
      double expected[INK_MAX_PIECES];

      if (against == 4)
        continue;
      config.against = against;
      explanation = explain (explainer, &config);
      g_assert_cmpuint (explanation->map.n, >, 1);
      g_assert_true (explanation->by_pieces);
      g_assert_cmpfloat_with_epsilon (sum_pieces (explanation), explanation->difference, 1e-9);
      g_assert_cmpfloat_with_epsilon (sum_pixels (explanation), explanation->difference, 1e-4);
      if (against < 0)
        continue;
      values = read_coalitions (explanation, drawing);
      nn_shapley (values, explanation->map.n, expected);
      for (guint p = 0; p < explanation->map.n; p++)
        g_assert_cmpfloat_with_epsilon (explanation->pieces[p], expected[p], 1e-3);
    }
}

/* A drawing of two equal dashes: each is what the other is, so that neither has the larger value.
 */
static void
test_symmetry (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (NumeralExplanation) explanation = NULL;
  g_autoptr (InkDrawing) drawing = NULL;
  InkStroke *strokes[2];
  NumeralExplanationConfig config = numeral_explanation_config_default;

  for (guint s = 0; s < 2; s++)
    {
      strokes[s] = ink_stroke_new (10);
      for (guint i = 0; i <= 50; i++)
        ink_stroke_append (strokes[s], (InkPoint){ 40.0f * (float) s, 2.0f * (float) i, 0.5f, 0 });
    }
  drawing = ink_drawing_new (strokes, 2);
  ink_stroke_unref (strokes[0]);
  ink_stroke_unref (strokes[1]);
  config.method = NUMERAL_EXPLANATION_SHAPLEY;
  numeral_explainer_set_drawing (explainer, drawing);
  explanation = explain (explainer, &config);
  g_assert_cmpuint (explanation->map.n, ==, 2);
  /* Alone, each is centred and gives the same tensor. */
  g_assert_cmpfloat_with_epsilon (explanation->pieces[0], explanation->pieces[1], 1e-3);
  g_assert_cmpfloat_with_epsilon (sum_pieces (explanation), explanation->difference, 1e-9);
}

/* The other methods, on ink and on a picture. */
static void
test_methods (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (InkDrawing) drawing = draw (5, 5);
  float tensor[INK_TENSOR_SIZE];

  ink_tensor_from_drawing (drawing, NULL, tensor);
  for (guint picture = 0; picture < 2; picture++)
    {
      if (picture)
        numeral_explainer_set_tensor (explainer, tensor);
      else
        numeral_explainer_set_drawing (explainer, drawing);
      for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
        {
          NumeralExplanationConfig config = numeral_explanation_config_default;
          g_autoptr (NumeralExplanation) explanation = NULL;

          if (picture && m == NUMERAL_EXPLANATION_SHAPLEY)
            continue;
          config.method = m;
          config.background = background;
          explanation = explain (explainer, &config);
          g_assert_true (explanation->measured);
          g_assert_cmpuint (explanation->map.n > 0, ==, !picture);
          g_assert_cmpfloat_with_epsilon (sum_pixels (explanation), explanation->sum, 1e-3);
          g_assert_cmpfloat (fabs (explanation->sum), >, 0.01);
          g_assert_cmpfloat (fabs (explanation->faithfulness.figure), <=, 1);
          g_assert_cmpuint (isnan (explanation->r2) == 0, ==, m == NUMERAL_EXPLANATION_LIME);
          if (m == NUMERAL_EXPLANATION_LIME)
            {
              g_assert_cmpuint (explanation->by_pieces, ==, !picture);
              g_assert_cmpfloat (explanation->r2, >, 0);
              g_assert_cmpfloat (explanation->r2, <=, 1);
            }
          /* 160 gradients at random points: about a tenth of the difference. */
          if (explanation->additive)
            g_assert_cmpfloat (fabs (explanation->sum - explanation->difference), <,
                               0.2 * fabs (explanation->difference));
        }
    }
}

/* A picture that is the tensor of ink has the same attributions as the ink. */
static void
test_picture (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (InkDrawing) drawing = draw (2, 2);
  g_autoptr (NumeralExplanation) ink = NULL, picture = NULL;

  numeral_explainer_set_drawing (explainer, drawing);
  ink = explain (explainer, &numeral_explanation_config_default);
  numeral_explainer_set_tensor (explainer, ink->tensor);
  picture = explain (explainer, &numeral_explanation_config_default);
  g_assert_cmpmem (picture->attribution, sizeof picture->attribution, ink->attribution,
                   sizeof ink->attribution);
  g_assert_cmpfloat (picture->faithfulness.figure, ==, ink->faithfulness.figure);
}

/* On average the attributions of the pixels order them much better than chance does. */
static void
test_faithful (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  double mean = 0;

  for (guint k = 0; k < 10; k++)
    {
      g_autoptr (InkDrawing) drawing = draw (k, k);
      g_autoptr (NumeralExplanation) explanation = NULL;

      numeral_explainer_set_drawing (explainer, drawing);
      explanation = explain (explainer, &numeral_explanation_config_default);
      mean += explanation->faithfulness.figure / 10;
    }
  g_assert_cmpfloat (mean, >, 0.3);
}

static const float *sorted_by;

static int
compare_ranks (const void *a, const void *b)
{
  const float x = sorted_by[*(const guint *) a], y = sorted_by[*(const guint *) b];

  return x < y ? -1 : x > y;
}

/* ranks: [n] of the values at @pixels */
static void
rank (const float *values, const guint *pixels, guint n, double *ranks)
{
  float at[INK_TENSOR_SIZE];
  guint order[INK_TENSOR_SIZE];

  for (guint i = 0; i < n; i++)
    {
      at[i] = values[pixels[i]];
      order[i] = i;
    }
  sorted_by = at;
  qsort (order, n, sizeof *order, compare_ranks);
  for (guint i = 0; i < n; i++)
    ranks[order[i]] = i;
}

/* Spearman's rank correlation over the pixels with ink. */
static double
rank_correlation (const NumeralExplanation *a, const NumeralExplanation *b)
{
  double p[INK_TENSOR_SIZE], q[INK_TENSOR_SIZE], square = 0;
  guint pixels[INK_TENSOR_SIZE], n = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    if (a->tensor[i] > 0)
      pixels[n++] = i;
  rank (a->attribution, pixels, n, p);
  rank (b->attribution, pixels, n, q);
  for (guint i = 0; i < n; i++)
    square += (p[i] - q[i]) * (p[i] - q[i]);
  return 1 - 6 * square / ((double) n * ((double) n * n - 1));
}

/* The shipped network with random weights. */
static NumeralModel *
randomise (void)
{
  g_autoptr (NnNetwork) network = nn_network_copy (shipped->network);
  NnRandom random;

  nn_random_init (&random, 5);
  nn_network_init (network, NN_INIT_HE, &random);
  return numeral_model_new (network, NULL, NULL);
}

/* Adebayo et al., "Sanity checks for saliency maps", 2018: an explanation that tells something of
 * the network is another one if its weights are random. */
static void
test_sanity (void)
{
  g_autoptr (NumeralModel) random = randomise ();
  g_autoptr (NumeralExplainer) trained = numeral_explainer_new (shipped);
  g_autoptr (NumeralExplainer) untrained = numeral_explainer_new (random);
  const NumeralExplanationMethod methods[] = { NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS,
                                               NUMERAL_EXPLANATION_EXPECTED_GRADIENTS,
                                               NUMERAL_EXPLANATION_OCCLUSION };

  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    {
      double mean = 0;

      for (guint k = 0; k < 10; k++)
        {
          NumeralExplanationConfig config = numeral_explanation_config_default;
          g_autoptr (NumeralExplanation) a = NULL, b = NULL;
          g_autoptr (InkDrawing) drawing = draw (k, k + 30);

          config.method = methods[m];
          config.faithfulness = FALSE;
          config.background = background;
          numeral_explainer_set_drawing (trained, drawing);
          a = explain (trained, &config);
          config.target = (int) a->contrast.target;
          config.against = a->contrast.against;
          numeral_explainer_set_drawing (untrained, drawing);
          b = explain (untrained, &config);
          g_assert_cmpfloat_with_epsilon (rank_correlation (a, a), 1, 1e-12);
          mean += rank_correlation (a, b) / 10;
        }
      /* The correlation of unrelated pictures of smooth spots is 0 with a deviation of about 0.3,
       * so that of the mean of ten is 0.1. */
      g_assert_cmpfloat (fabs (mean), <, 0.3);
    }
}

/* Networks with convolutions. */
static void
test_convolution (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralExplainer) explainer = NULL;
  g_autoptr (InkDrawing) drawing = draw (3, 3);
  NnArchitecture arch;
  NnRandom random;

  g_assert_true (nn_architecture_from_string ("28x28-conv5x5x4-pool2-conv3x3x6-pool2-20-10",
                                              NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch,
                                              &error));
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, 2);
  nn_network_init (network, NN_INIT_HE, &random);
  model = numeral_model_new (network, NULL, NULL);
  explainer = numeral_explainer_new (model);
  numeral_explainer_set_drawing (explainer, drawing);
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    {
      NumeralExplanationConfig config = numeral_explanation_config_default;
      g_autoptr (NumeralExplanation) explanation = NULL;

      config.method = m;
      config.background = background;
      explanation = explain (explainer, &config);
      g_assert_cmpfloat (fabs (explanation->sum), >, 0);
      if (m == NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS)
        g_assert_cmpfloat (fabs (explanation->sum - explanation->difference), <=,
                           0.01 * fabs (explanation->difference));
    }
}

/* Every pixel with ink has an owner, and what is spread over the pixels of a piece adds up to it.
 */
static void
test_piece_map (void)
{
  for (guint k = 0; k < 10; k++)
    {
      g_autoptr (InkDrawing) drawing = draw (k, k + 50);
      float tensor[INK_TENSOR_SIZE], attribution[INK_TENSOR_SIZE];
      double values[INK_MAX_PIECES], back[INK_MAX_PIECES];
      NumeralPieceMap map;

      ink_tensor_from_drawing (drawing, NULL, tensor);
      numeral_piece_map_init (&map, drawing, tensor);
      g_assert_cmpuint (map.n, >, 0);
      for (guint i = 0; i < INK_TENSOR_SIZE; i++)
        g_assert_cmpuint (map.owners[i] != NUMERAL_NO_PIECE, ==, tensor[i] > 0);
      for (guint p = 0; p < map.n; p++)
        values[p] = 1.5 * p - 2;
      numeral_piece_map_spread (&map, drawing, tensor, values, attribution);
      numeral_piece_map_sum (&map, attribution, back);
      for (guint p = 0; p < map.n; p++)
        g_assert_cmpfloat_with_epsilon (back[p], values[p], 1e-5);
    }
}

/* A stroke that is drawn twice: the second one owns no pixel, but its value is not lost. */
static void
test_covered_piece (void)
{
  g_autoptr (InkDrawing) once = draw (1, 1), twice = NULL;
  float tensor[INK_TENSOR_SIZE], attribution[INK_TENSOR_SIZE];
  double values[INK_MAX_PIECES], sum = 0, total = 0;
  NumeralPieceMap map;

  twice = ink_drawing_with_stroke (once, once->strokes[0]);
  ink_tensor_from_drawing (twice, NULL, tensor);
  numeral_piece_map_init (&map, twice, tensor);
  for (guint p = 0; p < map.n; p++)
    total += values[p] = 1 + p;
  numeral_piece_map_spread (&map, twice, tensor, values, attribution);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    sum += (double) attribution[i];
  g_assert_cmpfloat_with_epsilon (sum, total, 1e-5);
}

static void
fails (NumeralExplainer *explainer,
       const NumeralExplanationConfig *config,
       NnError code,
       const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_explainer_explain (explainer, config, NULL, &error));
  engine_test_error (&error, NN_ERROR, code, word);
}

static void
test_errors (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (InkDrawing) drawing = draw (7, 7), empty = ink_drawing_new_empty ();
  NumeralExplanationConfig config = numeral_explanation_config_default;
  float tensor[INK_TENSOR_SIZE];

  fails (explainer, &config, NN_ERROR_VALUE, "no ink");
  numeral_explainer_set_drawing (explainer, empty);
  fails (explainer, &config, NN_ERROR_VALUE, "no ink");
  numeral_explainer_set_drawing (explainer, drawing);
  config.target = config.against = 3;
  fails (explainer, &config, NN_ERROR_CONFIG, "itself");
  config.target = 10;
  fails (explainer, &config, NN_ERROR_CONFIG, "0 to 9");
  config = numeral_explanation_config_default;
  config.baseline = NUMERAL_BASELINE_MEAN;
  fails (explainer, &config, NN_ERROR_CONFIG, "compare");
  config.baseline = NUMERAL_BASELINE_BLANK;
  config.method = NUMERAL_EXPLANATION_EXPECTED_GRADIENTS;
  fails (explainer, &config, NN_ERROR_CONFIG, "compare");
  config = numeral_explanation_config_default;
  config.patch = 10;
  fails (explainer, &config, NN_ERROR_CONFIG, "patch");
  config.patch = 3;
  config.grid = 15;
  fails (explainer, &config, NN_ERROR_CONFIG, "grid");
  config = numeral_explanation_config_default;
  config.method = NUMERAL_EXPLANATION_SHAPLEY;
  ink_tensor_from_drawing (drawing, NULL, tensor);
  numeral_explainer_set_tensor (explainer, tensor);
  fails (explainer, &config, NN_ERROR_CONFIG, "strokes");
}

/* Finite weights may give logits that are not finite. */
static void
test_overflow (void)
{
  g_autoptr (NnNetwork) network =
      engine_test_network ((const guint[]){ INK_TENSOR_SIZE, 10 }, 2, 1);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralExplainer) explainer = NULL;
  g_autoptr (InkDrawing) drawing = draw (7, 7);

  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = 3e38f;
  model = numeral_model_new (network, NULL, NULL);
  explainer = numeral_explainer_new (model);
  numeral_explainer_set_drawing (explainer, drawing);
  fails (explainer, &numeral_explanation_config_default, NN_ERROR_VALUE, "finite");
}

typedef struct
{
  GCancellable *cancellable;
  double last;
  guint n;
} Watched;

static void
cancel_at_second (double share, gpointer user_data)
{
  Watched *watched = user_data;

  g_assert_cmpfloat (share, >=, watched->last);
  g_assert_cmpfloat (share, <=, 1);
  watched->last = share;
  if (++watched->n == 2)
    g_cancellable_cancel (watched->cancellable);
}

/* Each method can be cancelled, and the explainer is as good as before. */
static void
test_cancel (void)
{
  g_autoptr (NumeralExplainer) explainer = numeral_explainer_new (shipped);
  g_autoptr (InkDrawing) drawing = draw (8, 8);

  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (InkDrawing) again = ink_drawing_transform (drawing, 1, 0, 0);
      g_autoptr (NumeralExplanation) explanation = NULL;
      g_autoptr (GError) error = NULL;
      Watched watched = { cancellable, 0, 0 };
      const NumeralExplainerWatch watch = { cancellable, cancel_at_second, &watched };
      NumeralExplanationConfig config = numeral_explanation_config_default;

      config.method = m;
      config.background = background;
      numeral_explainer_set_drawing (explainer, again);
      explanation = numeral_explainer_explain (explainer, &config, &watch, &error);
      /* The coalitions of a few pieces are one minibatch, and their faithfulness is none. */
      if (watched.n < 2)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (explanation);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (watched.n, ==, 2);
      explanation = explain (explainer, &config);
      g_assert_true (explanation->measured);
    }
}

static void
test_background (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits = numeral_generate_digits_lazily (30, 1, 1, &error);
  g_autoptr (NnDataset) other = nn_dataset_new_pixels (2, 8, 8, 10, &error);
  g_autoptr (NumeralBackground) all = numeral_background_new (digits, 100, 1, &error);
  g_autoptr (NumeralBackground) some = numeral_background_new (digits, 10, 1, &error);
  double mean[INK_TENSOR_SIZE] = { 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (all->n, ==, 30);
  g_assert_cmpuint (some->n, ==, 10);
  for (guint i = 0; i < 30; i++)
    for (guint j = 0; j < INK_TENSOR_SIZE; j++)
      mean[j] += (double) all->samples[i * INK_TENSOR_SIZE + j] / 30;
  for (guint j = 0; j < INK_TENSOR_SIZE; j++)
    {
      g_assert_cmpfloat_with_epsilon ((double) all->mean[j], mean[j], 1e-5);
      g_assert_cmpfloat (some->mean[j], ==, all->mean[j]);
    }
  g_assert_null (numeral_background_new (other, 2, 1, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "28");
}

static void
test_names (void)
{
  for (guint m = 0; m < NUMERAL_N_EXPLANATION_METHODS; m++)
    {
      NumeralExplanationMethod method;

      g_assert_true (numeral_explanation_method_from_name (numeral_explanation_method_name (m),
                                                           &method, NULL));
      g_assert_cmpuint (method, ==, m);
      g_assert_cmpstr (numeral_explanation_method_title (m), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  shipped = numeral_model_load_shipped (&error);
  g_assert_no_error (error);
  digits = numeral_generate_digits (200, INK_GENERATOR_VERSION, 1, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  background = numeral_background_new (digits, 40, 1, &error);
  g_assert_no_error (error);
  g_test_add_func ("/engine/explainer/answer", test_answer);
  g_test_add_func ("/engine/explainer/integrated-gradients", test_integrated_gradients);
  g_test_add_func ("/engine/explainer/shapley", test_shapley);
  g_test_add_func ("/engine/explainer/symmetry", test_symmetry);
  g_test_add_func ("/engine/explainer/methods", test_methods);
  g_test_add_func ("/engine/explainer/picture", test_picture);
  g_test_add_func ("/engine/explainer/faithful", test_faithful);
  g_test_add_func ("/engine/explainer/sanity", test_sanity);
  g_test_add_func ("/engine/explainer/convolution", test_convolution);
  g_test_add_func ("/engine/piece-map/owners", test_piece_map);
  g_test_add_func ("/engine/piece-map/covered", test_covered_piece);
  g_test_add_func ("/engine/explainer/errors", test_errors);
  g_test_add_func ("/engine/explainer/overflow", test_overflow);
  g_test_add_func ("/engine/explainer/cancel", test_cancel);
  g_test_add_func ("/engine/background/new", test_background);
  g_test_add_func ("/engine/explanation/names", test_names);
  status = g_test_run ();
  numeral_background_unref (background);
  numeral_model_unref (shipped);
  return status;
}
