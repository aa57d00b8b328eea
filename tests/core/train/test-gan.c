/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-forward.h"
#include "nn-gan.h"

#define SIDE 5
#define N_FEATURES (SIDE * SIDE)
#define N_CLASSES 3

/* Smooth networks: the penalty has second derivatives, and differences of a loss are only near a
 * derivative where there are no corners. */
#define GENERATOR "7-9-tanh-25-sigmoid"
#define BESIDE "28-8-tanh-1"
#define PROJECTED "25-8-tanh-dropout0.25-6-tanh-3"
#define IMAGES "5x5-conv3x3x4-tanh-3"

typedef struct
{
  const char *name, *discriminator;
  guint shift;
  double noise, penalty, label_smoothing;
  NnBalance balance;
  gboolean trained; /* also until its end, with several numbers of workers */
} Case;

static const Case cases[] = {
  { "beside", BESIDE, 0, 0, 0, 0, NN_BALANCE_NONE, TRUE },
  { "projected", PROJECTED, 0, 0, 0, 0.1, NN_BALANCE_NONE, FALSE },
  { "convolution", IMAGES, 0, 0, 0, 0, NN_BALANCE_NONE, FALSE },
  { "shift", BESIDE, 1, 0, 0, 0, NN_BALANCE_NONE, FALSE },
  { "noise", PROJECTED, 0, 0.3, 0, 0, NN_BALANCE_NONE, FALSE },
  { "weights", PROJECTED, 0, 0, 0, 0, NN_BALANCE_WEIGHTS, FALSE },
  { "penalty-beside", BESIDE, 0, 0, 3, 0, NN_BALANCE_NONE, FALSE },
  { "penalty-projected", PROJECTED, 1, 0.2, 3, 0, NN_BALANCE_WEIGHTS, TRUE },
  { "penalty-convolution", IMAGES, 0, 0, 3, 0, NN_BALANCE_NONE, TRUE },
};

static NnGanConfig
make_config (const Case *c)
{
  NnGanConfig config;

  nn_gan_config_init (&config);
  strcpy (config.generator, GENERATOR);
  memset (config.discriminator, 0, sizeof config.discriminator);
  strcpy (config.discriminator, c->discriminator);
  config.shift = c->shift;
  config.noise = c->noise;
  config.penalty = c->penalty;
  config.label_smoothing = c->label_smoothing;
  config.balance = c->balance;
  config.batch_size = 40;
  config.epochs = 2;
  config.threads = 2;
  return config;
}

/* Two thirds of the samples are of class 0. */
static NnDataset *
make_data (void)
{
  NnDataset *dataset = core_test_pixels (120, SIDE, SIDE, N_CLASSES, 0.5, 3);

  for (gsize i = 0; i < 60; i++)
    dataset->labels[i] = 0;
  return dataset;
}

/* The gradients are the differences of the losses. */
static void
test_gradient (gconstpointer data)
{
  const NnGanConfig config = make_config (data);
  /* The gradient of the penalty is a difference, too, over a longer distance. */
  const double h = 1e-2, relative = config.penalty > 0 ? 0.03 : 0.01;
  g_autoptr (NnDataset) dataset = make_data ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnGan) gan = nn_gan_new (&config, dataset, &error);
  NnNetwork *networks[2];
  float *gradients[2], *unused[2];
  double losses[2], largest[2] = { 0, 0 };

  g_assert_no_error (error);
  networks[0] = nn_gan_snapshot_discriminator (gan);
  networks[1] = nn_gan_snapshot_generator (gan);
  for (guint k = 0; k < 2; k++)
    {
      gradients[k] = g_new0 (float, networks[k]->n_params);
      unused[k] = g_new0 (float, networks[k]->n_params);
    }
  nn_gan_gradients (gan, gradients[0], gradients[1], &losses[0], &losses[1]);
  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; i < networks[k]->n_params; i++)
      {
        float *param = &networks[k]->params[i];
        const float was = *param;
        double around[2][2];

        for (guint side = 0; side < 2; side++)
          {
            *param = was + (float) (side == 0 ? h : -h);
            g_assert_true (nn_gan_set_networks (gan, networks[1], networks[0], &error));
            nn_gan_gradients (gan, unused[0], unused[1], &around[side][0], &around[side][1]);
          }
        *param = was;
        g_assert_cmpfloat_with_epsilon ((double) gradients[k][i],
                                        (around[0][k] - around[1][k]) / (2 * h),
                                        2e-3 + relative * fabs ((double) gradients[k][i]));
        largest[k] = MAX (largest[k], fabs ((double) gradients[k][i]));
      }
  /* Zeros would pass, too. */
  g_assert_cmpfloat (largest[0], >, 0.02);
  g_assert_cmpfloat (largest[1], >, 0.02);
  for (guint k = 0; k < 2; k++)
    {
      g_free (gradients[k]);
      g_free (unused[k]);
      nn_network_unref (networks[k]);
    }
}

static void
train (const NnGanConfig *config, NnDataset *dataset, NnNetwork **generator, NnNetwork **other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnGan) gan = nn_gan_new (config, dataset, &error);
  NnGanStep step;

  g_assert_no_error (error);
  do
    g_assert_true (nn_gan_step (gan, &step, &error));
  while (!step.run_done);
  *generator = nn_gan_snapshot_generator (gan);
  *other = nn_gan_snapshot_discriminator (gan);
}

/* The same bits with any number of workers. */
static void
test_determinism (gconstpointer data)
{
  static const guint thread_counts[] = { 2, 3, 5 };
  NnGanConfig config = make_config (data);
  g_autoptr (NnDataset) dataset = make_data ();
  g_autoptr (NnNetwork) generator = NULL;
  g_autoptr (NnNetwork) discriminator = NULL;

  config.threads = 1;
  train (&config, dataset, &generator, &discriminator);
  for (guint t = 0; t < G_N_ELEMENTS (thread_counts); t++)
    {
      g_autoptr (NnNetwork) again = NULL;
      g_autoptr (NnNetwork) other = NULL;

      config.threads = thread_counts[t];
      train (&config, dataset, &again, &other);
      g_assert_true (core_test_same (generator, again));
      g_assert_true (core_test_same (discriminator, other));
    }
  {
    g_autoptr (NnNetwork) again = NULL;
    g_autoptr (NnNetwork) other = NULL;

    config.seed = 2;
    train (&config, dataset, &again, &other);
    g_assert_false (core_test_same (generator, again));
  }
}

/* Class 0 is the left half, class 1 the right half, class 2 both, each with its brightness. */
static NnDataset *
make_halves (void)
{
  NnDataset *dataset = nn_dataset_new_pixels (600, SIDE, SIDE, N_CLASSES, NULL);
  NnRandom random;

  nn_random_init (&random, 1);
  for (gsize i = 0; i < dataset->n; i++)
    {
      const guint8 value = (guint8) nn_random_range (&random, 128, 255);

      dataset->labels[i] = i % N_CLASSES;
      for (guint p = 0; p < N_FEATURES; p++)
        {
          const guint side = p % SIDE < SIDE / 2 ? 0 : 1;

          dataset->pixels[i * N_FEATURES + p] =
              dataset->labels[i] == 2 || dataset->labels[i] == side ? value : 0;
        }
    }
  return dataset;
}

/* The generator learns what each class looks like. */
static void
test_learning (void)
{
  NnGanConfig config = make_config (&cases[1]);
  g_autoptr (NnDataset) dataset = make_halves ();
  g_autoptr (NnNetwork) generator = NULL;
  g_autoptr (NnNetwork) discriminator = NULL;
  g_autoptr (NnTape) tape = NULL;

  strcpy (config.generator, "7-24-25-sigmoid");
  strcpy (config.discriminator, "25-32-3");
  config.noise = 0.4;
  config.penalty = 0.1;
  config.epochs = 60;
  config.learning_rate = config.discriminator_rate = 0.003;
  train (&config, dataset, &generator, &discriminator);
  tape = nn_tape_new (&generator->arch, 1);
  for (guint c = 0; c < N_CLASSES; c++)
    {
      double sides[2] = { 0, 0 };
      NnRandom random;

      nn_random_init (&random, c);
      for (guint i = 0; i < 50; i++)
        {
          float input[7] = { 0 };
          const float *image;

          for (guint z = 0; z < 4; z++)
            input[z] = nn_random_normal (&random);
          input[4 + c] = 1;
          image = nn_forward (generator, tape, input, 1);
          for (guint p = 0; p < N_FEATURES; p++)
            sides[p % SIDE < SIDE / 2 ? 0 : 1] += (double) image[p] / 50;
        }
      sides[0] /= SIDE * (SIDE / 2);
      sides[1] /= SIDE * (SIDE - SIDE / 2);
      for (guint side = 0; side < 2; side++)
        if (c == 2 || c == side)
          g_assert_cmpfloat (sides[side], >, 0.5);
        else
          g_assert_cmpfloat (sides[side], <, 0.25);
    }
}

static void
test_settings (void)
{
  static const struct
  {
    const char *generator, *discriminator;
    NnError code;
  } wrong[] = {
    { "7-9-25", BESIDE, NN_ERROR_SHAPE },         /* not a sigmoid */
    { "7-9-24-sigmoid", BESIDE, NN_ERROR_SHAPE }, /* another image */
    { "3-9-25-sigmoid", BESIDE, NN_ERROR_SHAPE }, /* no noise */
    { GENERATOR, "28-8-2", NN_ERROR_SHAPE },      /* neither one logit nor one a class */
    { GENERATOR, "25-8-1", NN_ERROR_SHAPE },      /* does not know the class */
    { GENERATOR, "25-8-x", NN_ERROR_CONFIG },
  };
  g_autoptr (NnDataset) dataset = make_data ();
  g_autoptr (NnDataset) table = core_test_values (60, N_FEATURES, N_CLASSES, 1);
  g_autoptr (GError) error = NULL;
  NnGanConfig config;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      config = make_config (&cases[0]);
      strcpy (config.generator, wrong[i].generator);
      strcpy (config.discriminator, wrong[i].discriminator);
      g_assert_null (nn_gan_new (&config, dataset, &error));
      core_test_error (&error, wrong[i].code);
    }
  /* Values below 0. */
  config = make_config (&cases[0]);
  g_assert_null (nn_gan_new (&config, table, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  config.shift = SIDE;
  g_assert_null (nn_gan_new (&config, dataset, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

static void
test_divergence (void)
{
  NnGanConfig config = make_config (&cases[0]);
  g_autoptr (NnDataset) dataset = make_data ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnGan) gan = nn_gan_new (&config, dataset, &error);
  g_autoptr (NnNetwork) generator = nn_gan_snapshot_generator (gan);
  g_autoptr (NnNetwork) discriminator = nn_gan_snapshot_discriminator (gan);
  NnGanStep step;

  discriminator->params[0] = NAN;
  g_assert_true (nn_gan_set_networks (gan, generator, discriminator, &error));
  g_assert_false (nn_gan_step (gan, &step, &error));
  core_test_error (&error, NN_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *gradient = g_strconcat ("/core/gan/gradient/", cases[i].name, NULL);
      g_autofree char *determinism = g_strconcat ("/core/gan/determinism/", cases[i].name, NULL);

      g_test_add_data_func (gradient, &cases[i], test_gradient);
      if (cases[i].trained)
        g_test_add_data_func (determinism, &cases[i], test_determinism);
    }
  g_test_add_func ("/core/gan/learning", test_learning);
  g_test_add_func ("/core/gan/settings", test_settings);
  g_test_add_func ("/core/gan/divergence", test_divergence);
  return g_test_run ();
}
