/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curve-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-history-text.h"
#include "numeral-sealed-file.h"
#include "numeral-sealed-folder.h"

/**
 * NumeralCurve:
 * @vault: (nullable): what encrypts the files, held so that a run that was begun goes on while the
 *   handwriting is locked. Then @sealed_steps and @sealed_epochs are their contents, which are
 *   written anew each time.
 */
struct _NumeralCurve
{
  char *steps_path, *epochs_path;
  NumeralVault *vault;
  GByteArray *sealed_steps;
  GString *sealed_epochs;
  int steps_fd, epochs_fd;
  goffset steps_end, epochs_end; /* ends of the data that is known to be on the disk */
};

static int
write_all (int fd, const void *data, gsize size)
{
  const guint8 *p = data;

  while (size > 0)
    {
      gssize n = write (fd, p, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      p += n;
      size -= (gsize) n;
    }
  return 0;
}

/* Opens a file and cuts or extends it to @size bytes; creates it if needed. */
static int
open_at (const char *path, goffset size, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);

  if (fd < 0)
    {
      numeral_fail_errno (error, errno, "%s", path);
      return -1;
    }
  if (ftruncate (fd, size) != 0 || lseek (fd, size, SEEK_SET) != size)
    {
      numeral_fail_errno (error, errno, "%s", path);
      close (fd);
      return -1;
    }
  return fd;
}

static NumeralCurveHeader
make_header (const NumeralHistory *history)
{
  NumeralCurveHeader header = { .version = NUMERAL_CURVE_VERSION,
                                .record_size = sizeof (NumeralStepPoint),
                                .steps_per_epoch = history->steps_per_epoch };

  memcpy (header.magic, NUMERAL_CURVE_MAGIC, sizeof header.magic);
  return header;
}

/* (transfer full): the lines of the epochs of @history. */
static GString *
format_epochs (const NumeralHistory *history)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < history->epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (history->epochs, NumeralEpochPoint, i);

      numeral_epoch_point_append_json (text, point,
                                       base_series_get (history->learning_rate, point->step - 1));
    }
  return text;
}

static gboolean
begin_steps (NumeralCurve *curve, const NumeralHistory *history, GError **error)
{
  const NumeralCurveHeader header = make_header (history);
  gsize n = numeral_history_get_n_steps (history);
  gboolean anew = n == 0;
  int code;

  curve->steps_end = (goffset) (sizeof header + n * sizeof (NumeralStepPoint));
  curve->steps_fd = open_at (curve->steps_path, anew ? 0 : curve->steps_end, error);
  if (curve->steps_fd < 0)
    return FALSE;
  code = anew ? write_all (curve->steps_fd, &header, sizeof header) : 0;
  return code == 0 || numeral_fail_errno (error, code, "%s", curve->steps_path);
}

static gboolean
begin_epochs (NumeralCurve *curve, const NumeralHistory *history, GError **error)
{
  g_autoptr (GString) kept = format_epochs (history);
  g_autofree char *present = NULL;
  gsize size = 0;

  /* Cut the file if its beginning is what would be written. Otherwise, for example with other
   * spaces between the same figures, write it again. */
  if (kept->len > 0 && (!g_file_get_contents (curve->epochs_path, &present, &size, NULL) ||
                        size < kept->len || memcmp (present, kept->str, kept->len) != 0))
    {
      g_autoptr (GFile) file = g_file_new_for_path (curve->epochs_path);
      g_autoptr (GBytes) bytes = g_bytes_new (kept->str, kept->len);

      if (!numeral_file_write (file, bytes, NULL, error))
        return FALSE;
    }
  curve->epochs_end = (goffset) kept->len;
  curve->epochs_fd = open_at (curve->epochs_path, curve->epochs_end, error);
  return curve->epochs_fd >= 0;
}

static gboolean
write_sealed (const char *path, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return numeral_file_write (file, bytes, NULL, error);
}

/* Writes both files. */
static gboolean
write_both (NumeralCurve *curve, GError **error)
{
  return write_sealed (curve->steps_path, curve->sealed_steps->data, curve->sealed_steps->len,
                       error) &&
         write_sealed (curve->epochs_path, curve->sealed_epochs->str, curve->sealed_epochs->len,
                       error);
}

/* The records of the minibatches are those of the file, as the history has no more of them. */
static gboolean
begin_sealed (NumeralCurve *curve, const NumeralHistory *history, GError **error)
{
  const NumeralCurveHeader header = make_header (history);
  const gsize n = numeral_history_get_n_steps (history);
  const gsize size = sizeof header + n * sizeof (NumeralStepPoint);

  curve->sealed_epochs = format_epochs (history);
  curve->sealed_steps = g_byte_array_new ();
  if (n == 0)
    g_byte_array_append (curve->sealed_steps, (const guint8 *) &header, sizeof header);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (curve->steps_path);
      g_autoptr (GBytes) bytes = numeral_file_read (file, NUMERAL_SEALED_FILE_MAX, NULL, error);

      if (bytes == NULL)
        return FALSE;
      if (g_bytes_get_size (bytes) < size)
        return numeral_fail_errno (error, EIO, "%s", curve->steps_path);
      g_byte_array_append (curve->sealed_steps, g_bytes_get_data (bytes, NULL), (guint) size);
    }
  return write_both (curve, error);
}

static gboolean
append_sealed (NumeralCurve *curve, const GArray *points, const GString *epochs, GError **error)
{
  const guint n_bytes = curve->sealed_steps->len;
  const gsize n_text = curve->sealed_epochs->len;

  if (points->len == 0 && epochs->len == 0)
    return TRUE;
  if (points->len > (NUMERAL_SEALED_FILE_MAX - n_bytes) / sizeof (NumeralStepPoint))
    return numeral_fail_errno (error, EFBIG, "%s", curve->steps_path);
  g_byte_array_append (curve->sealed_steps, (const guint8 *) points->data,
                       points->len * (guint) sizeof (NumeralStepPoint));
  g_string_append_len (curve->sealed_epochs, epochs->str, (gssize) epochs->len);
  if (write_both (curve, error))
    return TRUE;
  g_byte_array_set_size (curve->sealed_steps, n_bytes);
  g_string_truncate (curve->sealed_epochs, n_text);
  return FALSE;
}

NumeralCurve *
numeral_curve_open (const char *prefix, const NumeralHistory *history, GError **error)
{
  g_autoptr (NumeralCurve) curve = g_new0 (NumeralCurve, 1);

  curve->steps_fd = curve->epochs_fd = -1;
  curve->steps_path = g_strconcat (prefix, NUMERAL_CURVE_FILE, NULL);
  curve->epochs_path = g_strconcat (prefix, NUMERAL_EPOCHS_FILE, NULL);
  if (!numeral_sealed_folder_find (curve->steps_path, &curve->vault, error))
    return NULL;
  if (curve->vault != NULL ?
          !begin_sealed (curve, history, error) :
          !begin_steps (curve, history, error) || !begin_epochs (curve, history, error))
    return NULL;
  return g_steal_pointer (&curve);
}

void
numeral_curve_free (NumeralCurve *curve)
{
  if (curve->steps_fd >= 0)
    close (curve->steps_fd);
  if (curve->epochs_fd >= 0)
    close (curve->epochs_fd);
  g_clear_pointer (&curve->vault, numeral_vault_unref);
  g_clear_pointer (&curve->sealed_steps, g_byte_array_unref);
  if (curve->sealed_epochs != NULL)
    g_string_free (curve->sealed_epochs, TRUE);
  g_free (curve->steps_path);
  g_free (curve->epochs_path);
  g_free (curve);
}

static gboolean
append (int fd, const char *path, goffset end, const void *data, gsize size, GError **error)
{
  int code;

  if (size == 0)
    return TRUE;
  code = write_all (fd, data, size);
  if (code == 0 && fdatasync (fd) != 0)
    code = errno;
  if (code == 0)
    return TRUE;
  numeral_fail_errno (error, code, "%s", path);
  /* If this fails too, the next call overwrites the partial record. */
  if (ftruncate (fd, end) != 0)
    g_prefix_error (error, _ ("%s could not be cut back (%s): "), path, g_strerror (errno));
  (void) lseek (fd, end, SEEK_SET);
  return FALSE;
}

gboolean
numeral_curve_append (NumeralCurve *curve,
                      const GArray *points,
                      const GString *epochs,
                      GError **error)
{
  gsize steps_size = points->len * sizeof (NumeralStepPoint);

  if (curve->vault != NULL)
    return append_sealed (curve, points, epochs, error);
  if (!append (curve->steps_fd, curve->steps_path, curve->steps_end, points->data, steps_size,
               error))
    return FALSE;
  if (!append (curve->epochs_fd, curve->epochs_path, curve->epochs_end, epochs->str, epochs->len,
               error))
    {
      if (ftruncate (curve->steps_fd, curve->steps_end) == 0)
        (void) lseek (curve->steps_fd, curve->steps_end, SEEK_SET);
      return FALSE;
    }
  curve->steps_end += (goffset) steps_size;
  curve->epochs_end += (goffset) epochs->len;
  return TRUE;
}
