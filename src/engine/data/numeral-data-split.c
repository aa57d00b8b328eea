/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-split.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-data-labels.h"

/* Archives have their folder in another one of the same name. */
#define MAX_WRAPPERS 4
/* Names beyond these are not looked at: a folder of pictures has no folders, or only few. */
#define MAX_NAMES 4096

typedef enum
{
  PART_TRAIN,
  PART_TEST,
  PART_OTHER,
  N_PARTS,
} Part;

/* The folder of each part in a folder, by name. */
typedef struct
{
  char *names[N_PARTS];
  gboolean digits; /* whether a folder means a digit */
  char *only;      /* the only entry, if that is a folder */
} Parts;

static void
parts_clear (Parts *parts)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_free (parts->names[i]);
  g_free (parts->only);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

void
numeral_data_place_clear (NumeralDataPlace *place)
{
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->skip, g_strfreev);
}

static int
part_of (const char *name)
{
  static const struct
  {
    const char *name;
    Part part;
  } known[] = {
    { "train", PART_TRAIN },      { "training", PART_TRAIN }, { "test", PART_TEST },
    { "testing", PART_TEST },     { "val", PART_OTHER },      { "valid", PART_OTHER },
    { "validation", PART_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (name, known[i].name) == 0)
      return (int) known[i].part;
  return -1;
}

static gboolean
is_folder (const char *path, const char *name)
{
  g_autofree char *full = g_build_filename (path, name, NULL);

  return g_file_test (full, G_FILE_TEST_IS_DIR);
}

static void
look (const char *path, Parts *parts)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *first = NULL;
  const char *name;
  guint n = 0;

  *parts = (Parts){ { NULL }, FALSE, NULL };
  while (dir != NULL && n < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    {
      const int part = part_of (name);

      if (*name == '.' || g_str_equal (name, "__MACOSX"))
        continue;
      if (n++ == 0)
        first = g_strdup (name);
      if (part >= 0 && is_folder (path, name) &&
          (parts->names[part] == NULL || strcmp (name, parts->names[part]) < 0))
        {
          g_free (parts->names[part]);
          parts->names[part] = g_strdup (name);
        }
      else if (!parts->digits && numeral_label_of_folder (name) >= 0)
        parts->digits = is_folder (path, name);
    }
  if (n == 1 && is_folder (path, first))
    parts->only = g_steal_pointer (&first);
}

/* (transfer full): @path, or the folder in it that has everything. */
static char *
unwrap (const char *path, Parts *parts)
{
  char *folder = g_strdup (path);

  look (folder, parts);
  for (guint i = 0;
       i < MAX_WRAPPERS && parts->only != NULL && !parts->digits && part_of (parts->only) < 0; i++)
    {
      char *inner = g_build_filename (folder, parts->only, NULL);

      g_free (folder);
      folder = inner;
      parts_clear (parts);
      look (folder, parts);
    }
  return folder;
}

static void
add_note (NumeralDataReport *report, const char *name, gboolean read)
{
  g_autofree char *shown = g_filename_display_name (name);

  if (report == NULL)
    return;
  numeral_data_report_take_note (report,
                                 read ?
                                     g_strdup_printf (_ ("only its folder “%s” is read"), shown) :
                                     g_strdup_printf (_ ("its folder “%s” is not read"), shown));
}

/* Reads the folder of a part alone. */
static gboolean
take_part (NumeralDataPlace *place, const char *root, const char *name, NumeralDataReport *report)
{
  place->folder = g_build_filename (root, name, NULL);
  add_note (report, name, TRUE);
  return TRUE;
}

static gboolean
take_rest (NumeralDataPlace *place, const char *root, const Parts *parts, NumeralDataReport *report)
{
  g_autoptr (GStrvBuilder) skip = g_strv_builder_new ();

  for (guint i = 0; i < N_PARTS; i++)
    if (parts->names[i] != NULL)
      {
        g_strv_builder_add (skip, parts->names[i]);
        add_note (report, parts->names[i], FALSE);
      }
  place->folder = g_strdup (root);
  place->skip = g_strv_builder_end (skip);
  return TRUE;
}

gboolean
numeral_data_find_place (const char *path,
                         NumeralSplit split,
                         NumeralDataPlace *place,
                         NumeralDataReport *report,
                         GError **error)
{
  g_auto (Parts) parts = { .only = NULL };
  g_autofree char *root = unwrap (path, &parts);

  *place = (NumeralDataPlace){ NULL, NULL };
  if (split == NUMERAL_SPLIT_TEST && parts.names[PART_TEST] != NULL)
    return take_part (place, root, parts.names[PART_TEST], report);
  if (parts.digits || parts.names[PART_TRAIN] == NULL)
    return take_rest (place, root, &parts, report);
  if (split == NUMERAL_SPLIT_TRAIN)
    return take_part (place, root, parts.names[PART_TRAIN], report);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("%s: this folder has “%s” for training and no folder “test”; name the folder to "
                  "measure itself"),
               path, parts.names[PART_TRAIN]);
  return FALSE;
}

gboolean
numeral_data_has_test_place (const char *path)
{
  g_auto (Parts) parts = { .only = NULL };
  g_autofree char *root = unwrap (path, &parts);

  return parts.names[PART_TEST] != NULL && (parts.digits || parts.names[PART_TRAIN] != NULL);
}

gboolean
numeral_data_has_digit_folders (const char *path)
{
  g_auto (Parts) parts = { .only = NULL };
  g_autofree char *root = unwrap (path, &parts);

  for (guint i = 0; i < N_PARTS && !parts.digits; i++)
    if (parts.names[i] != NULL)
      {
        g_autofree char *folder = g_build_filename (root, parts.names[i], NULL);
        g_auto (Parts) inner = { .only = NULL };

        look (folder, &inner);
        if (inner.digits)
          return TRUE;
      }
  return parts.digits;
}
