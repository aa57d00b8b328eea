/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/**
 * NumeralRunFiles:
 * @name: for messages
 * @prefix: of the paths of best.safetensors and of the curve
 * @checkpoint: path of the trainer's state
 * @has_curve: whether the curve is written; not beside a checkpoint that the command line of
 *   0.1.0 began
 * @record: (nullable): the record of a run in a store, whose folder also has run.json, the last
 *   model and snapshots; %NULL for the checkpoint of the command line
 *
 * The paths of a run's files. A run of the window has a folder of its own. A run of the command
 * line has files beside its checkpoint FILE: FILE.best.safetensors, FILE.curve.bin and
 * FILE.epochs.jsonl.
 */
typedef struct
{
  char *name, *prefix, *checkpoint;
  gboolean has_curve;
  NumeralRunRecord *record;
} NumeralRunFiles;

NumeralRunFiles *numeral_run_files_new_for_record (NumeralRunRecord *record);
/* Checks which files exist. Blocks. */
NumeralRunFiles *numeral_run_files_new_for_checkpoint (const char *path);
void numeral_run_files_free (NumeralRunFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunFiles, numeral_run_files_free)

/* (transfer full): @name after the prefix */
GFile *numeral_run_files_get (const NumeralRunFiles *files, const char *name);

G_END_DECLS
