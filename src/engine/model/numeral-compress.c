/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-compress.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "nn-evaluate.h"
#include "nn-predictor.h"
#include "nn-quantize.h"
#include "numeral-compress-common.h"
#include "numeral-fail.h"

/* Samples whose time is measured. */
#define N_TIMED 1000

static gboolean
report (gsize n_done, gsize n, gpointer data, GError **error)
{
  const NumeralCompressRequest *request = data;

  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return FALSE;
  if (request->progress != NULL)
    request->progress ((double) n_done / (double) n, request->user_data);
  return TRUE;
}

NumeralModel *
numeral_compress_int8 (const NumeralCompressRequest *request, GError **error)
{
  const NumeralModel *model = request->model;
  const NnBulk bulk = { .progress = report, .data = (gpointer) request };
  g_autofree char *how = NULL;
  g_autoptr (NnDataset) samples = NULL;
  g_autoptr (NnNetwork) network = NULL;

  if (model->network->quantized != NULL)
    {
      numeral_fail (error, NN_ERROR_CONFIG, _ ("the model is in 8 bits already"));
      return NULL;
    }
  samples = numeral_compress_thin_out (request->samples);
  network = nn_quantize (model->network, samples, &bulk, error);
  if (network == NULL)
    return NULL;
  how = g_strdup_printf ("int8, calibrated on %u samples", (guint) samples->n);
  return numeral_compress_make_model (model, network, how);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Seconds. */
static double
measure_time (const NnNetwork *network, const NnDataset *samples)
{
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);
  const gsize n = MIN (samples->n, N_TIMED);
  g_autofree float *x = g_new (float, n * samples->n_features);
  float probabilities[NN_MAX_CLASSES];
  gint64 times[N_TIMED];

  for (gsize i = 0; i < n; i++)
    nn_dataset_get (samples, i, x + i * samples->n_features);
  for (gsize i = 0; i < n; i++)
    {
      const gint64 start = g_get_monotonic_time ();

      /* The clock has whole microseconds. */
      for (guint k = 0; k < 8; k++)
        nn_predictor_run (predictor, x + i * samples->n_features, probabilities);
      times[i] = g_get_monotonic_time () - start;
    }
  qsort (times, n, sizeof *times, compare_times);
  return 1e-6 * (double) times[n / 2] / 8;
}

gboolean
numeral_compress_measure (const NumeralModel *model,
                          const NnDataset *samples,
                          NumeralCompressFigures *figures,
                          GError **error)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (model->network, samples, error);

  if (evaluation == NULL)
    return FALSE;
  *figures = (NumeralCompressFigures){ .n = samples->n,
                                       .accuracy = evaluation->accuracy,
                                       .seconds = measure_time (model->network, samples) };
  return TRUE;
}
