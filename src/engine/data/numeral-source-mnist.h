/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* MNIST, in the folder that numeral_data_find_mnist() finds. */
#define NUMERAL_TYPE_MNIST_SOURCE (numeral_mnist_source_get_type ())
G_DECLARE_FINAL_TYPE (
    NumeralMnistSource, numeral_mnist_source, NUMERAL, MNIST_SOURCE, NumeralSource)

G_END_DECLS
