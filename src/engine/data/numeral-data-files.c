/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-files.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "nn-error.h"

/* Folders inside each other. */
#define MAX_DEPTH 32

typedef struct
{
  const char *root;
  GPtrArray *files;
  GHashTable *seen; /* "device:inode" of folders */
  NumeralDataReport *report;
  GCancellable *cancellable;
} Walk;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): @inside is "" for the root. */
static char *
join (const char *inside, const char *name)
{
  return *inside != '\0' ? g_build_filename (inside, name, NULL) : g_strdup (name);
}

static gboolean
is_new (Walk *walk, const GStatBuf *status)
{
  return g_hash_table_add (walk->seen,
                           g_strdup_printf ("%llu:%llu", (unsigned long long) status->st_dev,
                                            (unsigned long long) status->st_ino));
}

static gboolean
walk_folder (Walk *walk, const char *inside, const char *const *skip, guint depth, GError **error);

/* @inside: (transfer full): relative to the root */
static gboolean
walk_entry (Walk *walk, char *inside, guint depth, GError **error)
{
  g_autofree char *name = inside;
  g_autofree char *path = g_build_filename (walk->root, name, NULL);
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    numeral_data_report_leave_out (walk->report, NUMERAL_LEFT_OUT_UNREADABLE, name,
                                   g_strerror (errno));
  else if (S_ISDIR (status.st_mode))
    return !is_new (walk, &status) || walk_folder (walk, name, NULL, depth + 1, error);
  else if (!S_ISREG (status.st_mode))
    numeral_data_report_leave_out (walk->report, NUMERAL_LEFT_OUT_UNREADABLE, name,
                                   _ ("this is a pipe or a device; a file is needed"));
  else
    g_ptr_array_add (walk->files, g_steal_pointer (&name));
  return TRUE;
}

/* (transfer full) (nullable): names sorted, because file systems list them in any order. */
static GPtrArray *
read_names (Walk *walk, const char *inside, const char *const *skip, GError **error)
{
  g_autofree char *path = join (walk->root, inside);
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &local);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    numeral_data_report_leave_out (walk->report, NUMERAL_LEFT_OUT_UNREADABLE, inside,
                                   local->message);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (*name != '.' && (skip == NULL || !g_strv_contains (skip, name)))
        g_ptr_array_add (names, g_strdup (name));
      if (names->len % 1024 == 0 && g_cancellable_set_error_if_cancelled (walk->cancellable, error))
        return NULL;
      if (walk->files->len + names->len > NUMERAL_DATA_MAX_FILES)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("%s: there are more than %d files in this folder; choose the folder "
                          "with the digits"),
                       walk->root, NUMERAL_DATA_MAX_FILES);
          return NULL;
        }
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
walk_folder (Walk *walk, const char *inside, const char *const *skip, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (depth > MAX_DEPTH)
    {
      numeral_data_report_leave_out (walk->report, NUMERAL_LEFT_OUT_UNREADABLE, inside,
                                     _ ("this folder is too deep inside others"));
      return TRUE;
    }
  names = read_names (walk, inside, skip, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (g_cancellable_set_error_if_cancelled (walk->cancellable, error) ||
        !walk_entry (walk, join (inside, names->pdata[i]), depth, error))
      return FALSE;
  return names != NULL;
}

GPtrArray *
numeral_data_list_files (const char *folder,
                         const char *const *skip,
                         NumeralDataReport *report,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = { folder, files, seen, report, cancellable };
  GStatBuf status;

  if (g_stat (folder, &status) == 0)
    is_new (&walk, &status);
  if (!walk_folder (&walk, "", skip, 0, error))
    return NULL;
  g_ptr_array_sort (files, compare_names);
  return g_steal_pointer (&files);
}
