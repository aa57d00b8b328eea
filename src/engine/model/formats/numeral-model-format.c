/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-format.h"

#include <string.h>

#include "numeral-model-c.h"
#include "numeral-model-npz.h"
#include "numeral-model-onnx.h"
#include "numeral-model-safetensors.h"

static const NumeralModelFormat *const formats[] = {
  &numeral_model_safetensors, &numeral_model_onnx, &numeral_model_npz, &numeral_model_c, NULL,
};

static const char *const parts[NUMERAL_N_PARTS] = {
  "float32 weights",   "float16 weights",    "int8 weights",
  "architecture",      "card, calibration",  "loss",
  "non-digit network", "vector convolution", "read again",
};

static const char *const kept_names[NUMERAL_N_KEPT] = { "no", "yes", "exactly", "rounded",
                                                        "float32" };

const char *
numeral_model_part_name (NumeralModelPart part)
{
  return parts[part];
}

const char *
numeral_kept_name (NumeralKept kept)
{
  return kept_names[kept];
}

const NumeralModelFormat *const *
numeral_model_formats (void)
{
  return formats;
}

static gboolean
has_suffix (const char *lower, const char *suffix)
{
  const char *dot = strrchr (lower, '.');

  return dot != NULL && g_str_equal (dot + 1, suffix);
}

const NumeralModelFormat *
numeral_model_format_for_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; formats[i] != NULL; i++)
    for (guint k = 0; formats[i]->suffixes[k] != NULL; k++)
      if (has_suffix (lower, formats[i]->suffixes[k]))
        return formats[i];
  return NULL;
}

const NumeralModelFormat *
numeral_model_format_for_reading (const char *name)
{
  const NumeralModelFormat *format = numeral_model_format_for_name (name);

  return format != NULL && format->load != NULL ? format : NULL;
}

const NumeralModelFormat *
numeral_model_format_for_bytes (GBytes *bytes)
{
  for (guint i = 0; formats[i] != NULL; i++)
    if (formats[i]->sniff != NULL && formats[i]->sniff (bytes))
      return formats[i];
  return NULL;
}

char *
numeral_model_format_dup_names (gboolean for_reading)
{
  GString *names = g_string_new (formats[0]->name);

  for (guint i = 1; formats[i] != NULL; i++)
    if (!for_reading || formats[i]->load != NULL)
      g_string_append_printf (names, ", %s", formats[i]->name);
  return g_string_free (names, FALSE);
}
