/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "nn-train-config.h"

G_BEGIN_DECLS

/* How many digits may be generated for a run; the most are 784 MB. */
#define NUMERAL_GENERATED_MIN 100
#define NUMERAL_GENERATED_MAX 1000000
/* The member of a run's run.json with its configuration. */
#define NUMERAL_RUN_SETTINGS "settings"

typedef enum
{
  NUMERAL_SOURCE_MNIST,     /* where numeral_data_find_mnist() finds it */
  NUMERAL_SOURCE_GENERATED, /* numeral_generate_digits() */
  NUMERAL_SOURCE_PATH,      /* an IDX folder, UNIPEN file, folder of images by class, CSV file */
} NumeralSource;

/**
 * NumeralRunConfig:
 * @train: network, optimiser, schedule, seed, ...
 * @path: (nullable): of NUMERAL_SOURCE_PATH
 * @generated: samples to generate, with the run's seed
 *
 * All that decides a run: the same values give the same curve bit for bit, in
 * the window and on the command line. Written as JSON in the run's folder and
 * read by `numeral-cli train --config`.
 */
typedef struct
{
  NnTrainConfig train;
  NumeralSource source;
  char *path;
  guint generated;
} NumeralRunConfig;

/* The textbook on MNIST where it is found, else on 20,000 generated digits. */
NumeralRunConfig *numeral_run_config_new (void);
NumeralRunConfig *numeral_run_config_copy (const NumeralRunConfig *config);
void numeral_run_config_free (NumeralRunConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunConfig, numeral_run_config_free)

/* What cannot work, said before anything starts: NN_ERROR_CONFIG, or a path that is not there. */
gboolean numeral_run_config_validate (const NumeralRunConfig *config, GError **error);

/* The same, with @setting: (out) (nullable): the row of the setting to change; %NULL where all is
 * well. */
gboolean numeral_run_config_find_problem (const NumeralRunConfig *config,
                                          const NnSetting **setting,
                                          GError **error);

/* (transfer full): every field by its name on the command line; reading it back gives the same
 * configuration, doubles included. */
JsonNode *numeral_run_config_to_json (const NumeralRunConfig *config);
/* Unknown members and values out of range are errors that name them; absent ones have the default.
 */
NumeralRunConfig *numeral_run_config_from_json (JsonNode *node, GError **error);

/* From a file of settings, or out of the run.json of a run. The message names the file. Blocks. */
NumeralRunConfig *numeral_run_config_load (GFile *file, GError **error);

/* Named settings: "textbook" and others. @title is translated. */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
} NumeralPreset;
const NumeralPreset *numeral_run_config_presets (guint *n);
/* Sets the network and optimiser of @config, leaving its data. */
gboolean numeral_run_config_apply_preset (NumeralRunConfig *config, const char *name);

G_END_DECLS
