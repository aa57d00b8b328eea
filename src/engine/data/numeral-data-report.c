/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-report.h"

#include <glib/gi18n-lib.h>

#define N_DIGITS 10

static void
file_free (gpointer data)
{
  NumeralLeftOutFile *file = data;

  g_free (file->name);
  g_free (file->reason);
  g_free (file);
}

const char *
numeral_left_out_name (NumeralLeftOut why)
{
  static const char *const names[NUMERAL_N_LEFT_OUT] = { "unreadable", "blank", "unlabelled" };

  g_return_val_if_fail (why < NUMERAL_N_LEFT_OUT, NULL);
  return names[why];
}

NumeralDataReport *
numeral_data_report_new (void)
{
  NumeralDataReport *report = g_new0 (NumeralDataReport, 1);

  report->files = g_ptr_array_new_with_free_func (file_free);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  return report;
}

void
numeral_data_report_free (NumeralDataReport *report)
{
  g_ptr_array_unref (report->files);
  g_ptr_array_unref (report->notes);
  g_free (report);
}

void
numeral_data_report_leave_out (NumeralDataReport *report,
                               NumeralLeftOut why,
                               const char *name,
                               const char *reason)
{
  NumeralLeftOutFile *file;

  if (report->n_left_out[why]++ >= NUMERAL_REPORT_MAX_FILES)
    return;
  file = g_new (NumeralLeftOutFile, 1);
  file->why = why;
  file->name = g_filename_display_name (name);
  file->reason = g_strdup (reason);
  g_ptr_array_add (report->files, file);
}

void
numeral_data_report_take_note (NumeralDataReport *report, char *note)
{
  g_ptr_array_add (report->notes, note);
}

gsize
numeral_data_report_count (const NumeralDataReport *report)
{
  gsize n = 0;

  for (guint why = 0; why < NUMERAL_N_LEFT_OUT; why++)
    n += report->n_left_out[why];
  return n;
}

/* The next file after @i of this kind; %NULL after the last one. */
static const NumeralLeftOutFile *
next_file (const NumeralDataReport *report, NumeralLeftOut why, guint *i)
{
  while (*i < report->files->len)
    {
      const NumeralLeftOutFile *file = g_ptr_array_index (report->files, (*i)++);

      if (file->why == why)
        return file;
    }
  return NULL;
}

/* (transfer full): "4 files have no label" */
static char *
describe_count (NumeralLeftOut why, gsize n)
{
  if (why == NUMERAL_LEFT_OUT_UNREADABLE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu file cannot be read",
                                         "%zu files cannot be read", n),
                            n);
  if (why == NUMERAL_LEFT_OUT_BLANK)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu file is blank",
                                         "%zu files are blank", n),
                            n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu file has no label",
                                       "%zu files have no label", n),
                          n);
}

/* (transfer full): "4 files have no label: a.png, b.png (reason), …"; files in a row share their
 * reason. */
static char *
describe_left_out (const NumeralDataReport *report, NumeralLeftOut why)
{
  const gsize n = report->n_left_out[why];
  g_autofree char *count = describe_count (why, n);
  GString *text = g_string_new (count);
  guint i = 0, n_named = 0;
  const NumeralLeftOutFile *file = next_file (report, why, &i);

  while (file != NULL)
    {
      const NumeralLeftOutFile *next = next_file (report, why, &i);

      g_string_append_printf (text, "%s%s", n_named++ > 0 ? ", " : ": ", file->name);
      if (next == NULL || !g_str_equal (next->reason, file->reason))
        g_string_append_printf (text, " (%s)", file->reason);
      file = next;
    }
  if (n > n_named)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* (transfer full) */
static char *
describe_empty (guint empty)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (guint digit = 0; digit < N_DIGITS; digit++)
    if (empty & 1u << digit)
      g_string_append_printf (digits, "%s%u", digits->len > 0 ? ", " : "", digit);
  /* Translators: %s is a list of digits such as "4, 7" */
  return g_strdup_printf (_ ("there is no sample of: %s"), digits->str);
}

GPtrArray *
numeral_data_report_lines (const NumeralDataReport *report)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->notes->len; i++)
    g_ptr_array_add (lines, g_strdup (report->notes->pdata[i]));
  for (guint why = 0; why < NUMERAL_N_LEFT_OUT; why++)
    if (report->n_left_out[why] > 0)
      g_ptr_array_add (lines, describe_left_out (report, why));
  if (report->empty != 0)
    g_ptr_array_add (lines, describe_empty (report->empty));
  return lines;
}
