/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-setting.h"

G_BEGIN_DECLS

/**
 * CliSettingOptions:
 * @settings: [n] a table of settings
 * @text: [n] the texts that were given; %NULL for an option that was not
 * @help: [n] the explanations, with the default of the table
 *
 * The options of a command line that set the members of a struct by their table.
 */
typedef struct
{
  const NnSetting *settings;
  guint n;
  char **text, **help;
} CliSettingOptions;

void cli_setting_options_init (CliSettingOptions *self, const NnSetting *settings, guint n);
void cli_setting_options_clear (CliSettingOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSettingOptions, cli_setting_options_clear)

/* Writes one entry for each setting, in the order of the table: [self->n]. They refer to @self. */
void cli_setting_options_fill (CliSettingOptions *self, GOptionEntry *entries);

/* Sets the members that were given, in the struct that the table describes. The error of a text
 * names its option. */
gboolean cli_setting_options_take (const CliSettingOptions *self, gpointer config, GError **error);

/* (transfer none) (nullable): the text of this setting of the table */
const char *cli_setting_options_text (const CliSettingOptions *self, const char *name);

G_END_DECLS
