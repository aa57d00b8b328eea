/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <time.h>

#include "nn-evaluate.h"
#include "nn-int8.h"
#include "nn-predictor.h"
#include "nn-quantize.h"
#include "numeral-data.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"

/* How fast the model that ships reads in float32 and in 8 bits, on one core, and how well. The
 * test split of MNIST is read, or generated digits where MNIST is missing; the activations are
 * calibrated on other generated digits. Both ways take turns, so that the ratio holds for one
 * state of the machine. */

#define N_CALIBRATION 4000
#define N_IMAGES 10000
#define ROUNDS 9
#define N_SINGLE 2000

static NnDataset *
load_images (void)
{
  g_autofree char *mnist = numeral_data_find_mnist ();

  if (mnist != NULL)
    return numeral_data_load (mnist, NUMERAL_SPLIT_TEST, NULL, NULL, NULL);
  return numeral_generate_digits (N_IMAGES, INK_GENERATOR_VERSION, 2, 0, NULL, NULL, NULL, NULL);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *times, guint n)
{
  qsort (times, n, sizeof *times, compare);
  return times[n / 2];
}

/* Seconds that this process has computed: other programs do not count. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/* Seconds for all images. */
static double
measure_bulk (const NnNetwork *network, const NnDataset *images)
{
  const NnBulk bulk = { .n_workers = 1 };
  const double start = now ();
  g_autofree float *logits = nn_bulk_logits (network, images, &bulk, NULL);

  return now () - start;
}

/* Seconds for an image, one after the other. */
static double
measure_single (NnPredictor *predictor, const float *x, guint n_features)
{
  const double start = now ();
  float probabilities[NN_MAX_CLASSES];

  for (gsize i = 0; i < N_SINGLE; i++)
    nn_predictor_run (predictor, x + i * n_features, probabilities);
  return (now () - start) / N_SINGLE;
}

static void
print_accuracy (const char *what, const NnNetwork *network, const NnDataset *images)
{
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (network, images, NULL);

  g_print ("%-8s accuracy %.2f %%\n", what, 100 * evaluation->accuracy);
}

int
main (void)
{
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NnDataset) images = load_images ();
  g_autoptr (NnDataset) samples =
      numeral_generate_digits (N_CALIBRATION, INK_GENERATOR_VERSION, 1, 0, NULL, NULL, NULL, NULL);
  g_autoptr (NnNetwork) quantized = nn_quantize (model->network, samples, NULL, NULL);
  NnNetwork *const networks[] = { model->network, quantized };
  static const char *const names[] = { "float32", "int8" };
  double bulk[2][ROUNDS], single[2][ROUNDS];
  g_autofree float *x = g_new (float, (gsize) N_SINGLE * images->n_features);

  g_print ("kernel   %s\n", nn_int8_kernel_name (nn_int8_kernel ()));
  for (gsize i = 0; i < N_SINGLE; i++)
    nn_dataset_get (images, i, x + i * images->n_features);
  for (guint k = 0; k < 2; k++)
    print_accuracy (names[k], networks[k], images);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint k = 0; k < 2; k++)
      {
        g_autoptr (NnPredictor) predictor = nn_predictor_new (networks[k]);

        bulk[k][round] = measure_bulk (networks[k], images);
        single[k][round] = measure_single (predictor, x, images->n_features);
      }
  for (guint k = 0; k < 2; k++)
    g_print ("%-8s bulk %7.0f images/s, one image %6.1f us\n", names[k],
             (double) images->n / median (bulk[k], ROUNDS), 1e6 * median (single[k], ROUNDS));
  g_print ("ratio    bulk %.2f times as many images, one image %.2f of the time\n",
           median (bulk[0], ROUNDS) / median (bulk[1], ROUNDS),
           median (single[1], ROUNDS) / median (single[0], ROUNDS));
  return 0;
}
