/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-source.h"

G_BEGIN_DECLS

/* A file or folder that numeral_data_load() reads. */
#define NUMERAL_TYPE_PATH_SOURCE (numeral_path_source_get_type ())
G_DECLARE_FINAL_TYPE (NumeralPathSource, numeral_path_source, NUMERAL, PATH_SOURCE, NumeralSource)

G_END_DECLS
