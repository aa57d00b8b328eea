/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-settings.h"

#include "numeral-config.h"

GSettings *
numeral_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  /* g_settings_new() would abort without the schema. */
  if (source)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (!schema)
    {
      g_message ("The settings schema %s is not installed: settings are not kept", APPLICATION_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}
