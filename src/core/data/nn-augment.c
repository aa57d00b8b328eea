/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-augment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_elastic (gconstpointer augment)
{
  return ((const NnAugment *) augment)->elastic > 0;
}

#define REAL(member, from, to, start, by)                                                  \
  .name = #member, .type = NN_SETTING_REAL, .offset = G_STRUCT_OFFSET (NnAugment, member), \
  .group = NN_SETTING_AUGMENT, .low = from, .high = to, .initial = start, .step = by

const NnSetting nn_augment_settings[NN_N_AUGMENT_FIELDS] = {
  { REAL (rotation, 0, 180, 0, 1), .unit = NN_UNIT_DEGREES, .title = N_ ("Rotation"),
    .hint = N_ ("Largest rotation in either direction") },
  { REAL (scale, 0, 0.5, 0, 1), .unit = NN_UNIT_SHARE, .title = N_ ("Scaling"),
    .hint = N_ ("Largest change of the size") },
  { REAL (shear, 0, 45, 0, 1), .unit = NN_UNIT_DEGREES, .title = N_ ("Shear"),
    .hint = N_ ("Largest slant in either direction") },
  { REAL (shift, 0, 10, 0, 0.5), .unit = NN_UNIT_PIXELS, .title = N_ ("Shift"),
    .hint = N_ ("Largest movement of the centre in either direction") },
  { REAL (elastic, 0, 5, 0, 0.1), .unit = NN_UNIT_PIXELS, .title = N_ ("Elastic Distortion"),
    .hint = N_ ("Standard deviation of the displacement of each point") },
  { REAL (smoothness, 1, 20, 5, 0.5), .unit = NN_UNIT_PIXELS,
    .title = N_ ("Smoothness of the Distortion"),
    .hint = N_ ("Standard deviation of the Gaussian filter of the displacements"),
    .matters = is_elastic },
  { REAL (stroke, 0, 1, 0, 0.1), .title = N_ ("Line Width"),
    .hint = N_ ("Largest change of the line width; 1 is about a pixel on each side") },
  { REAL (ink, 0, 3, 0, 0.1), .title = N_ ("Pen Strokes"),
    .hint =
        N_ ("Distortion of pen strokes before they are drawn; 1 is the variation of one writer") },
};

typedef struct
{
  const char *name;
  NnAugment augment;
} Preset;

/* Every preset sets the smoothness, so that a person only has to raise elastic. The shift is
 * small because the digits that are read are centred to half a pixel, as MNIST's images are. */
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
  return nn_settings_equal (nn_augment_settings, NN_N_AUGMENT_FIELDS, a, b);
}

gboolean
nn_augment_validate (const NnAugment *augment, GError **error)
{
  return nn_settings_find_problem (nn_augment_settings, NN_N_AUGMENT_FIELDS, augment, error) ==
         NULL;
}

static gboolean
parse_field (const char *word, NnAugment *augment, GError **error)
{
  const char *equals = strchr (word, '=');

  if (equals != NULL)
    {
      g_autofree char *name = g_strndup (word, (gsize) (equals - word));
      const NnSetting *setting = nn_settings_find (nn_augment_settings, NN_N_AUGMENT_FIELDS, name);

      if (setting != NULL)
        return nn_setting_set_text (setting, augment, equals + 1, error);
    }
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("augmentation “%s” is unknown; it is none, light or strong, or one of rotation, "
                  "scale, shear, shift, elastic, smoothness, stroke and ink with =NUMBER"),
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
      const NnSetting *setting = &nn_augment_settings[i];
      g_autofree char *number = nn_setting_get_text (setting, augment);

      if (!nn_setting_equal (setting, augment, &presets[0].augment))
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "," : "", setting->name, number);
    }
  return g_string_free (text, FALSE);
}
