/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-config.h"

G_BEGIN_DECLS

/**
 * CliTrainOptions:
 * @data: (nullable): at least one data set; %NULL if @run names the data
 * @run: (nullable): the run of --config, for its data; @config has the settings
 * @out: path of the model
 * @log: (nullable)
 * @checkpoint: (nullable): path of the checkpoint, from which the run is resumed
 * @initial: (nullable): the model with the initial weights
 * @keep_last: writes the last weights instead of the best ones
 * @name: @licence: (nullable)
 * @writers: (nullable) (element-type guint32): held out for validation
 * @generative: unused: cli-train-generative.h has the command line with it
 * @left_out: (nullable): of --left-out, in the text form of numeral-left-out.h
 *
 * The command line of "numeral-cli train", checked.
 */
typedef struct
{
  NnTrainConfig config;
  NumeralRunConfig *run;
  char **data;
  char *out, *log, *checkpoint, *initial, *name, *licence, *generative;
  char *writers_text, *config_path, *left_out_path, *left_out;
  GArray *writers;
  gboolean keep_last, half, quiet, json;
} CliTrainOptions;

/* Parses the options as cli_options_parse() does. */
gboolean cli_train_options_parse (CliTrainOptions *options, int argc, char **argv, int *status);
void cli_train_options_clear (CliTrainOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainOptions, cli_train_options_clear)

/* (transfer full): the options other than those of @config that affect the model, for the
 * training card. */
char *cli_train_options_more (const CliTrainOptions *options);

G_END_DECLS
