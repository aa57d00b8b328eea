/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-split.h"

G_BEGIN_DECLS

/**
 * CliHeldOut:
 * @split: how train held samples out
 * @writers: (nullable) (element-type guint32): of @split
 * @seed_text: @writers_text: as given
 *
 * The options of verbs that measure on the samples that train held out for validation. With the
 * same options, cli_train_data_load() holds out the same samples.
 */
typedef struct
{
  NumeralRunSplit split;
  GArray *writers;
  char *seed_text, *writers_text;
} CliHeldOut;

#define CLI_HELD_OUT_N_ENTRIES 4

/* Sets the defaults of train. @entries: [CLI_HELD_OUT_N_ENTRIES] (out): the options, which write
 * into @held_out; the last is empty, as CliOptions has it. */
void cli_held_out_init (CliHeldOut *held_out, GOptionEntry *entries);
/* Parses and checks the options, and reports an error. Returns CLI_OK or CLI_USAGE. */
int cli_held_out_check (CliHeldOut *held_out, const char *verb);
void cli_held_out_clear (CliHeldOut *held_out);

G_END_DECLS
