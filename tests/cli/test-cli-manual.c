/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

#include "nn-gan-config.h"
#include "numeral-model-format.h"

static const char *const verbs[] = { "recognize", "privacy",     "evaluate",  "explain",
                                     "train",     "average",     "calibrate", "novelty",
                                     "model",     "generate",    "project",   "bench",
                                     "adapt",     "handwriting", "protect",   "convert",
                                     "compress" };

/* (element-type utf8): the long options in @text that @pattern matches. */
static GHashTable *
find_options (const char *text, const char *pattern)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_nonnull (regex);
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      char *name = g_match_info_fetch (match, 1);

      g_hash_table_add (found, name);
    }
  return found;
}

/* The text of the subsection of a verb. */
static char *
verb_section (const char *manual, const char *verb)
{
  g_autofree char *heading = g_strdup_printf ("\n.SS %s\n", verb);
  const char *start = strstr (manual, heading), *end;

  g_assert_nonnull (start);
  start += strlen (heading);
  end = strstr (start, "\n.S");
  g_assert_nonnull (end);
  return g_strndup (start, (gsize) (end - start));
}

/* The table of what each format holds is that of the program. */
static void
test_formats (void)
{
  const NumeralModelFormat *const *formats = numeral_model_formats ();
  g_autoptr (GString) table = g_string_new ("\n");
  g_autofree char *manual = NULL;
  gsize length;

  for (guint i = 0; formats[i] != NULL; i++)
    g_string_append_printf (table, "\t%s", formats[i]->name);
  for (guint p = 0; p < NUMERAL_N_PARTS; p++)
    {
      g_auto (GStrv) words = g_strsplit (numeral_model_part_name (p), "-", -1);
      g_autofree char *name = g_strjoinv ("\\-", words);

      g_string_append_printf (table, "\n%s", name);
      for (guint i = 0; formats[i] != NULL; i++)
        g_string_append_printf (table, "\t%s", numeral_kept_name (formats[i]->kept[p]));
    }
  g_string_append (table, "\n.TE\n");
  cli_read (g_getenv ("NUMERAL_CLI_MANUAL"), &manual, &length);
  /* The word above the first column belongs to the manual. */
  if (strstr (manual, table->str + 1) == NULL)
    g_error ("the manual has another table than this: %s", table->str);
}

static void
assert_subset (GHashTable *small, GHashTable *large, const char *verb, const char *where)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, small);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (large, name))
      g_error ("%s: --%s is not in the %s", verb, (const char *) name, where);
}

static void
test_options (void)
{
  g_autofree char *manual = NULL, *general = NULL;
  gsize length;

  cli_read (g_getenv ("NUMERAL_CLI_MANUAL"), &manual, &length);
  /* Those of every verb stand in front of the verbs. */
  general = g_strndup (manual, (gsize) (strstr (manual, "\n.SH VERBS") - manual));
  g_assert_nonnull (strstr (general, "\\-\\-passphrase-file"));
  g_assert_nonnull (strstr (general, "\\-\\-recovery-key-file"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliRun) run = cli_run (verbs[i], "--help", NULL);
      g_autofree char *section = verb_section (manual, verbs[i]);
      g_autoptr (GHashTable) helped = find_options (run->out, "^  (?:-\\w, )?--([a-z0-9-]+)");
      /* The term of a .TP paragraph, where options are explained. */
      g_autoptr (GHashTable) explained =
          find_options (section, "^\\.TP\n\\.BR? .*?\\\\-\\\\-([a-z0-9-]+)");

      cli_assert_ok (run);
      g_assert_true (g_hash_table_remove (helped, "help"));
      g_assert_true (g_hash_table_remove (helped, "version"));
      g_assert_true (g_hash_table_remove (helped, "passphrase-file"));
      g_assert_true (g_hash_table_remove (helped, "recovery-key-file"));
      g_assert_cmpuint (g_hash_table_size (helped), >=, 1);
      assert_subset (helped, explained, verbs[i], "manual page");
      assert_subset (explained, helped, verbs[i], "help");
    }
}

/* The paragraph of an option without its markup, on one line. */
static char *
option_text (const char *section, const char *name)
{
  static const char *const markup[] = { "(?m)^\\.(BR?|IR?) ", "\\\\-", "\\\\f[IPBR]", " (?=[,.;])",
                                        "\n" };
  static const char *const plain[] = { "", "-", "", "", " " };
  g_autofree char *term = g_strdup_printf ("\n.BR \\-\\-%s =", name);
  const char *start = strstr (section, term), *end;
  g_autofree char *text = NULL;

  if (start == NULL)
    g_error ("--%s is not in the manual", name);
  end = strstr (start, "\n.TP\n");
  g_assert_nonnull (end);
  text = g_strndup (start, (gsize) (end - start));
  for (guint i = 0; i < G_N_ELEMENTS (markup); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (markup[i], 0, 0, NULL);
      g_autofree char *before = g_steal_pointer (&text);

      g_assert_nonnull (regex);
      text = g_regex_replace_literal (regex, before, -1, 0, plain[i], 0, NULL);
    }
  return g_steal_pointer (&text);
}

static void
assert_says (const char *text, const char *part, const char *name, const char *where)
{
  if (strstr (text, part) == NULL)
    g_error ("--%s: “%s” is not in the %s: %s", name, part, where, text);
}

/* The help and the manual agree with the table of settings. */
static void
test_settings (void)
{
  g_autofree char *manual = NULL;
  g_autofree char *section = NULL;
  g_autoptr (CliRun) run = cli_run ("train", "--help", NULL);
  gsize length;

  cli_assert_ok (run);
  cli_read (g_getenv ("NUMERAL_CLI_MANUAL"), &manual, &length);
  section = verb_section (manual, "train");
  for (guint i = 0; i < NN_N_TRAIN_SETTINGS; i++)
    {
      const NnSetting *setting = &nn_train_settings[i];
      g_autofree char *help = nn_setting_format_help (setting);
      g_autofree char *initial = nn_setting_format_initial (setting);
      g_autofree char *text = option_text (section, setting->name);
      g_autofree char *sentence = g_strdup_printf ("%s.", setting->hint);
      g_autofree char *preset = g_strdup_printf ("Default %s.", initial);

      assert_says (run->out, help, setting->name, "help");
      assert_says (text, sentence, setting->name, "manual");
      assert_says (text, preset, setting->name, "manual");
      for (guint c = 0; setting->names != NULL && c < setting->names->n; c++)
        assert_says (text, setting->names->list[c], setting->name, "manual");
      for (guint c = 0; c < setting->n_parts; c++)
        assert_says (text, setting->parts[c].name, setting->name, "manual");
    }
}

/* The same for the table of the settings of a generator. */
static void
test_generative (void)
{
  g_autofree char *manual = NULL;
  g_autofree char *section = NULL;
  g_autoptr (CliRun) run = cli_run ("train", "--generative", "gan", "--help", NULL);
  gsize length;

  cli_assert_ok (run);
  cli_read (g_getenv ("NUMERAL_CLI_MANUAL"), &manual, &length);
  section = verb_section (manual, "\"train \\-\\-generative gan\"");
  for (guint i = 0; i < NN_N_GAN_SETTINGS; i++)
    {
      const NnSetting *setting = &nn_gan_settings[i];
      g_autofree char *help = nn_setting_format_help (setting);
      g_autofree char *initial = nn_setting_format_initial (setting);
      g_autofree char *text = option_text (section, setting->name);
      g_autofree char *preset = g_strdup_printf ("Default %s.", initial);

      assert_says (run->out, help, setting->name, "help");
      assert_says (text, setting->hint, setting->name, "manual");
      assert_says (text, preset, setting->name, "manual");
      for (guint c = 0; setting->names != NULL && c < setting->names->n; c++)
        assert_says (text, setting->names->list[c], setting->name, "manual");
    }
}

static void
test_sections (void)
{
  static const char *const headings[] = {
    "NAME",        "SYNOPSIS",        "DESCRIPTION", "VERBS",       "\"DATA SETS\"",
    "ENVIRONMENT", "\"EXIT STATUS\"", "EXAMPLES",    "\"SEE ALSO\""
  };
  g_autofree char *manual = NULL;
  const char *last;
  gsize length;

  cli_read (g_getenv ("NUMERAL_CLI_MANUAL"), &manual, &length);
  last = manual;
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autofree char *line = g_strdup_printf ("\n.SH %s\n", headings[i]);

      last = strstr (last, line);
      g_assert_nonnull (last);
    }
}

static void
test_typeset (void)
{
  g_autofree char *groff = g_find_program_in_path ("groff");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL, *err = NULL;

  if (groff == NULL)
    {
      g_test_skip ("groff is not installed");
      return;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, groff, "-ww", "-t", "-man", "-Tutf8", "-z",
                              g_getenv ("NUMERAL_CLI_MANUAL"), NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_subprocess_get_successful (process));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/manual/options", test_options);
  g_test_add_func ("/cli/manual/formats", test_formats);
  g_test_add_func ("/cli/manual/settings", test_settings);
  g_test_add_func ("/cli/manual/generative", test_generative);
  g_test_add_func ("/cli/manual/sections", test_sections);
  g_test_add_func ("/cli/manual/typeset", test_typeset);
  return cli_fixture_end ();
}
