/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NUMERAL_SNAPSHOTS_FOLDER "snapshots"
#define NUMERAL_SNAPSHOTS_MAX 32

/**
 * NumeralSnapshotPlan:
 *
 * At which steps a run keeps its weights, for a slider over its past: before the first, after 1,
 * 4, 16, ... minibatches, where a network learns the most, and from then on at even distances to
 * the end; never more than NUMERAL_SNAPSHOTS_MAX in all. Decided by the length of the run alone,
 * so that one that was taken up again has the same.
 */
typedef struct
{
  guint64 n_steps;
  guint64 distance;
} NumeralSnapshotPlan;

void numeral_snapshot_plan_init (NumeralSnapshotPlan *plan, guint64 n_steps);
/* Whether the weights after @step minibatches are kept. */
gboolean numeral_snapshot_plan_has (const NumeralSnapshotPlan *plan, guint64 step);

/* "FOLDER/snapshots/STEP.safetensors" of the run in @folder. */
char *numeral_snapshot_path (const char *folder, guint64 step);
/* (transfer full) (element-type guint64): ascending. Blocks. */
GArray *numeral_snapshots_list (const char *folder);
/* Removes those after @step. Blocks. */
void numeral_snapshots_cut (const char *folder, guint64 step);

G_END_DECLS
