/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-backward.h"
#include "nn-forward.h"
#include "reference.h"

/* Every kind of layer: forward against its definition, and every gradient, that of the input
 * included, against central differences in double precision. The scalar is a random combination of
 * the logits. Once layer by layer, and once with the layers that run as one. */

#define N_SAMPLES 3
#define STEP 1e-6 /* of the differences */
#define TOLERANCE 3e-5

static const char *const networks[] = {
  "7-3",
  "7-5-3",
  "7-5-tanh-4-sigmoid-3",
  "7-5-leakyrelu-3",
  "7-5-gelu-4-gelu-3",
  "7-5-linear-3",
  "7-6-dropout0.4-5-tanh-dropout0.25-3",
  "6x5-3",
  "2x6x5-flatten-4-3",
  "6x5-conv3x2x4-3",
  "3x6x5-conv3x3x4-tanh-conv2x2x3-gelu-3",
  "2x7x6-conv3x3x4s2-3",
  "2x7x6-conv3x3x4p1-tanh-3",
  "2x7x9-conv3x5x3s3p2-tanh-3",
  "2x9x8-conv4x3x3s2p2-sigmoid-3",
  "7x7-conv1x1x3-3",
  "2x6x6-pool2-3",
  "2x7x5-pool3x2-3",
  "7x7-pool3s2-3",
  "7x7-pool3s1-3",
  "2x6x6-avgpool2-3",
  "2x7x7-avgpool3s2-3",
  "2x8x8-conv3x3x4-pool2-conv3x3x5-leakyrelu-4",
  "8x8-conv3x3x6-tanh-avgpool2-dropout0.3-conv2x2x3-linear-flatten-5-tanh-4",
  "6x6-conv3x3x4-tanh-conv4x4x5", /* a convolution gives the logits */
  "9x9-conv2x2x3-pool2-conv3x3x4-linear-avgpool2-flatten-3",
  "9x8-conv3x3x5p1-pool3s2-conv2x2x3-linear-pool2-relu-3", /* runs of fused layers */
  "2x11x10-conv3x2x4s2p1-linear-pool2s1-conv2x2x3p1-conv1x1x4-pool2-linear-3",
  "8x8-conv3x3x4-dropout0.3-pool2-conv2x2x3-pool2x1s1-3",
};

/* A network with its parameters and samples as floats and, the same numbers, as doubles. */
typedef struct
{
  NnNetwork *network;
  guint n_inputs, k;
  float *x;        /* [N_SAMPLES, n_inputs] */
  double *wide_x;  /* the same */
  double *params;  /* [n_params] */
  double *combine; /* [N_SAMPLES, k] weights of the logits in the scalar */
  float *dlogits;  /* the same */
  gboolean training;
} Fixture;

static void
fixture_init (Fixture *f, const char *text, gboolean training)
{
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;
  NnRandom random;

  nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, &error);
  g_assert_no_error (error);
  f->network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  f->training = training;
  f->n_inputs = nn_architecture_n_inputs (&arch);
  f->k = nn_architecture_n_classes (&arch);
  f->x = g_new (float, N_SAMPLES * f->n_inputs);
  f->wide_x = g_new (double, N_SAMPLES * f->n_inputs);
  f->params = g_new (double, f->network->n_params);
  f->combine = g_new (double, N_SAMPLES * f->k);
  f->dlogits = g_new (float, N_SAMPLES * f->k);
  nn_random_init (&random, 5);
  for (gsize i = 0; i < f->network->n_params; i++)
    f->params[i] = (double) (f->network->params[i] = nn_random_range (&random, -0.7f, 0.7f));
  for (gsize i = 0; i < N_SAMPLES * f->n_inputs; i++)
    f->wide_x[i] = (double) (f->x[i] = nn_random_range (&random, -1, 1));
  for (gsize i = 0; i < N_SAMPLES * f->k; i++)
    f->combine[i] = (double) (f->dlogits[i] = nn_random_range (&random, -1, 1));
}

static void
fixture_clear (Fixture *f)
{
  nn_network_unref (f->network);
  g_free (f->x);
  g_free (f->wide_x);
  g_free (f->params);
  g_free (f->combine);
  g_free (f->dlogits);
}

/* The scalar, and the logits on the way: [N_SAMPLES, k]. */
static double
scalar (const Fixture *f, double *logits)
{
  double sum = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const ReferenceMode mode = { f->training, 31, 4, 10 + i };

      reference_logits (&f->network->arch, f->params, f->wide_x + (gsize) i * f->n_inputs, &mode,
                        logits + (gsize) i * f->k);
      for (guint j = 0; j < f->k; j++)
        sum += f->combine[i * f->k + j] * logits[i * f->k + j];
    }
  return sum;
}

/* d scalar / d @values[i] */
static double
difference (const Fixture *f, double *values, gsize i)
{
  g_autofree double *logits = g_new (double, N_SAMPLES * f->k);
  const double value = values[i];
  double above, below;

  values[i] = value + STEP;
  above = scalar (f, logits);
  values[i] = value - STEP;
  below = scalar (f, logits);
  values[i] = value;
  return (above - below) / (2 * STEP);
}

static void
check_all (const Fixture *f, double *values, const float *gradient, gsize n)
{
  gsize n_zero = 0;

  for (gsize i = 0; i < n; i++)
    {
      const double expected = difference (f, values, i);

      n_zero += gradient[i] == 0;
      g_assert_cmpfloat_with_epsilon ((double) gradient[i], expected,
                                      TOLERANCE * fmax (1, fabs (expected)));
    }
  /* Dead units and dropped ones are some, never all. */
  g_assert_cmpuint (n_zero, <, n);
}

static void
check_network (const char *text,
               gboolean training,
               NnTape *(*new_tape) (const NnArchitecture *, gsize))
{
  Fixture f;
  g_autoptr (NnTape) tape = NULL;
  g_autofree double *logits = NULL;
  g_autofree float *gradient = NULL, *dx = NULL;
  const float *given;

  fixture_init (&f, text, training);
  tape = new_tape (&f.network->arch, N_SAMPLES + 2);
  logits = g_new (double, N_SAMPLES *f.k);
  gradient = g_new0 (float, f.network->n_params);
  dx = g_new (float, N_SAMPLES *f.n_inputs);
  if (training)
    nn_tape_set_training (tape, 31, 4, 10);
  given = nn_forward (f.network, tape, f.x, N_SAMPLES);
  scalar (&f, logits);
  for (gsize i = 0; i < N_SAMPLES * f.k; i++)
    g_assert_cmpfloat_with_epsilon ((double) given[i], logits[i],
                                    1e-5 * fmax (1, fabs (logits[i])));

  nn_backward (f.network, tape, f.dlogits, gradient, dx);
  check_all (&f, f.params, gradient, f.network->n_params);
  check_all (&f, f.wide_x, dx, N_SAMPLES * f.n_inputs);
  fixture_clear (&f);
}

static void
test_reading (gconstpointer data)
{
  check_network (data, FALSE, nn_tape_new);
  check_network (data, FALSE, nn_tape_new_fused);
}

static void
test_training (gconstpointer data)
{
  check_network (data, TRUE, nn_tape_new);
  check_network (data, TRUE, nn_tape_new_fused);
}

/* Either output may be left out; the gradient is added to what is there. */
static void
check_optional (const char *text, NnTape *(*new_tape) (const NnArchitecture *, gsize))
{
  Fixture f;
  g_autoptr (NnTape) tape = NULL;
  g_autofree float *gradient = NULL, *again = NULL, *dx = NULL, *dx_alone = NULL;

  fixture_init (&f, text, FALSE);
  tape = new_tape (&f.network->arch, N_SAMPLES);
  gradient = g_new0 (float, f.network->n_params);
  again = g_new0 (float, f.network->n_params);
  dx = g_new (float, N_SAMPLES *f.n_inputs);
  dx_alone = g_new (float, N_SAMPLES *f.n_inputs);
  nn_forward (f.network, tape, f.x, N_SAMPLES);
  nn_backward (f.network, tape, f.dlogits, gradient, dx);
  nn_backward (f.network, tape, f.dlogits, NULL, dx_alone);
  nn_backward (f.network, tape, f.dlogits, NULL, NULL);
  nn_backward (f.network, tape, f.dlogits, again, NULL);
  g_assert_cmpmem (gradient, f.network->n_params * sizeof (float), again,
                   f.network->n_params * sizeof (float));
  g_assert_cmpmem (dx, N_SAMPLES * f.n_inputs * sizeof (float), dx_alone,
                   N_SAMPLES * f.n_inputs * sizeof (float));
  nn_backward (f.network, tape, f.dlogits, again, NULL);
  for (gsize i = 0; i < f.network->n_params; i++)
    g_assert_cmpfloat_with_epsilon ((double) again[i], 2 * (double) gradient[i],
                                    1e-5 * fmax (1, fabs ((double) gradient[i])));
  fixture_clear (&f);
}

static void
test_optional (gconstpointer data)
{
  check_optional (data, nn_tape_new);
  check_optional (data, nn_tape_new_fused);
}

/* Fused layers show the output of the last one alone, and what they took over stays until the next
 * network. */
static void
test_fused (void)
{
  Fixture f;
  g_autoptr (NnTape) tape = NULL, plain = NULL;
  g_autofree float *logits = NULL;

  fixture_init (&f, "9x9-conv2x2x3-pool2-conv3x3x4-linear-avgpool2-flatten-3", FALSE);
  tape = nn_tape_new_fused (&f.network->arch, N_SAMPLES);
  plain = nn_tape_new (&f.network->arch, N_SAMPLES);
  nn_tape_set_network (tape, f.network);
  logits = g_memdup2 (nn_forward (f.network, tape, f.x, N_SAMPLES), N_SAMPLES * 3 * sizeof (float));
  nn_forward (f.network, plain, f.x, N_SAMPLES);
  for (guint l = 0; l < 2; l++) /* the convolution and the ReLU */
    g_assert_null (nn_tape_get (tape, l));
  for (guint l = 2; l < f.network->arch.n_layers; l++)
    {
      const gsize size = N_SAMPLES * nn_shape_size (&f.network->shapes[l + 1]);

      for (gsize i = 0; i < size; i++)
        g_assert_cmpfloat_with_epsilon (nn_tape_get (tape, l)[i], nn_tape_get (plain, l)[i], 1e-5f);
    }
  memset (f.network->weights[0].weight, 0, f.network->weights[0].n_in * sizeof (float));
  g_assert_cmpmem (nn_forward (f.network, tape, f.x, N_SAMPLES), N_SAMPLES * 3 * sizeof (float),
                   logits, N_SAMPLES * 3 * sizeof (float));
  nn_tape_set_network (tape, f.network);
  g_assert_cmpfloat (nn_forward (f.network, tape, f.x, N_SAMPLES)[0], !=, logits[0]);
  fixture_clear (&f);
}

/* What the tape shows of a layer: each is what the next one read. */
static void
test_activations (void)
{
  Fixture f;
  g_autoptr (NnTape) tape = NULL;
  const float *dense, *relu, *dropped;

  fixture_init (&f, "7-6-dropout0.5-3", TRUE);
  tape = nn_tape_new (&f.network->arch, N_SAMPLES);
  g_assert_true (nn_forward (f.network, tape, f.x, N_SAMPLES) == nn_tape_get (tape, 3));
  dense = nn_tape_get (tape, 0);
  relu = nn_tape_get (tape, 1);
  dropped = nn_tape_get (tape, 2);
  for (guint i = 0; i < N_SAMPLES * 6; i++)
    {
      g_assert_cmpfloat (relu[i], ==, dense[i] > 0 ? dense[i] : 0);
      g_assert_cmpfloat (dropped[i], ==, relu[i]); /* a tape reads at first */
    }
  nn_tape_set_training (tape, 1, 2, 3);
  nn_forward (f.network, tape, f.x, N_SAMPLES);
  for (guint i = 0; i < N_SAMPLES * 6; i++)
    g_assert_true (dropped[i] == 0 || dropped[i] == 2 * relu[i]);
  fixture_clear (&f);
}

/* A sample's answer does not depend on those beside it. */
static void
test_batch (gconstpointer data)
{
  Fixture f;
  g_autoptr (NnTape) tape = NULL, single = NULL;
  const float *all;

  fixture_init (&f, data, FALSE);
  tape = nn_tape_new (&f.network->arch, N_SAMPLES);
  single = nn_tape_new (&f.network->arch, 1);
  all = nn_forward (f.network, tape, f.x, N_SAMPLES);
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const float *one = nn_forward (f.network, single, f.x + i * f.n_inputs, 1);

      for (guint j = 0; j < f.k; j++)
        g_assert_cmpfloat_with_epsilon ((double) one[j], (double) all[i * f.k + j], 1e-5);
    }
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *reading = g_strdup_printf ("/core/layer/gradient/%s", networks[i]);
      g_autofree char *training = g_strdup_printf ("/core/layer/training/%s", networks[i]);
      g_autofree char *optional = g_strdup_printf ("/core/layer/optional/%s", networks[i]);
      g_autofree char *batch = g_strdup_printf ("/core/layer/batch/%s", networks[i]);

      g_test_add_data_func (reading, networks[i], test_reading);
      if (strstr (networks[i], "dropout") != NULL)
        g_test_add_data_func (training, networks[i], test_training);
      g_test_add_data_func (optional, networks[i], test_optional);
      g_test_add_data_func (batch, networks[i], test_batch);
    }
  g_test_add_func ("/core/layer/activations", test_activations);
  g_test_add_func ("/core/layer/fused", test_fused);
  return g_test_run ();
}
