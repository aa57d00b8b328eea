/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that changes the database is killed at any moment, NUMERAL_TEST_KILLS times (25 if it
 * is not set): each change that it confirmed is there, the one under way is there or not, and the
 * file is sound. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-test.h"
#include "hand-test.h"
#include "ink-random.h"

#define OPTION "--change"
#define MAX_ADDED 3

/* A change, before it is begun and when it is confirmed: '+' adds @n samples with the numbers from
 * @id; '=' relabels; '-' deletes; 'u' puts back what was deleted. */
typedef struct
{
  char kind, state; /* '?' before, '!' confirmed */
  gint64 id;
  int label, n;
} Note;

static void
note (const Note *note)
{
  /* A pipe takes a line as a whole. */
  dprintf (STDOUT_FILENO, "%c %c %" G_GINT64_FORMAT " %d %d\n", note->kind, note->state, note->id,
           note->label, note->n);
}

static void
confirm (Note *change, gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
  change->state = '!';
  note (change);
}

static void
add (NumeralHandDb *db, InkRandom *random)
{
  Note change = { .kind = '+', .state = '?' };
  NumeralHandSample *samples[MAX_ADDED];
  gint64 ids[MAX_ADDED];
  g_autoptr (GError) error = NULL;
  gboolean done;

  change.n = 1 + (int) (ink_random_uniform (random) * MAX_ADDED);
  change.label = (int) (ink_random_uniform (random) * NUMERAL_HAND_N_LABELS);
  note (&change);
  for (int i = 0; i < change.n; i++)
    {
      const guint seed = 1 + (guint) (ink_random_uniform (random) * 1e6);

      samples[i] = hand_test_sample (seed, change.label, 3);
      /* So that the strokes can be checked. */
      samples[i]->created = seed;
    }
  done = numeral_hand_db_add (db, samples, (guint) change.n, ids, &error);
  change.id = ids[0];
  confirm (&change, done, error);
  for (int i = 0; i < change.n; i++)
    numeral_hand_sample_unref (samples[i]);
}

static void
delete_and_restore (NumeralHandDb *db, gint64 id)
{
  Note change = { .kind = '-', .state = '?', .id = id };
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;

  note (&change);
  deleted = numeral_hand_db_delete (db, &id, 1, &error);
  confirm (&change, deleted != NULL, error);
  if (id % 2 == 0)
    return;
  change.kind = 'u';
  change.state = '?';
  note (&change);
  confirm (&change,
           numeral_hand_db_restore (db, (NumeralHandSample *const *) deleted->pdata, deleted->len,
                                    &error),
           error);
}

/* The program that is killed. */
G_NORETURN static void
run_changes (const char *path, guint64 seed)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (path);
  InkRandom random;

  ink_random_init (&random, seed, 0);
  for (;;)
    {
      const NumeralHandQuery any = { -1, 0, (guint) (ink_random_uniform (&random) * 20), 1 };
      const double which = ink_random_uniform (&random);
      g_autoptr (GPtrArray) page = numeral_hand_db_list (db, &any, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (page);
      if (page->len == 0 || which < 0.5)
        add (db, &random);
      else if (which < 0.75)
        {
          const NumeralHandSample *sample = g_ptr_array_index (page, 0);
          Note change = { '=', '?', sample->id, (sample->label + 1) % NUMERAL_HAND_N_LABELS, 0 };

          note (&change);
          confirm (&change, numeral_hand_db_relabel (db, change.id, change.label, NULL, &error),
                   error);
        }
      else
        delete_and_restore (db, ((NumeralHandSample *) g_ptr_array_index (page, 0))->id);
    }
}

/* What must be there: id -> label. Deleted ones stay in @deleted for 'u'. */
typedef struct
{
  GHashTable *labels, *deleted;
  guint n_confirmed;
} Expected;

static gpointer
key (gint64 id)
{
  return GSIZE_TO_POINTER ((gsize) id);
}

static void
apply (Expected *expected, const Note *change)
{
  gpointer label;

  switch (change->kind)
    {
    case '+':
      for (int i = 0; i < change->n; i++)
        g_hash_table_insert (expected->labels, key (change->id + i),
                             GINT_TO_POINTER (change->label));
      break;
    case '=':
      g_hash_table_insert (expected->labels, key (change->id), GINT_TO_POINTER (change->label));
      break;
    case '-':
      label = g_hash_table_lookup (expected->labels, key (change->id));
      g_hash_table_remove (expected->labels, key (change->id));
      g_hash_table_insert (expected->deleted, key (change->id), label);
      break;
    default:
      label = g_hash_table_lookup (expected->deleted, key (change->id));
      g_hash_table_insert (expected->labels, key (change->id), label);
      break;
    }
}

/* All samples that are there, each of which has its strokes: id -> label. */
static GHashTable *
read_all (const char *path)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (path);
  GHashTable *labels = g_hash_table_new (NULL, NULL);
  NumeralHandQuery query = { -1, 0, 0, NUMERAL_HAND_MAX_PAGE };

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = numeral_hand_db_list (db, &query, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        {
          const NumeralHandSample *sample = g_ptr_array_index (page, i);
          g_autoptr (InkDrawing) drawing = hand_test_drawing ((guint) sample->created);

          g_assert_null (sample->damage);
          hand_test_same_drawing (sample->drawing, drawing);
          g_hash_table_insert (labels, key (sample->id), GINT_TO_POINTER (sample->label));
          query.before = sample->id;
        }
      if (page->len < query.limit)
        return labels;
    }
}

static gboolean
same (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer id, label, other;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &id, &label))
    if (!g_hash_table_lookup_extended (b, id, NULL, &other) || label != other)
      return FALSE;
  return TRUE;
}

static gint64
newest (GHashTable *labels)
{
  GHashTableIter iter;
  gpointer id;
  gint64 max = 0;

  g_hash_table_iter_init (&iter, labels);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    max = MAX (max, (gint64) GPOINTER_TO_SIZE (id));
  return max;
}

/* @pending: (nullable): the change under way, which was made whole or not at all. */
static void
check (const char *path, Expected *expected, Note *pending)
{
  g_autoptr (GHashTable) found = read_all (path);

  /* The first program may have been killed before it made the file. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *sound = hand_test_query (path, "PRAGMA integrity_check");

      g_assert_cmpstr (sound, ==, "ok");
    }
  if (pending != NULL && !same (found, expected->labels))
    {
      /* The last samples are the new ones. */
      if (pending->kind == '+')
        pending->id = newest (found) - pending->n + 1;
      apply (expected, pending);
    }
  g_assert_true (same (found, expected->labels));
}

/* Kills the program after some of its lines, and some time. */
static void
run_and_kill (char **words, const char *path, Expected *expected)
{
  const guint n_lines = (guint) g_test_rand_int_range (0, 30);
  g_autoptr (GError) error = NULL;
  char line[100];
  Note change = { 0 };
  int fd, status;
  GPid pid;
  FILE *lines;

  g_spawn_async_with_pipes (NULL, words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &fd, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (fd, "r");
  for (guint i = 0;; i++)
    {
      if (i == n_lines)
        {
          g_usleep ((gulong) g_test_rand_int_range (0, 3000));
          kill (pid, SIGKILL);
        }
      if (fgets (line, sizeof line, lines) == NULL)
        break;
      g_assert_cmpint (sscanf (line, "%c %c %" G_GINT64_FORMAT " %d %d", &change.kind,
                               &change.state, &change.id, &change.label, &change.n),
                       ==, 5);
      if (change.state == '?')
        continue;
      apply (expected, &change);
      expected->n_confirmed++;
    }
  fclose (lines);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  check (path, expected, change.state == '?' ? &change : NULL);
}

static char *program;

static void
test_kill (void)
{
  const char *text = g_getenv ("NUMERAL_TEST_KILLS");
  const guint n_kills = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 25;
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "hand", "hand.db", NULL);
  Expected expected = { g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL), 0 };

  g_assert_cmpuint (n_kills, >, 0);
  for (guint i = 0; i < n_kills; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", (guint) g_test_rand_int ());
      char *words[] = { program, (char *) OPTION, path, seed, NULL };

      run_and_kill (words, path, &expected);
    }
  /* Half of the lines confirm one. */
  g_assert_cmpuint (expected.n_confirmed, >, n_kills);
  g_test_message ("%u kills, %u confirmed changes, %u samples", n_kills, expected.n_confirmed,
                  g_hash_table_size (expected.labels));
  g_hash_table_unref (expected.labels);
  g_hash_table_unref (expected.deleted);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], OPTION))
    run_changes (argv[2], g_ascii_strtoull (argv[3], NULL, 10));
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  g_test_add_func ("/engine/hand/kill", test_kill);
  return g_test_run ();
}
