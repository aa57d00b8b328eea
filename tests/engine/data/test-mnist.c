/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "numeral-data.h"
#include "numeral-mnist.h"

/* The checksums are those of the published archives. */
static void
test_pins (void)
{
  const NumeralDownloadPlan *plan = numeral_mnist_plan ();
  const char *data = g_getenv ("NUMERAL_DATA_DIR");

  g_assert_cmpuint (plan->n_files, ==, 4);
  for (const char *const *mirror = plan->mirrors; *mirror != NULL; mirror++)
    {
      g_assert_true (g_str_has_prefix (*mirror, "https://"));
      g_assert_true (g_str_has_suffix (*mirror, "/"));
    }
  if (data == NULL)
    {
      g_test_skip ("NUMERAL_DATA_DIR names no data");
      return;
    }
  for (gsize i = 0; i < plan->n_files; i++)
    {
      g_autofree char *path = g_build_filename (data, "mnist", plan->files[i].name, NULL);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *sum = NULL;

      if (file == NULL)
        {
          g_test_skip ("NUMERAL_DATA_DIR has no MNIST");
          return;
        }
      bytes = g_mapped_file_get_bytes (file);
      sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      g_assert_cmpstr (sum, ==, plan->files[i].sha256);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, plan->files[i].size);
    }
}

typedef struct
{
  gboolean ended;
  char *folder;
  GError *error;
} Run;

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->folder = numeral_mnist_download_finish (result, &run->error);
  run->ended = TRUE;
}

static void
download (const char *folder, GCancellable *cancellable, Run *run)
{
  *run = (Run){ 0 };
  numeral_mnist_download_async (folder, cancellable, NULL, NULL, on_ended, run);
  while (!run->ended)
    g_main_context_iteration (NULL, TRUE);
}

/* If all four files exist, nothing is downloaded; the default folder is the one that is
 * searched. */
static void
test_there (void)
{
  const NumeralDownloadPlan *plan = numeral_mnist_plan ();
  const char *data = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *source = g_build_filename (data != NULL ? data : "", "mnist", NULL);
  g_autofree char *folder = numeral_mnist_folder ();
  g_autofree char *kept = g_strdup (data);
  g_autofree char *found = NULL;
  Run run;

  if (data == NULL || !g_file_test (source, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("NUMERAL_DATA_DIR has no MNIST");
      return;
    }
  download (source, NULL, &run);
  g_assert_no_error (run.error);
  g_assert_cmpstr (run.folder, ==, source);
  g_free (run.folder);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  for (gsize i = 0; i < plan->n_files; i++)
    {
      g_autofree char *path = g_build_filename (source, plan->files[i].name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *copy = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      copy = engine_test_write (folder, plan->files[i].name, text, size);
    }
  download (NULL, NULL, &run);
  g_assert_no_error (run.error);
  g_assert_cmpstr (run.folder, ==, folder);
  g_free (run.folder);

  g_unsetenv ("NUMERAL_DATA_DIR");
  found = numeral_data_find_mnist ();
  g_setenv ("NUMERAL_DATA_DIR", kept, TRUE);
  g_assert_cmpstr (found, ==, folder);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = engine_test_folder ();
  Run run;

  g_cancellable_cancel (cancellable);
  download (folder, cancellable, &run);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (run.folder);
  g_clear_error (&run.error);
  engine_test_remove (folder);
}

static void
test_sandbox (void)
{
  static const struct
  {
    const char *info;
    gboolean network;
  } cases[] = {
    { "[Context]\nshared=network;ipc;\n", TRUE },
    { "[Context]\nshared=ipc;network\n", TRUE },
    { "[Context]\nshared=ipc;\n", FALSE },
    { "[Context]\nshared=networks;\n", FALSE },
    { "[Context]\nsockets=wayland;\n", FALSE },
    { "[Application]\nname=a\n", FALSE },
    { "no key file", TRUE },
  };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          engine_test_write (folder, "info", cases[i].info, strlen (cases[i].info));

      g_assert_cmpint (numeral_mnist_sandbox_has_network (path), ==, cases[i].network);
    }
  g_assert_true (numeral_mnist_sandbox_has_network (missing));
  engine_test_remove (folder);
}

/* With a monitor that reports a network, only the build and the sandbox decide. */
static void
test_can_download (void)
{
  gboolean expected = numeral_mnist_sandbox_has_network ("/.flatpak-info");

#ifndef HAVE_DOWNLOAD
  expected = FALSE;
#endif
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_assert_cmpint (numeral_mnist_can_download (), ==, expected);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = engine_test_folder ();
  int status;

  /* The test does not use the user's own folders. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/mnist/pins", test_pins);
  g_test_add_func ("/engine/mnist/there", test_there);
  g_test_add_func ("/engine/mnist/cancelled", test_cancelled);
  g_test_add_func ("/engine/mnist/sandbox", test_sandbox);
  g_test_add_func ("/engine/mnist/can-download", test_can_download);
  status = g_test_run ();
  engine_test_remove (folder);
  return status;
}
