/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sheet-choice.h"

#include <string.h>

struct _NumeralSheetChoice
{
  GObject parent_instance;

  NumeralSheet *sheet;
  guint chosen;
};

enum
{
  PROP_SHEET = 1,
  PROP_CHOSEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralSheetChoice, numeral_sheet_choice, G_TYPE_OBJECT)

static void
numeral_sheet_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralSheetChoice *self = NUMERAL_SHEET_CHOICE (object);

  if (id == PROP_SHEET)
    g_value_set_boxed (value, self->sheet);
  else if (id == PROP_CHOSEN)
    g_value_set_uint (value, self->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_sheet_choice_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  NumeralSheetChoice *self = NUMERAL_SHEET_CHOICE (object);

  if (id == PROP_SHEET)
    numeral_sheet_choice_set_sheet (self, g_value_get_boxed (value));
  else if (id == PROP_CHOSEN)
    numeral_sheet_choice_set_chosen (self, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_sheet_choice_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_SHEET_CHOICE (object)->sheet, numeral_sheet_unref);
  G_OBJECT_CLASS (numeral_sheet_choice_parent_class)->finalize (object);
}

static void
numeral_sheet_choice_class_init (NumeralSheetChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_sheet_choice_get_property;
  object_class->set_property = numeral_sheet_choice_set_property;
  object_class->finalize = numeral_sheet_choice_finalize;

  properties[PROP_SHEET] = g_param_spec_boxed ("sheet", NULL, NULL, NUMERAL_TYPE_SHEET, flags);
  properties[PROP_CHOSEN] = g_param_spec_uint ("chosen", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
numeral_sheet_choice_init (NumeralSheetChoice *self)
{
}

NumeralSheetChoice *
numeral_sheet_choice_new (void)
{
  return g_object_new (NUMERAL_TYPE_SHEET_CHOICE, NULL);
}

NumeralSheet *
numeral_sheet_choice_get_sheet (NumeralSheetChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHEET_CHOICE (self), NULL);

  return self->sheet;
}

/* Whether both are the same page, perhaps read by different networks. */
static gboolean
is_same_page (const NumeralSheet *a, const NumeralSheet *b)
{
  if (!a || !b || a->n_numbers != b->n_numbers)
    return FALSE;
  for (guint i = 0; i < a->n_numbers; i++)
    if (memcmp (&a->numbers[i].box, &b->numbers[i].box, sizeof (InkBox)) != 0)
      return FALSE;
  return TRUE;
}

static guint
find_first (const NumeralSheet *sheet)
{
  guint first = 0;

  while (first + 1 < sheet->n_numbers && sheet->numbers[first].prediction->empty)
    first++;
  return first;
}

void
numeral_sheet_choice_set_sheet (NumeralSheetChoice *self, NumeralSheet *sheet)
{
  gboolean same;

  g_return_if_fail (NUMERAL_IS_SHEET_CHOICE (self));
  g_return_if_fail (!sheet || sheet->n_numbers > 0);

  if (sheet == self->sheet)
    return;
  same = is_same_page (self->sheet, sheet);
  g_clear_pointer (&self->sheet, numeral_sheet_unref);
  self->sheet = sheet ? numeral_sheet_ref (sheet) : NULL;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHEET]);
  if (!same)
    {
      self->chosen = sheet ? find_first (sheet) : 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

guint
numeral_sheet_choice_get_chosen (NumeralSheetChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHEET_CHOICE (self), 0);

  return self->chosen;
}

void
numeral_sheet_choice_set_chosen (NumeralSheetChoice *self, guint chosen)
{
  g_return_if_fail (NUMERAL_IS_SHEET_CHOICE (self));

  if (!self->sheet || chosen >= self->sheet->n_numbers || chosen == self->chosen ||
      self->sheet->numbers[chosen].prediction->empty)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

NumeralPrediction *
numeral_sheet_choice_get_prediction (NumeralSheetChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_SHEET_CHOICE (self), NULL);

  return self->sheet ? self->sheet->numbers[self->chosen].prediction : NULL;
}
