/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-data-report.h"

#include "cli-output.h"

#define N_DIGITS 10

void
cli_data_report_print (const NumeralDataReport *report, const char *name)
{
  g_autoptr (GPtrArray) lines = numeral_data_report_lines (report);

  for (guint i = 0; i < lines->len; i++)
    cli_error ("%s: %s", name, (char *) lines->pdata[i]);
}

static void
put_counts (const NumeralDataReport *report, CliJson *json)
{
  cli_json_begin_object (json);
  for (guint why = 0; why < NUMERAL_N_LEFT_OUT; why++)
    {
      cli_json_key (json, numeral_left_out_name (why));
      cli_json_uint (json, report->n_left_out[why]);
    }
  cli_json_end_object (json);
}

static void
put_files (const NumeralDataReport *report, CliJson *json)
{
  cli_json_begin_array (json);
  for (guint i = 0; i < report->files->len; i++)
    {
      const NumeralLeftOutFile *file = g_ptr_array_index (report->files, i);

      cli_json_begin_object (json);
      cli_json_key (json, "file");
      cli_json_string (json, file->name);
      cli_json_key (json, "why");
      cli_json_string (json, numeral_left_out_name (file->why));
      cli_json_key (json, "reason");
      cli_json_string (json, file->reason);
      cli_json_end_object (json);
    }
  cli_json_end_array (json);
}

void
cli_data_report_json (const NumeralDataReport *report, CliJson *json)
{
  cli_json_begin_object (json);
  cli_json_key (json, "left_out");
  put_counts (report, json);
  cli_json_key (json, "files");
  put_files (report, json);
  cli_json_key (json, "empty_classes");
  cli_json_begin_array (json);
  for (guint digit = 0; digit < N_DIGITS; digit++)
    if (report->empty & 1u << digit)
      cli_json_uint (json, digit);
  cli_json_end_array (json);
  cli_json_key (json, "notes");
  cli_json_begin_array (json);
  for (guint i = 0; i < report->notes->len; i++)
    cli_json_string (json, report->notes->pdata[i]);
  cli_json_end_array (json);
  cli_json_end_object (json);
}
