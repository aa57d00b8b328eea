/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-infer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-architecture.h"
#include "numeral-fail.h"
#include "numeral-model-guess.h"
#include "numeral-model-name.h"
#include "numeral-model-norm.h"

/* Inputs of a network that reads digits. */
#define N_PIXELS 784
/* Layers that are tried in a place before their order is given up: a file may be made so that
 * almost every order fits. */
#define MAX_TRIES 10000

static int
compare_layers (gconstpointer a, gconstpointer b)
{
  return numeral_model_name_compare ((*(NumeralModelLayer *const *) a)->name,
                                     (*(NumeralModelLayer *const *) b)->name);
}

static int
compare_tensors (gconstpointer a, gconstpointer b)
{
  return numeral_model_name_compare ((*(NumeralTensor *const *) a)->name,
                                     (*(NumeralTensor *const *) b)->name);
}

/* What changes the values between two layers: reading it as a bias would give another network. */
static gboolean
is_of_other_layer (const NumeralTensor *tensor)
{
  static const char *const ends[] = { "weight",      "kernel",         "gamma",
                                      "scale",       "running_mean",   "running_var",
                                      "moving_mean", "moving_variance" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (tensor->name, ends[i]))
      return TRUE;
  return FALSE;
}

/* The tensors of a file by what they are: layers with a weight each, and those of one dimension. */
typedef struct
{
  GPtrArray *layers, *biases, *norms;
} Tensors;

/* (transfer full): the names of the batch normalizations. */
static GHashTable *
find_norms (const NumeralSafetensors *file)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < file->tensors->len; i++)
    if (numeral_model_norm_is_statistic (file->tensors->pdata[i]))
      g_hash_table_add (names, numeral_model_name_of (
                                   ((const NumeralTensor *) file->tensors->pdata[i])->name));
  return names;
}

static gboolean
belongs_to (const NumeralTensor *tensor, GHashTable *norms)
{
  g_autofree char *name = numeral_model_name_of (tensor->name);

  return g_hash_table_contains (norms, name);
}

/* Sorts the tensors of @file. */
static gboolean
collect (const NumeralSafetensors *file, const Tensors *tensors, GError **error)
{
  g_autoptr (GHashTable) norms = find_norms (file);
  GPtrArray *layers = tensors->layers, *biases = tensors->biases;

  for (guint i = 0; i < file->tensors->len; i++)
    {
      NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);
      g_autofree char *quoted = NULL;

      if (tensor->type >= NUMERAL_TENSOR_I8)
        continue;
      if (tensor->n_dims == 2 || tensor->n_dims == 4)
        {
          NumeralModelLayer *layer = g_new0 (NumeralModelLayer, 1);

          layer->name = numeral_model_name_of (tensor->name);
          layer->weight = tensor;
          g_ptr_array_add (layers, layer);
          continue;
        }
      if (tensor->n_dims == 1 && belongs_to (tensor, norms))
        {
          g_ptr_array_add (tensors->norms, tensor);
          continue;
        }
      if (tensor->n_dims == 1 && !is_of_other_layer (tensor))
        {
          g_ptr_array_add (biases, tensor);
          continue;
        }
      quoted = numeral_tensor_quote (tensor->name);
      return numeral_fail (error, NN_ERROR_SHAPE,
                           _ ("tensor %s is neither a weight of two or four dimensions nor a bias "
                              "of one; only fully connected layers, convolutions and batch "
                              "normalizations can be read"),
                           quoted);
    }
  if (layers->len == 0)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         biases->len == 0 ? _ ("the file holds no tensors") :
                                            _ ("the file holds no weights"));
  if (layers->len > NN_MAX_DENSE)
    return numeral_fail (error, NN_ERROR_TOO_LARGE,
                         _ ("the file holds %u layers; at most %u can be read"), layers->len,
                         NN_MAX_DENSE);
  g_ptr_array_sort (layers, compare_layers);
  g_ptr_array_sort (biases, compare_tensors);
  return TRUE;
}

/* The first layer that does not take what the one before it gives; 0 if there is none. */
static guint
find_break (const GPtrArray *layers)
{
  for (guint i = 1; i < layers->len; i++)
    if (numeral_model_layer_n_in (layers->pdata[i]) !=
        numeral_model_layer_n_out (layers->pdata[i - 1]))
      return i;
  return 0;
}

static void
set_transposed (GPtrArray *layers, gboolean transposed)
{
  for (guint i = 0; i < layers->len; i++)
    ((NumeralModelLayer *) layers->pdata[i])->transposed = transposed;
}

/* Whether the names are those of Keras, which multiplies from the other side. */
static gboolean
are_kernels (const GPtrArray *layers)
{
  for (guint i = 0; i < layers->len; i++)
    if (strstr (((NumeralModelLayer *) layers->pdata[i])->weight->name, "kernel") == NULL)
      return FALSE;
  return TRUE;
}

/* Swaps a layer that takes @width inputs to place @from, and the next ones behind it. Of several
 * ways the first in the order of the names is taken. */
static gboolean
chain (GPtrArray *layers, guint from, gsize width, gboolean kernels, guint *tries)
{
  if (from == layers->len)
    return TRUE;
  for (guint i = from; i < layers->len; i++)
    for (guint turn = 0; turn < 2; turn++)
      {
        NumeralModelLayer *layer = layers->pdata[i];
        const gboolean before = layer->transposed;

        layer->transposed = (turn == 1) != kernels;
        if (numeral_model_layer_n_in (layer) == width && ++*tries < MAX_TRIES)
          {
            /* The others keep their order. */
            memmove (&layers->pdata[from + 1], &layers->pdata[from],
                     (i - from) * sizeof *layers->pdata);
            layers->pdata[from] = layer;
            if (chain (layers, from + 1, numeral_model_layer_n_out (layer), kernels, tries))
              return TRUE;
            memmove (&layers->pdata[from], &layers->pdata[from + 1],
                     (i - from) * sizeof *layers->pdata);
            layers->pdata[i] = layer;
          }
        layer->transposed = before;
      }
  return FALSE;
}

/* Puts fully connected layers in order, and finds which are transposed. */
static gboolean
arrange_dense (GPtrArray *layers, GError **error)
{
  const gboolean kernels = are_kernels (layers);
  g_autofree char *quoted = NULL;
  guint tries = 0, at;

  set_transposed (layers, kernels);
  if (find_break (layers) == 0 && numeral_model_layer_n_in (layers->pdata[0]) == N_PIXELS)
    return TRUE;
  if (chain (layers, 0, N_PIXELS, kernels, &tries))
    return TRUE;
  /* Not of digits, or wrong. */
  set_transposed (layers, kernels);
  at = find_break (layers);
  if (at == 0)
    return TRUE;
  quoted = numeral_tensor_quote (((NumeralModelLayer *) layers->pdata[at])->name);
  return numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("layer %s takes %u inputs, but the layer before it gives %u; name "
                          "layers in their order"),
                       quoted, (guint) numeral_model_layer_n_in (layers->pdata[at]),
                       (guint) numeral_model_layer_n_out (layers->pdata[at - 1]));
}

/* Convolutions, of which the first reads one channel: in the order of their names, all of them as
 * PyTorch has them or all as Keras. */
static gboolean
arrange_images (GPtrArray *images, GError **error)
{
  const gboolean kernels = are_kernels (images);
  g_autofree char *quoted = NULL;

  for (guint turn = 0; turn < 2; turn++)
    {
      set_transposed (images, (turn == 1) != kernels);
      if (find_break (images) == 0 && numeral_model_layer_n_in (images->pdata[0]) == 1)
        return TRUE;
    }
  quoted = numeral_tensor_quote (((NumeralModelLayer *) images->pdata[find_break (images)])->name);
  return numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("the channels of convolution %s do not match those before it, of which "
                          "the image has one; name layers in their order"),
                       quoted);
}

/* Fully connected layers behind convolutions: the first reads whole channels. */
static gboolean
arrange_behind (GPtrArray *images, GPtrArray *dense, GError **error)
{
  const NumeralModelLayer *last = images->pdata[images->len - 1];
  const gboolean kernels = are_kernels (dense) || last->transposed;
  const gsize channels = numeral_model_layer_n_out (last);
  g_autofree char *quoted = NULL;

  for (guint turn = 0; turn < 2 && dense->len > 0; turn++)
    {
      set_transposed (dense, (turn == 1) != kernels);
      if (find_break (dense) == 0 && channels > 0 &&
          numeral_model_layer_n_in (dense->pdata[0]) % channels == 0)
        return TRUE;
    }
  if (dense->len == 0)
    return TRUE;
  quoted = numeral_tensor_quote (((NumeralModelLayer *) dense->pdata[0])->name);
  return numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("layer %s and those behind it do not match the %u channels before them; "
                          "name layers in their order"),
                       quoted, (guint) channels);
}

/* Puts all layers in order, convolutions first. */
static gboolean
arrange (GPtrArray *layers, GError **error)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();
  g_autoptr (GPtrArray) dense = g_ptr_array_new ();

  for (guint i = 0; i < layers->len; i++)
    g_ptr_array_add (numeral_model_layer_is_image (layers->pdata[i]) ? images : dense,
                     layers->pdata[i]);
  if (images->len == 0)
    return arrange_dense (layers, error);
  if (!arrange_images (images, error) || !arrange_behind (images, dense, error))
    return FALSE;
  memcpy (layers->pdata, images->pdata, images->len * sizeof *images->pdata);
  if (dense->len > 0)
    memcpy (layers->pdata + images->len, dense->pdata, dense->len * sizeof *dense->pdata);
  return TRUE;
}

static const NumeralTensor *
find_bias (const GPtrArray *biases, const NumeralModelLayer *layer)
{
  for (guint i = 0; i < biases->len; i++)
    {
      const NumeralTensor *bias = biases->pdata[i];
      g_autofree char *name = numeral_model_name_of (bias->name);

      if (g_str_equal (name, layer->name))
        return bias;
    }
  return NULL;
}

/* Gives each layer its bias by name, or, if the names tell of none, by place. */
static gboolean
match_biases (GPtrArray *layers, GPtrArray *biases, GError **error)
{
  g_autofree char *quoted = NULL;
  guint n_named = 0;

  for (guint i = 0; i < layers->len; i++)
    {
      NumeralModelLayer *layer = layers->pdata[i];

      layer->bias = find_bias (biases, layer);
      n_named += layer->bias != NULL;
    }
  if (n_named == biases->len)
    return TRUE;
  if (n_named == 0 && biases->len == layers->len)
    {
      for (guint i = 0; i < layers->len; i++)
        ((NumeralModelLayer *) layers->pdata[i])->bias = biases->pdata[i];
      return TRUE;
    }
  for (guint i = 0; i < biases->len; i++)
    {
      const NumeralTensor *bias = biases->pdata[i];
      gboolean taken = FALSE;

      for (guint l = 0; l < layers->len; l++)
        taken = taken || ((NumeralModelLayer *) layers->pdata[l])->bias == bias;
      if (taken)
        continue;
      quoted = numeral_tensor_quote (bias->name);
      break;
    }
  return numeral_fail (error, NN_ERROR_FORMAT, _ ("there is no weight for the bias %s"), quoted);
}

/* No size is larger than what any network here has. */
static gboolean
check_sizes (const GPtrArray *layers, GError **error)
{
  for (guint i = 0; i < layers->len; i++)
    {
      const NumeralModelLayer *layer = layers->pdata[i];
      g_autofree char *quoted = numeral_tensor_quote (layer->name);

      for (guint d = 0; d < layer->weight->n_dims; d++)
        if (layer->weight->dims[d] > NN_MAX_WIDTH)
          return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("layer %s is wider than %u"), quoted,
                               NN_MAX_WIDTH);
    }
  return TRUE;
}

/* Biases and normalizations. */
static gboolean
match (const Tensors *tensors, gboolean is_named, GError **error)
{
  return match_biases (tensors->layers, tensors->biases, error) &&
         numeral_model_norm_match (tensors->norms, tensors->layers, is_named, error);
}

gboolean
numeral_model_infer (const NumeralSafetensors *file,
                     const char *architecture,
                     GPtrArray *layers,
                     char **text,
                     GError **error)
{
  g_autoptr (GPtrArray) biases = g_ptr_array_new ();
  g_autoptr (GPtrArray) norms = g_ptr_array_new ();
  const Tensors tensors = { layers, biases, norms };

  if (!collect (file, &tensors, error) || !check_sizes (layers, error) ||
      !arrange (layers, error) || !match (&tensors, architecture != NULL, error))
    return FALSE;
  *text = architecture != NULL ? g_strdup (architecture) : numeral_model_guess (layers, error);
  return *text != NULL;
}
