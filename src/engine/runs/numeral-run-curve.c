/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-json.h"

#define MAGIC "NUMCURVE"
#define VERSION 1
/* Enough for 170 million minibatches. */
#define MAX_CURVE_BYTES ((goffset) G_MAXINT32)
#define MAX_EPOCHS_BYTES ((gsize) 512 << 20)
#define MAX_STEPS_PER_EPOCH ((guint64) G_MAXUINT32)

/* The header of curve.bin, in host byte order like the checkpoint: a run continues to the same
 * curve only on the machine that wrote it. A machine of the other byte order rejects the
 * version. */
typedef struct
{
  char magic[8];
  guint32 version;
  guint32 record_size;
  guint64 steps_per_epoch;
} Header;

struct _NumeralCurve
{
  char *steps_path, *epochs_path;
  int steps_fd, epochs_fd;
  goffset steps_end, epochs_end; /* ends of the data that is known to be on the disk */
};

/* Returns 0 or an errno; EIO if the file ends before @size. */
static int
read_all (int fd, void *data, gsize size)
{
  guint8 *p = data;

  while (size > 0)
    {
      gssize n = read (fd, p, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      if (n == 0)
        return EIO;
      p += n;
      size -= (gsize) n;
    }
  return 0;
}

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

static NumeralHistory *
parse_steps (int fd, const char *path, goffset size, GError **error)
{
  NumeralHistory *history;
  Header header;
  guint n;
  int code;

  code = read_all (fd, &header, sizeof header);
  if (code != 0)
    {
      numeral_fail_errno (error, code, "%s", path);
      return NULL;
    }
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0 || header.version != VERSION ||
      header.record_size != sizeof (NumeralStepPoint) || header.steps_per_epoch == 0 ||
      header.steps_per_epoch > MAX_STEPS_PER_EPOCH)
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("%s: this is not the curve of a run"), path);
      return NULL;
    }
  history = numeral_history_new (header.steps_per_epoch);
  n = (guint) ((gsize) (size - (goffset) sizeof header) / sizeof (NumeralStepPoint));
  g_array_set_size (history->steps, n);
  code = n == 0 ? 0 : read_all (fd, history->steps->data, n * sizeof (NumeralStepPoint));
  if (code != 0)
    {
      numeral_fail_errno (error, code, "%s", path);
      g_clear_pointer (&history, numeral_history_free);
    }
  return history;
}

static NumeralHistory *
read_steps (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0), code = errno;
  NumeralHistory *history = NULL;
  struct stat status;

  if (fd < 0)
    {
      if (code == ENOENT)
        return numeral_history_new (1);
      numeral_fail_errno (error, code, "%s", path);
      return NULL;
    }
  if (fstat (fd, &status) != 0)
    numeral_fail_errno (error, errno, "%s", path);
  else if (!S_ISREG (status.st_mode))
    numeral_fail (error, NN_ERROR_FORMAT, _ ("%s: this is not the curve of a run"), path);
  else if (status.st_size > MAX_CURVE_BYTES)
    numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("%s: the curve is too long to be read"), path);
  else if (status.st_size < (goffset) sizeof (Header))
    history = numeral_history_new (1); /* the file was cut off before its first record */
  else
    history = parse_steps (fd, path, status.st_size, error);
  close (fd);
  return history;
}

/* Returns %FALSE if the line does not describe the next epoch. */
static gboolean
parse_epoch (const char *line,
             gsize length,
             const NumeralHistory *history,
             NumeralEpochPoint *point)
{
  g_autoptr (GBytes) bytes = g_bytes_new (line, length);
  g_autoptr (JsonNode) node = numeral_json_parse (bytes, NULL);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  guint epoch = history->epochs->len;

  if (object == NULL || numeral_json_get_double (object, "epoch") != epoch + 1.0 ||
      numeral_json_get_double (object, "step") !=
          (epoch + 1.0) * (double) history->steps_per_epoch ||
      (epoch + 1) * history->steps_per_epoch > history->steps->len)
    return FALSE;
  *point = (NumeralEpochPoint){
    .epoch = epoch,
    .step = (epoch + 1) * history->steps_per_epoch,
    .train_loss = numeral_json_get_double (object, "loss"),
    .train_accuracy = numeral_json_get_share (object, "accuracy"),
    .validation_loss = numeral_json_get_double (object, "validation_loss"),
    .validation_accuracy = numeral_json_get_share (object, "validation_accuracy"),
    .seconds = numeral_json_get_double (object, "seconds"),
  };
  return TRUE;
}

static gboolean
read_epochs (const char *path, NumeralHistory *history, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = numeral_file_read (file, MAX_EPOCHS_BYTES, NULL, &local);
  const char *text, *end, *line;
  NumeralEpochPoint point;
  gsize size;

  if (bytes == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  text = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return TRUE;
  for (line = text; (end = memchr (line, '\n', size - (gsize) (line - text))) != NULL;
       line = end + 1)
    {
      if (!parse_epoch (line, (gsize) (end - line), history, &point))
        break;
      numeral_history_add_epoch (history, &point);
      if ((gsize) (end + 1 - text) == size)
        break;
    }
  return TRUE;
}

NumeralHistory *
numeral_curve_read_folder (const char *folder, GError **error)
{
  g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);

  return numeral_curve_read (prefix, error);
}

NumeralHistory *
numeral_curve_read (const char *prefix, GError **error)
{
  g_autofree char *steps_path = g_strconcat (prefix, NUMERAL_CURVE_FILE, NULL);
  g_autofree char *epochs_path = g_strconcat (prefix, NUMERAL_EPOCHS_FILE, NULL);
  g_autoptr (NumeralHistory) history = read_steps (steps_path, error);

  if (history == NULL || !read_epochs (epochs_path, history, error))
    return NULL;
  return g_steal_pointer (&history);
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

static gboolean
begin_steps (NumeralCurve *curve, const NumeralHistory *history, GError **error)
{
  Header header = { .version = VERSION,
                    .record_size = sizeof (NumeralStepPoint),
                    .steps_per_epoch = history->steps_per_epoch };
  gboolean anew = history->steps->len == 0;
  int code;

  curve->steps_end = (goffset) (sizeof header + history->steps->len * sizeof (NumeralStepPoint));
  curve->steps_fd = open_at (curve->steps_path, anew ? 0 : curve->steps_end, error);
  if (curve->steps_fd < 0)
    return FALSE;
  memcpy (header.magic, MAGIC, sizeof header.magic);
  code = anew ? write_all (curve->steps_fd, &header, sizeof header) : 0;
  return code == 0 || numeral_fail_errno (error, code, "%s", curve->steps_path);
}

static gboolean
begin_epochs (NumeralCurve *curve, const NumeralHistory *history, GError **error)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autofree char *present = NULL;
  gsize size = 0;

  for (guint i = 0; i < history->epochs->len; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (history->epochs, NumeralEpochPoint, i);
      const NumeralStepPoint *last =
          &g_array_index (history->steps, NumeralStepPoint, point->step - 1);

      numeral_epoch_point_append_json (kept, point, last->learning_rate);
    }
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

NumeralCurve *
numeral_curve_open (const char *prefix, const NumeralHistory *history, GError **error)
{
  g_autoptr (NumeralCurve) curve = g_new0 (NumeralCurve, 1);

  curve->steps_fd = curve->epochs_fd = -1;
  curve->steps_path = g_strconcat (prefix, NUMERAL_CURVE_FILE, NULL);
  curve->epochs_path = g_strconcat (prefix, NUMERAL_EPOCHS_FILE, NULL);
  if (!begin_steps (curve, history, error) || !begin_epochs (curve, history, error))
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
