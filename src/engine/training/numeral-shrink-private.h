/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-shrink.h"

G_BEGIN_DECLS

/**
 * NumeralShrinkWatch:
 * @doing: a way begins
 * @made: (transfer none): a way has given a model
 *
 * What numeral_shrink_run() tells, in its thread.
 */
typedef struct
{
  void (*doing) (const char *title, gpointer data);
  void (*progress) (double share, gpointer data);
  void (*made) (NumeralShrunk *shrunk, gpointer data);
  gpointer data;
} NumeralShrinkWatch;

/* Makes the model of the run in @folder smaller in all ways. @generated: (out): whether generated
 * digits stood in. Errors of numeral_run_model_load() and numeral-compress.h. Blocks. */
gboolean numeral_shrink_run (GFile *folder,
                             const NumeralRunConfig *config,
                             const NumeralShrinkWatch *watch,
                             gboolean *generated,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
