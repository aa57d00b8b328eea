/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-test.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "numeral-model-safetensors.h"
#include "numeral-write-queue.h"

/* The exit status of a script without the modules that it needs. */
#define NO_MODULES 77
#define SYSTEM_PYTHON "/usr/bin/python3"

#define NOBODY 65534

char *
engine_test_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("numeral-test-XXXXXX", &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  return folder;
}

void
engine_test_remove (const char *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  /* After this nothing writes into the folder. */
  numeral_write_queue_flush ();
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        engine_test_remove (path);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

NumeralRunStore *
engine_test_open_runs (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  NumeralRunStore *store = numeral_run_store_new (file);

  engine_test_wait_runs (store);
  return store;
}

void
engine_test_wait_runs (NumeralRunStore *store)
{
  while (numeral_run_store_get_loading (store))
    g_main_context_iteration (NULL, TRUE);
}

guint
engine_test_count_unreadable (NumeralRunStore *store)
{
  GListModel *list = G_LIST_MODEL (store);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (list, i);

      if (numeral_run_get_status (run) == NUMERAL_RUN_UNREADABLE)
        {
          g_test_message ("%s", numeral_run_get_message (run));
          n++;
        }
    }
  return n;
}

NumeralRun *
engine_test_create_run (NumeralRunStore *store, const NumeralRunConfig *config)
{
  g_autoptr (GError) error = NULL;
  NumeralRun *run = numeral_run_store_create (store, config, &error);

  g_assert_no_error (error);
  numeral_write_queue_flush ();
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_nonnull (numeral_run_get_folder (run));
  return run;
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
finish_move (NumeralRunStore *store, GAsyncResult **result, GError **error)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return numeral_run_store_move_finish (store, *result, NULL, error);
}

gboolean
engine_test_delete_run (NumeralRunStore *store, NumeralRun *run, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (runs, run);
  numeral_run_store_delete_async (store, runs, on_moved, &result);
  g_assert_false (numeral_run_store_find (store, run, NULL));
  return finish_move (store, &result, error);
}

gboolean
engine_test_undelete_run (NumeralRunStore *store, NumeralRun *run, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (runs, run);
  numeral_run_store_undelete_async (store, runs, on_moved, &result);
  g_assert_true (numeral_run_store_find (store, run, NULL));
  return finish_move (store, &result, error);
}

char *
engine_test_write (const char *folder, const char *name, const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

GBytes *
engine_test_gzip (const void *data, gsize size)
{
  g_autoptr (GZlibCompressor) compressor =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream =
      g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, data, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

NnNetwork *
engine_test_network (const guint *widths, guint n_widths, guint64 seed)
{
  return engine_test_network_of (widths, n_widths, NN_ACTIVATION_RELU, seed);
}

NnNetwork *
engine_test_network_of (const guint *widths, guint n_widths, NnActivation activation, guint64 seed)
{
  NnMlp mlp = { .n_layers = n_widths - 1, .activation = activation };
  NnArchitecture arch;
  g_autoptr (GError) error = NULL;
  NnRandom random;
  NnNetwork *network;

  memcpy (mlp.widths, widths, n_widths * sizeof *widths);
  nn_architecture_from_mlp (&mlp, &arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (&arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, seed);
  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = nn_random_range (&random, -0.25f, 0.25f);
  return network;
}

NnNetwork *
engine_test_network_from (const char *text, NnActivation activation, NnLoss loss, guint64 seed)
{
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  NnNetwork *network;
  NnRandom random;
  g_autoptr (GError) error = NULL;

  nn_architecture_from_string (text, activation, loss, arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  for (guint k = 0; k < network->n_weights; k++)
    for (guint o = 0; o < network->weights[k].n_out; o++)
      network->weights[k].bias[o] = 0.1f * nn_random_normal (&random);
  return network;
}

float *
engine_test_read_floats (const char *folder, const char *name, gsize *n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;

  g_file_get_contents (path, &data, n, &error);
  g_assert_no_error (error);
  *n /= sizeof (float);
  return (float *) (void *) data;
}

GBytes *
engine_test_model_bytes (const NumeralModel *model, gboolean half)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  numeral_model_safetensors.save (model, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT,
                                  nn_write_to_array, array, &error);
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

GBytes *
engine_test_tensor_bytes (const NumeralTensorValues *tensors,
                          guint n_tensors,
                          GHashTable *metadata,
                          gboolean half)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  numeral_safetensors_write (tensors, n_tensors, metadata, half, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

GBytes *
engine_test_mutate (GBytes *bytes, const char *syntax, NnRandom *random)
{
  gsize old_size;
  const guint8 *old = g_bytes_get_data (bytes, &old_size);
  guint32 size = (guint32) old_size;
  guint8 *data;

  if (nn_random_below (random, 8) == 0)
    size += nn_random_below (random, 9);
  data = g_malloc0 (size);
  memcpy (data, old, old_size);
  for (guint n = 1 + nn_random_below (random, 3); n > 0; n--)
    {
      guint32 at = nn_random_below (random, size);
      guint32 from = nn_random_below (random, size);
      guint32 length = nn_random_below (random, 24);

      switch (nn_random_below (random, 4))
        {
        case 0:
          data[at] ^= (guint8) (1u << nn_random_below (random, 8));
          break;
        case 1:
          data[at] = (guint8) nn_random_next (random);
          break;
        case 2:
          data[at] = (guint8) syntax[nn_random_below (random, (guint32) strlen (syntax))];
          break;
        default:
          memmove (data + at, data + from, MIN (length, size - MAX (at, from)));
        }
    }
  if (nn_random_below (random, 8) == 0)
    {
      size = nn_random_below (random, size);
      data = g_realloc (data, size);
    }
  return g_bytes_new_take (data, size);
}

void
engine_test_drop_privileges (void)
{
  if (geteuid () != 0)
    return;
  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
  /* So that LeakSanitizer may still look at this process when it ends. */
  prctl (PR_SET_DUMPABLE, 1);
}

void
engine_test_error (GError **error, GQuark domain, int code, const char *word)
{
  g_assert_error (*error, domain, code);
  g_test_message ("%s", (*error)->message);
  if (strstr ((*error)->message, word) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, word);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_assert_null (strchr ((*error)->message, '\n'));
  g_clear_error (error);
}

int
engine_test_python (const char *script, const char *const *arguments, char **out)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (argv, g_strdup (g_getenv ("PYTHON")));
  g_ptr_array_add (argv, g_test_build_filename (G_TEST_DIST, "engine", script, NULL));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, g_strdup (*arguments));
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

gboolean
engine_test_python_with (const char *script,
                         const char *modules,
                         const char *const *arguments,
                         char **out)
{
  int status = engine_test_python (script, arguments, out);

  /* The modules are packages of the system, whose Python may not be the first one. */
  if (status == NO_MODULES && g_file_test (SYSTEM_PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_setenv ("PYTHON", SYSTEM_PYTHON, TRUE);
      if (out != NULL)
        g_clear_pointer (out, g_free);
      status = engine_test_python (script, arguments, out);
    }
  if (status == NO_MODULES)
    {
      g_autofree char *reason = g_strdup_printf ("Python has no %s", modules);

      g_test_skip (reason);
    }
  else
    g_assert_cmpint (status, ==, 0);
  return status == 0;
}
