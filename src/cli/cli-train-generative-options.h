/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-gan-config.h"

G_BEGIN_DECLS

/**
 * CliGenerativeOptions:
 * @data: at least one data set
 * @out: path of the generator
 * @log: @initial: @name: @licence: (nullable)
 *
 * The command line of "numeral-cli train --generative gan", checked.
 */
typedef struct
{
  NnGanConfig config;
  char **data;
  char *kind, *out, *log, *initial, *name, *licence;
  gboolean half, quiet, json;
} CliGenerativeOptions;

/* Parses the options as cli_options_parse() does. */
gboolean
cli_generative_options_parse (CliGenerativeOptions *options, int argc, char **argv, int *status);
void cli_generative_options_clear (CliGenerativeOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliGenerativeOptions, cli_generative_options_clear)

G_END_DECLS
