/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-augment.h"

#include <string.h>

#define FIELD(name, low, high)                         \
  {                                                    \
#name, G_STRUCT_OFFSET(NnAugment, name), low, high \
  }

const NnAugmentField nn_augment_fields[NN_N_AUGMENT_FIELDS] = {
  FIELD (rotation, 0, 180), FIELD (scale, 0, 0.5),     FIELD (shear, 0, 45), FIELD (shift, 0, 10),
  FIELD (elastic, 0, 5),    FIELD (smoothness, 1, 20), FIELD (stroke, 0, 1), FIELD (ink, 0, 3),
};

typedef struct
{
  const char *name;
  NnAugment augment;
} Preset;

/* Smoothness is in all of them, so that turning elastic up is enough. What is read is centred to
 * half a pixel, in MNIST's images, and need not be known anywhere else. */
static const Preset presets[NN_N_AUGMENT_PRESETS] = {
  { "none", { .smoothness = 5 } },
  { "light",
    { .rotation = 8,
      .scale = 0.08,
      .shear = 6,
      .shift = 0.5,
      .elastic = 0.6,
      .smoothness = 5,
      .stroke = 0.2,
      .ink = 0.5 } },
  { "strong",
    { .rotation = 15,
      .scale = 0.15,
      .shear = 12,
      .shift = 0.5,
      .elastic = 1.2,
      .smoothness = 5,
      .stroke = 0.4,
      .ink = 1 } },
};

const char *
nn_augment_preset_name (guint preset)
{
  g_return_val_if_fail (preset < NN_N_AUGMENT_PRESETS, NULL);

  return presets[preset].name;
}

void
nn_augment_preset (guint preset, NnAugment *augment)
{
  g_return_if_fail (preset < NN_N_AUGMENT_PRESETS);

  *augment = presets[preset].augment;
}

gboolean
nn_augment_is_on (const NnAugment *augment)
{
  return augment->rotation > 0 || augment->scale > 0 || augment->shear > 0 || augment->shift > 0 ||
         augment->elastic > 0 || augment->stroke > 0 || augment->ink > 0;
}

gboolean
nn_augment_equal (const NnAugment *a, const NnAugment *b)
{
  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    if (nn_augment_get (a, i) != nn_augment_get (b, i))
      return FALSE;
  return TRUE;
}

gboolean
nn_augment_find_problem (const NnAugment *augment, gsize *offset, GError **error)
{
  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    {
      const NnAugmentField *field = &nn_augment_fields[i];
      double value = nn_augment_get (augment, i);

      /* Written so that NaN is out of the range. */
      if (!(value >= field->low && value <= field->high))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "augmentation: %s must be from %g to %g",
                       field->name, field->low, field->high);
          *offset = field->offset;
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
nn_augment_validate (const NnAugment *augment, GError **error)
{
  gsize offset;

  return nn_augment_find_problem (augment, &offset, error);
}

static gboolean
parse_field (const char *word, NnAugment *augment, GError **error)
{
  const char *equals = strchr (word, '=');

  for (guint i = 0; equals != NULL && i < NN_N_AUGMENT_FIELDS; i++)
    {
      const char *name = nn_augment_fields[i].name;
      char *end;

      if (strlen (name) != (gsize) (equals - word) || strncmp (word, name, strlen (name)) != 0)
        continue;
      *nn_augment_field (augment, i) = g_ascii_strtod (equals + 1, &end);
      if (end != equals + 1 && *end == '\0')
        return TRUE;
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "augmentation: %s is not a number", word);
      return FALSE;
    }
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               "augmentation: \"%s\" is not known; it is none, light or strong, or one of "
               "rotation, scale, shear, shift, elastic, smoothness, stroke and ink with =NUMBER",
               word);
  return FALSE;
}

gboolean
nn_augment_from_string (const char *text, NnAugment *augment, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  *augment = presets[0].augment;
  if (words[0] == NULL)
    return parse_field (text, augment, error);
  for (guint w = 0; words[w] != NULL; w++)
    {
      const char *word = g_strstrip (words[w]);
      guint preset = 0;

      while (w == 0 && preset < NN_N_AUGMENT_PRESETS && !g_str_equal (presets[preset].name, word))
        preset++;
      if (w == 0 && preset < NN_N_AUGMENT_PRESETS)
        *augment = presets[preset].augment;
      else if (!parse_field (word, augment, error))
        return FALSE;
    }
  return nn_augment_validate (augment, error);
}

char *
nn_augment_to_string (const NnAugment *augment)
{
  GString *text = g_string_new (NULL);

  for (guint p = 0; p < NN_N_AUGMENT_PRESETS; p++)
    if (nn_augment_equal (augment, &presets[p].augment))
      return g_string_free (g_string_append (text, presets[p].name), FALSE);
  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (nn_augment_get (augment, i) == nn_augment_get (&presets[0].augment, i))
        continue;
      /* As people write it, where that is the same number. */
      g_ascii_formatd (number, sizeof number, "%.15g", nn_augment_get (augment, i));
      if (g_ascii_strtod (number, NULL) != nn_augment_get (augment, i))
        g_ascii_dtostr (number, sizeof number, nn_augment_get (augment, i));
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "," : "", nn_augment_fields[i].name,
                              number);
    }
  return g_string_free (text, FALSE);
}
