/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-handwriting.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-hand-export.h"
#include "numeral-hand-protect.h"

/* @words: the action and its arguments */
typedef struct
{
  char **words;
  char *label_text, *format_text, *out;
  gboolean json;
  int label; /* -1 if none is given */
  NumeralHandExport how;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_free (o->label_text);
  g_free (o->format_text);
  g_free (o->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_label (const char *text, int *label)
{
  if (g_str_equal (text, "none"))
    *label = NUMERAL_HAND_NOT_A_DIGIT;
  else if (g_ascii_isdigit (text[0]) && text[1] == '\0')
    *label = text[0] - '0';
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_id (const char *text, gint64 *id, GError **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, error))
    return FALSE;
  *id = (gint64) number;
  return TRUE;
}

static gboolean
run_list (NumeralHandDb *db, const Options *o, GError **error)
{
  return cli_handwriting_list (db, o->label, o->json, error);
}

static gboolean
run_count (NumeralHandDb *db, const Options *o, GError **error)
{
  return cli_handwriting_count (db, o->json, error);
}

/* "add" gives its files a label, "import" takes theirs. */
static gboolean
run_import (NumeralHandDb *db, const Options *o, GError **error)
{
  const NumeralHandTransfer transfer = { 0 };

  for (char **path = o->words + 1; *path != NULL; path++)
    {
      gsize n_added, n_left_out;

      if (!numeral_hand_import (db, *path, o->label, &transfer, &n_added, &n_left_out, error))
        return FALSE;
      cli_print (_ ("%s: %zu added, %zu left out\n"), *path, n_added, n_left_out);
    }
  return TRUE;
}

static gboolean
run_export (NumeralHandDb *db, const Options *o, GError **error)
{
  const NumeralHandTransfer transfer = { 0 };
  gsize n_written, n_left_out;
  NumeralHandProtection protection;

  if (!numeral_hand_export (db, &o->how, o->out, &transfer, &n_written, &n_left_out, error))
    return FALSE;
  cli_print (_ ("%s: %zu written, %zu left out\n"), o->out, n_written, n_left_out);
  if (numeral_hand_db_get_protection (db, &protection, NULL) &&
      protection.access != NUMERAL_HAND_PLAIN)
    cli_print (_ ("%s: what is exported is not encrypted\n"), o->out);
  return TRUE;
}

static gboolean
run_relabel (NumeralHandDb *db, const Options *o, GError **error)
{
  gint64 id;
  int label;

  if (!parse_id (o->words[1], &id, error))
    return FALSE;
  if (parse_label (o->words[2], &label))
    return numeral_hand_db_relabel (db, id, label, NULL, error);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s” is neither a digit nor \"none\""), o->words[2]);
  return FALSE;
}

static gboolean
run_delete (NumeralHandDb *db, const Options *o, GError **error)
{
  const guint n = g_strv_length (o->words) - 1;
  g_autofree gint64 *ids = g_new (gint64, n);
  g_autoptr (GPtrArray) deleted = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralHandSample) sample = NULL;

      if (!parse_id (o->words[i + 1], &ids[i], error))
        return FALSE;
      /* A wrong number deletes nothing. */
      sample = numeral_hand_db_get (db, ids[i], error);
      if (sample == NULL)
        return FALSE;
    }
  deleted = numeral_hand_db_delete (db, ids, n, error);
  if (deleted != NULL)
    cli_print (_ ("%u deleted\n"), deleted->len);
  return deleted != NULL;
}

/* @min: @max: number of arguments; 0 for any */
typedef struct
{
  const char *name, *arguments;
  guint min, max;
  gboolean takes_label, needs_label, takes_json, takes_format;
  gboolean (*run) (NumeralHandDb *db, const Options *o, GError **error);
} Action;

static const Action actions[] = {
  { "list", "", 0, 0, TRUE, FALSE, TRUE, FALSE, run_list },
  { "count", "", 0, 0, FALSE, FALSE, TRUE, FALSE, run_count },
  { "add", "FILE...", 1, G_MAXUINT, TRUE, TRUE, FALSE, FALSE, run_import },
  { "import", "FILE...", 1, G_MAXUINT, FALSE, FALSE, FALSE, FALSE, run_import },
  { "export", "", 0, 0, FALSE, FALSE, FALSE, TRUE, run_export },
  { "relabel", "ID DIGIT", 2, 2, FALSE, FALSE, FALSE, FALSE, run_relabel },
  { "delete", "ID...", 1, G_MAXUINT, FALSE, FALSE, FALSE, FALSE, run_delete },
};

static const Action *
find_action (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (name, actions[i].name) == 0)
      return &actions[i];
  return NULL;
}

static int
check_options (Options *o, const Action *action, const char *verb)
{
  o->label = -1;
  if (o->label_text != NULL && !parse_label (o->label_text, &o->label))
    return cli_usage_error (verb, _ ("“%s” is neither a digit nor \"none\""), o->label_text);
  if (o->label_text != NULL && !action->takes_label)
    return cli_usage_error (verb, _ ("%s takes no --label"), action->name);
  if (o->label_text == NULL && action->needs_label)
    return cli_usage_error (verb, _ ("--label is missing: it says which digit the ink is"));
  if (o->json && !action->takes_json)
    return cli_usage_error (verb, _ ("%s takes no --json"), action->name);
  if ((o->out != NULL || o->format_text != NULL || o->how.anonymous) && !action->takes_format)
    return cli_usage_error (verb, _ ("%s takes none of --out, --format and --anonymous"),
                            action->name);
  if (action->takes_format && o->out == NULL)
    return cli_usage_error (verb, _ ("--out is missing"));
  if (o->format_text != NULL && !numeral_hand_format_parse (o->format_text, &o->how.format))
    return cli_usage_error (verb, _ ("--format is inkml, png, idx or unipen, not \"%s\""),
                            o->format_text);
  return CLI_OK;
}

static int
check (Options *o, const Action **action, const char *verb)
{
  const guint n = o->words != NULL ? g_strv_length (o->words) : 0;

  if (n == 0)
    return cli_usage_error (verb, _ ("say what to do: list, count, add, import, export, relabel or "
                                     "delete"));
  *action = find_action (o->words[0]);
  if (*action == NULL)
    return cli_usage_error (verb,
                            _ ("“%s” is none of list, count, add, import, export, relabel and "
                               "delete"),
                            o->words[0]);
  if (n - 1 < (*action)->min || n - 1 > (*action)->max)
    return cli_usage_error (verb, _ ("the arguments are: %s %s"), (*action)->name,
                            (*action)->arguments);
  return check_options (o, *action, verb);
}

int
cli_handwriting (int argc, char **argv)
{
  g_auto (Options) o = { .how = { .format = NUMERAL_HAND_INKML } };
  const GOptionEntry entries[] = {
    { "label", 0, 0, G_OPTION_ARG_STRING, &o.label_text,
      N_ ("A digit, or \"none\" for what is not a digit: of list and add"), N_ ("LABEL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print JSON: list and count"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &o.format_text,
      N_ ("Format of export: inkml, png, idx or unipen (default inkml)"), N_ ("FORMAT") },
    { "anonymous", 0, 0, G_OPTION_ARG_NONE, &o.how.anonymous,
      N_ ("Export shapes and labels alone, shuffled"), NULL },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out,
      N_ ("Write the export here: a file for unipen, otherwise a new folder"), N_ ("PATH") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL,
      N_ ("ACTION [ARGUMENT...]") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "handwriting",
    _ ("Shows and changes the samples of your own handwriting that Numeral keeps."),
    _ ("Actions:\n"
       "  list                 List the samples, newest first\n"
       "  count                Count the samples of each digit\n"
       "  add FILE...          Add the ink of files with --label\n"
       "  import FILE...       Add the ink of labelled InkML or UNIPEN files or folders\n"
       "  export               Write all samples to --out\n"
       "  relabel ID DIGIT     Give a sample another label\n"
       "  delete ID...         Delete samples for good"),
    entries,
    NULL,
  };
  g_autoptr (NumeralHandDb) db = NULL;
  g_autoptr (GError) error = NULL;
  const Action *action = NULL;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  status = check (&o, &action, options.verb);
  if (status != CLI_OK)
    return status;
  db = numeral_hand_db_new (NULL);
  if (action->run (db, &o, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
