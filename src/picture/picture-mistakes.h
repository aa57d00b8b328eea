/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-tensor.h"
#include "picture-style.h"

G_BEGIN_DECLS

/* Size of one sample with its line of text. */
#define PICTURE_MISTAKE_WIDTH 96
#define PICTURE_MISTAKE_HEIGHT 116

/**
 * PictureMistake:
 * @tensor: [28, 28] the tensor that was read
 * @label: the correct answer
 * @answer: the network's answer
 * @probability: of the answer
 * @group: the writer, or 0 if unknown
 */
typedef struct
{
  float tensor[INK_TENSOR_SIZE];
  guint label, answer;
  double probability;
  guint group;
} PictureMistake;

/* Draws the mistakes in rows of @columns, from the top left: the tensor, with "7 → 1  87 %" below.
 */
void picture_mistakes_draw (
    cairo_t *cr, const PictureMistake *mistakes, guint n, guint columns, const PictureStyle *style);

G_END_DECLS
