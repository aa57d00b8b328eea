/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-options.h"

#include <glib/gi18n.h>

#include "cli-output.h"
#include "cli-unlock.h"
#include "cli-verbs.h"
#include "nn-error.h"

int
cli_usage_error (const char *verb, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  cli_error (_ ("%s: %s; see \"numeral-cli %s --help\""), verb, message, verb);
  return CLI_USAGE;
}

gboolean
cli_options_parse (const CliOptions *options, int argc, char **argv, int *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean help = FALSE, version = FALSE;
  const GOptionEntry general[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Show the version of the program"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  /* GLib's own --help exits without checking whether its output was written. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, options->entries, GETTEXT_PACKAGE);
  if (options->shared != NULL)
    g_option_context_add_main_entries (context, options->shared, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, cli_unlock_entries (), GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, general, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, options->summary);
  if (options->description != NULL)
    g_option_context_set_description (context, options->description);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      *status = cli_usage_error (options->verb, "%s", error->message);
      return FALSE;
    }
  *status = CLI_OK;
  if (help)
    {
      g_autofree char *program = g_strconcat ("numeral-cli ", options->verb, NULL);
      g_autofree char *text = NULL;

      g_set_prgname (program);
      text = g_option_context_get_help (context, TRUE, NULL);
      g_set_prgname ("numeral-cli");
      cli_print ("%s", text);
      return FALSE;
    }
  if (version)
    {
      cli_print ("numeral-cli %s\n", PACKAGE_VERSION);
      return FALSE;
    }
  return TRUE;
}

GArray *
cli_parse_list (const char *text, guint32 max, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 number;
      guint32 item;

      if (!g_ascii_string_to_unsigned (g_strstrip (words[i]), 10, 0, max, &number, NULL))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("\"%s\" in \"%s\" is not a whole number from 0 to %u"), words[i], text,
                       max);
          return NULL;
        }
      item = (guint32) number;
      g_array_append_val (list, item);
    }
  if (list->len == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("an empty list; numbers separated by commas are expected"));
      return NULL;
    }
  return g_steal_pointer (&list);
}

gboolean
cli_check_one_network (const char *hidden, const char *network, GError **error)
{
  if (hidden == NULL || network == NULL)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("--hidden and --network both name the layers; give one of them"));
  return FALSE;
}
