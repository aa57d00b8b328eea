/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *folder;

GBytes *
fuzz_bytes (const uint8_t *data, size_t size)
{
  return g_bytes_new_static (data, size);
}

char *
fuzz_text (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);

  return g_utf8_make_valid (text, -1);
}

void
fuzz_split (const uint8_t *data, size_t size, GBytes **first, GBytes **second)
{
  gsize wanted = size >= 2 ? (gsize) data[0] | (gsize) data[1] << 8 : 0;
  const uint8_t *rest = size >= 2 ? data + 2 : data;
  const gsize n = size >= 2 ? size - 2 : size;

  wanted = MIN (wanted, n);
  /* Copies, so that each input ends with its own block of memory. */
  *first = g_bytes_new_take (g_memdup2 (rest, wanted), wanted);
  *second =
      g_bytes_new_take (n > wanted ? g_memdup2 (rest + wanted, n - wanted) : NULL, n - wanted);
}

GByteArray *
fuzz_join (GBytes *first, GBytes *second)
{
  GByteArray *array = g_byte_array_new ();
  gsize n, n_second;
  const guint8 *data = g_bytes_get_data (first, &n);
  const guint8 *data_second = g_bytes_get_data (second, &n_second);
  const guint8 head[] = { (guint8) (n & 0xff), (guint8) (n >> 8) };

  g_assert_cmpuint (n, <=, G_MAXUINT16);
  g_byte_array_append (array, head, sizeof head);
  g_byte_array_append (array, data, (guint) n);
  g_byte_array_append (array, data_second, (guint) n_second);
  return array;
}

gboolean
fuzz_check (gboolean done, GError **error)
{
  g_assert_true (done == (*error == NULL));
  if (*error != NULL)
    g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
  return done;
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

const char *
fuzz_folder (void)
{
  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("numeral-fuzz-XXXXXX", NULL);
      g_assert_nonnull (folder);
      atexit (remove_folder);
    }
  return folder;
}

/* Not g_file_set_contents(), which syncs. */
void
fuzz_write (const char *name, const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (fuzz_folder (), name, NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, size > 0 ? data : "", size), ==, (gssize) size);
  close (fd);
}
