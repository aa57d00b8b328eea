/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "nn-idx.h"
#include "numeral-data.h"

static char *directory;
static GHashTable *paths;

void
cli_fixture_begin (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  g_assert_nonnull (g_getenv ("NUMERAL_CLI"));
  directory = g_dir_make_tmp ("numeral-cli-XXXXXX", &error);
  g_assert_no_error (error);
  paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

int
cli_fixture_end (void)
{
  int status = g_test_run ();

  remove_tree (directory);
  g_clear_pointer (&directory, g_free);
  g_clear_pointer (&paths, g_hash_table_unref);
  return status;
}

/* English messages; numbers, letters and dates as in NUMERAL_TEST_NUMBERS, if it is set, because
 * nothing but text for people may depend on them. */
static void
set_locale (GSubprocessLauncher *launcher)
{
  static const char *const categories[] = { "LC_NUMERIC", "LC_CTYPE", "LC_TIME", "LC_COLLATE" };
  const char *numbers = g_getenv ("NUMERAL_TEST_NUMBERS");

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  if (numbers == NULL)
    return;
  g_subprocess_launcher_unsetenv (launcher, "LC_ALL");
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE");
  g_subprocess_launcher_setenv (launcher, "LANG", "C.UTF-8", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    g_subprocess_launcher_setenv (launcher, categories[i], numbers, TRUE);
}

GSubprocessLauncher *
cli_launcher (GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  set_locale (launcher);
  g_subprocess_launcher_setenv (launcher, "CLI", g_getenv ("NUMERAL_CLI"), TRUE);
  return launcher;
}

/* Writes the numbers of a text for people with points. JSON must have them already. */
static void
use_points (char *text)
{
  if (g_getenv ("NUMERAL_TEST_NUMBERS") == NULL || *text == '{')
    return;
  for (char *comma = strchr (text, ','); comma != NULL; comma = strchr (comma + 1, ','))
    if (comma > text && g_ascii_isdigit (comma[-1]) && g_ascii_isdigit (comma[1]))
      *comma = '.';
}

static CliRun *
wait_for (GSubprocess *process)
{
  CliRun *run = g_new0 (CliRun, 1);
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  use_points (run->out);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) :
                                                       -g_subprocess_get_term_sig (process);
  return run;
}

static CliRun *
run_words (const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher =
      cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, words, &error);

  g_assert_no_error (error);
  return wait_for (process);
}

static GPtrArray *
words_from_va (const char *first, va_list args)
{
  GPtrArray *words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) g_getenv ("NUMERAL_CLI"));
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (words, (gpointer) word);
  g_ptr_array_add (words, NULL);
  return words;
}

CliRun *
cli_run (const char *first, ...)
{
  g_autoptr (GPtrArray) words = NULL;
  va_list args;

  va_start (args, first);
  words = words_from_va (first, args);
  va_end (args);
  return run_words ((const char *const *) words->pdata);
}

CliRun *
cli_runv (const char *const *arguments)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) g_getenv ("NUMERAL_CLI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, NULL);
  return run_words ((const char *const *) words->pdata);
}

CliRun *
cli_run_shell (const char *script)
{
  const char *const words[] = { "/bin/sh", "-c", script, NULL };

  return run_words (words);
}

GSubprocess *
cli_spawn (GSubprocessLauncher *launcher, const char *first, ...)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, first);
  words = words_from_va (first, args);
  va_end (args);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  return process;
}

void
cli_run_free (CliRun *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

void
cli_assert_ok (const CliRun *run)
{
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
}

void
cli_assert_error (const CliRun *run, int status, const char *says)
{
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "numeral-cli: "));
  g_assert_true (g_str_has_suffix (run->err, "\n"));
  /* Exactly one line: the only newline is the last character. */
  g_assert_true (strchr (run->err, '\n') == run->err + strlen (run->err) - 1);
  if (strstr (run->err, says) == NULL)
    g_error ("\"%s\" is not in: %s", says, run->err);
  g_assert_cmpint (run->status, ==, status);
}

JsonObject *
cli_json (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

GPtrArray *
cli_json_lines (const char *text)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  /* Complete lines only: nothing follows the last newline. */
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++)
    g_ptr_array_add (objects, cli_json (lines[i]));
  return objects;
}

double
cli_json_number (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    g_error ("there is no member \"%s\"", member);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64 ||
                 json_node_get_value_type (node) == G_TYPE_DOUBLE);
  return json_node_get_double (node);
}

JsonObject *
cli_metadata (const char *model)
{
  g_autoptr (CliRun) run = cli_run ("model", model, "--json", NULL);
  g_autoptr (JsonObject) description = NULL;

  cli_assert_ok (run);
  description = cli_json (run->out);
  return json_object_ref (json_object_get_object_member (description, "metadata"));
}

const char *
cli_path (const char *name)
{
  char *path = g_hash_table_lookup (paths, name);

  if (path == NULL)
    {
      path = g_build_filename (directory, name, NULL);
      g_hash_table_insert (paths, g_strdup (name), path);
    }
  return path;
}

const char *
cli_write (const char *name, const void *data, gssize length)
{
  const char *path = cli_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return path;
}

void
cli_read (const char *path, char **data, gsize *length)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, data, length, &error);
  g_assert_no_error (error);
}

const char *
cli_make_csv (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c,d,e,class\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 100; i++)
    {
      double x[5], bent;
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      for (guint j = 0; j < 5; j++)
        {
          x[j] = g_rand_double_range (random, -1, 1);
          g_string_append_printf (text, "%s,",
                                  g_ascii_formatd (number, sizeof number, "%.6f", x[j]));
        }
      bent = x[0] * x[1] + 0.5 * x[2] * x[2] - 0.3 * x[3] + 0.1 * x[4];
      g_string_append_printf (text, "%d\n", bent > 0.1);
    }
  return cli_write ("classic.csv", text->str, (gssize) text->len);
}

/* Centrelines on a grid: a pair of letters is a point, a blank lifts the pen. */
static const char *const digits[] = {
  "fabaabadajbmdnhnjlkikejchafa", "ddhahn",        "bdcbfaiajcjfhidkbnkn",
  "babahakckehggghgkiklhnenbm",   "gabijihahn",    "jacabgfgifkikljmfnbm",
  "iadcbgbkdnhnjljihgegch",       "bajafjen ehjh", "fgcfbcdahajcjehgkjjmgncnbkcifg",
  "jefhcgbdcafaicjejgin",
};

static void
append_digit (GString *text, guint digit, double slant, GRand *random)
{
  gboolean down = FALSE;

  for (const char *c = digits[digit]; *c != '\0'; c += *c == ' ' ? 1 : 2)
    {
      double x, y;

      if (*c == ' ')
        {
          g_string_append (text, ".PEN_UP\n");
          down = FALSE;
          continue;
        }
      if (!down)
        g_string_append (text, ".PEN_DOWN\n");
      down = TRUE;
      y = 30 * (c[1] - 'a') + g_rand_double_range (random, -10, 10);
      x = 30 * (c[0] - 'a') - slant * y + g_rand_double_range (random, -10, 10);
      /* UNIPEN's y points upwards. */
      g_string_append_printf (text, " %d %d\n", (int) (100 + x), (int) (450 - y));
    }
  g_string_append (text, ".PEN_UP\n.DT 100\n");
}

const char *
cli_make_unipen (const char *name, guint n_writers, guint n_each, guint32 seed)
{
  g_autoptr (GString) text = g_string_new (".VERSION 1.0\n.HIERARCHY DIGIT\n\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint writer = 1; writer <= n_writers; writer++)
    {
      double slant = g_rand_double_range (random, -0.2, 0.2);

      for (guint i = 0; i < 10 * n_each; i++)
        {
          g_string_append_printf (text, ".SEGMENT DIGIT %u ? \"%u\"\n.COMMENT %u %u %u\n", i,
                                  i % 10, i % 10, writer, i);
          append_digit (text, i % 10, slant, random);
        }
    }
  return cli_write (name, text->str, (gssize) text->len);
}

static void
write_idx (const char *folder, const char *prefix, guint n)
{
  /* Through the UNIPEN reader, so that the images are digits. */
  g_autofree char *ink_name = g_strconcat (folder, prefix, ".unipen", NULL);
  const char *ink = cli_make_unipen (ink_name, 1, (n + 9) / 10, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) drawn = numeral_data_load (ink, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);
  g_autoptr (NnDataset) some = NULL;
  g_autoptr (GBytes) images = NULL, labels = NULL;
  g_autofree guint32 *order = g_new (guint32, n);
  g_autofree char *images_name = g_strconcat (folder, "/", prefix, "-images-idx3-ubyte", NULL);
  g_autofree char *labels_name = g_strconcat (folder, "/", prefix, "-labels-idx1-ubyte", NULL);

  g_assert_no_error (error);
  for (guint32 i = 0; i < n; i++)
    order[i] = i;
  some = nn_dataset_subset (drawn, order, n);
  images = nn_idx_format_images (some);
  labels = nn_idx_format_labels (some);
  cli_write (images_name, g_bytes_get_data (images, NULL), (gssize) g_bytes_get_size (images));
  cli_write (labels_name, g_bytes_get_data (labels, NULL), (gssize) g_bytes_get_size (labels));
}

const char *
cli_make_idx (const char *name, guint n_train, guint n_test)
{
  const char *path = cli_path (name);

  g_mkdir (path, 0700);
  write_idx (name, "train", n_train);
  write_idx (name, "t10k", n_test);
  return path;
}

const char *
cli_make_model (void)
{
  const char *path = cli_path ("digits.safetensors");

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      const char *ink = cli_make_unipen ("fixture.unipen", 6, 4, 1);
      g_autoptr (CliRun) run =
          cli_run ("train", ink, "--out", path, "--hidden", "32", "--epochs", "25", "--validation",
                   "0", "--batch-size", "16", "--quiet", NULL);

      cli_assert_ok (run);
    }
  return path;
}
