/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/**
 * NumeralRunFiles:
 * @name: for messages
 * @prefix: of the paths of best.safetensors and of the curve
 * @checkpoint: path of the trainer's state
 * @has_curve: whether the curve is kept; not beside a checkpoint that 0.1.0's command line began
 * @record: (nullable): of a run in a folder of a store, which also holds run.json, the last model
 *   and snapshots; %NULL for the checkpoint of the command line
 *
 * Where the files of a run are: in the folder of a run of the window, or beside the checkpoint
 * FILE of the command line: FILE, FILE.best.safetensors, FILE.curve.bin and FILE.epochs.jsonl.
 */
typedef struct
{
  char *name, *prefix, *checkpoint;
  gboolean has_curve;
  NumeralRunRecord *record;
} NumeralRunFiles;

NumeralRunFiles *numeral_run_files_new_for_record (NumeralRunRecord *record);
/* Looks which files there are. Blocks. */
NumeralRunFiles *numeral_run_files_new_for_checkpoint (const char *path);
void numeral_run_files_free (NumeralRunFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunFiles, numeral_run_files_free)

/* (transfer full): @name after the prefix */
GFile *numeral_run_files_get (const NumeralRunFiles *files, const char *name);

G_END_DECLS
