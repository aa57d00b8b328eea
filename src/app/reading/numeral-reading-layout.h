/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NumeralReadingLayout:
 *
 * Places the five children of a reading pane, in this order: canvas, tools, answer, bars,
 * tensor. It uses the layout that makes the canvas larger:
 *
 *   tall                  wide
 *   +------------------+  +------------+ +-----+------+
 *   |                  |  |            | |     |      |
 *   |      canvas      |  |            | | ans | tens |
 *   |                  |  |   canvas   | +-----+------+
 *   +------------------+  |            | |            |
 *   |      tools       |  +------------+ |    bars    |
 *   +-----+------+-----+  |   tools    | |            |
 *   | ans | bars | ten |  +------------+ +------------+
 *   +-----+------+-----+
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

G_END_DECLS
