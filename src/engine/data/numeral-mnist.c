/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-mnist.h"

#include "numeral-download-http.h"

/* Long enough for a train that passes through a tunnel. */
#define STALL_MS 20000
#define SANDBOX_INFO "/.flatpak-info"

static const NumeralDownloadFile files[] = {
  { "train-images-idx3-ubyte.gz", 9912422,
    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" },
  { "train-labels-idx1-ubyte.gz", 28881,
    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c" },
  { "t10k-images-idx3-ubyte.gz", 1648877,
    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6" },
  { "t10k-labels-idx1-ubyte.gz", 4542,
    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6" },
};

static const char *const mirrors[] = {
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  NULL,
};

static const NumeralDownloadPlan plan = {
  .files = files,
  .n_files = G_N_ELEMENTS (files),
  .mirrors = mirrors,
  .stall_ms = STALL_MS,
};

const NumeralDownloadPlan *
numeral_mnist_plan (void)
{
  return &plan;
}

char *
numeral_mnist_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "numeral", "mnist", NULL);
}

gboolean
numeral_mnist_sandbox_has_network (const char *info_path)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) shared = NULL;

  if (!g_key_file_load_from_file (info, info_path, G_KEY_FILE_NONE, NULL))
    return TRUE;
  shared = g_key_file_get_string_list (info, "Context", "shared", NULL, NULL);
  return shared != NULL && g_strv_contains ((const char *const *) shared, "network");
}

gboolean
numeral_mnist_can_download (void)
{
  return numeral_download_http_is_supported () &&
         numeral_mnist_sandbox_has_network (SANDBOX_INFO) &&
         g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (numeral_download_finish (result, &error))
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, error);
}

void
numeral_mnist_download_async (const char *folder,
                              GCancellable *cancellable,
                              NumeralDownloadProgress progress,
                              gpointer progress_data,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  char *target = folder != NULL ? g_strdup (folder) : numeral_mnist_folder ();

  g_task_set_source_tag (task, numeral_mnist_download_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, target, g_free);
  numeral_download_async (&plan, target, cancellable, progress, progress_data, on_downloaded, task);
}

char *
numeral_mnist_download_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
