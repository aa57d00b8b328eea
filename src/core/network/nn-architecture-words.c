/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-architecture-words.h"

#include <glib/gi18n-lib.h>

/* Written after a layer with weights that no activation follows. */
#define LINEAR "linear"

static gboolean
has_weights (const NnLayerSpec *word)
{
  return word->kind != NN_WORD_LINEAR && nn_layer_kind (word->kind)->sizes != NULL;
}

static gboolean
is_activation (const NnLayerSpec *word)
{
  return word->kind >= NN_LAYER_RELU && word->kind <= NN_LAYER_TANH;
}

static void
describe_input (const NnShape *input, GString *text)
{
  if (nn_shape_is_flat (input))
    g_string_append_printf (text, "%u", input->channels);
  else if (input->channels == 1)
    g_string_append_printf (text, "%ux%u", input->height, input->width);
  else
    g_string_append_printf (text, "%ux%ux%u", input->channels, input->height, input->width);
}

char *
nn_architecture_words_to_string (const NnArchitectureWords *words)
{
  GString *text = g_string_new (NULL);

  describe_input (&words->input, text);
  for (guint i = 0; i < words->n; i++)
    {
      const NnLayerSpec *word = &words->words[i];

      g_string_append_c (text, '-');
      if (word->kind == NN_WORD_LINEAR)
        g_string_append (text, LINEAR);
      else
        nn_layer_kind (word->kind)->describe (word, text);
    }
  return g_string_free (text, FALSE);
}

/* "784", "28x28", "3x32x32" */
static gboolean
parse_input (const char *word, NnShape *input)
{
  guint numbers[3], n = 0;

  while (TRUE)
    {
      if (n == G_N_ELEMENTS (numbers) || !nn_layer_parse_number (&word, &numbers[n++]))
        return FALSE;
      if (*word != 'x')
        break;
      word++;
    }
  if (*word != '\0')
    return FALSE;
  *input = n == 1 ? (NnShape){ numbers[0], 1, 1 } :
           n == 2 ? (NnShape){ 1, numbers[0], numbers[1] } :
                    (NnShape){ numbers[0], numbers[1], numbers[2] };
  return TRUE;
}

static gboolean
fail_at (const char *word, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("“%s” is not a layer: a network is written like 784-128-10 or "
                  "28x28-conv5x5x8-pool2-10"),
               word);
  return FALSE;
}

static gboolean
fail_long (GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("the network has more than %d layers, activations included"), NN_MAX_LAYERS);
  return FALSE;
}

gboolean
nn_architecture_words_from_string (const char *text, NnArchitectureWords *words, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", NN_MAX_WORDS + 2);

  *words = (NnArchitectureWords){ 0 };
  if (parts[0] == NULL || !parse_input (parts[0], &words->input))
    return fail_at (parts[0] != NULL ? parts[0] : "", error);
  for (char **part = parts + 1; *part != NULL; part++)
    {
      NnLayerSpec word = { .kind = NN_WORD_LINEAR };

      if (words->n == NN_MAX_WORDS)
        return fail_long (error);
      if (!g_str_equal (*part, LINEAR) && !nn_layer_parse (*part, &word))
        return fail_at (*part, error);
      words->words[words->n++] = word;
    }
  return TRUE;
}

static gboolean
add (NnArchitecture *arch, const NnLayerSpec *spec, GError **error)
{
  if (arch->n_layers == NN_MAX_LAYERS)
    return fail_long (error);
  arch->layers[arch->n_layers++] = *spec;
  return TRUE;
}

/* Whether the layers so far give an image. */
static gboolean
gives_image (const NnArchitecture *arch)
{
  NnShape shapes[NN_MAX_LAYERS + 1];

  return nn_architecture_get_shapes (arch, shapes, NULL, NULL) &&
         !nn_shape_is_flat (&shapes[arch->n_layers]);
}

/* As nn_architecture_from_words(); @layer: (out) (optional): [words->n] the layer of each word, of
 * "linear" the one that follows. */
static gboolean
add_words (const NnArchitectureWords *words,
           NnActivation activation,
           NnArchitecture *arch,
           guint *layer,
           GError **error)
{
  const NnLayerSpec implied = { .kind = NN_LAYER_RELU + activation };
  const NnLayerSpec flatten = { .kind = NN_LAYER_FLATTEN };
  guint last = 0;
  gboolean pending = FALSE; /* the layer before has weights and no activation yet */

  for (guint i = 0; i < words->n; i++)
    if (has_weights (&words->words[i]))
      last = i;
  for (guint i = 0; i < words->n; i++)
    {
      const NnLayerSpec *word = &words->words[i];

      if (word->kind == NN_WORD_LINEAR)
        pending = FALSE;
      else if ((pending && !is_activation (word) && !add (arch, &implied, error)) ||
               (word->kind == NN_LAYER_DENSE && gives_image (arch) &&
                !add (arch, &flatten, error)) ||
               !add (arch, word, error))
        return FALSE;
      else
        pending = has_weights (word) && i < last;
      if (layer != NULL)
        layer[i] = arch->n_layers - (word->kind == NN_WORD_LINEAR ? 0 : 1);
    }
  return TRUE;
}

gboolean
nn_architecture_from_words (const NnArchitectureWords *words,
                            NnActivation activation,
                            NnLoss loss,
                            NnArchitecture *arch,
                            GError **error)
{
  *arch = (NnArchitecture){ .input = words->input, .loss = loss };
  return add_words (words, activation, arch, NULL, error);
}

static gsize
count_params (const NnLayerSpec *spec, const NnShape *in)
{
  NnLayerSizes sizes;

  if (nn_layer_kind (spec->kind)->sizes == NULL)
    return 0;
  nn_layer_kind (spec->kind)->sizes (spec, in, &sizes);
  return (gsize) sizes.n_out * sizes.n_in + sizes.n_out;
}

guint
nn_architecture_words_measure (const NnArchitectureWords *words,
                               NnActivation activation,
                               NnWordSize sizes[NN_MAX_WORDS],
                               GError **error)
{
  g_autofree NnArchitecture *arch = g_new (NnArchitecture, 1);
  NnShape shapes[NN_MAX_LAYERS + 1];
  guint layer[NN_MAX_WORDS];
  guint problem;

  *arch = (NnArchitecture){ .input = words->input };
  if (!add_words (words, activation, arch, layer, error))
    return 0;
  nn_architecture_get_shapes (arch, shapes, &problem, error);
  for (guint i = 0; i < words->n; i++)
    {
      if (problem < arch->n_layers && layer[i] >= problem)
        return i;
      if (words->words[i].kind == NN_WORD_LINEAR)
        sizes[i] = (NnWordSize){ shapes[layer[i]], 0 };
      else
        sizes[i] = (NnWordSize){ shapes[layer[i] + 1],
                                 count_params (&words->words[i], &shapes[layer[i]]) };
    }
  return words->n;
}
