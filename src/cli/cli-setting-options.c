/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-setting-options.h"

void
cli_setting_options_init (CliSettingOptions *self, const NnSetting *settings, guint n)
{
  *self = (CliSettingOptions){
    .settings = settings, .n = n, .text = g_new0 (char *, n), .help = g_new0 (char *, n)
  };
}

void
cli_setting_options_clear (CliSettingOptions *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->text[i]);
      g_free (self->help[i]);
    }
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->help, g_free);
  self->n = 0;
}

void
cli_setting_options_fill (CliSettingOptions *self, GOptionEntry *entries)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->help[i] = nn_setting_format_help (&self->settings[i]);
      entries[i] = (GOptionEntry){ .long_name = self->settings[i].name,
                                   .arg = G_OPTION_ARG_STRING,
                                   .arg_data = &self->text[i],
                                   .description = self->help[i],
                                   .arg_description = self->settings[i].value };
    }
}

gboolean
cli_setting_options_take (const CliSettingOptions *self, gpointer config, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    if (self->text[i] != NULL &&
        !nn_setting_set_text (&self->settings[i], config, self->text[i], error))
      {
        g_prefix_error (error, "--%s: ", self->settings[i].name);
        return FALSE;
      }
  return TRUE;
}

const char *
cli_setting_options_text (const CliSettingOptions *self, const char *name)
{
  const NnSetting *setting = nn_settings_find (self->settings, self->n, name);

  return setting != NULL ? self->text[setting - self->settings] : NULL;
}
