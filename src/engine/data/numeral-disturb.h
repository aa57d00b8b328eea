/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* Changes of a digit that should not change the answer. */
typedef enum
{
  NUMERAL_DISTURB_NONE,    /* scaled to the canvas, centred, with its own pen */
  NUMERAL_DISTURB_QUARTER, /* a quarter as large */
  NUMERAL_DISTURB_CORNER,  /* half as large, in a corner */
  NUMERAL_DISTURB_THICK,   /* with a pen three times as thick */
  NUMERAL_DISTURB_THIN,    /* with a pen a third as thick */
  NUMERAL_DISTURB_TURNED,  /* rotated by up to 15 degrees in either direction */
  NUMERAL_N_DISTURBANCES,
} NumeralDisturbance;

/* "none", "quarter", "corner", "thick", "thin", "turned" */
const char *numeral_disturbance_name (NumeralDisturbance disturbance);

/* (transfer full): the drawing as it would be drawn with a mouse on a canvas of 400 pixels a
 * side: disturbed, then every point on a whole pixel. @key selects the corner and the angle. */
InkDrawing *
numeral_disturb (const InkDrawing *drawing, NumeralDisturbance disturbance, guint64 key);

/* A data set of the same samples, disturbed. NN_ERROR_VALUE if not all of them were drawn from
 * ink. */
NnDataset *
numeral_disturb_dataset (const NnDataset *dataset, NumeralDisturbance disturbance, GError **error);

G_END_DECLS
