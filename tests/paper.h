/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "ink-drawing.h"

G_BEGIN_DECLS

/* Pictures of pages, written with the samples of the source tree (NUMERAL_SAMPLES). */

/* What the digits are written on. */
typedef enum
{
  PAPER_CLEAN,
  PAPER_RULED,
  PAPER_SQUARED,
  PAPER_SHADED,
  PAPER_N,
} Paper;

/* Height of the digits in every other line, and of a line. */
#define PAPER_SIZE 40.0
#define PAPER_STEP 76.0

/* (transfer full): a digit by strokes */
InkDrawing *paper_sample_drawing (guint digit);

/* An empty page to draw on. */
cairo_t *paper_begin (int width, int height);
/* Writes @text, lines of numbers. */
cairo_t *paper_page (const char *text, Paper paper);
/* Nine lines of nine characters with a space between them, "." for an empty cell. @angle: of the
 * grid, in radians */
cairo_t *paper_sudoku (const char *text, double cell, double angle);
/* The same, turned clockwise by some quarters. Frees @cr. */
cairo_t *paper_turn (cairo_t *cr, guint quarters);
/* A page with more parts than are read. */
cairo_t *paper_too_much (void);
/* Writes a PNG and frees @cr. */
void paper_write (cairo_t *cr, const char *path);

G_END_DECLS
