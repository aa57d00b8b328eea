/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-idx.h"

#include <string.h>

#define MAX_DEPTH 2
/* Folders of pictures have many entries; data sets few folders. */
#define MAX_FOLDERS 64

/* LeCun's archives, and the same unpacked by programs that replace the hyphen by a dot. */
static const char *const train_names[] = { "train", NULL };
static const char *const test_names[] = { "t10k", "test", NULL };
static const char *const prefixes[] = { "", "emnist-digits-", "emnist-mnist-", "qmnist-" };

static const char *const *
names_of (NumeralSplit split)
{
  return split == NUMERAL_SPLIT_TRAIN ? train_names : test_names;
}

static char *
find_mnist (const char *directory, NumeralSplit split, const char *what, guint n_dims)
{
  static const char *const endings[] = { "", ".gz" };

  for (const char *const *names = names_of (split); *names != NULL; names++)
    for (guint separator = 0; separator < 2; separator++)
      for (guint ending = 0; ending < G_N_ELEMENTS (endings); ending++)
        {
          g_autofree char *name = g_strdup_printf ("%s-%s%cidx%u-ubyte%s", *names, what,
                                                   "-."[separator], n_dims, endings[ending]);
          g_autofree char *path = g_build_filename (directory, name, NULL);

          if (g_file_test (path, G_FILE_TEST_EXISTS))
            return g_steal_pointer (&path);
        }
  return NULL;
}

/* The length of the prefix if @name is that of a file of @what, else -1. */
static int
match (const char *name, NumeralSplit split, const char *what)
{
  for (const char *const *names = names_of (split); *names != NULL; names++)
    for (guint separator = 0; separator < 2; separator++)
      {
        g_autofree char *middle = g_strdup_printf ("%s-%s%cidx", *names, what, "-."[separator]);
        const char *at = strstr (name, middle);

        if (at != NULL && (at == name || at[-1] == '-') && g_ascii_isdigit (at[strlen (middle)]) &&
            at[strlen (middle) + 1] == '-')
          return (int) (at - name);
      }
  return -1;
}

static guint
rank_of (const char *name, int length)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strlen (prefixes[i]) == (gsize) length && strncmp (name, prefixes[i], (gsize) length) == 0)
      return i;
  return G_N_ELEMENTS (prefixes);
}

char *
numeral_data_idx_find (const char *directory, NumeralSplit split, const char *what)
{
  char *found = find_mnist (directory, split, what, g_str_equal (what, "images") ? 3 : 1);
  g_autofree char *best = NULL;
  g_autoptr (GDir) dir = NULL;
  guint best_rank = 0;
  const char *name;

  if (found != NULL)
    return found;
  dir = g_dir_open (directory, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      int length = match (name, split, what);
      guint rank = length >= 0 ? rank_of (name, length) : 0;

      if (length < 0 ||
          (best != NULL && (rank > best_rank || (rank == best_rank && strcmp (name, best) >= 0))))
        continue;
      g_free (best);
      best = g_strdup (name);
      best_rank = rank;
    }
  return best != NULL ? g_build_filename (directory, best, NULL) : NULL;
}

gboolean
numeral_data_idx_is_mnist (const char *directory)
{
  static const NumeralSplit splits[] = { NUMERAL_SPLIT_TRAIN, NUMERAL_SPLIT_TEST };

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autofree char *images = find_mnist (directory, splits[i], "images", 3);
      g_autofree char *labels = find_mnist (directory, splits[i], "labels", 1);

      if (images == NULL || labels == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_images (const char *directory)
{
  g_autofree char *train = numeral_data_idx_find (directory, NUMERAL_SPLIT_TRAIN, "images");
  g_autofree char *test =
      train == NULL ? numeral_data_idx_find (directory, NUMERAL_SPLIT_TEST, "images") : NULL;

  return train != NULL || test != NULL;
}

/* Adds the folders with images that are at most @depth below @directory. */
static void
collect (const char *directory, guint depth, GPtrArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  for (guint n = 0; dir != NULL && n < MAX_FOLDERS && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      n++;
      if (*name == '.' || !g_file_test (path, G_FILE_TEST_IS_DIR) ||
          g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (has_images (path))
        g_ptr_array_add (found, g_steal_pointer (&path));
      else if (depth > 1)
        collect (path, depth - 1, found);
    }
}

char *
numeral_data_idx_find_folder (const char *path)
{
  static const char *const usual[] = { "", "MNIST/raw", "raw" };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autofree char *folder =
          *usual[i] != '\0' ? g_build_filename (path, usual[i], NULL) : g_strdup (path);

      if (has_images (folder))
        return g_steal_pointer (&folder);
    }
  collect (path, MAX_DEPTH, found);
  return found->len == 1 ? g_strdup (g_ptr_array_index (found, 0)) : NULL;
}
