/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-convert.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "numeral-hand-runs.h"
#include "numeral-hand-seal.h"

/* Those in the folder of the database, then those in its parent. */
static const char *const beside[] = { "my-hand.safetensors" };
static const char *const above[] = { "last-drawing.inkml" };

/* (transfer full): the folder above that of a database. */
static char *
get_root (const char *database)
{
  g_autofree char *folder = g_path_get_dirname (database);

  return g_path_get_dirname (folder);
}

char *
numeral_hand_convert_drawing (const char *path)
{
  g_autofree char *root = get_root (path);

  return g_build_filename (root, above[0], NULL);
}

gboolean
numeral_hand_convert_lock (const char *path, gboolean wait, int *fd)
{
  g_autofree char *root = get_root (path);
  int code;

  /* The folder itself, so that there is no other file. */
  *fd = g_open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (*fd < 0)
    return TRUE;
  do
    code = flock (*fd, LOCK_EX | (wait ? 0 : LOCK_NB)) == 0 ? 0 : errno;
  while (code == EINTR);
  if (code == 0)
    return TRUE;
  close (*fd);
  *fd = -1;
  /* Not every file system has locks. */
  return code != EWOULDBLOCK;
}

void
numeral_hand_convert_unlock (int fd)
{
  if (fd >= 0)
    close (fd);
}

gboolean
numeral_hand_convert_files (const char *path, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *root = get_root (path);

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *name = g_build_filename (folder, beside[i], NULL);

      if (!numeral_hand_seal_file (name, vault, seal, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (above); i++)
    {
      g_autofree char *name = g_build_filename (root, above[i], NULL);

      if (!numeral_hand_seal_file (name, vault, seal, error))
        return FALSE;
    }
  return numeral_hand_runs_convert (root, vault, seal, error);
}

gboolean
numeral_hand_convert_check (const char *path, GError **error)
{
  g_autofree char *root = get_root (path);

  return numeral_hand_runs_check (root, error);
}
