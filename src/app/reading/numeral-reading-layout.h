/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NumeralReadingLayout:
 *
 * Places the six children of a reading pane, in this order: canvas, tools, answer, bars,
 * tensor, question. It uses the layout that makes the canvas larger:
 *
 *   tall                  wide
 *   +------------------+  +------------+ +-----+------+
 *   |                  |  |            | |     |      |
 *   |      canvas      |  |            | | ans | tens |
 *   |                  |  |   canvas   | +-----+------+
 *   +------------------+  |            | |            |
 *   |      tools       |  +------------+ |    bars    |
 *   +-----+------+-----+  |   tools    | +------------+
 *   | ans | bars | ten |  |            | |  question  |
 *   +-----+------+-----+  +------------+ +------------+
 *   |     question     |
 *   +------------------+
 *
 * The question whether the digit was read correctly comes and goes. Its room is always kept, so
 * that the canvas stays where it is: the cards have it meanwhile. A page has no question.
 *
 * With a page on the canvas its lines have the place of the tensor, and more room:
 *
 *   +------------------+  +------------+ +------------+
 *   |      canvas      |  |            | |   lines    |
 *   +------------------+  |   canvas   | |            |
 *   |      tools       |  |            | +-----+------+
 *   +-------+-----+----+  +------------+ | ans | bars |
 *   | lines | ans | ba |  |   tools    | |     |      |
 *   +-------+-----+----+  +------------+ +-----+------+
 *
 * The canvas is a square in both. Remaining space is divided evenly on both sides.
 */
#define NUMERAL_TYPE_READING_LAYOUT (numeral_reading_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralReadingLayout, numeral_reading_layout, NUMERAL, READING_LAYOUT, GtkLayoutManager)

/* Whether a page is shown. */
void numeral_reading_layout_set_paged (NumeralReadingLayout *self, gboolean paged);

/* Whether the question is shown. */
void numeral_reading_layout_set_asking (NumeralReadingLayout *self, gboolean asking);

G_END_DECLS
