/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-c.h"

#include <math.h>

#include "numeral-c-writer.h"
#include "numeral-model-card.h"

/* The divisor of the values of a table; 1 if the card does not tell. */
static double
find_scale (const NumeralModel *model)
{
  const char *text = numeral_model_get_metadata (model, NUMERAL_CARD_SCALE);
  const double scale = text != NULL ? g_ascii_strtod (text, NULL) : 1;

  return isfinite (scale) && scale >= 1 && scale <= 255 ? scale : 1;
}

static gboolean
save (const NumeralModel *model,
      NumeralSaveFlags flags,
      NnWriteFunc write,
      gpointer data,
      GError **error)
{
  g_autoptr (GHashTable) card = numeral_model_card_write (model);
  NumeralCModel source = { .network = model->network,
                           .scale = find_scale (model),
                           .card = card,
                           .half = (flags & NUMERAL_SAVE_HALF) != 0,
                           .centre = (flags & NUMERAL_SAVE_CENTRE) != 0 };

  if (model->novelty != NULL)
    {
      source.novelty = model->novelty->network;
      source.threshold = model->novelty->threshold;
    }
  return numeral_c_write (&source, write, data, error);
}

static const char *const suffixes[] = { "c", NULL };

const NumeralModelFormat numeral_model_c = {
  .name = "C",
  .suffixes = suffixes,
  .content_type = "text/x-csrc",
  .kept = { [NUMERAL_PART_FLOAT32] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_HALF] = NUMERAL_KEPT_ROUNDED,
            [NUMERAL_PART_INT8] = NUMERAL_KEPT_EXACTLY,
            [NUMERAL_PART_ARCHITECTURE] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_CARD] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_LOSS] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_NOVELTY] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_VECTOR] = NUMERAL_KEPT_YES,
            [NUMERAL_PART_READ] = NUMERAL_KEPT_NO },
  .save = save,
};
