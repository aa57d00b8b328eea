/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-options.h"
#include "numeral-run-data.h"

G_BEGIN_DECLS

/**
 * CliHeldOut:
 * @split: how train held samples out
 * @writers: (nullable) (element-type guint32): of @split
 * @seed_text: @writers_text: as given
 *
 * The options of verbs that measure on the samples that train held out for validation. With the
 * same options, cli_held_out_load() holds out the same samples.
 */
typedef struct
{
  NumeralRunSplit split;
  GArray *writers;
  char *seed_text, *writers_text;
} CliHeldOut;

/**
 * CliHeldOutVerb:
 * @check: reports an error of @options; returns CLI_OK or CLI_USAGE
 * @run: does the work; %FALSE with @error set
 * @options: the options of the verb, passed to @check and @run
 * @held_out: a part of @options
 */
typedef struct
{
  int (*check) (gconstpointer options);
  gboolean (*run) (gconstpointer options, GError **error);
  gconstpointer options;
  CliHeldOut *held_out;
} CliHeldOutVerb;

/**
 * cli_held_out_main:
 * @options: the options of the verb alone; those of held_out are added
 *
 * Runs a verb: parses the command line, with the defaults of train where it does not say, checks
 * it, does the work and reports its error.
 *
 * Returns: the exit status
 */
int
cli_held_out_main (const CliHeldOutVerb *verb, const CliOptions *options, int argc, char **argv);

/* Loads @data_sets, as @model was fed with them, and splits them as train did. NN_ERROR_VALUE if
 * there are no validation samples. (transfer full) */
NumeralRunData *cli_held_out_load (const CliHeldOut *held_out,
                                   char *const *data_sets,
                                   const NumeralModel *model,
                                   GError **error);

void cli_held_out_clear (CliHeldOut *held_out);

G_END_DECLS
