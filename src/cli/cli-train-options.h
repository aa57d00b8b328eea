/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * CliTrainOptions:
 * @data: (nullable): what to train on, at least one; %NULL where @run says it
 * @run: (nullable): of --config: its data, with @config in place of its settings
 * @out: where the model goes
 * @log: (nullable)
 * @checkpoint: (nullable): where the run is kept, and taken up from
 * @initial: (nullable): the model whose weights are the first ones
 * @keep_last: the last weights are wanted, whatever the validation says of them
 * @name: @licence: (nullable)
 * @writers: (nullable) (element-type guint32): held out for validation
 *
 * The command line of "numeral-cli train", checked.
 */
typedef struct
{
  NnTrainConfig config;
  NumeralRunConfig *run;
  char **data;
  char *out, *log, *checkpoint, *initial, *name, *licence;
  char *writers_text, *config_path;
  GArray *writers;
  gboolean keep_last, half, quiet, json;
} CliTrainOptions;

/* As cli_options_parse(). */
gboolean cli_train_options_parse (CliTrainOptions *options, int argc, char **argv, int *status);
void cli_train_options_clear (CliTrainOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainOptions, cli_train_options_clear)

/* The options that decide the model besides those of @config, for the training card. (transfer
 * full) */
char *cli_train_options_more (const CliTrainOptions *options);

G_END_DECLS
