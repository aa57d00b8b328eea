/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* What people do with a digit that should not matter to how it is read. */
typedef enum
{
  NUMERAL_DISTURB_NONE,    /* as large as the canvas, in its middle, with its own pen */
  NUMERAL_DISTURB_QUARTER, /* a quarter as large */
  NUMERAL_DISTURB_CORNER,  /* half as large, in a corner */
  NUMERAL_DISTURB_THICK,   /* with a pen three times as thick */
  NUMERAL_DISTURB_THIN,    /* with a pen a third as thick */
  NUMERAL_DISTURB_TURNED,  /* turned by up to 15 degrees either way */
  NUMERAL_N_DISTURBANCES,
} NumeralDisturbance;

/* "none", "quarter", "corner", "thick", "thin", "turned" */
const char *numeral_disturbance_name (NumeralDisturbance disturbance);

/* (transfer full): the drawing as it would be drawn with a mouse on a canvas of 400 pixels a side:
 * disturbed, then every point on a whole pixel. @key decides corner and angle. */
InkDrawing *
numeral_disturb (const InkDrawing *drawing, NumeralDisturbance disturbance, guint64 key);

/* A data set of the same samples, disturbed; all of them must have been drawn from ink:
 * NN_ERROR_VALUE otherwise. */
NnDataset *
numeral_disturb_dataset (const NnDataset *dataset, NumeralDisturbance disturbance, GError **error);

G_END_DECLS
