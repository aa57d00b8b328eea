/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-norm.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-name.h"

#define EPSILON 1e-5
#define EPSILON_OF_KERAS 1e-3

/* The tensors of one normalization. */
typedef struct
{
  char *name;
  const NumeralTensor *mean, *variance, *gamma, *beta;
} Norm;

static void
norm_free (gpointer data)
{
  Norm *norm = data;

  g_free (norm->name);
  g_free (norm);
}

static gboolean
ends_with (const NumeralTensor *tensor, const char *const *ends)
{
  for (; *ends != NULL; ends++)
    if (g_str_has_suffix (tensor->name, *ends))
      return TRUE;
  return FALSE;
}

static gboolean
is_of_keras (const NumeralTensor *mean)
{
  return strstr (mean->name, "moving_mean") != NULL;
}

static const char *const means[] = { "running_mean", "moving_mean", NULL };
static const char *const variances[] = { "running_var", "moving_variance", NULL };
static const char *const factors[] = { "weight", "gamma", "scale", NULL };

gboolean
numeral_model_norm_is_statistic (const NumeralTensor *tensor)
{
  return tensor->n_dims == 1 && (ends_with (tensor, means) || ends_with (tensor, variances));
}

static Norm *
find_or_add (GPtrArray *norms, const char *tensor)
{
  g_autofree char *name = numeral_model_name_of (tensor);
  Norm *norm;

  for (guint i = 0; i < norms->len; i++)
    if (g_str_equal (((Norm *) norms->pdata[i])->name, name))
      return norms->pdata[i];
  norm = g_new0 (Norm, 1);
  norm->name = g_steal_pointer (&name);
  g_ptr_array_add (norms, norm);
  return norm;
}

static int
compare_norms (gconstpointer a, gconstpointer b)
{
  return numeral_model_name_compare ((*(Norm *const *) a)->name, (*(Norm *const *) b)->name);
}

/* (transfer full) (element-type Norm): in the order of their names. */
static GPtrArray *
collect (const GPtrArray *tensors)
{
  GPtrArray *norms = g_ptr_array_new_with_free_func (norm_free);

  for (guint i = 0; i < tensors->len; i++)
    {
      const NumeralTensor *tensor = tensors->pdata[i];
      Norm *norm = find_or_add (norms, tensor->name);

      if (ends_with (tensor, means))
        norm->mean = tensor;
      else if (ends_with (tensor, variances))
        norm->variance = tensor;
      else if (ends_with (tensor, factors))
        norm->gamma = tensor;
      else
        norm->beta = tensor;
    }
  g_ptr_array_sort (norms, compare_norms);
  return norms;
}

/* The part of a name before its last number, and that number; -1 if there is none. */
static gsize
split_number (const char *name, gint64 *number)
{
  gsize length = strlen (name);

  while (length > 0 && g_ascii_isdigit (name[length - 1]))
    length--;
  *number = name[length] != '\0' ? g_ascii_strtoll (name + length, NULL, 10) : -1;
  return length;
}

/* "features.3" after "features.2": what nn.Sequential does directly behind. */
static gboolean
is_next (const Norm *norm, const NumeralModelLayer *layer)
{
  gint64 one, other;
  const gsize before = split_number (layer->name, &one), behind = split_number (norm->name, &other);

  return before == behind && strncmp (layer->name, norm->name, before) == 0 && other == one + 1;
}

/* Whether the names only count: the number stands alone, as in nn.Sequential. */
static gboolean
is_sequential (const Norm *norm)
{
  gint64 number;
  const gsize length = split_number (norm->name, &number);

  return number >= 0 && (length == 0 || norm->name[length - 1] == '.');
}

static gboolean
has_same_number (const Norm *norm, const NumeralModelLayer *layer)
{
  gint64 one, other;

  split_number (layer->name, &one);
  split_number (norm->name, &other);
  return one == other;
}

static gboolean
fits (const Norm *norm, const NumeralModelLayer *layer)
{
  return layer->mean == NULL && norm->mean->dims[0] == numeral_model_layer_n_out (layer);
}

/* (nullable): the layer of normalization @at of @norms. */
static NumeralModelLayer *
find_layer (const GPtrArray *norms, guint at, GPtrArray *layers)
{
  const Norm *norm = norms->pdata[at];
  guint n_images = 0;

  for (guint i = 0; i < layers->len; i++)
    {
      NumeralModelLayer *layer = layers->pdata[i];

      n_images += numeral_model_layer_is_image (layer);
      if (fits (norm, layer) &&
          (is_sequential (norm) ? is_next (norm, layer) : has_same_number (norm, layer)))
        return layer;
    }
  /* Convolutions come first. */
  if (!is_sequential (norm) && norms->len == n_images && fits (norm, layers->pdata[at]))
    return layers->pdata[at];
  return NULL;
}

gboolean
numeral_model_norm_match (const GPtrArray *tensors,
                          GPtrArray *layers,
                          gboolean is_named,
                          GError **error)
{
  g_autoptr (GPtrArray) norms = collect (tensors);

  for (guint i = 0; i < norms->len; i++)
    {
      const Norm *norm = norms->pdata[i];
      g_autofree char *quoted = numeral_tensor_quote (norm->name);
      NumeralModelLayer *layer;

      if (norm->mean == NULL || norm->variance == NULL)
        return numeral_fail (error, NN_ERROR_FORMAT,
                             _ ("the batch normalization %s lacks its mean or its variance"),
                             quoted);
      if (!is_named && is_of_keras (norm->mean))
        return numeral_fail (error, NN_ERROR_CONFIG,
                             _ ("whether the batch normalization %s comes before the activation "
                                "cannot be told; if it does, name the network, such as "
                                "28x28-conv5x5x8-pool2-10, with convert --architecture"),
                             quoted);
      layer = find_layer (norms, i, layers);
      if (layer == NULL)
        return numeral_fail (error, NN_ERROR_FORMAT,
                             _ ("there is no layer directly before the batch normalization %s; "
                                "fold "
                                "it before saving, or number it as its layer"),
                             quoted);
      layer->mean = norm->mean;
      layer->variance = norm->variance;
      layer->gamma = norm->gamma;
      layer->beta = norm->beta;
    }
  return TRUE;
}

/* @values: (out): [n]: those of the tensor, or @fallback without one */
static gboolean
read_values (const NumeralTensor *tensor, float fallback, guint n, float *values, GError **error)
{
  if (tensor == NULL)
    {
      for (guint i = 0; i < n; i++)
        values[i] = fallback;
      return TRUE;
    }
  if (tensor->n_dims != 1 || tensor->dims[0] != n)
    {
      g_autofree char *quoted = numeral_tensor_quote (tensor->name);

      return numeral_fail (error, NN_ERROR_SHAPE, _ ("tensor %s does not have %u values"), quoted,
                           n);
    }
  return numeral_tensor_read (tensor, values, error);
}

gboolean
numeral_model_norm_fold (const NumeralModelLayer *layer,
                         guint n_in,
                         guint n_out,
                         float *weight,
                         float *bias,
                         GError **error)
{
  g_autofree float *values = g_new (float, 4 * (gsize) n_out);
  float *mean = values, *variance = mean + n_out, *gamma = variance + n_out, *beta = gamma + n_out;
  double epsilon;

  if (layer->mean == NULL)
    return TRUE;
  epsilon = is_of_keras (layer->mean) ? EPSILON_OF_KERAS : EPSILON;
  if (!read_values (layer->mean, 0, n_out, mean, error) ||
      !read_values (layer->variance, 1, n_out, variance, error) ||
      !read_values (layer->gamma, 1, n_out, gamma, error) ||
      !read_values (layer->beta, 0, n_out, beta, error))
    return FALSE;
  for (guint o = 0; o < n_out; o++)
    {
      const double factor = (double) gamma[o] / sqrt ((double) variance[o] + epsilon);

      for (guint i = 0; i < n_in; i++)
        weight[(gsize) o * n_in + i] = (float) (factor * (double) weight[(gsize) o * n_in + i]);
      bias[o] = (float) (((double) bias[o] - (double) mean[o]) * factor + (double) beta[o]);
      if (!isfinite (factor) || !isfinite (bias[o]))
        return numeral_fail (error, NN_ERROR_VALUE, _ ("its variance is not positive"));
    }
  return TRUE;
}
