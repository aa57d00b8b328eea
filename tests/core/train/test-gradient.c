/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "naive.h"

/* Every gradient of the trainer against central differences of the naive loss.
 *
 * The trainer never shows its gradients; one step of SGD does: (before - after) / rate. At the
 * highest rate there is the rounding of the weights matters least. */
#define RATE 512.0
/* Of the largest gradient of the layer: some tens of roundings of a float. */
#define TOLERANCE 5e-6

typedef struct
{
  const char *name;
  double dropout, smoothing, decay;
} Variant;

static const Variant variants[] = {
  { "plain", 0, 0, 0 },    { "dropout", 0.3, 0, 0 },  { "smoothing", 0, 0.1, 0 },
  { "decay", 0, 0, 0.05 }, { "all", 0.4, 0.2, 0.02 },
};

typedef struct
{
  NnActivation activation;
  NnLoss loss;
  guint n_hidden;
  gboolean sparse;
  const Variant *variant;
} Case;

/* A few gentle steps, so that it is not the first that is looked at, and then biases that are not
 * zero: with those a ReLU may stand exactly on its kink, where a difference means nothing. */
static void
approach (NnTrainer *trainer, guint64 n_steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = NULL;
  NnRandom random;
  NnStep step;

  nn_trainer_set_learning_rate_scale (trainer, 0.05 / RATE);
  for (guint64 s = 0; s < n_steps; s++)
    {
      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
    }

  network = nn_trainer_snapshot (trainer);
  nn_random_init (&random, 17);
  for (guint l = 0; l < network->n_weights; l++)
    for (guint u = 0; u < network->weights[l].n_out; u++)
      network->weights[l].bias[u] += nn_random_range (&random, -0.2f, 0.3f);
  core_test_set_params (trainer, network);
  nn_trainer_set_learning_rate_scale (trainer, 1);
}

/* Checks the step after @n_steps. @n_differences: of each layer's weights and biases, 0 for all */
static void
check_gradient (const NnTrainConfig *config,
                NnDataset *dataset,
                guint64 n_steps,
                guint n_differences)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = core_test_trainer (config, dataset);
  g_autoptr (NnNetwork) before = NULL;
  g_autoptr (NnNetwork) after = NULL;
  g_autoptr (Naive) naive = NULL;
  NaiveBatch batch;
  NnRandom random;
  NnStep step;
  double loss;

  approach (trainer, n_steps);
  before = nn_trainer_snapshot (trainer);
  nn_trainer_step (trainer, &step, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (step.step, ==, n_steps);
  after = nn_trainer_snapshot (trainer);

  naive = naive_new (before);
  naive_batch_init (&batch, config, dataset, n_steps);
  g_assert_cmpuint (step.n, ==, batch.n);
  naive_gradient (&naive->mlp, naive->params, &batch, naive->gradient);
  batch.decay = 0;
  loss = naive_loss (&naive->mlp, naive->params, &batch);
  g_assert_cmpfloat_with_epsilon (step.loss, loss, 4e-6 * fmax (loss, 1));
  batch.decay = config->weight_decay;

  nn_random_init (&random, 7);
  for (guint l = 0; l < naive->mlp.n_layers; l++)
    for (guint part = 0; part < 2; part++)
      {
        const NnWeights *layer = &before->weights[l];
        const float *from = part == 0 ? layer->weight : layer->bias;
        gsize first = (gsize) (from - before->params);
        gsize n = part == 0 ? (gsize) layer->n_out * layer->n_in : layer->n_out;
        gsize n_moved = 0;
        double max = 0;

        for (gsize i = first; i < first + n; i++)
          max = fmax (max, fabs (naive->gradient[i]));
        g_assert_cmpfloat (max, >, 1e-6);

        for (gsize i = first; i < first + n; i++)
          {
            double w = (double) before->params[i];
            double g = (w - (double) after->params[i]) / RATE;
            double allowed = TOLERANCE * max + fabs (w) * 0x1p-23 / RATE;

            n_moved += g != 0;
            g_assert_cmpfloat_with_epsilon (g, naive->gradient[i], allowed);
            if (n_differences == 0 || nn_random_below (&random, (guint32) n) < n_differences)
              {
                double difference = naive_difference (&naive->mlp, naive->params, &batch, i);

                g_assert_cmpfloat_with_epsilon (g, difference, allowed + 2e-8);
              }
          }
        /* Half of a layer may be dead or dropped, not all. */
        g_assert_cmpuint (n_moved * 10, >=, n);
      }
  naive_batch_clear (&batch);
}

static void
test_small (gconstpointer data)
{
  static const guint hidden[] = { 9, 6, 7 };
  const Case *c = data;
  NnTrainConfig config = core_test_config (c->n_hidden, hidden, 9);
  g_autoptr (NnDataset) dataset =
      c->sparse ? core_test_pixels (31, 4, 3, 3, 0.4, 5) : core_test_values (31, 12, 3, 5);

  config.activation = c->activation;
  config.loss = c->loss;
  config.init = c->activation == NN_ACTIVATION_RELU ? NN_INIT_HE : NN_INIT_XAVIER;
  config.learning_rate = RATE;
  config.dropout = c->variant->dropout;
  config.label_smoothing = c->variant->smoothing;
  config.weight_decay = c->variant->decay;
  config.seed = 11;
  config.threads = 2;
  check_gradient (&config, dataset, 6, 0);
}

/* Widths that are no multiples of anything, minibatches of one and of the last few. */
typedef struct
{
  const char *name;
  guint width, height; /* of the images; height 0: that many values */
  guint n_classes, n_hidden, hidden[3];
  guint n, batch_size, n_steps, threads;
  double ink;
} Shape;

static const Shape shapes[] = {
  { "sparse-17-one-sample", 17, 1, 2, 1, { 5 }, 20, 1, 9, 1, 0.4 },
  { "sparse-70-100-130", 10, 7, 10, 2, { 100, 130 }, 140, 33, 3, 2, 0.2 },
  { "sparse-130-partial", 13, 10, 10, 1, { 70 }, 140, 33, 4, 3, 0.3 },
  { "sparse-200-without-hidden", 20, 10, 17, 0, { 0 }, 90, 48, 1, 2, 0.2 },
  { "sparse-100-5-17-130", 10, 10, 5, 3, { 5, 17, 130 }, 130, 64, 2, 2, 0.2 },
  { "dense-5-one-sample", 5, 0, 2, 1, { 17 }, 20, 1, 9, 1, 0 },
  { "dense-70-100-130", 70, 0, 10, 2, { 100, 130 }, 140, 33, 3, 2, 0 },
  { "dense-130-partial", 130, 0, 10, 1, { 70 }, 140, 33, 4, 3, 0 },
  { "dense-101-without-hidden", 101, 0, 17, 0, { 0 }, 90, 48, 1, 2, 0 },
  { "dense-pixels-100-5-17-130", 10, 10, 5, 3, { 5, 17, 130 }, 130, 64, 2, 2, 0.9 },
  { "sparse-100-200-26", 10, 10, 26, 1, { 200 }, 150, 40, 2, 3, 0.2 },
  { "dense-30-20-200-26", 30, 0, 26, 2, { 20, 200 }, 150, 40, 2, 3, 0 },
  { "batch-above-data", 6, 6, 3, 1, { 70 }, 50, 1000, 3, 2, 0.3 },
};

static void
test_shape (gconstpointer data)
{
  const Shape *s = data;
  NnTrainConfig config = core_test_config (s->n_hidden, s->hidden, s->batch_size);
  g_autoptr (NnDataset) dataset =
      s->height > 0 ? core_test_pixels (s->n, s->width, s->height, s->n_classes, s->ink, 3) :
                      core_test_values (s->n, s->width, s->n_classes, 3);

  config.learning_rate = RATE;
  config.threads = s->threads;
  config.dropout = 0.2;
  check_gradient (&config, dataset, s->n_steps, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint a = 0; a < NN_N_ACTIVATIONS; a++)
    for (guint loss = 0; loss < NN_N_LOSSES; loss++)
      for (guint h = 0; h <= 3; h++)
        for (guint sparse = 0; sparse < 2; sparse++)
          for (guint v = 0; v < G_N_ELEMENTS (variants); v++)
            {
              Case *c = g_new (Case, 1);
              g_autofree char *path =
                  g_strdup_printf ("/core/trainer/gradient/%s/%s/%u-hidden/%s/%s",
                                   nn_activation_name (a), nn_loss_name (loss), h,
                                   sparse ? "sparse" : "dense", variants[v].name);

              *c = (Case){ a, loss, h, sparse != 0, &variants[v] };
              g_test_add_data_func_full (path, c, test_small, g_free);
            }
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autofree char *path = g_strdup_printf ("/core/trainer/gradient/shape/%s", shapes[s].name);

      g_test_add_data_func (path, &shapes[s], test_shape);
    }
  return g_test_run ();
}
