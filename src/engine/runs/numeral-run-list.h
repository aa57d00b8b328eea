/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-private.h"

G_BEGIN_DECLS

/**
 * NumeralRunList:
 *
 * Runs in their order, newest first. Each change costs a time proportional to the length of the
 * list at most, however many runs it adds or removes. Used by one thread.
 */

/* Like #GListModel::items-changed. */
typedef void (*NumeralRunListFunc) (guint at, guint removed, guint added, gpointer data);

typedef struct
{
  GPtrArray *runs; /* NumeralRun, with a reference of each */
  NumeralRunListFunc changed;
  gpointer data;
} NumeralRunList;

void numeral_run_list_init (NumeralRunList *list, NumeralRunListFunc changed, gpointer data);
void numeral_run_list_clear (NumeralRunList *list);

/* Whether the list has a run of this order, this very one or another with its id; @at: (out)
 * (optional): where it is, or would be. */
gboolean numeral_run_list_find (const NumeralRunList *list, NumeralRun *run, guint *at);
/* @runs: in order, none of them in the list */
void numeral_run_list_add (NumeralRunList *list, GPtrArray *runs);
/* @runs: in order, all of them in the list */
void numeral_run_list_remove (NumeralRunList *list, GPtrArray *runs);
/* Gives a run of the list another number. Its row changes only if its place does. */
void numeral_run_list_renumber (NumeralRunList *list, NumeralRun *run, guint64 number);
/* Sorts runs as the list does. */
void numeral_run_list_sort (GPtrArray *runs);

G_END_DECLS
