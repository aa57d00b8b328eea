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
 * The options of verbs that measure on what train held out for validation. Given what train was
 * given, cli_train_data_load() holds the same samples out again.
 */
typedef struct
{
  NumeralRunSplit split;
  GArray *writers;
  char *seed_text, *writers_text;
} CliHeldOut;

#define CLI_HELD_OUT_N_ENTRIES 4

/* As train holds out by default. @entries: [CLI_HELD_OUT_N_ENTRIES] (out): the options, which write
 * into @held_out; the last is empty, as CliOptions has it. */
void cli_held_out_init (CliHeldOut *held_out, GOptionEntry *entries);
/* Reads and checks what was given; says what is wrong with it. Returns CLI_OK or CLI_USAGE. */
int cli_held_out_check (CliHeldOut *held_out, const char *verb);
void cli_held_out_clear (CliHeldOut *held_out);

G_END_DECLS
