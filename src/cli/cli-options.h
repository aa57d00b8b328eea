/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliOptions:
 * @verb: its name
 * @summary: what it does, for --help
 * @description: (nullable): what stands below the options in --help
 * @entries: ends with an empty one; --help and --version are added
 * @shared: (nullable): those that other verbs have too, below @entries in --help; likewise
 *
 * What a verb accepts. The words that are not options go to an entry named
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
 * @status: (out): what to exit with where %FALSE is returned
 *
 * Reads a verb's command line. Returns %FALSE where there is nothing more to do:
 * the help or the version was printed, or the command line was wrong and that
 * was said.
 */
gboolean cli_options_parse (const CliOptions *options, int argc, char **argv, int *status);

/* Says what is wrong with the command line and where help is; returns CLI_USAGE. */
int cli_usage_error (const char *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * cli_parse_list:
 * @text: "5,10,15"
 * @max: no number may be larger
 *
 * Returns: (element-type guint32) (transfer full) (nullable): the numbers, at least one;
 *   G_OPTION_ERROR_BAD_VALUE
 */
GArray *cli_parse_list (const char *text, guint32 max, GError **error);

G_END_DECLS
