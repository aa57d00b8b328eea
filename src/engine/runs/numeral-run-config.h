/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "nn-train-config.h"
#include "numeral-run-names.h"
#include "numeral-source.h"

G_BEGIN_DECLS

/**
 * NumeralRunConfig:
 * @train: network, optimiser, schedule, seed, ...
 * @source: the kind of source
 * @path: @generated: @generator: the options of all sources, kept whichever source is chosen;
 *   @path is nullable. Digits are generated with the run's seed.
 * @samples: (nullable): how many samples of each class a trained generator makes, in the text form
 * of numeral-sample-counts.h; %NULL for @generated samples
 * @left_out: (nullable): the samples that the run does not use, in the text form of
 *   numeral-left-out.h
 *
 * All settings of a run. The same values give the same curve bit for bit, in the window and on
 * the command line. Written as JSON in the run's folder and read by `numeral-cli train
 * --config`.
 */
typedef struct
{
  NnTrainConfig train;
  NumeralSourceKind source;
  char *path;
  guint generated, generator;
  char *samples;
  char *left_out;
} NumeralRunConfig;

/* The preset "textbook", on MNIST if it is installed, otherwise on 20,000 generated digits. */
NumeralRunConfig *numeral_run_config_new (void);
/* The same with this source, which is not looked for on the disk. */
NumeralRunConfig *numeral_run_config_new_for_source (NumeralSourceKind source);
NumeralRunConfig *numeral_run_config_copy (const NumeralRunConfig *config);
void numeral_run_config_free (NumeralRunConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunConfig, numeral_run_config_free)

/* (transfer full): the source of the samples, with its options. */
NumeralSource *numeral_run_config_create_source (const NumeralRunConfig *config);

/* Rejects settings that cannot work, as far as they tell it by themselves: NN_ERROR_CONFIG. Touches
 * no files. @setting: (out) (nullable): the row of the setting to change; %NULL if they can. */
gboolean numeral_run_config_check (const NumeralRunConfig *config,
                                   const NnSetting **setting,
                                   GError **error);
/* The row of the setting that says where the data are. */
const NnSetting *numeral_run_config_data_setting (const NumeralRunConfig *config);
/* The same, and looks for the data with numeral_source_find(). Blocks. */
gboolean numeral_run_config_validate (const NumeralRunConfig *config, GError **error);

/* (transfer full): every field under its name on the command line. Reading it back gives exactly
 * the same configuration, doubles included. */
JsonNode *numeral_run_config_to_json (const NumeralRunConfig *config);
/* Unknown members and values out of range are errors that name them; absent members get the
 * default. */
NumeralRunConfig *numeral_run_config_from_json (JsonNode *node, GError **error);

/* Reads a file of settings, or the settings in the run.json of a run. The message names the
 * file. Blocks. */
NumeralRunConfig *numeral_run_config_load (GFile *file, GError **error);

/* Named settings: "textbook" and others. @title is translated. */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
} NumeralPreset;
const NumeralPreset *numeral_run_config_presets (guint *n);
/* Sets the network and optimiser of @config; its data stays. */
gboolean numeral_run_config_apply_preset (NumeralRunConfig *config, const char *name);

G_END_DECLS
