/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "nn-lazy.h"
#include "numeral-session.h"

/* A session that begins before its digits are generated gives the same curve and the same model as
 * one that waits for them. */

/* The curve and the weights of a whole run. */
typedef struct
{
  GArray *points; /* of NumeralStepPoint */
  GArray *losses; /* of double: validation, by epoch */
  NumeralModel *model;
} Result;

static void
result_clear (Result *result)
{
  g_array_unref (result->points);
  g_array_unref (result->losses);
  numeral_model_unref (result->model);
}

static void
run (const NumeralRunConfig *config, gboolean lazy, Result *result)
{
  const NumeralSourceRequest request = { .lazy = lazy };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunData) data = numeral_run_data_load (config, &request, &error);
  g_autoptr (NumeralSession) session = NULL;
  NumeralSessionSetup setup;
  NumeralSessionStep step;

  g_assert_no_error (error);
  g_assert_cmpint (nn_lazy_is_complete (data->train), ==, !lazy);
  result->points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  result->losses = g_array_new (FALSE, FALSE, sizeof (double));
  numeral_session_setup_init (&setup, &config->train, data);
  session = numeral_session_new (&setup, &error);
  g_assert_no_error (error);
  while (numeral_session_get_end (session) == NUMERAL_SESSION_GOING)
    {
      g_assert_true (numeral_session_step (session, &step, &error));
      g_array_append_val (result->points, step.point);
      if (step.epoch != NULL)
        g_array_append_val (result->losses, step.epoch->validation_loss);
      /* The first step needs no more than the first samples, but principal components all. */
      if (lazy && config->train.pca == 0 && result->points->len == 1)
        g_assert_false (nn_lazy_is_complete (data->train));
    }
  g_assert_true (numeral_session_finish (session, numeral_session_get_end (session), NULL, &error));
  result->model = numeral_session_make_model (session, FALSE);
}

static void
compare (const NumeralRunConfig *config)
{
  Result waited, early;

  run (config, FALSE, &waited);
  run (config, TRUE, &early);
  g_assert_cmpmem (early.points->data, early.points->len * sizeof (NumeralStepPoint),
                   waited.points->data, waited.points->len * sizeof (NumeralStepPoint));
  g_assert_cmpmem (early.losses->data, early.losses->len * sizeof (double), waited.losses->data,
                   waited.losses->len * sizeof (double));
  g_assert_cmpuint (early.model->network->n_params, ==, waited.model->network->n_params);
  g_assert_cmpmem (early.model->network->params, early.model->network->n_params * sizeof (float),
                   waited.model->network->params, waited.model->network->n_params * sizeof (float));
  result_clear (&waited);
  result_clear (&early);
}

static void
test_early (void)
{
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

      config->source = NUMERAL_SOURCE_GENERATED;
      config->generated = 1500;
      config->train.hidden[0] = 24;
      config->train.epochs = 2;
      config->train.threads = threads;
      config->train.validation = 0.2;
      compare (config);
    }
}

static void
test_early_network (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 800;
  g_strlcpy (config->train.network, "28x28-conv5x5x2-pool4-10", sizeof config->train.network);
  config->train.epochs = 2;
  config->train.validation = 0;
  compare (config);
}

static void
test_early_principal (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 5000;
  config->train.hidden[0] = 24;
  config->train.epochs = 2;
  config->train.pca = 20;
  config->train.validation = 0.2;
  compare (config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/session/early", test_early);
  g_test_add_func ("/engine/session/early-network", test_early_network);
  g_test_add_func ("/engine/session/early-principal", test_early_principal);
  return g_test_run ();
}
