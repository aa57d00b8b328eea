/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ink-error.h"
#include "nn-arff.h"
#include "nn-csv.h"
#include "nn-idx.h"
#include "numeral-data-idx.h"
#include "numeral-data-images.h"
#include "numeral-data-ink.h"
#include "numeral-data-npz.h"
#include "numeral-data-split.h"
#include "numeral-file.h"

/* For comparison: MNIST has 55 MB. */
#define MAX_BYTES ((gsize) 1 << 30)
#define N_DIGITS 10

static GBytes *
read_path (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return numeral_file_read (file, MAX_BYTES, cancellable, error);
}

static NnDataset *
load_directory (const char *path,
                NumeralSplit split,
                gsize *n_rejected,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *images_path = numeral_data_idx_find (path, split, "images");
  g_autofree char *labels_path = numeral_data_idx_find (path, split, "labels");
  g_autoptr (GBytes) images = NULL;
  g_autoptr (GBytes) labels = NULL;
  NnDataset *dataset;

  if (g_access (path, R_OK | X_OK) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code),
                   _ ("%s: this folder cannot be read: %s"), path, g_strerror (code));
      return NULL;
    }
  if (images_path == NULL || labels_path == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("%s: this folder has no %s-%s-ubyte or .gz; the four files of MNIST belong "
                      "there, or folders 0 to 9 with images"),
                   path, split == NUMERAL_SPLIT_TRAIN ? "train" : "t10k",
                   images_path == NULL ? "images-idx3" : "labels-idx1");
      return NULL;
    }
  images = read_path (images_path, cancellable, error);
  if (images == NULL)
    return NULL;
  labels = read_path (labels_path, cancellable, error);
  if (labels == NULL)
    return NULL;
  dataset = nn_idx_parse_take (g_steal_pointer (&images), labels, N_DIGITS, n_rejected, error);
  if (dataset == NULL)
    g_prefix_error (error, "%s, %s: ", images_path, labels_path);
  return dataset;
}

/* Two zero bytes, a type, and the number of dimensions. */
static gboolean
is_idx (const char *data, gsize size)
{
  return size >= 4 && data[0] == 0 && data[1] == 0 && data[2] >= 0x08 && data[2] <= 0x0e &&
         data[3] >= 1 && data[3] <= 4;
}

static NnDataset *
load_file (const char *path, const NumeralDataRequest *request, gsize *n_rejected, GError **error)
{
  GCancellable *cancellable = request->cancellable;
  g_autoptr (GBytes) bytes = read_path (path, cancellable, error);
  NnDataset *dataset = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED, _ ("the file is empty"));
  else if (is_idx (data, size))
    g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                         _ ("this is one IDX file of several; give the folder they are in"));
  else if (numeral_data_is_npz (bytes))
    dataset = numeral_data_from_npz (bytes, request->split, n_rejected, error);
  else if (numeral_data_is_unipen (bytes))
    dataset = numeral_data_from_unipen (bytes, n_rejected, cancellable, error);
  else if (memchr (data, '\0', size) != NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                         _ ("this is not a data set; a folder of IDX files, one of images by "
                            "class, a UNIPEN file, a CSV or an ARFF file, or an archive of NumPy "
                            "(.npz) can be read"));
  else
    dataset = nn_arff_is (bytes) ? nn_arff_parse (bytes, n_rejected, error) :
                                   nn_csv_parse (bytes, n_rejected, error);

  if (dataset == NULL)
    g_prefix_error (error, "%s: ", path);
  return dataset;
}

/* Any other folder. People mostly look for the files of MNIST in one without pictures and ink. */
static NnDataset *
load_images (const char *path,
             gboolean digit_folders,
             const NumeralDataRequest *request,
             gsize *n_rejected,
             GError **error)
{
  g_autoptr (NumeralDataReport) own = numeral_data_report_new ();
  NumeralDataReport *report = request->report != NULL ? request->report : own;
  g_autoptr (GError) local = NULL;
  NnDataset *dataset = numeral_data_from_images (path, request, report, &local);

  if (!digit_folders && g_error_matches (local, INK_ERROR, INK_ERROR_FORMAT))
    return load_directory (path, request->split, n_rejected, request->cancellable, error);
  *n_rejected = numeral_data_report_count (report);
  if (dataset == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return dataset;
}

NnDataset *
numeral_data_load_full (const char *path, const NumeralDataRequest *request, GError **error)
{
  gsize ignored;
  gsize *count = request->n_rejected != NULL ? request->n_rejected : &ignored;
  g_autofree char *folder = NULL;
  g_autofree char *idx = NULL;
  gboolean digit_folders;

  g_return_val_if_fail (path != NULL, NULL);

  *count = 0;
  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return load_file (path, request, count, error);
  idx = numeral_data_idx_find (path, request->split, "images");
  digit_folders = idx == NULL && numeral_data_has_digit_folders (path);
  if (idx == NULL && !digit_folders)
    folder = numeral_data_idx_find_folder (path);
  if (idx != NULL || folder != NULL || g_access (path, R_OK | X_OK) != 0)
    return load_directory (folder != NULL ? folder : path, request->split, count,
                           request->cancellable, error);
  return load_images (path, digit_folders, request, count, error);
}

NnDataset *
numeral_data_load (const char *path,
                   NumeralSplit split,
                   gsize *n_rejected,
                   GCancellable *cancellable,
                   GError **error)
{
  const NumeralDataRequest request = { .split = split,
                                       .n_rejected = n_rejected,
                                       .cancellable = cancellable };

  return numeral_data_load_full (path, &request, error);
}

gboolean
numeral_data_has_test (const char *path)
{
  g_autofree char *folder = NULL;
  g_autofree char *images = NULL;
  g_autofree char *labels = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return numeral_data_npz_has_test (path);
  folder = numeral_data_has_digit_folders (path) ? NULL : numeral_data_idx_find_folder (path);
  images = numeral_data_idx_find (folder != NULL ? folder : path, NUMERAL_SPLIT_TEST, "images");
  labels = numeral_data_idx_find (folder != NULL ? folder : path, NUMERAL_SPLIT_TEST, "labels");
  if (images != NULL && labels != NULL)
    return TRUE;
  return folder == NULL && numeral_data_has_test_place (path);
}

char *
numeral_data_find_mnist (void)
{
  const char *named = g_getenv ("NUMERAL_DATA_DIR");
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);

  if (named != NULL && *named != '\0')
    {
      g_ptr_array_add (places, g_strdup (named));
      g_ptr_array_add (places, g_build_filename (named, "mnist", NULL));
    }
  g_ptr_array_add (places, g_build_filename (g_get_user_data_dir (), "numeral", "mnist", NULL));
  for (const char *const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    g_ptr_array_add (places, g_build_filename (*dir, "numeral", "mnist", NULL));

  for (guint i = 0; i < places->len; i++)
    if (numeral_data_idx_is_mnist (g_ptr_array_index (places, i)))
      return g_strdup (g_ptr_array_index (places, i));
  return NULL;
}
