/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-convert.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numeral-file.h"
#include "numeral-sealed-file.h"

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

/* Whether a file is encrypted now. A few bytes are read. */
gboolean
numeral_hand_convert_is_sealed (const char *path)
{
  const int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  g_autoptr (GBytes) bytes = NULL;
  guint8 head[16];
  gssize n;

  if (fd < 0)
    return FALSE;
  n = read (fd, head, sizeof head);
  close (fd);
  bytes = g_bytes_new (head, n > 0 ? (gsize) n : 0);
  return numeral_sealed_file_is (bytes);
}

/* Overwrites a file that was replaced, unless it has another name. */
static void
wipe (int fd)
{
  static const guint8 zeros[4096];
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0 || info.st_nlink > 0)
    return;
  for (goffset at = 0; at < info.st_size; at += (goffset) sizeof zeros)
    if (pwrite (fd, zeros, (gsize) MIN ((goffset) sizeof zeros, info.st_size - at), at) < 0)
      return;
  (void) fdatasync (fd);
}

/* Also repeated after a kill: a file that is as it shall be stays. */
static gboolean
convert (const char *path, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) wanted = NULL;
  gboolean done;
  int old;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || numeral_hand_convert_is_sealed (path) == seal)
    return TRUE;
  stored = numeral_file_read_stored (file, NUMERAL_HAND_FILE_MAX, NULL, error);
  if (stored == NULL)
    return FALSE;
  wanted =
      seal ? numeral_sealed_file_seal (vault, stored) : numeral_sealed_file_open (stored, error);
  if (wanted == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  old = seal ? g_open (path, O_WRONLY | O_CLOEXEC | O_NONBLOCK, 0) : -1;
  done = numeral_file_write (file, wanted, NULL, error);
  if (done)
    wipe (old);
  if (old >= 0)
    close (old);
  return done;
}

gboolean
numeral_hand_convert_files (const char *path, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *root = get_root (path);

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *name = g_build_filename (folder, beside[i], NULL);

      if (!convert (name, vault, seal, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (above); i++)
    {
      g_autofree char *name = g_build_filename (root, above[i], NULL);

      if (!convert (name, vault, seal, error))
        return FALSE;
    }
  return TRUE;
}
