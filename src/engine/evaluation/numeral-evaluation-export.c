/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-evaluation-export.h"

#include "numeral-decimal.h"
#include "numeral-json.h"

/* In the order of #NnChange. */
static const char *const change_names[NN_N_CHANGES] = { "both_right", "mended", "broken",
                                                        "both_wrong" };

static void
set_count (JsonObject *object, const char *name, gsize count)
{
  json_object_set_int_member (object, name, (gint64) count);
}

static void
set_interval (JsonObject *object, NnInterval interval)
{
  JsonArray *ends = json_array_new ();

  json_array_add_double_element (ends, interval.low);
  json_array_add_double_element (ends, interval.high);
  json_object_set_array_member (object, "interval", ends);
}

static JsonArray *
make_reliability (const NnEvaluation *figures)
{
  JsonArray *bins = json_array_new ();

  for (guint b = 0; b < NN_ECE_BINS; b++)
    {
      const NnReliability *bin = &figures->reliability[b];
      JsonObject *object = json_object_new ();

      set_count (object, "count", bin->count);
      numeral_json_set_double (object, "confidence", bin->confidence);
      numeral_json_set_double (object, "accuracy", bin->accuracy);
      set_interval (object, bin->interval);
      json_array_add_object_element (bins, object);
    }
  return bins;
}

static JsonArray *
make_classes (const NnEvaluation *figures)
{
  JsonArray *classes = json_array_new ();

  for (guint k = 0; k < figures->n_classes; k++)
    {
      JsonObject *object = json_object_new ();

      set_count (object, "digit", k);
      numeral_json_set_double (object, "precision", figures->precision[k]);
      numeral_json_set_double (object, "recall", figures->recall[k]);
      numeral_json_set_double (object, "f1", figures->f1[k]);
      set_count (object, "support", figures->support[k]);
      json_array_add_object_element (classes, object);
    }
  return classes;
}

static JsonArray *
make_confusion (const NnEvaluation *figures)
{
  JsonArray *rows = json_array_new ();

  for (guint label = 0; label < figures->n_classes; label++)
    {
      JsonArray *row = json_array_new ();

      for (guint answer = 0; answer < figures->n_classes; answer++)
        json_array_add_int_element (row,
                                    (gint64) figures
                                        ->confusion[(gsize) label * figures->n_classes + answer]);
      json_array_add_array_element (rows, row);
    }
  return rows;
}

JsonObject *
numeral_evaluation_to_json (const NumeralEvaluation *evaluation)
{
  const NnEvaluation *figures = evaluation->figures;
  JsonObject *object = json_object_new ();

  set_count (object, "count", figures->count);
  if (evaluation->of_writer)
    {
      JsonArray *writers = json_array_new ();

      json_array_add_int_element (writers, evaluation->writer);
      json_object_set_array_member (object, "writers", writers);
    }
  if (evaluation->novelty != NULL)
    set_count (object, "refused", evaluation->n_refused);
  else
    json_object_set_null_member (object, "refused");
  numeral_json_set_double (object, "accuracy", figures->accuracy);
  set_interval (object, figures->interval);
  numeral_json_set_double (object, "loss", figures->loss);
  numeral_json_set_double (object, "ece", figures->ece);
  json_object_set_array_member (object, "reliability", make_reliability (figures));
  json_object_set_array_member (object, "per_class", make_classes (figures));
  json_object_set_array_member (object, "confusion", make_confusion (figures));
  return object;
}

JsonObject *
numeral_comparison_to_json (const NnComparison *comparison, const NumeralEvaluation *other)
{
  JsonObject *object = json_object_new ();

  numeral_json_set_double (object, "accuracy", other->figures->accuracy);
  set_interval (object, other->figures->interval);
  for (guint c = 0; c < NN_N_CHANGES; c++)
    set_count (object, change_names[c], comparison->n[c]);
  numeral_json_set_double (object, "p", comparison->p);
  return object;
}

/* The double with the fewest digits that is this float. */
static double
to_short (float value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  numeral_decimal_append_float (text, value);
  return g_ascii_strtod (text->str, NULL);
}

JsonArray *
numeral_suspects_to_json (const GArray *suspects)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < suspects->len; i++)
    {
      const NnSuspect *suspect = &g_array_index (suspects, NnSuspect, i);
      JsonObject *object = json_object_new ();

      set_count (object, "index", suspect->index);
      set_count (object, "label", suspect->label);
      set_count (object, "better", suspect->better);
      numeral_json_set_double (object, "margin", to_short (suspect->margin));
      json_array_add_object_element (array, object);
    }
  return array;
}

char *
numeral_evaluation_to_csv (const NumeralEvaluation *evaluation, const NnComparison *comparison)
{
  const NnDataset *dataset = evaluation->dataset;
  const NumeralNovelty *novelty = evaluation->novelty;
  const gboolean has_writers = evaluation->writers->len > 0;
  GString *text = g_string_new ("sample,label,answer,probability");

  g_string_append_printf (text, "%s%s%s\r\n", novelty != NULL ? ",refused" : "",
                          comparison != NULL ? ",change" : "", has_writers ? ",writer" : "");
  for (gsize i = 0; i < dataset->n; i++)
    {
      numeral_decimal_append_uint (text, numeral_evaluation_get_number (evaluation, i));
      g_string_append_printf (text, ",%u,%u,", dataset->labels[i], evaluation->answers[i]);
      numeral_decimal_append_float (text, evaluation->probabilities[i]);
      if (novelty != NULL)
        g_string_append_printf (text, ",%d", numeral_evaluation_refuses (evaluation, i));
      if (comparison != NULL)
        g_string_append_printf (text, ",%s", change_names[comparison->changes[i]]);
      if (has_writers)
        g_string_append_printf (text, ",%u", dataset->groups[i]);
      g_string_append (text, "\r\n");
    }
  return g_string_free (text, FALSE);
}
