/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-snapshots.h"

#include <glib/gstdio.h>
#include <string.h>

#define ENDING ".safetensors"

/* Number of powers of four below @distance, 1 included. */
static guint
n_early (guint64 distance)
{
  guint n = 0;

  for (guint64 step = 1; step < distance; step *= 4)
    n++;
  return n;
}

void
numeral_snapshot_plan_init (NumeralSnapshotPlan *plan, guint64 n_steps)
{
  plan->n_steps = n_steps;
  /* Count the start, the early snapshots, the evenly spaced ones, and the end, which may lie
   * between two of those. */
  for (plan->distance = 1;
       2 + n_early (plan->distance) + n_steps / plan->distance > NUMERAL_SNAPSHOTS_MAX;
       plan->distance *= 2)
    continue;
}

gboolean
numeral_snapshot_plan_has (const NumeralSnapshotPlan *plan, guint64 step)
{
  if (step > plan->n_steps)
    return FALSE;
  if (step % plan->distance == 0 || step == plan->n_steps)
    return TRUE;
  if (step > plan->distance)
    return FALSE;
  while (step % 4 == 0)
    step /= 4;
  return step == 1;
}

char *
numeral_snapshot_path (const char *folder, guint64 step)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT ENDING, step);

  return g_build_filename (folder, NUMERAL_SNAPSHOTS_FOLDER, name, NULL);
}

static gboolean
parse_name (const char *name, guint64 *step)
{
  g_autofree char *number = NULL;

  if (!g_str_has_suffix (name, ENDING))
    return FALSE;
  number = g_strndup (name, strlen (name) - strlen (ENDING));
  return g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT64, step, NULL);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

GArray *
numeral_snapshots_list (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NUMERAL_SNAPSHOTS_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  const char *name;
  guint64 step;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (parse_name (name, &step))
      g_array_append_val (steps, step);
  g_array_sort (steps, compare_steps);
  return steps;
}

void
numeral_snapshots_cut (const char *folder, guint64 step)
{
  g_autoptr (GArray) steps = numeral_snapshots_list (folder);

  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, guint64, i) > step)
      {
        g_autofree char *path = numeral_snapshot_path (folder, g_array_index (steps, guint64, i));

        g_unlink (path);
      }
}
