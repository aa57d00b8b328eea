/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/* What a model costs: the bytes of its file, or the seconds in which it reads a digit. */
typedef enum
{
  PICTURE_COST_BYTES,
  PICTURE_COST_SECONDS,
} PictureCost;

/**
 * PictureTradeoffPoint:
 * @cost: greater than 0
 * @accuracy: 0 to 1
 */
typedef struct
{
  double cost, accuracy;
} PictureTradeoffPoint;

/**
 * PictureTradeoff:
 * @points: [n] models; the first one is the one that the others were made of
 * @chosen: index of the one that is emphasised; -1: none
 */
typedef struct
{
  const PictureTradeoffPoint *points;
  guint n;
  int chosen;
  PictureCost cost;
} PictureTradeoff;

/**
 * picture_tradeoff_draw:
 *
 * Draws accuracy against cost, which is on a logarithmic axis. A line leads through the models that
 * no other surpasses in both. The model that the others were made of is a ring.
 */
void picture_tradeoff_draw (cairo_t *cr,
                            double width,
                            double height,
                            const PictureTradeoff *tradeoff,
                            const PictureStyle *style);

/* Where a point is in a picture of this size. */
void picture_tradeoff_place (
    double width, double height, const PictureTradeoff *tradeoff, guint i, double *x, double *y);

/* The nearest point within reach of a finger; -1: none. */
int picture_tradeoff_find (
    double width, double height, const PictureTradeoff *tradeoff, double x, double y);

/* (transfer full): "3.1 MB", "65 µs" */
char *picture_cost_format (PictureCost cost, double value);

G_END_DECLS
