/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-adapt.h"

G_BEGIN_DECLS

/* Private to numeral-adapt. */

/* How one's own samples are varied (nn_augment_from_string()). */
#define NUMERAL_ADAPT_AUGMENT "light,ink=1"

/**
 * NumeralAdaptData:
 * @n_own: one's own samples, at most NUMERAL_ADAPT_MAX_SAMPLES
 * @n_views: augmented views of each of them
 * @n_tests: samples of everybody that only measure
 * @n_others: samples of everybody that are trained on besides (rehearsal)
 * @pixels: one's own samples, then the tests, the others, and the views of each sample together
 * @own: @tests: the first two of these
 *
 * All pictures that an adaptation reads.
 */
typedef struct
{
  gsize n_own, n_views, n_tests, n_others;
  NnDataset *pixels, *own, *tests;
} NumeralAdaptData;

/* NN_ERROR_VALUE, NN_ERROR_SHAPE or G_IO_ERROR_CANCELLED. */
gboolean numeral_adapt_data_init (NumeralAdaptData *data,
                                  const NumeralAdaptRequest *request,
                                  GError **error);
void numeral_adapt_data_clear (NumeralAdaptData *data);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralAdaptData, numeral_adapt_data_clear)

static inline gsize
numeral_adapt_data_first_test (const NumeralAdaptData *data)
{
  return data->n_own;
}

static inline gsize
numeral_adapt_data_first_other (const NumeralAdaptData *data)
{
  return data->n_own + data->n_tests;
}

static inline gsize
numeral_adapt_data_first_view (const NumeralAdaptData *data)
{
  return data->n_own + data->n_tests + data->n_others;
}

G_END_DECLS
