/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-ink.h"

#include <glib/gi18n-lib.h>

#include "ink-tensor.h"
#include "ink-unipen.h"
#include "numeral-origin.h"

#define N_DIGITS 10
/* Drawing is cheap: more threads would save only milliseconds. */
#define MAX_THREADS 2

/* The part of one thread; no two parts share a row. */
typedef struct
{
  GPtrArray *samples; /* InkSample */
  NnDataset *dataset;
  gboolean *drawn; /* [samples] */
  guint begin, end;
  GCancellable *cancellable;
} Share;

static gpointer
draw_share (gpointer data)
{
  Share *share = data;

  for (guint i = share->begin; i < share->end; i++)
    {
      const InkSample *sample = g_ptr_array_index (share->samples, i);
      float tensor[INK_TENSOR_SIZE];

      if (g_cancellable_is_cancelled (share->cancellable))
        break;
      share->drawn[i] = ink_tensor_from_drawing (sample->drawing, NULL, tensor);
      ink_tensor_to_pixels (tensor, share->dataset->pixels + (gsize) i * INK_TENSOR_SIZE);
      share->dataset->labels[i] = (guint8) sample->label;
      if (share->dataset->groups != NULL)
        share->dataset->groups[i] = sample->writer;
      share->dataset->origins[i] = numeral_origin_new_for_kept (sample->drawing, sample->number);
    }
  return NULL;
}

static void
draw_all (Share *whole)
{
  Share shares[MAX_THREADS];
  GThread *threads[MAX_THREADS] = { NULL };
  guint n_threads = MIN (MAX_THREADS, g_get_num_processors ());

  for (guint t = 0; t < n_threads; t++)
    {
      shares[t] = *whole;
      shares[t].begin = (guint) ((guint64) whole->end * t / n_threads);
      shares[t].end = (guint) ((guint64) whole->end * (t + 1) / n_threads);
    }
  for (guint t = 1; t < n_threads; t++)
    threads[t] = g_thread_new ("numeral-ink", draw_share, &shares[t]);
  draw_share (&shares[0]);
  for (guint t = 1; t < n_threads; t++)
    g_thread_join (threads[t]);
}

gboolean
numeral_data_is_unipen (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize i = 0;

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  return i + 1 < size && data[i] == '.' && g_ascii_isupper (data[i + 1]);
}

static void
fail_empty (GError **error)
{
  g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                       _ ("the file holds no ink that is labelled as a digit"));
}

NnDataset *
numeral_data_from_ink (GPtrArray *samples,
                       gboolean writers,
                       gsize *n_rejected,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree gboolean *drawn = NULL;
  g_autofree guint32 *kept = NULL;
  guint n_kept = 0;
  Share whole;

  dataset = nn_dataset_new_pixels (samples->len, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  if (dataset == NULL)
    return NULL;
  if (writers)
    nn_dataset_add_groups (dataset);
  nn_dataset_add_origins (dataset);
  drawn = g_new0 (gboolean, samples->len);
  whole = (Share){ samples, dataset, drawn, 0, samples->len, cancellable };
  draw_all (&whole);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  kept = g_new (guint32, samples->len);
  for (guint i = 0; i < samples->len; i++)
    if (drawn[i])
      kept[n_kept++] = i;
  if (n_kept == samples->len)
    return g_steal_pointer (&dataset);
  *n_rejected += samples->len - n_kept;
  if (n_kept == 0)
    {
      fail_empty (error);
      return NULL;
    }
  return nn_dataset_subset (dataset, kept, n_kept);
}

NnDataset *
numeral_data_from_unipen (GBytes *bytes,
                          gsize *n_rejected,
                          GCancellable *cancellable,
                          GError **error)
{
  guint n_damaged = 0;
  g_autoptr (GPtrArray) samples = ink_unipen_parse (bytes, &n_damaged, error);
  g_autoptr (GPtrArray) labelled = g_ptr_array_new ();

  if (samples == NULL)
    return NULL;
  for (guint i = 0; i < samples->len; i++)
    {
      InkSample *sample = g_ptr_array_index (samples, i);

      if (sample->label >= 0 && sample->label < N_DIGITS)
        g_ptr_array_add (labelled, sample);
    }
  *n_rejected = (gsize) n_damaged + samples->len - labelled->len;
  if (labelled->len > 0)
    return numeral_data_from_ink (labelled, TRUE, n_rejected, cancellable, error);
  fail_empty (error);
  return NULL;
}
