/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-bulk.h"
#include "nn-evaluate.h"
#include "nn-forward.h"
#include "nn-predictor.h"
#include "nn-quantize.h"
#include "nn-quantized-forward.h"
#include "nn-unit-order.h"

/* Networks with every kind of layer, in the orders that matter. */
static const char *const networks[] = {
  "70-33-5",
  "70-5",
  "70-33-leakyrelu-17-5",
  "70-33-tanh-17-sigmoid-5",
  "70-33-gelu-17-5",
  "70-33-linear-17-5",
  "70-33-dropout0.5-17-relu-dropout0.2-5",
  "10x7-conv3x3x6-pool2-flatten-5",
  "1x10x7-conv3x3x4s2p1-conv3x3x7p2-avgpool2-20-5",
  "10x7-conv3x3x6-linear-pool2-tanh-conv2x2x4-flatten-9-5",
  "10x7-pool2s1-conv9x6x8-flatten-5",
  "10x7-conv6x3x5-avgpool5s1-flatten",
};

static NnDataset *
make_data (gboolean pixels, gsize n)
{
  return pixels ? core_test_pixels (n, 10, 7, 5, 0.4, 1) : core_test_values (n, 70, 5, 1);
}

static float
largest (const float *values, gsize n)
{
  float most = 0;

  for (gsize i = 0; i < n; i++)
    most = MAX (most, fabsf (values[i]));
  return most;
}

/* By all kernels, one at a time and in bulk the same bits; about what float32 computes. */
static void
test_agree (gconstpointer data)
{
  const guint which = GPOINTER_TO_UINT (data), n = 300, k = 5;
  const gboolean pixels = which % 2;
  g_autoptr (NnNetwork) network = core_test_random_network (networks[which / 2], 3);
  g_autoptr (NnDataset) dataset = make_data (pixels, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) quantized = nn_quantize (network, dataset, NULL, &error);
  g_autoptr (NnPredictor) predictor = NULL;
  g_autofree float *bulk = NULL, *wide = NULL;
  float x[70], probabilities[5];

  g_assert_no_error (error);
  g_assert_null (network->quantized);
  g_assert_cmpint (nn_quantized_reads_pixels (quantized->quantized), ==, pixels);
  bulk = nn_bulk_logits (quantized, dataset, NULL, &error);
  wide = nn_bulk_logits (network, dataset, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n * k; i++)
    g_assert_cmpfloat_with_epsilon ((double) bulk[i], (double) wide[i],
                                    0.06 * (double) largest (wide, n * k));
  predictor = nn_predictor_new (quantized);
  for (guint kernel = 0; kernel < NN_N_INT8_KERNELS; kernel++)
    {
      g_autoptr (NnQuantizedScratch) scratch = NULL;

      if (!nn_int8_kernel_is_supported (kernel))
        continue;
      scratch = nn_quantized_scratch_new (quantized->quantized, 1, kernel);
      for (guint i = 0; i < n; i++)
        {
          nn_dataset_get (dataset, i, x);
          g_assert_cmpmem (nn_quantized_forward (scratch, x, 1), k * sizeof (float), bulk + i * k,
                           k * sizeof (float));
          nn_predictor_run (predictor, x, probabilities);
          g_assert_cmpmem (nn_predictor_logits (predictor), k * sizeof (float), bulk + i * k,
                           k * sizeof (float));
        }
    }
}

/* What follows a network in 8 bits: a copy to be changed is in float32, with weights that are
 * nearly the same. */
static void
test_float (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-33-17-5", 3);
  g_autoptr (NnDataset) dataset = make_data (TRUE, 300);
  g_autoptr (NnNetwork) quantized = nn_quantize (network, dataset, NULL, NULL);
  g_autoptr (NnNetwork) copy = nn_network_copy (quantized);
  const NnQuantizedWeights *first = &quantized->quantized->weights[0];
  g_autofree float *a = NULL, *b = NULL;

  g_assert_null (copy->quantized);
  for (guint o = 0; o < first->n_out; o++)
    {
      gint most = 0;

      for (guint j = 0; j < first->n_in; j++)
        {
          most = MAX (most, ABS (first->weight[o * first->n_in + j]));
          g_assert_cmpfloat (copy->weights[0].weight[o * first->n_in + j], ==,
                             first->scale[o] * (float) first->weight[o * first->n_in + j]);
        }
      g_assert_cmpint (most, ==, 127);
    }
  /* Activations in the middle are those of float32. */
  a = nn_bulk_activations (quantized, dataset, 1, NULL, NULL);
  b = nn_bulk_activations (copy, dataset, 1, NULL, NULL);
  g_assert_cmpmem (a, 300 * 33 * sizeof (float), b, 300 * 33 * sizeof (float));
}

/* A unit without weights keeps its bias, however large. */
static void
test_dead_units (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-33-5", 3);
  g_autoptr (NnDataset) dataset = make_data (TRUE, 100);
  g_autoptr (NnNetwork) quantized = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree float *is = NULL, *was = NULL;

  memset (network->weights[0].weight, 0, 70 * sizeof (float));
  network->weights[0].bias[0] = 3;
  memset (network->weights[1].weight, 0, 33 * sizeof (float));
  network->weights[1].bias[0] = -1e6f;
  quantized = nn_quantize (network, dataset, NULL, &error);
  g_assert_no_error (error);
  is = nn_bulk_logits (quantized, dataset, NULL, NULL);
  was = nn_bulk_logits (network, dataset, NULL, NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_cmpfloat_with_epsilon ((double) is[i * 5], -1e6, 1);
      for (guint j = 1; j < 5; j++)
        g_assert_cmpfloat_with_epsilon ((double) is[i * 5 + j], (double) was[i * 5 + j], 0.3);
    }
}

/* Units change places, and no logit does. */
static void
test_unit_order (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-64-dropout0.5-40-5", 3);
  g_autoptr (NnNetwork) ordered = nn_network_copy (network);
  g_autoptr (NnDataset) dataset = make_data (TRUE, 300);
  gsize n_groups[2] = { 0 };
  g_autofree float *a = NULL, *b = NULL;

  nn_unit_order_apply (ordered, dataset);
  g_assert_false (core_test_same (network, ordered));
  a = nn_bulk_logits (network, dataset, NULL, NULL);
  b = nn_bulk_logits (ordered, dataset, NULL, NULL);
  for (guint i = 0; i < 300 * 5; i++)
    g_assert_cmpfloat_with_epsilon ((double) a[i], (double) b[i], 1e-4);
  for (guint k = 0; k < 2; k++)
    {
      g_autofree float *y =
          nn_bulk_activations (k == 0 ? network : ordered, dataset, 1, NULL, NULL);

      for (guint i = 0; i < 300 * 64; i += 4)
        n_groups[k] += y[i] > 0 || y[i + 1] > 0 || y[i + 2] > 0 || y[i + 3] > 0;
    }
  g_assert_cmpuint (n_groups[1], <, n_groups[0]);
}

static gboolean
stop (gsize n_done, gsize n, gpointer data, GError **error)
{
  guint *calls = data;

  g_assert_cmpuint (n_done, <=, n);
  if (++*calls < 3)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, "stopped by the caller");
  return FALSE;
}

static void
test_errors (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-5", 3);
  g_autoptr (NnDataset) dataset = make_data (TRUE, 300);
  g_autoptr (NnDataset) other = core_test_pixels (10, 3, 3, 5, 0.5, 1);
  g_autoptr (GError) error = NULL;
  guint calls = 0;
  const NnBulk bulk = { .progress = stop, .data = &calls };

  g_assert_null (nn_quantize (network, other, NULL, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
  g_assert_null (nn_quantize (network, dataset, &bulk, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  network->weights[0].bias[0] = INFINITY;
  g_assert_null (nn_quantize (network, dataset, NULL, &error));
  core_test_error (&error, NN_ERROR_VALUE);
}

/* Values as a file may have them. */
static void
test_values (void)
{
  const float bad_scales[] = { 0, -1, NAN, INFINITY, 1e-30f, 1e30f };
  g_autoptr (GError) error = NULL;
  NnArchitecture arch;

  g_assert_true (nn_architecture_from_string ("4x4-pool2-3", NN_ACTIVATION_RELU,
                                              NN_LOSS_CROSS_ENTROPY, &arch, NULL));
  for (guint i = 0; i < 2 * G_N_ELEMENTS (bad_scales) + 4; i++)
    {
      NnQuantized *quantized = nn_quantized_new (&arch, &error);
      const guint which = i / 2;

      g_assert_no_error (error);
      if (which < G_N_ELEMENTS (bad_scales))
        *(i % 2 ? &quantized->scale[1] : &quantized->weights[0].scale[2]) = bad_scales[which];
      else if (i == 2 * G_N_ELEMENTS (bad_scales))
        quantized->weights[0].weight[3] = G_MININT8;
      else if (i == 2 * G_N_ELEMENTS (bad_scales) + 1)
        quantized->weights[0].bias[2] = NAN;
      else if (i == 2 * G_N_ELEMENTS (bad_scales) + 2)
        quantized->weights[0].bias[2] = 1e10f;
      else
        quantized->zero[1] = 7; /* pooling does not change it */
      g_assert_null (nn_quantized_to_network (quantized, &error));
      core_test_error (&error, NN_ERROR_VALUE);
    }
  g_assert_true (nn_architecture_from_string ("40000-3", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY,
                                              &arch, NULL));
  g_assert_null (nn_quantized_new (&arch, &error));
  core_test_error (&error, NN_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/core/quantize/%s/%s", i % 2 ? "pixels" : "values", networks[i / 2]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_agree);
    }
  g_test_add_func ("/core/quantize/float", test_float);
  g_test_add_func ("/core/quantize/dead-units", test_dead_units);
  g_test_add_func ("/core/quantize/unit-order", test_unit_order);
  g_test_add_func ("/core/quantize/errors", test_errors);
  g_test_add_func ("/core/quantize/values", test_values);
  return g_test_run ();
}
