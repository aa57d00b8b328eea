/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-architecture-words.h"

/* The text form of an architecture. */

static gboolean
is_activation (const NnLayerSpec *spec)
{
  return spec->kind >= NN_LAYER_RELU && spec->kind <= NN_LAYER_TANH;
}

static gboolean
has_weights (const NnLayerSpec *spec)
{
  return nn_layer_kind (spec->kind)->sizes != NULL;
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
  NnArchitectureWords words = { .input = arch->input };
  NnShape shapes[NN_MAX_LAYERS + 1];

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    return g_strdup ("?");
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
        words.words[words.n++] = (NnLayerSpec){ .kind = NN_WORD_LINEAR };
      if (!is_implied_flatten (arch, shapes, l))
        words.words[words.n++] = *spec;
    }
  return nn_architecture_words_to_string (&words);
}

static gboolean
read_text (const char *text,
           NnActivation activation,
           NnLoss loss,
           NnRole role,
           NnArchitecture *arch,
           GError **error)
{
  NnArchitectureWords words;
  NnArchitecture found;

  if (!nn_architecture_words_from_string (text, &words, error) ||
      !nn_architecture_from_words (&words, activation, loss, &found, error))
    return FALSE;
  found.role = role;
  if (!nn_architecture_validate (&found, error))
    return FALSE;
  *arch = found;
  return TRUE;
}

gboolean
nn_architecture_from_string (
    const char *text, NnActivation activation, NnLoss loss, NnArchitecture *arch, GError **error)
{
  return read_text (text, activation, loss, NN_ROLE_CLASSIFIER, arch, error);
}

gboolean
nn_architecture_from_string_as_map (const char *text,
                                    NnActivation activation,
                                    NnArchitecture *arch,
                                    GError **error)
{
  return read_text (text, activation, NN_LOSS_CROSS_ENTROPY, NN_ROLE_MAP, arch, error);
}
