/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sweep.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "numeral-draft.h"
#include "numeral-private.h"

#define FOLDER_MODE 0700
#define FILE_MODE 0600
/* numeral/runs/run-0001/snapshots/FILE */
#define MAX_DEPTH 5

static void
set_mode (const char *path, mode_t mode, mode_t wanted)
{
  if ((mode & 0777 & ~wanted) != 0)
    (void) g_chmod (path, wanted);
}

static void
sweep_path (const char *path, guint depth)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;
  struct stat status;

  if (lstat (path, &status) != 0 || S_ISLNK (status.st_mode))
    return;
  if (S_ISREG (status.st_mode))
    set_mode (path, status.st_mode, FILE_MODE);
  if (!S_ISDIR (status.st_mode) || depth == MAX_DEPTH)
    return;
  set_mode (path, status.st_mode, FOLDER_MODE);
  numeral_draft_sweep (path);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      sweep_path (child, depth + 1);
    }
}

void
numeral_sweep (void)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *folder = numeral_private_folder (i);

      if (folder == NULL)
        return;
      sweep_path (folder, 0);
    }
}
