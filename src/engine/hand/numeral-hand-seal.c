/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-seal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numeral-file.h"
#include "numeral-sealed-file.h"

gboolean
numeral_hand_seal_is (const char *path)
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

void
numeral_hand_seal_remove (const char *path)
{
  const int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0);

  if (g_unlink (path) == 0)
    wipe (fd);
  if (fd >= 0)
    close (fd);
}

gboolean
numeral_hand_seal_file (const char *path, NumeralVault *vault, gboolean seal, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) wanted = NULL;
  gboolean done;
  int old;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || numeral_hand_seal_is (path) == seal)
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
