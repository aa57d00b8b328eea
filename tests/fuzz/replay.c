/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "fuzz.h"

/* The main program of a target without libFuzzer: every file of a folder of inputs, then the same
 * with damage from a seeded generator, so that a failure can be repeated. */

#define N_TRUNCATED 6
#define N_FLIPPED 12

#pragma weak LLVMFuzzerInitialize

static guint32 state;

static guint
below (guint n)
{
  state = state * 1664525u + 1013904223u;
  return (state >> 8) % n;
}

/* A block of exactly @size bytes, so that AddressSanitizer sees a read past its end. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
run_damaged (guint8 *data, guint size)
{
  const guint n_flips = 1 + below (4);
  g_autofree guint8 *damaged = g_memdup2 (data, size);

  for (guint i = 0; i < n_flips; i++)
    {
      const guint at = below (size);

      damaged[at] = below (2) ? (guint8) below (256) : (guint8) (damaged[at] ^ 1u << below (8));
    }
  run (damaged, size);
}

static void
test_file (gconstpointer path)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  run ((guint8 *) data, size);
  state = 1;
  for (guint i = 0; i < N_TRUNCATED && size > 0; i++)
    run ((guint8 *) data, below ((guint) size));
  for (guint i = 0; i < N_FLIPPED && size > 0; i++)
    run_damaged ((guint8 *) data, (guint) size);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *target = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  if (LLVMFuzzerInitialize != NULL)
    LLVMFuzzerInitialize (&argc, &argv);
  target = g_path_get_basename (argv[1]);
  dir = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s/%s", target, (char *) names->pdata[i]);

      g_test_add_data_func_full (test, g_build_filename (argv[1], names->pdata[i], NULL), test_file,
                                 g_free);
    }
  return g_test_run ();
}
