/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"
#include "nn-architecture-words.h"

/* The text form: what is written is read back as the same. */

typedef struct
{
  const char *text, *again; /* NULL: the same text */
  NnActivation activation;
  guint n_layers;
  gsize n_params;
} Good;

static const Good good[] = {
  { "784-128-10", NULL, NN_ACTIVATION_RELU, 3, 101770 },
  { "784-128-10", NULL, NN_ACTIVATION_TANH, 3, 101770 },
  { "784-10", NULL, NN_ACTIVATION_GELU, 1, 7850 },
  { "784-128-relu-10", "784-128-10", NN_ACTIVATION_RELU, 3, 101770 },
  { "784-128-linear-10", NULL, NN_ACTIVATION_RELU, 2, 101770 },
  { "784-128-tanh-64-10", "784-128-64-relu-10", NN_ACTIVATION_RELU, 5, 109386 },
  { "8-5-tanh-tanh-4-3", "8-5-tanh-tanh-4-relu-3", NN_ACTIVATION_RELU, 6, 84 },
  { "784-128-dropout0.2-10", NULL, NN_ACTIVATION_SIGMOID, 4, 101770 },
  { "8-5-dropout0.5429496729684-4", NULL, NN_ACTIVATION_RELU, 4, 69 },
  { "784-128-leakyrelu-dropout0.125-10-leakyrelu-3", "784-128-dropout0.125-10-3",
    NN_ACTIVATION_RELU, 6, 101803 },
  { "28x28-128-10", NULL, NN_ACTIVATION_RELU, 4, 101770 },
  { "28x28-flatten-128-10", "28x28-128-10", NN_ACTIVATION_RELU, 4, 101770 },
  { "784-flatten-10", NULL, NN_ACTIVATION_RELU, 2, 7850 },
  { "28x28-conv5x5x8-pool2-conv5x5x16-pool3-10", NULL, NN_ACTIVATION_RELU, 8, 4074 },
  { "3x32x32-conv3x3x8s2p1-10", NULL, NN_ACTIVATION_GELU, 4, 20714 },
  { "1x28x28-conv3x3x8-10", "28x28-conv3x3x8-10", NN_ACTIVATION_RELU, 4, 54170 },
  { "28x28-conv3x3x4-linear-pool2-10", NULL, NN_ACTIVATION_RELU, 4, 6810 },
  { "28x28-avgpool4-pool2x3s1-10", NULL, NN_ACTIVATION_RELU, 4, 310 },
  { "8x8-conv3x3x4-conv6x6x5", NULL, NN_ACTIVATION_RELU, 3, 765 },
  { "8x8-conv8x8x5-flatten", NULL, NN_ACTIVATION_RELU, 2, 325 },
  { "8x8-conv3x3x4-avgpool6-flatten", NULL, NN_ACTIVATION_RELU, 3, 40 },
};

static void
test_good (gconstpointer data)
{
  const Good *g = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  NnArchitecture arch, again;

  nn_architecture_from_string (g->text, g->activation, NN_LOSS_MSE, &arch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arch.n_layers, ==, g->n_layers);
  g_assert_cmpuint (nn_architecture_n_params (&arch), ==, g->n_params);
  g_assert_cmpint (arch.loss, ==, NN_LOSS_MSE);
  text = nn_architecture_to_string (&arch);
  g_assert_cmpstr (text, ==, g->again != NULL ? g->again : g->text);
  nn_architecture_from_string (text, nn_architecture_get_activation (&arch), NN_LOSS_MSE, &again,
                               &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&arch, &again));
}

typedef struct
{
  const char *text;
  NnError code;
} Bad;

static const Bad bad[] = {
  { "", NN_ERROR_CONFIG },
  { "-", NN_ERROR_CONFIG },
  { "784", NN_ERROR_CONFIG },
  { "784-", NN_ERROR_CONFIG },
  { "784--10", NN_ERROR_CONFIG },
  { "-784-10", NN_ERROR_CONFIG },
  { "784-1", NN_ERROR_CONFIG },
  { "784-257", NN_ERROR_CONFIG },
  { "0-10", NN_ERROR_CONFIG },
  { "784-0-10", NN_ERROR_CONFIG },
  { "784-65537-10", NN_ERROR_CONFIG },
  { "784-99999999999999999999-10", NN_ERROR_CONFIG },
  { "65536-65536-10", NN_ERROR_TOO_LARGE },
  { "+784-10", NN_ERROR_CONFIG },
  { "784-10 ", NN_ERROR_CONFIG },
  { "784-128.5-10", NN_ERROR_CONFIG },
  { "784-swish-10", NN_ERROR_CONFIG },
  { "784-10-relu", NN_ERROR_CONFIG },
  { "784-10-dropout0.5", NN_ERROR_CONFIG },
  { "784-128-dropout1-10", NN_ERROR_CONFIG },
  { "784-128-dropout-10", NN_ERROR_CONFIG },
  { "784-128-dropoutnan-10", NN_ERROR_CONFIG },
  { "784-conv3x3x8-10", NN_ERROR_SHAPE },
  { "28x28x-10", NN_ERROR_CONFIG },
  { "1x2x3x4-10", NN_ERROR_CONFIG },
  { "28x0-10", NN_ERROR_CONFIG },
  { "28x5000-10", NN_ERROR_CONFIG },
  { "28x28-conv3x3-10", NN_ERROR_CONFIG },
  { "28x28-conv3x3x0-10", NN_ERROR_CONFIG },
  { "28x28-conv0x3x8-10", NN_ERROR_CONFIG },
  { "28x28-conv65x3x8-10", NN_ERROR_CONFIG },
  { "28x28-conv3x3x8s0-10", NN_ERROR_CONFIG },
  { "28x28-conv3x3x8p3-10", NN_ERROR_CONFIG },
  { "28x28-conv3x3x8q1-10", NN_ERROR_CONFIG },
  { "28x28-conv29x3x8-10", NN_ERROR_SHAPE },
  { "28x28-pool0-10", NN_ERROR_CONFIG },
  { "28x28-pool2p1-10", NN_ERROR_CONFIG },
  { "28x28-pool29-10", NN_ERROR_SHAPE },
  { "28x28-conv3x3x10", NN_ERROR_SHAPE },
  { "28x28-flatten", NN_ERROR_CONFIG },
  { "2000x2000-conv1x1x65536-10", NN_ERROR_TOO_LARGE },
  { "1000x1000-flatten-10", NN_ERROR_TOO_LARGE },
};

static void
test_bad (gconstpointer data)
{
  const Bad *b = data;
  g_autoptr (GError) error = NULL;
  NnArchitecture arch = { .n_layers = 77 };

  g_assert_false (
      nn_architecture_from_string (b->text, NN_ACTIVATION_RELU, NN_LOSS_MSE, &arch, &error));
  core_test_error (&error, b->code);
  g_assert_cmpuint (arch.n_layers, ==, 77);
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("784");
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "-5");
  g_assert_false (
      nn_architecture_from_string (text->str, NN_ACTIVATION_RELU, NN_LOSS_MSE, &arch, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
}

/* The shapes on the way, and where a network cannot work. */
static void
test_shapes (void)
{
  g_autoptr (GError) error = NULL;
  NnShape shapes[NN_MAX_LAYERS + 1];
  NnArchitecture arch;
  guint problem;

  g_assert_true (nn_architecture_from_string ("28x28-conv5x5x8-pool2-conv5x5x16-pool3-10",
                                              NN_ACTIVATION_RELU, NN_LOSS_MSE, &arch, NULL));
  g_assert_true (nn_architecture_get_shapes (&arch, shapes, &problem, NULL));
  g_assert_cmpuint (problem, ==, arch.n_layers);
  g_assert_cmpuint (shapes[1].channels, ==, 8);
  g_assert_cmpuint (shapes[1].height, ==, 24);
  g_assert_cmpuint (shapes[3].width, ==, 12);
  g_assert_cmpuint (shapes[6].height, ==, 2);
  g_assert_cmpuint (nn_shape_size (&shapes[7]), ==, 64);
  arch.layers[3].kernel[0] = 13; /* of 12 rows */
  g_assert_false (nn_architecture_get_shapes (&arch, shapes, &problem, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
  g_assert_cmpuint (problem, ==, 3);
}

/* Word by word: the shapes and parameters up to the first that cannot work, and the text again. */
static void
test_words (void)
{
  static const char *const text = "28x28-conv5x5x8-linear-pool2-dropout0.5-128-tanh-10";
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  NnArchitectureWords words;
  NnWordSize sizes[NN_MAX_WORDS];

  g_assert_true (nn_architecture_words_from_string (text, &words, NULL));
  g_assert_cmpuint (words.n, ==, 7);
  g_assert_cmpint (words.words[1].kind, ==, NN_WORD_LINEAR);
  again = nn_architecture_words_to_string (&words);
  g_assert_cmpstr (again, ==, text);

  g_assert_cmpuint (nn_architecture_words_measure (&words, NN_ACTIVATION_RELU, sizes, &error), ==,
                    7);
  g_assert_no_error (error);
  g_assert_cmpuint (sizes[0].n_params, ==, 208);
  g_assert_cmpuint (sizes[1].out.height, ==, 24);
  g_assert_cmpuint (sizes[2].out.width, ==, 12);
  g_assert_cmpuint (sizes[3].n_params, ==, 0);
  g_assert_cmpuint (sizes[4].n_params, ==, 8 * 12 * 12 * 128 + 128);
  g_assert_cmpuint (sizes[5].out.channels, ==, 128);
  g_assert_cmpuint (sizes[6].n_params, ==, 1290);

  /* A dense layer gives no image; the layers before it have their sizes. */
  words.words[6] = words.words[2];
  g_assert_cmpuint (nn_architecture_words_measure (&words, NN_ACTIVATION_RELU, sizes, &error), ==,
                    6);
  core_test_error (&error, NN_ERROR_SHAPE);
  words.input.height = 0;
  g_assert_cmpuint (nn_architecture_words_measure (&words, NN_ACTIVATION_RELU, sizes, &error), ==,
                    0);
  core_test_error (&error, NN_ERROR_CONFIG);
}

static void
test_mlp (void)
{
  const NnMlp mlp = { .n_layers = 3,
                      .widths = { 9, 8, 7, 3 },
                      .activation = NN_ACTIVATION_GELU,
                      .dropout = 0.25,
                      .loss = NN_LOSS_MSE };
  NnArchitecture arch;
  NnMlp again;

  g_assert_true (nn_architecture_from_mlp (&mlp, &arch, NULL));
  g_assert_true (nn_architecture_get_mlp (&arch, &again));
  g_assert_cmpmem (&mlp, sizeof mlp, &again, sizeof again);
  nn_architecture_remove_dropout (&arch);
  g_assert_true (nn_architecture_get_mlp (&arch, &again));
  g_assert_cmpfloat (again.dropout, ==, 0);
  arch.layers[1].kind = NN_LAYER_TANH; /* two activations */
  g_assert_false (nn_architecture_get_mlp (&arch, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/architecture/good/%u/%s", i, good[i].text);

      g_test_add_data_func (path, &good[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/architecture/bad/%u", i);

      g_test_add_data_func (path, &bad[i], test_bad);
    }
  g_test_add_func ("/core/architecture/too-long", test_too_long);
  g_test_add_func ("/core/architecture/shapes", test_shapes);
  g_test_add_func ("/core/architecture/words", test_words);
  g_test_add_func ("/core/architecture/mlp", test_mlp);
  return g_test_run ();
}
