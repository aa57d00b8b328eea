/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-architecture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The text form of an architecture. */

/* Written after a layer with weights that no activation follows. */
#define LINEAR "linear"

static gboolean
has_weights (const NnLayerSpec *spec)
{
  return nn_layer_kind (spec->kind)->sizes != NULL;
}

static gboolean
is_activation (const NnLayerSpec *spec)
{
  return spec->kind >= NN_LAYER_RELU && spec->kind <= NN_LAYER_TANH;
}

/* The last layer with weights gives the logits: no activation is implied after it. */
static guint
last_with_weights (const NnArchitecture *arch)
{
  guint last = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    if (has_weights (&arch->layers[l]))
      last = l;
  return last;
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

/* Whether the reader puts a flatten layer here by itself. */
static gboolean
is_implied_flatten (const NnArchitecture *arch, const NnShape *shapes, guint l)
{
  return arch->layers[l].kind == NN_LAYER_FLATTEN && !nn_shape_is_flat (&shapes[l]) &&
         l + 1 < arch->n_layers && arch->layers[l + 1].kind == NN_LAYER_DENSE;
}

char *
nn_architecture_to_string (const NnArchitecture *arch)
{
  const NnLayerKindId activation = NN_LAYER_RELU + nn_architecture_get_activation (arch);
  const guint last = last_with_weights (arch);
  GString *text = g_string_new (NULL);
  NnShape shapes[NN_MAX_LAYERS + 1];

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    return g_string_free (g_string_append (text, "?"), FALSE);
  describe_input (&arch->input, text);
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerSpec *spec = &arch->layers[l];
      const gboolean after_weights = l > 0 && has_weights (&arch->layers[l - 1]) && l - 1 < last;

      /* Leave the network's activation out, unless the reader would take another activation that
       * follows for it. */
      if (after_weights && spec->kind == activation &&
          (l + 1 == arch->n_layers || !is_activation (&arch->layers[l + 1])))
        continue;
      if (after_weights && !is_activation (spec))
        g_string_append (text, "-" LINEAR);
      if (is_implied_flatten (arch, shapes, l))
        continue;
      g_string_append_c (text, '-');
      nn_layer_kind (spec->kind)->describe (spec, text);
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
add (NnArchitecture *arch, const NnLayerSpec *spec, GError **error)
{
  if (arch->n_layers == NN_MAX_LAYERS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("the network has more than %d layers, activations included"), NN_MAX_LAYERS);
      return FALSE;
    }
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

/* A word that stands for no layer. */
#define NO_LAYER NN_N_LAYER_KINDS

/* The words after the input as layers, NO_LAYER for "linear". */
static GArray *
parse_words (char **words, GError **error)
{
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (NnLayerSpec));

  for (; *words != NULL; words++)
    {
      NnLayerSpec spec = { .kind = NO_LAYER };

      if (!g_str_equal (*words, LINEAR) && !nn_layer_parse (*words, &spec))
        {
          fail_at (*words, error);
          return NULL;
        }
      g_array_append_val (specs, spec);
    }
  return g_steal_pointer (&specs);
}

/* Adds the layers with those that the text leaves out. */
static gboolean
add_layers (GArray *specs, NnActivation activation, NnArchitecture *arch, GError **error)
{
  const NnLayerSpec implied = { .kind = NN_LAYER_RELU + activation };
  const NnLayerSpec flatten = { .kind = NN_LAYER_FLATTEN };
  guint last = 0;
  gboolean pending = FALSE; /* the layer before has weights and no activation yet */

  for (guint i = 0; i < specs->len; i++)
    {
      const NnLayerSpec *spec = &g_array_index (specs, NnLayerSpec, i);

      if (spec->kind != NO_LAYER && has_weights (spec))
        last = i;
    }
  for (guint i = 0; i < specs->len; i++)
    {
      const NnLayerSpec *spec = &g_array_index (specs, NnLayerSpec, i);

      if (spec->kind == NO_LAYER)
        {
          pending = FALSE;
          continue;
        }
      if (pending && !is_activation (spec) && !add (arch, &implied, error))
        return FALSE;
      if (spec->kind == NN_LAYER_DENSE && gives_image (arch) && !add (arch, &flatten, error))
        return FALSE;
      if (!add (arch, spec, error))
        return FALSE;
      pending = has_weights (spec) && i < last;
    }
  return TRUE;
}

gboolean
nn_architecture_from_string (
    const char *text, NnActivation activation, NnLoss loss, NnArchitecture *arch, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, "-", 4 * NN_MAX_LAYERS);
  g_autoptr (GArray) specs = NULL;
  NnArchitecture found = { .loss = loss };

  if (words[0] == NULL || !parse_input (words[0], &found.input))
    return fail_at (words[0] != NULL ? words[0] : "", error);
  specs = parse_words (words + 1, error);
  if (specs == NULL || !add_layers (specs, activation, &found, error) ||
      !nn_architecture_validate (&found, error))
    return FALSE;
  *arch = found;
  return TRUE;
}
