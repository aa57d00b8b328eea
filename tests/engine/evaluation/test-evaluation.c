/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-evaluation.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "ink-tensor.h"
#include "numeral-evaluation-export.h"
#include "numeral-evaluation-task.h"
#include "numeral-json.h"
#include "numeral-suspects.h"

#define N_SAMPLES 3000
/* Of the untrained detector; some samples are above it. */
#define THRESHOLD 0.97

static NumeralModel *
make_model (guint64 seed, gboolean with_novelty)
{
  const guint widths[] = { INK_TENSOR_SIZE, 12, 10 };
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), seed);
  g_autoptr (NnNetwork) other = engine_test_network (widths, G_N_ELEMENTS (widths), seed);
  g_autoptr (NumeralNovelty) novelty = NULL;
  NnRandom random;

  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  nn_network_init (other, NN_INIT_HE, &random);
  novelty = with_novelty ? numeral_novelty_new (other, THRESHOLD, NULL) : NULL;
  return numeral_model_new (network, novelty, NULL);
}

static NnDataset *
make_dataset (gsize n)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (n, 28, 28, 10, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, 3);
  for (gsize i = 0; i < n * INK_TENSOR_SIZE; i++)
    dataset->pixels[i] = nn_random_below (&random, 5) == 0 ? 255 : 0;
  for (gsize i = 0; i < n; i++)
    dataset->labels[i] = (guint8) nn_random_below (&random, 10);
  return dataset;
}

/* The mistakes are those of the confusion matrix, the most confident first. */
static void
check_mistakes (const NumeralEvaluation *evaluation)
{
  const NnEvaluation *figures = evaluation->figures;
  g_autofree gsize *left = g_memdup2 (figures->confusion, 100 * sizeof (gsize));
  double last = 1;

  for (guint i = 0; i < evaluation->mistakes->len; i++)
    {
      const NumeralMistake *m = &g_array_index (evaluation->mistakes, NumeralMistake, i);

      g_assert_cmpuint (m->label, ==, evaluation->dataset->labels[m->index]);
      g_assert_cmpuint (m->answer, ==, evaluation->answers[m->index]);
      g_assert_cmpuint (m->label, !=, m->answer);
      g_assert_cmpfloat ((float) m->probability, ==, evaluation->probabilities[m->index]);
      g_assert_cmpfloat (m->probability, <=, last);
      last = m->probability;
      left[m->label * 10 + m->answer]--;
    }
  for (guint label = 0; label < 10; label++)
    for (guint answer = 0; answer < 10; answer++)
      if (label != answer)
        g_assert_cmpuint (left[label * 10 + answer], ==, 0);
  g_assert_cmpfloat_with_epsilon (figures->accuracy,
                                  1 - (double) evaluation->mistakes->len / (double) figures->count,
                                  1e-12);
}

static void
test_measure (gconstpointer with_novelty)
{
  g_autoptr (NumeralModel) model = make_model (1, GPOINTER_TO_INT (with_novelty));
  g_autoptr (NnDataset) dataset = make_dataset (N_SAMPLES);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralEvaluation) evaluation =
      numeral_evaluation_new (model, dataset, NULL, NULL, &error);
  g_autoptr (NnEvaluation) figures = nn_evaluate (model->network, dataset, NULL);
  gsize n_refused = 0;

  g_assert_no_error (error);
  g_assert_true (evaluation->dataset == dataset);
  g_assert_cmpfloat (evaluation->figures->loss, ==, figures->loss);
  g_assert_cmpfloat (evaluation->figures->accuracy, ==, figures->accuracy);
  g_assert_cmpuint (evaluation->mistakes->len, >, 0);
  check_mistakes (evaluation);
  for (gsize i = 0; i < N_SAMPLES; i++)
    n_refused += numeral_evaluation_refuses (evaluation, i);
  g_assert_cmpuint (evaluation->n_refused, ==, n_refused);
  g_assert_true ((evaluation->novelty != NULL) == GPOINTER_TO_INT (with_novelty));
  /* The untrained detector refuses some samples and not others. */
  if (with_novelty)
    g_assert_true (n_refused > 0 && n_refused < N_SAMPLES);
}

/* Two models whose classes have the same names in another order are compared by right and wrong. */
static void
test_classes (void)
{
  g_autoptr (NumeralModel) plain = make_model (1, FALSE), renamed = NULL;
  g_autoptr (NnDataset) dataset = make_dataset (200);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralEvaluation) a = NULL, b = NULL;
  g_autoptr (NnComparison) comparison = NULL;
  g_autofree guint8 *labels = g_memdup2 (dataset->labels, 200);

  dataset->class_names = g_ref_string_new ("a\nb\nc\nd\ne\nf\ng\nh\ni\nj");
  g_hash_table_insert (card, (char *) NUMERAL_CARD_CLASSES,
                       (char *) "b\na\nc\nd\ne\nf\ng\nh\ni\nj");
  renamed = numeral_model_new (plain->network, NULL, card);
  a = numeral_evaluation_new (plain, dataset, NULL, NULL, NULL);
  b = numeral_evaluation_new (renamed, dataset, NULL, NULL, NULL);
  /* The data set itself stays as it is. */
  g_assert_cmpmem (dataset->labels, 200, labels, 200);
  for (gsize i = 0; i < 200; i++)
    g_assert_cmpuint (b->dataset->labels[i], ==, labels[i] < 2 ? 1 - labels[i] : labels[i]);
  comparison = numeral_evaluation_compare (a, b);
  for (gsize i = 0; i < 200; i++)
    {
      const gboolean right = a->answers[i] == a->dataset->labels[i];
      const gboolean was_right = b->answers[i] == b->dataset->labels[i];

      g_assert_cmpuint (comparison->changes[i], ==,
                        right ? (was_right ? NN_CHANGE_BOTH_RIGHT : NN_CHANGE_MENDED) :
                                (was_right ? NN_CHANGE_BROKEN : NN_CHANGE_BOTH_WRONG));
    }
  g_assert_cmpuint (comparison->n[NN_CHANGE_MENDED] + comparison->n[NN_CHANGE_BROKEN], >, 0);
}

static void
test_errors (void)
{
  g_autoptr (NumeralModel) model = make_model (1, FALSE);
  g_autoptr (NnDataset) dataset = make_dataset (100);
  g_autoptr (NnDataset) narrow = nn_dataset_new_pixels (10, 3, 3, 10, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_evaluation_new (model, narrow, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "");
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_evaluation_new (model, dataset, NULL, cancellable, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  model->network->params[model->network->n_params - 1] = (float) NAN;
  dataset->pixels[0] = 255;
  g_assert_null (numeral_evaluation_new (model, dataset, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "finite");
}

/* What the caller was told, and when. */
typedef struct
{
  GMainLoop *loop;
  GHashTable *found; /* NumeralMistake by their index */
  double share;
  guint n_told;
  gboolean ended;
  GCancellable *cancellable;
  NumeralEvaluation *evaluation;
  GArray *suspects;
  GError *error;
} Seen;

static void
on_progress (double share, gpointer data)
{
  Seen *seen = data;

  g_assert_false (seen->ended);
  g_assert_false (g_cancellable_is_cancelled (seen->cancellable));
  g_assert_cmpfloat (share, >=, seen->share);
  seen->share = share;
  seen->n_told++;
}

static void
on_found (const NumeralMistake *mistakes, guint n, gpointer data)
{
  Seen *seen = data;

  g_assert_false (seen->ended);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_hash_table_insert (seen->found, GSIZE_TO_POINTER (mistakes[i].index),
                                        g_memdup2 (&mistakes[i], sizeof mistakes[i])));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  Seen *seen = data;

  seen->evaluation = numeral_evaluation_run_finish (result, &seen->error);
  seen->ended = TRUE;
  g_main_loop_quit (seen->loop);
}

static void
on_suspects (GObject *source, GAsyncResult *result, gpointer data)
{
  Seen *seen = data;

  seen->suspects = numeral_evaluation_suspects_finish (result, &seen->error);
  seen->ended = TRUE;
  g_main_loop_quit (seen->loop);
}

static void
seen_init (Seen *seen)
{
  *seen = (Seen){ .loop = g_main_loop_new (NULL, FALSE),
                  .found = g_hash_table_new_full (NULL, NULL, NULL, g_free),
                  .cancellable = g_cancellable_new () };
}

static void
seen_clear (Seen *seen)
{
  /* Nothing is told after the end. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (seen->loop);
  g_hash_table_unref (seen->found);
  g_object_unref (seen->cancellable);
  g_clear_pointer (&seen->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&seen->suspects, g_array_unref);
  g_clear_error (&seen->error);
}

static void
count_parts (const NumeralMistake *mistakes, guint n, gpointer n_parts)
{
  g_assert_cmpuint (n, <, N_SAMPLES / 4);
  (*(guint *) n_parts)++;
}

static void
test_task (void)
{
  g_autoptr (NumeralModel) model = make_model (1, TRUE);
  g_autoptr (NnDataset) dataset = make_dataset (N_SAMPLES);
  guint n_parts = 0;
  const NumeralEvaluationWatch parts = { NULL, count_parts, &n_parts };
  g_autoptr (NumeralEvaluation) own = numeral_evaluation_new (model, dataset, &parts, NULL, NULL);
  Seen seen;
  const NumeralEvaluationWatch watch = { on_progress, on_found, &seen };

  seen_init (&seen);
  numeral_evaluation_run_async (model, dataset, &watch, seen.cancellable, on_measured, &seen);
  g_main_loop_run (seen.loop);
  g_assert_no_error (seen.error);
  g_assert_cmpuint (n_parts, >, 4);
  g_assert_cmpuint (seen.n_told, >, 0);
  g_assert_cmpuint (seen.evaluation->mistakes->len, ==, own->mistakes->len);
  g_assert_cmpmem (seen.evaluation->mistakes->data, own->mistakes->len * sizeof (NumeralMistake),
                   own->mistakes->data, own->mistakes->len * sizeof (NumeralMistake));
  /* All of them came before the end. */
  g_assert_cmpuint (g_hash_table_size (seen.found), ==, own->mistakes->len);
  for (guint i = 0; i < own->mistakes->len; i++)
    {
      const NumeralMistake *mistake = &g_array_index (own->mistakes, NumeralMistake, i);
      const NumeralMistake *early =
          g_hash_table_lookup (seen.found, GSIZE_TO_POINTER (mistake->index));

      g_assert_nonnull (early);
      g_assert_cmpmem (early, sizeof *early, mistake, sizeof *mistake);
    }
  seen_clear (&seen);
}

static void
test_cancel (void)
{
  g_autoptr (NumeralModel) model = make_model (1, TRUE);
  g_autoptr (NnDataset) dataset = make_dataset (N_SAMPLES);
  Seen seen;
  const NumeralEvaluationWatch watch = { on_progress, on_found, &seen };

  seen_init (&seen);
  numeral_evaluation_run_async (model, dataset, &watch, seen.cancellable, on_measured, &seen);
  g_cancellable_cancel (seen.cancellable);
  g_main_loop_run (seen.loop);
  g_assert_error (seen.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (seen.evaluation);
  seen_clear (&seen);

  seen_init (&seen);
  numeral_evaluation_suspects_async (dataset, &watch, seen.cancellable, on_suspects, &seen);
  g_cancellable_cancel (seen.cancellable);
  g_main_loop_run (seen.loop);
  g_assert_error (seen.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (seen.suspects);
  seen_clear (&seen);
}

/* As numeral_suspects_find() finds them. Few samples, because it trains five networks. */
static void
test_suspects (void)
{
  g_autoptr (NnDataset) dataset = make_dataset (100);
  g_autoptr (GArray) own = NULL;
  Seen seen;
  const NumeralEvaluationWatch watch = { on_progress, NULL, &seen };

  own = numeral_suspects_find (dataset, NULL, NULL);
  seen_init (&seen);
  numeral_evaluation_suspects_async (dataset, &watch, seen.cancellable, on_suspects, &seen);
  g_main_loop_run (seen.loop);
  g_assert_no_error (seen.error);
  g_assert_cmpuint (own->len, >, 0);
  g_assert_cmpmem (seen.suspects->data, seen.suspects->len * sizeof (NnSuspect), own->data,
                   own->len * sizeof (NnSuspect));
  seen_clear (&seen);
}

/* The figures of one writer are those of a measurement of their samples alone. */
static void
test_writer (void)
{
  g_autoptr (NumeralModel) model = make_model (1, TRUE), other_model = make_model (2, TRUE);
  g_autoptr (NnDataset) dataset = make_dataset (N_SAMPLES), alone = NULL;
  g_autoptr (NumeralEvaluation) whole = NULL, other = NULL, part = NULL, other_part = NULL,
                                own = NULL;
  g_autoptr (NnComparison) comparison = NULL, whole_comparison = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;
  guint32 indices[N_SAMPLES];
  gsize n = 0;

  nn_dataset_add_groups (dataset);
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      dataset->groups[i] = 5 * (guint32) (i % 3);
      if (dataset->groups[i] == 10)
        indices[n++] = (guint32) i;
    }
  alone = nn_dataset_subset (dataset, indices, n);
  whole = numeral_evaluation_new (model, dataset, NULL, NULL, NULL);
  other = numeral_evaluation_new (other_model, dataset, NULL, NULL, NULL);
  own = numeral_evaluation_new (model, alone, NULL, NULL, NULL);
  g_assert_cmpuint (whole->writers->len, ==, 3);
  for (guint w = 0; w < 3; w++)
    g_assert_cmpuint (g_array_index (whole->writers, guint32, w), ==, 5 * w);

  part = numeral_evaluation_of_writer (whole, 10);
  g_assert_cmpuint (part->figures->count, ==, n);
  g_assert_cmpuint (part->n_refused, ==, own->n_refused);
  g_assert_cmpmem (part->answers, n, own->answers, n);
  g_assert_cmpmem (part->figures->confusion, 100 * sizeof (gsize), own->figures->confusion,
                   100 * sizeof (gsize));
  g_assert_cmpfloat_with_epsilon (part->figures->loss, own->figures->loss, 1e-5);
  check_mistakes (part);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (numeral_evaluation_get_number (part, i), ==, indices[i]);
  g_assert_cmpuint (numeral_evaluation_get_number (whole, 7), ==, 7);

  /* Compared as in the whole. */
  other_part = numeral_evaluation_of_writer (other, 10);
  comparison = numeral_evaluation_compare (part, other_part);
  whole_comparison = numeral_evaluation_compare (whole, other);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (comparison->changes[i], ==, whole_comparison->changes[indices[i]]);

  json = numeral_evaluation_to_json (part);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (json, "writers"), 0),
                   ==, 10);
  csv = numeral_evaluation_to_csv (part, NULL);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "sample,label,answer,probability,refused,writer");
  g_assert_true (g_str_has_prefix (lines[2], "5,"));
  g_assert_true (g_str_has_suffix (lines[2], ",10"));
}

/* Samples that name nobody have no writers. */
static void
test_no_writers (void)
{
  g_autoptr (NumeralModel) model = make_model (1, FALSE);
  g_autoptr (NnDataset) dataset = make_dataset (50);
  g_autoptr (NumeralEvaluation) without = numeral_evaluation_new (model, dataset, NULL, NULL, NULL);
  g_autoptr (NumeralEvaluation) unnamed = NULL;

  g_assert_cmpuint (without->writers->len, ==, 0);
  nn_dataset_add_groups (dataset);
  unnamed = numeral_evaluation_new (model, dataset, NULL, NULL, NULL);
  g_assert_cmpuint (unnamed->writers->len, ==, 0);
}

static void
test_json (void)
{
  g_autoptr (NumeralModel) model = make_model (1, FALSE), other_model = make_model (2, TRUE);
  g_autoptr (NnDataset) dataset = make_dataset (300);
  g_autoptr (NumeralEvaluation) evaluation =
      numeral_evaluation_new (model, dataset, NULL, NULL, NULL);
  g_autoptr (NumeralEvaluation) other =
      numeral_evaluation_new (other_model, dataset, NULL, NULL, NULL);
  g_autoptr (NnComparison) comparison = numeral_evaluation_compare (evaluation, other);
  g_autoptr (JsonObject) object = numeral_evaluation_to_json (evaluation);
  g_autoptr (JsonObject) with = numeral_evaluation_to_json (other);
  g_autoptr (JsonObject) compared = numeral_comparison_to_json (comparison, other);
  JsonArray *row;
  gint64 sum = 0;

  g_assert_cmpint (json_object_get_int_member (object, "count"), ==, 300);
  g_assert_true (json_object_get_null_member (object, "refused"));
  g_assert_cmpint (json_object_get_int_member (with, "refused"), ==, (gint64) other->n_refused);
  g_assert_cmpfloat (json_object_get_double_member (object, "ece"), ==, evaluation->figures->ece);
  row = json_array_get_array_element (json_object_get_array_member (object, "confusion"), 4);
  for (guint k = 0; k < 10; k++)
    sum += json_array_get_int_element (row, k);
  g_assert_cmpint (sum, ==, (gint64) evaluation->figures->support[4]);
  g_assert_cmpfloat (json_object_get_double_member (compared, "p"), ==, comparison->p);
  g_assert_cmpint (json_object_get_int_member (compared, "mended"), ==,
                   (gint64) comparison->n[NN_CHANGE_MENDED]);
}

static void
test_csv (void)
{
  g_autoptr (NumeralModel) model = make_model (1, FALSE), other_model = make_model (2, TRUE);
  g_autoptr (NnDataset) dataset = make_dataset (50);
  g_autoptr (NumeralEvaluation) evaluation =
      numeral_evaluation_new (model, dataset, NULL, NULL, NULL);
  g_autoptr (NumeralEvaluation) other =
      numeral_evaluation_new (other_model, dataset, NULL, NULL, NULL);
  g_autoptr (NnComparison) comparison = numeral_evaluation_compare (other, evaluation);
  g_autofree char *plain = numeral_evaluation_to_csv (evaluation, NULL);
  g_autofree char *full = numeral_evaluation_to_csv (other, comparison);
  g_auto (GStrv) lines = g_strsplit (full, "\r\n", -1);
  static const char *const names[] = { "both_right", "mended", "broken", "both_wrong" };

  g_assert_true (g_str_has_prefix (plain, "sample,label,answer,probability\r\n0,"));
  g_assert_cmpstr (lines[0], ==, "sample,label,answer,probability,refused,change");
  g_assert_cmpuint (g_strv_length (lines), ==, 52);
  for (guint i = 0; i < 50; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      g_assert_cmpint (atoi (cells[0]), ==, (int) i);
      g_assert_cmpint (atoi (cells[1]), ==, dataset->labels[i]);
      g_assert_cmpint (atoi (cells[2]), ==, other->answers[i]);
      g_assert_cmpfloat ((float) g_ascii_strtod (cells[3], NULL), ==, other->probabilities[i]);
      g_assert_cmpint (atoi (cells[4]), ==, numeral_evaluation_refuses (other, i));
      g_assert_cmpstr (cells[5], ==, names[comparison->changes[i]]);
    }
}

static void
test_suspects_json (void)
{
  const NnSuspect suspects[] = { { 12, 3, 5, 0.1f }, { 7, 0, 9, 1e-7f } };
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (NnSuspect));
  g_autoptr (JsonArray) json = NULL;
  JsonObject *second;

  g_array_append_vals (array, suspects, 2);
  json = numeral_suspects_to_json (array);
  /* The float, and not the double next to it. */
  g_assert_cmpfloat (json_object_get_double_member (json_array_get_object_element (json, 0),
                                                    "margin"),
                     ==, 0.1);
  second = json_array_get_object_element (json, 1);
  g_assert_cmpint (json_object_get_int_member (second, "index"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (second, "better"), ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/evaluation/measure", GINT_TO_POINTER (FALSE), test_measure);
  g_test_add_data_func ("/engine/evaluation/refused", GINT_TO_POINTER (TRUE), test_measure);
  g_test_add_func ("/engine/evaluation/classes", test_classes);
  g_test_add_func ("/engine/evaluation/errors", test_errors);
  g_test_add_func ("/engine/evaluation/task", test_task);
  g_test_add_func ("/engine/evaluation/cancel", test_cancel);
  g_test_add_func ("/engine/evaluation/suspects", test_suspects);
  g_test_add_func ("/engine/evaluation/writer", test_writer);
  g_test_add_func ("/engine/evaluation/no-writers", test_no_writers);
  g_test_add_func ("/engine/evaluation/json", test_json);
  g_test_add_func ("/engine/evaluation/csv", test_csv);
  g_test_add_func ("/engine/evaluation/suspects-json", test_suspects_json);
  return g_test_run ();
}
