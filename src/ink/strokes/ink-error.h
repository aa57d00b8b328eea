/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InkError:
 * @INK_ERROR_FORMAT: the bytes do not have the format they claim
 * @INK_ERROR_TRUNCATED: the data end too early
 * @INK_ERROR_TOO_LARGE: more strokes, points or pixels than the bounds allow
 * @INK_ERROR_VALUE: a coordinate is not a finite number
 * @INK_ERROR_EMPTY: well-formed, but holds no ink
 */
typedef enum
{
  INK_ERROR_FORMAT,
  INK_ERROR_TRUNCATED,
  INK_ERROR_TOO_LARGE,
  INK_ERROR_VALUE,
  INK_ERROR_EMPTY,
} InkError;

#define INK_ERROR (ink_error_quark ())
GQuark ink_error_quark (void);

G_END_DECLS
