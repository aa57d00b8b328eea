/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-shrunk.h"

struct _NumeralShrunk
{
  GObject parent_instance;

  char *title;
  GBytes *bytes;
  NumeralCompressFigures figures;
};

G_DEFINE_FINAL_TYPE (NumeralShrunk, numeral_shrunk, G_TYPE_OBJECT)

static void
numeral_shrunk_finalize (GObject *object)
{
  NumeralShrunk *self = NUMERAL_SHRUNK (object);

  g_free (self->title);
  g_bytes_unref (self->bytes);
  G_OBJECT_CLASS (numeral_shrunk_parent_class)->finalize (object);
}

static void
numeral_shrunk_class_init (NumeralShrunkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_shrunk_finalize;
}

static void
numeral_shrunk_init (NumeralShrunk *self)
{
}

NumeralShrunk *
numeral_shrunk_new (const char *title, GBytes *bytes, const NumeralCompressFigures *figures)
{
  NumeralShrunk *self = g_object_new (NUMERAL_TYPE_SHRUNK, NULL);

  self->title = g_strdup (title);
  self->bytes = g_bytes_ref (bytes);
  self->figures = *figures;
  return self;
}

const char *
numeral_shrunk_get_title (NumeralShrunk *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRUNK (self), NULL);

  return self->title;
}

GBytes *
numeral_shrunk_get_bytes (NumeralShrunk *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRUNK (self), NULL);

  return self->bytes;
}

const NumeralCompressFigures *
numeral_shrunk_get_figures (NumeralShrunk *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHRUNK (self), NULL);

  return &self->figures;
}
