/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-load.h"

#include <glib/gi18n.h>

#include "numeral-digits.h"
#include "numeral-model-file.h"

NumeralModel *
cli_load_model (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return numeral_model_load_shipped (error);
  file = g_file_new_for_path (path);
  return numeral_model_load (file, NULL, error);
}

struct _CliModelLoad
{
  const char *path;
  GThread *thread;
  NumeralModel *model;
  GError *error;
};

static gpointer
load_in_thread (gpointer data)
{
  CliModelLoad *loading = data;

  loading->model = cli_load_model (loading->path, &loading->error);
  return NULL;
}

CliModelLoad *
cli_load_model_begin (const char *path)
{
  CliModelLoad *loading = g_new0 (CliModelLoad, 1);

  loading->path = path;
  loading->thread = g_thread_new ("load-model", load_in_thread, loading);
  return loading;
}

NumeralModel *
cli_load_model_end (CliModelLoad *loading, GError **error)
{
  NumeralModel *model;

  g_thread_join (loading->thread);
  model = loading->model;
  if (model == NULL)
    g_propagate_error (error, loading->error);
  g_free (loading);
  return model;
}

NumeralModel *
cli_load_digit_model (const char *path, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (path, error);

  if (model == NULL)
    return NULL;
  if (!numeral_digits_check (model->network, error))
    {
      g_prefix_error (error, "%s: ", path != NULL ? path : _ ("the model that ships"));
      return NULL;
    }
  return g_steal_pointer (&model);
}
