/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-generator.h"

G_BEGIN_DECLS

/**
 * InkNondigitKind:
 *
 * What people draw besides digits. The numbers are labels in data sets, where 0 is a digit, and
 * never change.
 */
typedef enum
{
  INK_NONDIGIT_LETTER = 1, /* Latin letters that nobody takes for a digit */
  INK_NONDIGIT_SIGN,       /* of other scripts, and between the words */
  INK_NONDIGIT_SHAPE,      /* stars, hearts, arrows */
  INK_NONDIGIT_SCRIBBLE,   /* curves without meaning, hatching, spirals */
  INK_NONDIGIT_DOTS,       /* dots and dashes */
  INK_NONDIGIT_PART,       /* half a digit */
  INK_NONDIGIT_SEVERAL,    /* digits beside and over each other */
  INK_NONDIGIT_END,
} InkNondigitKind;

/* "letter", "part", ...: English, never translated, as it stands in reports. "digit" for 0. */
const char *ink_nondigit_kind_name (guint kind);

/**
 * ink_generator_nondigit:
 * @kind: of what there shall be a sample
 * @unseen: %FALSE for the forms to train with, %TRUE for those that are kept for measuring how
 *   well somebody who has learned the others refuses these
 * @form: (out) (optional): its short English name, e.g. "heart"
 *
 * Draws the next sample of this stream that is no digit, in a hand of its own like those that write
 * the digits. Forms that a person might take for a digit are left out;
 * ink-generator-nondigit-signs.c says which and why.
 *
 * Returns: (transfer full): never empty, within INK_GENERATOR_SIDE
 */
InkDrawing *ink_generator_nondigit (InkGenerator *generator,
                                    InkNondigitKind kind,
                                    gboolean unseen,
                                    const char **form);

/* The forms of a kind, one after the other; %NULL at and after the end. */
const char *ink_nondigit_form_name (InkNondigitKind kind, guint form, gboolean *unseen);

G_END_DECLS
