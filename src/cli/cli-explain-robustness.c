/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-explain-robustness.h"

#include <glib/gi18n.h>

#include "cli-json.h"
#include "cli-output.h"
#include "nn-error.h"

gboolean
cli_robustness_parse (const char *text, NumeralRobustnessConfig *config, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  if (g_strv_length (names) == 2 && numeral_change_from_name (names[0], &config->across) &&
      numeral_change_from_name (names[1], &config->down))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("two of rotation, size, width, shift-x and shift-y are expected, not \"%s\""),
               text);
  return FALSE;
}

static void
print_axis (CliJson *json, NumeralChange change, const double *values, guint n)
{
  cli_json_begin_object (json);
  cli_json_key (json, "change");
  cli_json_string (json, numeral_change_name (change));
  cli_json_key (json, "values");
  cli_json_begin_array (json);
  for (guint i = 0; i < n; i++)
    cli_json_double (json, values[i]);
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
print_cell (CliJson *json, const NumeralRobustCell *cell)
{
  cli_json_begin_object (json);
  cli_json_key (json, "digit");
  if (cell->digit >= 0)
    cli_json_uint (json, (guint) cell->digit);
  else
    cli_json_null (json);
  cli_json_key (json, "probability");
  cli_json_float (json, cell->probability);
  cli_json_key (json, "refused");
  cli_json_uint (json, cell->refused ? 1 : 0);
  cli_json_end_object (json);
}

static void
print_json (const NumeralRobustness *map)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "answer");
  cli_json_uint (&json, map->answer);
  cli_json_key (&json, "share");
  cli_json_double (&json, map->share);
  cli_json_key (&json, "across");
  print_axis (&json, map->across, map->columns, map->n_columns);
  cli_json_key (&json, "down");
  print_axis (&json, map->down, map->rows, map->n_rows);
  cli_json_key (&json, "cells");
  cli_json_begin_array (&json);
  for (guint r = 0; r < map->n_rows; r++)
    {
      cli_json_begin_array (&json);
      for (guint c = 0; c < map->n_columns; c++)
        print_cell (&json, &map->cells[r * map->n_columns + c]);
      cli_json_end_array (&json);
    }
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

/* A digit for each cell, and a point where it is refused. */
static void
print_text (const NumeralRobustness *map)
{
  cli_print (_ ("read as %u in %.0f %% of the cells\n"), map->answer, 100 * map->share);
  cli_print (_ ("across: %s from %g to %g; down: %s; \".\" is refused\n\n"),
             numeral_change_name (map->across), map->columns[0], map->columns[map->n_columns - 1],
             numeral_change_name (map->down));
  for (guint r = 0; r < map->n_rows; r++)
    {
      cli_print ("%7.2f  ", map->rows[r]);
      for (guint c = 0; c < map->n_columns; c++)
        {
          const NumeralRobustCell *cell = &map->cells[r * map->n_columns + c];

          cli_print ("%c", cell->refused ? '.' : (char) ('0' + cell->digit));
        }
      cli_print ("\n");
    }
}

gboolean
cli_explain_robustness (const NumeralModel *model,
                        const InkDrawing *drawing,
                        const float *tensor,
                        const NumeralRobustnessConfig *config,
                        gboolean json,
                        GError **error)
{
  g_autoptr (NumeralRobustness) map =
      numeral_robustness_new (model, drawing, tensor, config, NULL, error);

  if (map == NULL)
    return FALSE;
  if (json)
    print_json (map);
  else
    print_text (map);
  return TRUE;
}
