/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator.h"

G_BEGIN_DECLS

/**
 * InkNondigitKind:
 *
 * Kinds of non-digits that people draw. The numbers are labels in data sets, where 0 is a digit,
 * and never change.
 */
typedef enum
{
  INK_NONDIGIT_LETTER = 1, /* Latin letters that do not look like a digit */
  INK_NONDIGIT_SIGN,       /* of other scripts, and punctuation */
  INK_NONDIGIT_SHAPE,      /* stars, hearts, arrows */
  INK_NONDIGIT_SCRIBBLE,   /* curves without meaning, hatching, spirals */
  INK_NONDIGIT_DOTS,       /* dots and dashes */
  INK_NONDIGIT_PART,       /* half a digit */
  INK_NONDIGIT_SEVERAL,    /* digits beside and over each other */
  INK_NONDIGIT_END,
} InkNondigitKind;

/* "letter", "part", ...: the English name for reports, never translated. "digit" for 0. */
const char *ink_nondigit_kind_name (guint kind);

/**
 * ink_generator_nondigit:
 * @kind: kind of the sample
 * @unseen: %FALSE for the forms to train with, %TRUE for the forms that are kept for measuring how
 *   well a model refuses forms that it has not seen
 * @form: (out) (optional): its short English name, e.g. "heart"
 *
 * Draws the next non-digit of this stream, in the style of a random writer like those of the
 * digits. Forms that a person might take for a digit are left out; ink-generator-nondigit-signs.c
 * says which and why.
 *
 * Returns: (transfer full): never empty, within INK_GENERATOR_SIDE
 */
InkDrawing *ink_generator_nondigit (InkGenerator *generator,
                                    InkNondigitKind kind,
                                    gboolean unseen,
                                    const char **form);

G_END_DECLS
