/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnError:
 * @NN_ERROR_CONFIG: a configuration that cannot work, reported before anything is allocated
 * @NN_ERROR_FORMAT: data with a wrong magic number, type or syntax
 * @NN_ERROR_TRUNCATED: less data than the header announces
 * @NN_ERROR_TOO_LARGE: sizes, or a product of sizes, beyond the bounds
 * @NN_ERROR_SHAPE: arrays whose shapes do not match
 * @NN_ERROR_VALUE: NaN, infinity, or a label out of range
 */
typedef enum
{
  NN_ERROR_CONFIG,
  NN_ERROR_FORMAT,
  NN_ERROR_TRUNCATED,
  NN_ERROR_TOO_LARGE,
  NN_ERROR_SHAPE,
  NN_ERROR_VALUE,
} NnError;

#define NN_ERROR (nn_error_quark ())
GQuark nn_error_quark (void);

G_END_DECLS
