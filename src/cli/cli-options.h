/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliOptions:
 * @verb: name of the verb
 * @summary: its purpose, for --help
 * @description: (nullable): text below the options in --help
 * @entries: its options, ended by an empty one; --help, --version and those of cli-unlock.h are
 *   added
 * @shared: (nullable): options that other verbs have too, below @entries in --help; ended likewise
 *
 * The command line of a verb. Arguments that are not options go to an entry named
 * G_OPTION_REMAINING.
 */
typedef struct
{
  const char *verb;
  const char *summary;
  const char *description;
  const GOptionEntry *entries;
  const GOptionEntry *shared;
} CliOptions;

/**
 * cli_options_parse:
 * @status: (out): the exit status if %FALSE is returned
 *
 * Parses a verb's command line. Returns %FALSE if the verb must exit: the help or
 * the version was printed, or an error was reported.
 */
gboolean cli_options_parse (const CliOptions *options, int argc, char **argv, int *status);

/* Reports an error of the command line and refers to --help; returns CLI_USAGE. */
int cli_usage_error (const char *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * cli_parse_list:
 * @text: "5,10,15"
 * @max: the largest allowed number
 *
 * Returns: (element-type guint32) (transfer full) (nullable): the numbers, at least one;
 *   G_OPTION_ERROR_BAD_VALUE
 */
GArray *cli_parse_list (const char *text, guint32 max, GError **error);

/* Whether at most one of --hidden and --network is given, which say the same in two ways. @hidden,
 * @network: (nullable): their texts. NN_ERROR_CONFIG */
gboolean cli_check_one_network (const char *hidden, const char *network, GError **error);

G_END_DECLS
