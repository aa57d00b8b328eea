/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-runs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "numeral-draft.h"
#include "numeral-fail.h"
#include "numeral-hand-seal.h"
#include "numeral-json.h"
#include "numeral-run-names.h"
#include "numeral-sealed-folder.h"

#define RUNS "runs"

char *
numeral_hand_runs_folder (const char *root)
{
  return g_build_filename (root, RUNS, NULL);
}

/* Whether a plain run.json says that the run learned from the handwriting. */
static gboolean
names_handwriting (const char *record)
{
  g_autoptr (GFile) file = g_file_new_for_path (record);
  g_autoptr (JsonNode) node = numeral_json_load (file, NULL);
  JsonNode *settings =
      node != NULL ? json_object_get_member (json_node_get_object (node), NUMERAL_RUN_SETTINGS) :
                     NULL;
  JsonNode *source =
      settings != NULL && JSON_NODE_HOLDS_OBJECT (settings) ?
          json_object_get_member (json_node_get_object (settings), NUMERAL_RUN_SOURCE) :
          NULL;

  return source != NULL && JSON_NODE_HOLDS_VALUE (source) &&
         g_strcmp0 (json_node_get_string (source), NUMERAL_RUN_SOURCE_HANDWRITING) == 0;
}

static gboolean
is_own (const char *folder)
{
  g_autofree char *record = g_build_filename (folder, NUMERAL_RECORD_FILE, NULL);

  return numeral_sealed_folder_is (folder) || numeral_hand_seal_is (record) ||
         names_handwriting (record);
}

/* Adds the folders of runs in @folder, and in the folders of deleted runs there. */
static void
collect (const char *folder, gboolean inside, GPtrArray *runs)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      if (name[0] == '.' && !inside)
        collect (path, TRUE, runs);
      else if (name[0] != '.' && is_own (path))
        g_ptr_array_add (runs, g_steal_pointer (&path));
    }
}

/* (transfer full) (element-type filename) */
static GPtrArray *
list (const char *root)
{
  g_autofree char *folder = numeral_hand_runs_folder (root);
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_free);

  collect (folder, FALSE, runs);
  return runs;
}

/* The lock that a program holds while it trains or renames the run; -1 if another has it. */
static int
lock_run (const char *folder)
{
  const int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      close (fd);
      return -1;
    }
  return fd;
}

gboolean
numeral_hand_runs_check (const char *root, GError **error)
{
  g_autoptr (GPtrArray) runs = list (root);

  for (guint i = 0; i < runs->len; i++)
    {
      const int fd = lock_run (runs->pdata[i]);

      if (fd < 0)
        return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                     _ ("a run on your handwriting is being trained; stop it, and "
                                        "try again"));
      close (fd);
    }
  return TRUE;
}

/* Converts the files of a folder and of those in it, but for run.json and the mark. */
static gboolean
convert_files (const char *folder, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean done = TRUE;

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) ||
          g_str_equal (name, NUMERAL_SEALED_FOLDER_MARK) || g_str_equal (name, NUMERAL_RECORD_FILE))
        continue;
      /* A program that was killed left it. */
      if (g_str_has_prefix (name, NUMERAL_DRAFT_PREFIX))
        numeral_hand_seal_remove (path);
      else if (g_file_test (path, G_FILE_TEST_IS_DIR))
        done = convert_files (path, vault, seal, error);
      else
        done = numeral_hand_seal_file (path, vault, seal, error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

/* The mark comes first, so that nothing is written plain any more, and goes first. What still says
 * then that the run is to be decrypted is run.json, which is the last. */
static gboolean
convert_run (const char *folder, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autofree char *record = g_build_filename (folder, NUMERAL_RECORD_FILE, NULL);

  return (seal ? numeral_sealed_folder_mark (folder, vault, error) :
                 numeral_sealed_folder_unmark (folder, error)) &&
         convert_files (folder, vault, seal, error) &&
         numeral_hand_seal_file (record, vault, seal, error);
}

static gboolean
convert_locked (const char *folder, NumeralVault *vault, gboolean seal, GError **error)
{
  const int fd = lock_run (folder);
  gboolean done;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _ ("%s: this run is being trained at the moment"), folder);
      return FALSE;
    }
  done = convert_run (folder, vault, seal, error);
  close (fd);
  return done;
}

gboolean
numeral_hand_runs_convert (const char *root, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autoptr (GPtrArray) runs = list (root);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < runs->len; i++)
    convert_locked (runs->pdata[i], vault, seal, first == NULL ? &first : NULL);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
