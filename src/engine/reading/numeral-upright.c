/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-upright.h"

#include <glib/gi18n-lib.h>

#include "ink-tensor.h"
#include "numeral-batch.h"
#include "numeral-digits.h"
#include "numeral-model-file.h"

#define N_SAMPLES 300
#define MIN_SAMPLES 50
/* Shares of right answers: of the turned digits, and how much more than as they are. */
#define MIN_RIGHT 0.6
#define MIN_MORE 0.25

static void
transpose (float *image)
{
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = y + 1; x < INK_TENSOR_SIDE; x++)
      {
        const float old = image[y * INK_TENSOR_SIDE + x];

        image[y * INK_TENSOR_SIDE + x] = image[x * INK_TENSOR_SIDE + y];
        image[x * INK_TENSOR_SIDE + y] = old;
      }
}

static void
transpose_pixels (guint8 *image)
{
  for (guint y = 0; y < INK_TENSOR_SIDE; y++)
    for (guint x = y + 1; x < INK_TENSOR_SIDE; x++)
      {
        const guint8 old = image[y * INK_TENSOR_SIDE + x];

        image[y * INK_TENSOR_SIDE + x] = image[x * INK_TENSOR_SIDE + y];
        image[x * INK_TENSOR_SIDE + y] = old;
      }
}

static gboolean
may_be_digits (const NnDataset *dataset)
{
  return dataset->n >= MIN_SAMPLES && dataset->width == INK_TENSOR_SIDE &&
         dataset->height == INK_TENSOR_SIDE && dataset->n_classes <= NUMERAL_N_DIGITS &&
         dataset->pixels != NULL && dataset->origins == NULL && dataset->class_names == NULL;
}

static guint
count_right (const int *answers, const guint8 *labels, guint n)
{
  guint n_right = 0;

  for (guint i = 0; i < n; i++)
    n_right += answers[i] == labels[i];
  return n_right;
}

/* Reads samples from all over the data set, because a file may have its classes in order. */
static gboolean
are_transposed (const NnDataset *dataset, const NnNetwork *network)
{
  const guint n = (guint) MIN (dataset->n, N_SAMPLES);
  g_autofree float *tensors = g_new (float, (gsize) n *INK_TENSOR_SIZE);
  g_autofree int *answers = g_new (int, n);
  g_autofree guint8 *labels = g_new (guint8, n);
  guint n_right, n_turned;

  for (guint i = 0; i < n; i++)
    {
      const gsize index = dataset->n * i / n;

      nn_dataset_get (dataset, index, tensors + (gsize) i * INK_TENSOR_SIZE);
      labels[i] = dataset->labels[index];
    }
  numeral_batch_read (network, tensors, n, answers);
  n_right = count_right (answers, labels, n);
  for (guint i = 0; i < n; i++)
    transpose (tensors + (gsize) i * INK_TENSOR_SIZE);
  numeral_batch_read (network, tensors, n, answers);
  n_turned = count_right (answers, labels, n);
  return n_turned >= MIN_RIGHT * n && n_turned - (double) n_right >= MIN_MORE * n;
}

void
numeral_upright_turn (NnDataset *dataset, NumeralTurn *turn, NumeralDataReport *report)
{
  if (!may_be_digits (dataset))
    return;
  if (*turn == NUMERAL_TURN_UNKNOWN)
    {
      g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);

      /* Without the model nothing can be told. */
      if (model == NULL)
        return;
      *turn = are_transposed (dataset, model->network) ? NUMERAL_TURN_YES : NUMERAL_TURN_NO;
    }
  if (*turn != NUMERAL_TURN_YES)
    return;
  for (gsize i = 0; i < dataset->n; i++)
    transpose_pixels (dataset->pixels + i * INK_TENSOR_SIZE);
  if (report != NULL)
    numeral_data_report_take_note (report, g_strdup (_ ("rows and columns of the digits are "
                                                        "swapped, as in EMNIST; they are "
                                                        "turned upright")));
}

NnDataset *
numeral_upright_load (NumeralSource *source,
                      const NumeralSourceRequest *request,
                      NumeralTurn *turn,
                      GError **error)
{
  NumeralTurn own = NUMERAL_TURN_UNKNOWN;
  NnDataset *dataset = numeral_source_load (source, request, error);

  if (dataset != NULL && !NUMERAL_SOURCE_GET_CLASS (source)->is_digits)
    numeral_upright_turn (dataset, turn != NULL ? turn : &own, request->report);
  return dataset;
}

NnDataset *
numeral_upright_load_path (const char *path, const NumeralDataRequest *request, GError **error)
{
  NumeralTurn turn = NUMERAL_TURN_UNKNOWN;
  NnDataset *dataset = numeral_data_load_full (path, request, error);

  if (dataset != NULL)
    numeral_upright_turn (dataset, &turn, request->report);
  return dataset;
}
