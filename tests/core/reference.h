/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

/* The reference for networks of any layers: the definition of each kind in double precision, sample
 * by sample, with loops that name every index. */

/* Dropout of a training pass; @training is FALSE for a reading pass. */
typedef struct
{
  gboolean training;
  guint64 seed, step;
  gsize row;
} ReferenceMode;

/* The logits of one sample. @params: [n_params] */
void reference_logits (const NnArchitecture *arch,
                       const double *params,
                       const double *x,
                       const ReferenceMode *mode,
                       double *logits);
