/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-infer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"

/* Inputs of a network that reads digits. */
#define N_PIXELS 784
/* Layers that are tried in a place before their order is given up: a file may be made so that
 * almost every order fits. */
#define MAX_TRIES 10000

void
numeral_model_layer_free (NumeralModelLayer *layer)
{
  g_free (layer->name);
  g_free (layer);
}

/* "fc2" before "fc10": runs of digits compare as numbers. */
static int
compare_natural (const char *x, const char *y)
{
  while (*x != '\0' && *y != '\0')
    if (g_ascii_isdigit (*x) && g_ascii_isdigit (*y))
      {
        gsize n, m;

        while (x[0] == '0' && g_ascii_isdigit (x[1]))
          x++;
        while (y[0] == '0' && g_ascii_isdigit (y[1]))
          y++;
        n = strspn (x, "0123456789");
        m = strspn (y, "0123456789");
        if (n != m)
          return n < m ? -1 : 1;
        for (; n > 0; n--, x++, y++)
          if (*x != *y)
            return *x < *y ? -1 : 1;
      }
    else if (*x != *y)
      return *x < *y ? -1 : 1;
    else
      {
        x++;
        y++;
      }
  return (*x != '\0') - (*y != '\0');
}

static int
compare_layers (gconstpointer a, gconstpointer b)
{
  return compare_natural ((*(NumeralModelLayer *const *) a)->name,
                          (*(NumeralModelLayer *const *) b)->name);
}

static int
compare_tensors (gconstpointer a, gconstpointer b)
{
  return compare_natural ((*(NumeralTensor *const *) a)->name, (*(NumeralTensor *const *) b)->name);
}

/* Without "weight" and the like at its end, and what joins that to the rest: "fc1.weight" belongs
 * to the layer "fc1", "dense/kernel:0" to "dense", "W1" to "1". (transfer full) */
static char *
layer_name (const char *tensor)
{
  static const char *const ends[] = { "weight", "kernel", "bias" };
  gsize length = strlen (tensor);

  if (length > 2 && g_str_has_suffix (tensor, ":0"))
    length -= 2;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const gsize end = strlen (ends[i]);

      if (length < end || strncmp (tensor + length - end, ends[i], end) != 0)
        continue;
      length -= end;
      while (length > 0 && strchr ("./_-", tensor[length - 1]) != NULL)
        length--;
      return g_strndup (tensor, length);
    }
  if (strchr ("wWbB", tensor[0]) != NULL && (length == 1 || g_ascii_isdigit (tensor[1])))
    return g_strndup (tensor + 1, length - 1);
  return g_strndup (tensor, length);
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

/* Sorts the tensors of @file into layers with a weight each, and biases. */
static gboolean
collect (const NumeralSafetensors *file, GPtrArray *layers, GPtrArray *biases, GError **error)
{
  for (guint i = 0; i < file->tensors->len; i++)
    {
      NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);
      g_autofree char *quoted = NULL;

      if (tensor->type >= NUMERAL_TENSOR_I8)
        continue;
      if (tensor->n_dims == 2)
        {
          NumeralModelLayer *layer = g_new0 (NumeralModelLayer, 1);

          layer->name = layer_name (tensor->name);
          layer->weight = tensor;
          g_ptr_array_add (layers, layer);
          continue;
        }
      if (tensor->n_dims == 1 && !is_of_other_layer (tensor))
        {
          g_ptr_array_add (biases, tensor);
          continue;
        }
      quoted = numeral_tensor_quote (tensor->name);
      return numeral_fail (error, NN_ERROR_SHAPE,
                           _ ("tensor %s is neither a weight of two dimensions nor a bias of "
                              "one; only fully connected layers can be read"),
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

static gsize
n_in (const NumeralModelLayer *layer)
{
  return layer->weight->dims[layer->transposed ? 0 : 1];
}

static gsize
n_out (const NumeralModelLayer *layer)
{
  return layer->weight->dims[layer->transposed ? 1 : 0];
}

/* The first layer that does not take what the one before it gives; 0 if there is none. */
static guint
find_break (const GPtrArray *layers)
{
  for (guint i = 1; i < layers->len; i++)
    if (n_in (layers->pdata[i]) != n_out (layers->pdata[i - 1]))
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
        if (n_in (layer) == width && ++*tries < MAX_TRIES)
          {
            /* The others keep their order. */
            memmove (&layers->pdata[from + 1], &layers->pdata[from],
                     (i - from) * sizeof *layers->pdata);
            layers->pdata[from] = layer;
            if (chain (layers, from + 1, n_out (layer), kernels, tries))
              return TRUE;
            memmove (&layers->pdata[from], &layers->pdata[from + 1],
                     (i - from) * sizeof *layers->pdata);
            layers->pdata[i] = layer;
          }
        layer->transposed = before;
      }
  return FALSE;
}

/* Puts the layers in order, and finds which are transposed. */
static gboolean
arrange (GPtrArray *layers, GError **error)
{
  const gboolean kernels = are_kernels (layers);
  g_autofree char *quoted = NULL;
  guint tries = 0, at;

  set_transposed (layers, kernels);
  if (find_break (layers) == 0 && n_in (layers->pdata[0]) == N_PIXELS)
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
                       quoted, (guint) n_in (layers->pdata[at]),
                       (guint) n_out (layers->pdata[at - 1]));
}

static const NumeralTensor *
find_bias (const GPtrArray *biases, const NumeralModelLayer *layer)
{
  for (guint i = 0; i < biases->len; i++)
    {
      const NumeralTensor *bias = biases->pdata[i];
      g_autofree char *name = layer_name (bias->name);

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

gboolean
numeral_model_infer (const NumeralSafetensors *file, GPtrArray *layers, NnMlp *mlp, GError **error)
{
  g_autoptr (GPtrArray) biases = g_ptr_array_new ();

  if (!collect (file, layers, biases, error))
    return FALSE;
  for (guint i = 0; i < layers->len; i++)
    {
      const NumeralModelLayer *layer = layers->pdata[i];
      g_autofree char *quoted = numeral_tensor_quote (layer->name);

      if (n_in (layer) > NN_MAX_WIDTH || n_out (layer) > NN_MAX_WIDTH)
        return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("layer %s is wider than %u"), quoted,
                             NN_MAX_WIDTH);
    }
  if (!arrange (layers, error) || !match_biases (layers, biases, error))
    return FALSE;
  mlp->n_layers = layers->len;
  mlp->widths[0] = (guint) n_in (layers->pdata[0]);
  for (guint i = 0; i < layers->len; i++)
    mlp->widths[i + 1] = (guint) n_out (layers->pdata[i]);
  return TRUE;
}
