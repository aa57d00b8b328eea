/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curve-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numeral-decimal.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-json.h"
#include "numeral-sealed-file.h"

/* Enough for 170 million minibatches. */
#define MAX_CURVE_BYTES ((goffset) G_MAXINT32)
#define MAX_EPOCHS_BYTES ((gsize) 512 << 20)
#define MAX_STEPS_PER_EPOCH ((guint64) G_MAXUINT32)
/* Records that are read at a time. */
#define CHUNK 4096

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

/* Reads the next @n records. */
static gboolean
read_records (NumeralHistory *history,
              int fd,
              gsize n,
              const char *path,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree NumeralStepPoint *points = g_new (NumeralStepPoint, CHUNK);

  while (n > 0)
    {
      const gsize size = MIN (n, CHUNK);
      int code;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      code = read_all (fd, points, size * sizeof *points);
      if (code != 0)
        return numeral_fail_errno (error, code, "%s", path);
      numeral_history_add_steps (history, points, size);
      n -= size;
    }
  return TRUE;
}

/* Reads the header and counts the records. Returns a history without minibatches. */
static NumeralHistory *
begin_reading (int fd, const char *path, gsize *n, GError **error)
{
  struct stat status;
  NumeralCurveHeader header;
  int code;

  *n = 0;
  if (fstat (fd, &status) != 0)
    numeral_fail_errno (error, errno, "%s", path);
  else if (!S_ISREG (status.st_mode))
    numeral_fail (error, NN_ERROR_FORMAT, _ ("%s: this is not the curve of a run"), path);
  else if (status.st_size > MAX_CURVE_BYTES)
    numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("%s: the curve is too long to be read"), path);
  else if (status.st_size < (goffset) sizeof header)
    return numeral_history_new (1); /* the file was cut off before its first record */
  else if ((code = read_all (fd, &header, sizeof header)) != 0)
    numeral_fail_errno (error, code, "%s", path);
  else if (memcmp (header.magic, NUMERAL_CURVE_MAGIC, sizeof header.magic) != 0 ||
           header.version != NUMERAL_CURVE_VERSION ||
           header.record_size != sizeof (NumeralStepPoint) || header.steps_per_epoch == 0 ||
           header.steps_per_epoch > MAX_STEPS_PER_EPOCH)
    numeral_fail (error, NN_ERROR_FORMAT, _ ("%s: this is not the curve of a run"), path);
  else
    {
      *n = ((gsize) status.st_size - sizeof header) / sizeof (NumeralStepPoint);
      return numeral_history_new (header.steps_per_epoch);
    }
  return NULL;
}

/* Whether the file that is open is encrypted. */
static gboolean
is_sealed (int fd)
{
  guint8 head[16];
  const gssize n = pread (fd, head, sizeof head, 0);
  g_autoptr (GBytes) bytes = g_bytes_new (head, n > 0 ? (gsize) n : 0);

  return numeral_sealed_file_is (bytes);
}

/* Takes @fd. Returns a file in memory with what is encrypted there; -1 on failure. */
static int
open_sealed (int fd, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data;

  close (fd);
  bytes = numeral_file_read (file, (gsize) MAX_CURVE_BYTES, cancellable, error);
  if (bytes == NULL)
    return -1;
  data = g_bytes_get_data (bytes, &size);
  fd = memfd_create ("curve", MFD_CLOEXEC);
  if (fd >= 0 && pwrite (fd, data, size, 0) == (gssize) size)
    return fd;
  numeral_fail_errno (error, errno, "%s", path);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* @with_steps: %FALSE to leave out the minibatches; @n_steps counts them in any case. */
static NumeralHistory *
read_steps (const char *path,
            gboolean with_steps,
            gsize *n_steps,
            GCancellable *cancellable,
            GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0), code = errno;
  NumeralHistory *history;

  *n_steps = 0;
  if (fd < 0)
    {
      if (code == ENOENT)
        return numeral_history_new (1);
      numeral_fail_errno (error, code, "%s", path);
      return NULL;
    }
  if (is_sealed (fd))
    fd = open_sealed (fd, path, cancellable, error);
  if (fd < 0)
    return NULL;
  history = begin_reading (fd, path, n_steps, error);
  if (history != NULL && with_steps &&
      !read_records (history, fd, *n_steps, path, cancellable, error))
    g_clear_pointer (&history, numeral_history_free);
  close (fd);
  return history;
}

/* The members of a line, in the order in which they are written. */
enum
{
  EPOCH,
  STEP,
  LOSS,
  LEARNING_RATE,
  ACCURACY,
  VALIDATION_LOSS,
  VALIDATION_ACCURACY,
  SECONDS,
  EPSILON, /* of private runs */
  N_MEMBERS
};
static const char *const members[N_MEMBERS] = {
  "epoch",
  "step",
  "loss",
  "learning_rate",
  "accuracy",
  "validation_loss",
  "validation_accuracy",
  "seconds",
  "epsilon",
};

static gboolean
skip (const char **at, const char *end, const char *text)
{
  const gsize length = strlen (text);

  if ((gsize) (end - *at) < length || memcmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* Reads a line exactly as numeral_epoch_point_append_json() writes it, ten times as fast as any
 * JSON. */
static gboolean
scan_written (const char *line, const char *end, double values[N_MEMBERS])
{
  const char *at = line;

  for (guint i = 0; i < N_MEMBERS; i++)
    {
      values[i] = NAN;
      if (i == EPSILON && skip (&at, end, "}"))
        return at == end;
      if (!skip (&at, end, i == 0 ? "{\"" : ",\"") || !skip (&at, end, members[i]) ||
          !skip (&at, end, "\":"))
        return FALSE;
      if (!skip (&at, end, "null") && !numeral_decimal_read_double (&at, end, &values[i]))
        return FALSE;
    }
  return skip (&at, end, "}") && at == end;
}

/* Reads a line that is a JSON object with some of the members. */
static gboolean
scan_json (const char *line, const char *end, double values[N_MEMBERS])
{
  g_autoptr (GBytes) bytes = g_bytes_new (line, (gsize) (end - line));
  g_autoptr (JsonNode) node = numeral_json_parse (bytes, NULL);

  for (guint i = 0; i < N_MEMBERS && node != NULL; i++)
    values[i] = numeral_json_get_double (json_node_get_object (node), members[i]);
  return node != NULL;
}

static double
share (double value)
{
  return value >= 0 && value <= 1 ? value : (double) NAN;
}

/* Returns %FALSE if the line does not describe the next epoch. */
static gboolean
parse_epoch (const char *line,
             const char *end,
             const NumeralHistory *history,
             gsize n_steps,
             NumeralEpochPoint *point)
{
  const guint epoch = history->epochs->len;
  double values[N_MEMBERS];

  if ((!scan_written (line, end, values) && !scan_json (line, end, values)) ||
      values[EPOCH] != epoch + 1.0 ||
      values[STEP] != (epoch + 1.0) * (double) history->steps_per_epoch ||
      (epoch + 1) * history->steps_per_epoch > n_steps)
    return FALSE;
  *point = (NumeralEpochPoint){
    .epoch = epoch,
    .step = (epoch + 1) * history->steps_per_epoch,
    .train_loss = values[LOSS],
    .train_accuracy = share (values[ACCURACY]),
    .validation_loss = values[VALIDATION_LOSS],
    .validation_accuracy = share (values[VALIDATION_ACCURACY]),
    .seconds = values[SECONDS],
    .epsilon = values[EPSILON] > 0 ? values[EPSILON] : 0,
  };
  return TRUE;
}

static gboolean
read_epochs (const char *path, NumeralHistory *history, gsize n_steps, GError **error)
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
      if (!parse_epoch (line, end, history, n_steps, &point))
        break;
      numeral_history_add_epoch (history, &point);
      if ((gsize) (end + 1 - text) == size)
        break;
    }
  return TRUE;
}

static NumeralHistory *
read_curve (const char *prefix, gboolean with_steps, GCancellable *cancellable, GError **error)
{
  g_autofree char *steps_path = g_strconcat (prefix, NUMERAL_CURVE_FILE, NULL);
  g_autofree char *epochs_path = g_strconcat (prefix, NUMERAL_EPOCHS_FILE, NULL);
  gsize n_steps;
  g_autoptr (NumeralHistory) history =
      read_steps (steps_path, with_steps, &n_steps, cancellable, error);

  if (history == NULL || !read_epochs (epochs_path, history, n_steps, error))
    return NULL;
  return g_steal_pointer (&history);
}

NumeralHistory *
numeral_curve_read (const char *prefix, GError **error)
{
  return read_curve (prefix, TRUE, NULL, error);
}

NumeralHistory *
numeral_curve_read_folder (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);

  return read_curve (prefix, TRUE, cancellable, error);
}

NumeralHistory *
numeral_curve_read_epochs (const char *folder, GError **error)
{
  g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);

  return read_curve (prefix, FALSE, NULL, error);
}
