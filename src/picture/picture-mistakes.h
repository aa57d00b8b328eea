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
 * @tensor: [28, 28] what was read
 * @label: what it is
 * @answer: what it was taken for
 * @probability: of the answer
 * @group: who wrote it, or 0 where that is not known
 */
typedef struct
{
  float tensor[INK_TENSOR_SIZE];
  guint label, answer;
  double probability;
  guint group;
} PictureMistake;

/* @columns a row, from the top left; each as the network sees it, with "7 → 1  87 %" below. */
void picture_mistakes_draw (
    cairo_t *cr, const PictureMistake *mistakes, guint n, guint columns, const PictureStyle *style);

G_END_DECLS
