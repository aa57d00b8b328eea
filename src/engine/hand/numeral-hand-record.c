/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ink-blob.h"

/* Where the parts begin. */
enum
{
  AT_CREATED = 0,
  AT_LABEL = 8,
  AT_FIRST_LABEL = 12,
  AT_READ = 16,
  AT_PROBABILITY = 20,
  AT_INK = 28,
};

static void
append_32 (GByteArray *bytes, int value)
{
  const guint32 little = GUINT32_TO_LE ((guint32) value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
append_64 (GByteArray *bytes, guint64 value)
{
  const guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

GBytes *
numeral_hand_record_format (const NumeralHandSample *sample, GBytes *ink)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 bits;
  gsize size;
  gconstpointer data = g_bytes_get_data (ink, &size);

  G_STATIC_ASSERT (sizeof bits == sizeof sample->probability);
  memcpy (&bits, &sample->probability, sizeof bits);
  append_64 (bytes, (guint64) sample->created);
  append_32 (bytes, sample->label);
  append_32 (bytes, sample->first_label);
  append_32 (bytes, sample->read);
  append_64 (bytes, bits);
  if (size > 0)
    g_byte_array_append (bytes, data, (guint) size);
  return g_byte_array_free_to_bytes (bytes);
}

void
numeral_hand_sample_check (NumeralHandSample *sample)
{
  g_autoptr (GError) error = NULL;

  sample->drawing = ink_blob_parse (sample->ink, &error);
  if (sample->drawing == NULL)
    sample->damage = g_strdup (error->message);
  else if (!numeral_hand_is_label (sample->label) || !numeral_hand_is_label (sample->first_label) ||
           (sample->read != NUMERAL_HAND_UNREAD && !numeral_hand_is_label (sample->read)) ||
           !(sample->probability >= 0 && sample->probability <= 1))
    sample->damage = g_strdup (_ ("its label is none of the ten digits, nor “not a digit”"));
}

static int
read_32 (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return (int) GUINT32_FROM_LE (little);
}

static guint64
read_64 (const guint8 *at)
{
  guint64 little;

  memcpy (&little, at, sizeof little);
  return GUINT64_FROM_LE (little);
}

NumeralHandSample *
numeral_hand_record_parse (gint64 id, GBytes *record)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (record, &size);
  NumeralHandSample *sample = numeral_hand_sample_new (NULL, -2);
  guint64 bits;

  sample->id = id;
  if (size < AT_INK)
    {
      sample->ink = g_bytes_new (NULL, 0);
      sample->damage = g_strdup (_ ("there is no ink"));
      return sample;
    }
  sample->created = (gint64) read_64 (data + AT_CREATED);
  sample->label = read_32 (data + AT_LABEL);
  sample->first_label = read_32 (data + AT_FIRST_LABEL);
  sample->read = read_32 (data + AT_READ);
  bits = read_64 (data + AT_PROBABILITY);
  memcpy (&sample->probability, &bits, sizeof bits);
  sample->ink = g_bytes_new_from_bytes (record, AT_INK, size - AT_INK);
  numeral_hand_sample_check (sample);
  return sample;
}
