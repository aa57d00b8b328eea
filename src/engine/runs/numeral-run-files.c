/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-files.h"

#include "numeral-run-curve.h"

NumeralRunFiles *
numeral_run_files_new_for_record (NumeralRunRecord *record)
{
  NumeralRunFiles *files = g_new0 (NumeralRunFiles, 1);

  files->name = g_strdup (record->folder);
  files->prefix = g_strconcat (record->folder, G_DIR_SEPARATOR_S, NULL);
  files->checkpoint = g_build_filename (record->folder, NUMERAL_CHECKPOINT_FILE, NULL);
  files->has_curve = TRUE;
  files->record = numeral_run_record_ref (record);
  return files;
}

NumeralRunFiles *
numeral_run_files_new_for_checkpoint (const char *path)
{
  NumeralRunFiles *files = g_new0 (NumeralRunFiles, 1);
  g_autofree char *curve = NULL;

  files->name = g_strdup (path);
  files->prefix = g_strconcat (path, ".", NULL);
  files->checkpoint = g_strdup (path);
  /* The curve is written before its first checkpoint, so a checkpoint without a curve never had
   * one. */
  curve = g_strconcat (files->prefix, NUMERAL_CURVE_FILE, NULL);
  files->has_curve =
      !g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (curve, G_FILE_TEST_EXISTS);
  return files;
}

void
numeral_run_files_free (NumeralRunFiles *files)
{
  g_free (files->name);
  g_free (files->prefix);
  g_free (files->checkpoint);
  g_clear_pointer (&files->record, numeral_run_record_unref);
  g_free (files);
}

GFile *
numeral_run_files_get (const NumeralRunFiles *files, const char *name)
{
  g_autofree char *path = g_strconcat (files->prefix, name, NULL);

  return g_file_new_for_path (path);
}
