/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "numeral-run-settings.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_LAYER_LINE (numeral_layer_line_get_type ())
G_DECLARE_FINAL_TYPE (NumeralLayerLine, numeral_layer_line, NUMERAL, LAYER_LINE, GtkBox)

/**
 * NumeralLayerLine:
 *
 * One layer in the list of NumeralLayersRow: its kind, the size that is changed most, and the other
 * sizes and the commands in a popover.
 *
 * Signals: "changed" (): a person changed the layer. "moved" (int by): it is to be moved towards
 * the input (-1) or the output (1). "removed" ().
 */
/* @number: of the layer, from 1 on; @word: its kind stays */
NumeralLayerLine *numeral_layer_line_new (guint number, const NnLayerSpec *word);

/* Does not emit "changed". */
void numeral_layer_line_set_word (NumeralLayerLine *self, const NnLayerSpec *word);
/* (transfer none) */
const NnLayerSpec *numeral_layer_line_get_word (NumeralLayerLine *self);
/* What the layer gives. @problem: (nullable): why it cannot work, shown in place of @text. */
void numeral_layer_line_set_size (NumeralLayerLine *self, const char *text, const char *problem);
void numeral_layer_line_set_movable (NumeralLayerLine *self, gboolean up, gboolean down);
void numeral_layer_line_grab_focus (NumeralLayerLine *self);

/* A new layer of a kind, with sizes that are usual. */
NnLayerSpec numeral_layer_line_initial (NnLayerKindId kind);
/* (transfer none): the name of a kind for people, NN_WORD_LINEAR among them */
const char *numeral_layer_line_title (NnLayerKindId kind);

G_END_DECLS
