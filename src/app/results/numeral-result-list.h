/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-dataset-item.h"

G_BEGIN_DECLS

/* What the results say of a sample. */
typedef enum
{
  NUMERAL_RESULT_MISTAKE,    /* read wrongly */
  NUMERAL_RESULT_MENDED,     /* read wrongly by the other model alone */
  NUMERAL_RESULT_BROKEN,     /* read wrongly by this model alone */
  NUMERAL_RESULT_BOTH_WRONG, /* read wrongly by both */
  NUMERAL_RESULT_SUSPECT,    /* probably labelled wrongly */
} NumeralResultKind;

/**
 * NumeralResult:
 * @index: of the sample
 * @label: @answer: its label, and the wrong answer, or the probable label
 * @other: the other model's answer, of NUMERAL_RESULT_BOTH_WRONG
 * @probability: of the answer; the margin of a suspect
 */
typedef struct
{
  gsize index;
  NumeralResultKind kind;
  guint label, answer, other;
  double probability;
} NumeralResult;

#define NUMERAL_TYPE_RESULT_ITEM (numeral_result_item_get_type ())
G_DECLARE_FINAL_TYPE (NumeralResultItem, numeral_result_item, NUMERAL, RESULT_ITEM, GObject)

/* A sample with what the results say of it. */
const NumeralResult *numeral_result_item_get_result (NumeralResultItem *self);
/* (transfer none) */
NumeralDatasetItem *numeral_result_item_get_sample (NumeralResultItem *self);

#define NUMERAL_TYPE_RESULT_LIST (numeral_result_list_get_type ())
G_DECLARE_FINAL_TYPE (NumeralResultList, numeral_result_list, NUMERAL, RESULT_LIST, GObject)

/**
 * NumeralResultList:
 *
 * Results as a list of NumeralResultItem, of which a limited number is shown; more are shown on
 * demand, because each becomes a widget.
 */
NumeralResultList *numeral_result_list_new (void);

/* Replaces all results, and shows the first ones. What is shown stays if the new results of the
 * same data begin with it. @dataset: (nullable): with 28x28 images; @results: (transfer full)
 * (nullable) (element-type NumeralResult) */
void numeral_result_list_set (NumeralResultList *self, NnDataset *dataset, GArray *results);
/* Adds results, in any order, to those that were merged before: the largest probability is first,
 * then the lowest index, as in the mistakes of an evaluation. Only what is new gets a widget. */
void numeral_result_list_merge (NumeralResultList *self, const NumeralResult *results, guint n);
/* Number of results, shown or not. */
guint numeral_result_list_get_total (NumeralResultList *self);
/* Shows as many more as numeral_result_list_set() shows. */
void numeral_result_list_show_more (NumeralResultList *self);

G_END_DECLS
