/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-handwriting.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "cli-json.h"
#include "cli-output.h"

/* Samples that are read at once. */
#define PAGE 500

static char *
format_time (gint64 created)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (created / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("-");
}

/* A label, or null for a sample that is not a digit. */
static void
put_label (CliJson *json, const char *key, int label)
{
  cli_json_key (json, key);
  if (label >= 0 && label < NUMERAL_HAND_NOT_A_DIGIT)
    cli_json_uint (json, (guint64) label);
  else
    cli_json_null (json);
}

static void
print_json (const NumeralHandSample *sample)
{
  g_auto (CliJson) json = { 0 };
  g_autofree char *time = format_time (sample->created);

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "id");
  cli_json_uint (&json, (guint64) sample->id);
  put_label (&json, "label", sample->label);
  if (sample->read != NUMERAL_HAND_UNREAD)
    {
      put_label (&json, "read", sample->read);
      cli_json_key (&json, "probability");
      cli_json_double (&json, sample->probability);
    }
  cli_json_key (&json, "corrected");
  cli_json_boolean (&json, numeral_hand_sample_is_corrected (sample));
  cli_json_key (&json, "created");
  cli_json_string (&json, time);
  cli_json_key (&json, "strokes");
  cli_json_uint (&json, sample->drawing != NULL ? sample->drawing->n_strokes : 0);
  if (sample->damage != NULL)
    {
      cli_json_key (&json, "damage");
      cli_json_string (&json, sample->damage);
    }
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

/* "none" for a sample that is not a digit, as on the command line. */
static void
print_label (int label)
{
  if (label == NUMERAL_HAND_NOT_A_DIGIT)
    cli_print ("  %-4s", "none");
  else
    cli_print ("  %-4d", label);
}

static void
print_text (const NumeralHandSample *sample)
{
  g_autofree char *time = format_time (sample->created);

  cli_print ("%6" PRId64 "  %s", sample->id, time);
  if (sample->damage != NULL)
    {
      cli_print ("  %s\n", sample->damage);
      return;
    }
  print_label (sample->label);
  if (sample->read == NUMERAL_HAND_UNREAD)
    cli_print ("\n");
  else if (sample->read == NUMERAL_HAND_NOT_A_DIGIT)
    cli_print (_ ("  read as no digit\n"));
  else
    cli_print (_ ("  read as %d with %.1f %%\n"), sample->read, 100 * sample->probability);
}

gboolean
cli_handwriting_list (NumeralHandDb *db, int label, gboolean json, GError **error)
{
  NumeralHandQuery query = { .label = label, .limit = PAGE };

  for (;;)
    {
      g_autoptr (GPtrArray) page = numeral_hand_db_list (db, &query, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          const NumeralHandSample *sample = g_ptr_array_index (page, i);

          (json ? print_json : print_text) (sample);
          query.before = sample->id;
        }
      if (page->len < PAGE || !cli_output_ok ())
        return TRUE;
    }
}

gboolean
cli_handwriting_count (NumeralHandDb *db, gboolean as_json, GError **error)
{
  NumeralHandCounts counts;
  g_auto (CliJson) json = { 0 };

  if (!numeral_hand_db_count (db, 0, &counts, error))
    return FALSE;
  if (!as_json)
    {
      for (int i = 0; i < NUMERAL_HAND_NOT_A_DIGIT; i++)
        cli_print ("%d  %zu\n", i, counts.labels[i]);
      cli_print (_ ("not a digit: %zu\ncorrected: %zu\ntogether: %zu\n"),
                 counts.labels[NUMERAL_HAND_NOT_A_DIGIT], counts.n_corrected, counts.n);
      return TRUE;
    }
  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, counts.n);
  cli_json_key (&json, "digits");
  cli_json_begin_array (&json);
  for (int i = 0; i < NUMERAL_HAND_NOT_A_DIGIT; i++)
    cli_json_uint (&json, counts.labels[i]);
  cli_json_end_array (&json);
  cli_json_key (&json, "not_a_digit");
  cli_json_uint (&json, counts.labels[NUMERAL_HAND_NOT_A_DIGIT]);
  cli_json_key (&json, "corrected");
  cli_json_uint (&json, counts.n_corrected);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
  return TRUE;
}
