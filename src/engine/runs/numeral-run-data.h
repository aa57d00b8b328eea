/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-data.h"
#include "numeral-model.h"
#include "numeral-run-config.h"
#include "numeral-run-split.h"
#include "numeral-upright.h"

G_BEGIN_DECLS

/**
 * NumeralRunPart:
 * @name: of the source: a path, or the name of the source
 * @repeat: how often an epoch uses each training sample
 * @by_writer: whether whole writers are held out, rather than samples at random
 * @n_rejected: damaged samples, or files, that were left out
 * @n_left_out: number of samples that the run leaves out (numeral-left-out.h)
 * @report: what a person should know of the data
 * @train: not %NULL after the split
 * @validation: (nullable)
 *
 * One of the data sets that a run trains on together.
 */
typedef struct
{
  char *name;
  guint repeat;
  gboolean by_writer;
  gsize n_rejected;
  guint n_left_out;
  NumeralDataReport *report;
  NnDataset *train, *validation;
} NumeralRunPart;

/* (transfer full): a part that is used once an epoch, before it is loaded. @name: (transfer full)
 * (nullable) */
NumeralRunPart *numeral_run_part_new (char *name);
void numeral_run_part_free (NumeralRunPart *part);
/* (transfer full): numeral_left_out_apply(), with a note in the report. Takes ownership of
 * @dataset. */
NnDataset *numeral_run_part_leave_out (NumeralRunPart *part,
                                       const char *left_out,
                                       NnDataset *dataset,
                                       GError **error);
/* Splits @dataset as numeral_run_split() does, and fills in @part. Takes ownership of @dataset. */
gboolean numeral_run_part_split (NumeralRunPart *part,
                                 NnDataset *dataset,
                                 const NumeralRunSplit *split,
                                 GError **error);

/**
 * NumeralRunFeed:
 * @model: (nullable): a model whose training is continued, or that is measured: samples become what
 *   it was trained on (numeral_model_adapt_data())
 * @scale: (inout): what the values of a table are divided by; 0 to find it out
 * @turn: (inout): whether digits are turned
 *
 * How samples are fed to a network, so that a run that is resumed feeds them as before.
 */
typedef struct
{
  const NumeralModel *model;
  float scale;
  NumeralTurn turn;
} NumeralRunFeed;

/* (transfer full): the samples of @source as @feed says. Errors of numeral_source_load() and of
 * numeral_model_adapt_data(). */
NnDataset *numeral_run_feed_load (NumeralRunFeed *feed,
                                  NumeralSource *source,
                                  const NumeralSourceRequest *request,
                                  GError **error);

/**
 * NumeralRunData:
 * @parts: (element-type NumeralRunPart): at least one
 * @train: the training samples of all parts in order, each part as often as it is repeated;
 *   never %NULL
 * @validation: (nullable): the validation samples of all parts, each once
 *
 * The training and validation samples of a run.
 */
typedef struct
{
  GPtrArray *parts;
  NnDataset *train, *validation;
} NumeralRunData;

/* Joins @parts after their split. NN_ERROR_SHAPE if their samples have different shapes. */
NumeralRunData *numeral_run_data_new (GPtrArray *parts, GError **error);

/**
 * numeral_run_data_load:
 * @request: whether the data may be lazy, and its progress and cancellation
 *
 * Loads or generates the data of a run, which has one part, and splits the validation set off as
 * numeral_run_split() does. The same configuration and files give the same data. Blocks.
 *
 * Returns: (transfer full): NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*, G_IO_ERROR_CANCELLED
 */
NumeralRunData *numeral_run_data_load (const NumeralRunConfig *config,
                                       const NumeralSourceRequest *request,
                                       GError **error);
/* The same with @feed: (nullable). */
NumeralRunData *numeral_run_data_load_fed (const NumeralRunConfig *config,
                                           const NumeralSourceRequest *request,
                                           NumeralRunFeed *feed,
                                           GError **error);
void numeral_run_data_free (NumeralRunData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunData, numeral_run_data_free)

G_END_DECLS
