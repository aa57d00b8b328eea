/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NUMERAL_SNAPSHOTS_FOLDER "snapshots"
#define NUMERAL_SNAPSHOTS_MAX 32

/**
 * NumeralSnapshotPlan:
 *
 * The steps at which a run stores a snapshot of its weights, for the slider over its past:
 * before the first minibatch; after 1, 4, 16, ... minibatches, where a network learns the most;
 * then at even distances to the end. There are at most NUMERAL_SNAPSHOTS_MAX. The plan depends
 * on the length of the run alone, so that a resumed run has the same snapshots.
 */
typedef struct
{
  guint64 n_steps;
  guint64 distance;
} NumeralSnapshotPlan;

void numeral_snapshot_plan_init (NumeralSnapshotPlan *plan, guint64 n_steps);
/* Whether there is a snapshot after @step minibatches. */
gboolean numeral_snapshot_plan_has (const NumeralSnapshotPlan *plan, guint64 step);

/* "FOLDER/snapshots/STEP.safetensors" of the run in @folder. */
char *numeral_snapshot_path (const char *folder, guint64 step);
/* (transfer full) (element-type guint64): ascending. Blocks. */
GArray *numeral_snapshots_list (const char *folder);
/* Removes the snapshots after @step. Blocks. */
void numeral_snapshots_cut (const char *folder, guint64 step);

G_END_DECLS
