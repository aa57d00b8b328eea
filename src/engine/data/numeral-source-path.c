/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source-path.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"

struct _NumeralPathSource
{
  NumeralSource parent_instance;

  char *path; /* (nullable): nothing has been chosen */
};

G_DEFINE_FINAL_TYPE (NumeralPathSource, numeral_path_source, NUMERAL_TYPE_SOURCE)

static NumeralSource *
create (const NumeralSourceOptions *options)
{
  NumeralPathSource *self = g_object_new (NUMERAL_TYPE_PATH_SOURCE, NULL);

  self->path = g_strdup (options->path);
  return NUMERAL_SOURCE (self);
}

static gboolean
is_chosen (const NumeralPathSource *self)
{
  return self->path != NULL && *self->path != '\0';
}

static gboolean
check (NumeralSource *source, GError **error)
{
  return is_chosen (NUMERAL_PATH_SOURCE (source)) ||
         numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("choose a file or folder with the data to train on"));
}

static gboolean
find (NumeralSource *source, GError **error)
{
  const NumeralPathSource *self = NUMERAL_PATH_SOURCE (source);

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("%s: there is no such file or folder to train on"), self->path);
  return TRUE;
}

static gboolean
has_test (NumeralSource *source)
{
  const NumeralPathSource *self = NUMERAL_PATH_SOURCE (source);

  return is_chosen (self) && numeral_data_has_test (self->path);
}

static NnDataset *
load (NumeralSource *source, const NumeralSourceRequest *request, GError **error)
{
  const NumeralPathSource *self = NUMERAL_PATH_SOURCE (source);

  if (!numeral_source_find (source, error))
    return NULL;
  return numeral_data_load_full (self->path, request, error);
}

static char *
dup_label (NumeralSource *source)
{
  return g_strdup (NUMERAL_PATH_SOURCE (source)->path);
}

static char *
describe (NumeralSource *source)
{
  const NumeralPathSource *self = NUMERAL_PATH_SOURCE (source);

  return is_chosen (self) ? g_filename_display_basename (self->path) :
                            g_strdup (_ ("nothing chosen"));
}

static void
numeral_path_source_finalize (GObject *object)
{
  g_free (NUMERAL_PATH_SOURCE (object)->path);
  G_OBJECT_CLASS (numeral_path_source_parent_class)->finalize (object);
}

static void
numeral_path_source_class_init (NumeralPathSourceClass *klass)
{
  NumeralSourceClass *source_class = NUMERAL_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_path_source_finalize;
  source_class->name = "path";
  source_class->title = N_ ("File or Folder");
  source_class->setting = "path";
  source_class->create = create;
  source_class->check = check;
  source_class->find = find;
  source_class->has_test = has_test;
  source_class->load = load;
  source_class->dup_label = dup_label;
  source_class->describe = describe;
}

static void
numeral_path_source_init (NumeralPathSource *self)
{
}
