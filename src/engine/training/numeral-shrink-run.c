/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "nn-write.h"
#include "numeral-digits.h"
#include "numeral-model-file.h"
#include "numeral-run-data.h"
#include "numeral-run-model.h"
#include "numeral-shrink-private.h"

/* Shares of the time of all ways together. */
#define LOADING 0.03
/* How long a way takes that only counts in other numbers, beside one that trains. */
#define QUICK 0.1
/* The stand-in for the data of the run. */
#define GENERATED 10000

/**
 * Way:
 * @half: float16
 * @int8: 8 bits, after the rest
 * @weights: @units: the share that is left out
 * @narrower: the hidden layers are this share of the widths, and learned anew; 0 for none
 */
typedef struct
{
  const char *title;
  gboolean half, int8;
  double weights, units, narrower;
} Way;

static const Way ways[] = {
  { N_ ("As it is"), FALSE, FALSE, 0, 0, 0 },
  { N_ ("16 bits"), TRUE, FALSE, 0, 0, 0 },
  { N_ ("8 bits"), FALSE, TRUE, 0, 0, 0 },
  { N_ ("8 bits, half of the weights"), FALSE, TRUE, 0.5, 0, 0 },
  { N_ ("8 bits, a tenth of the weights"), FALSE, TRUE, 0.9, 0, 0 },
  { N_ ("8 bits, half of the units"), FALSE, TRUE, 0, 0.5, 0 },
  { N_ ("8 bits, a quarter of the units"), FALSE, TRUE, 0, 0.75, 0 },
  { N_ ("8 bits, a small network taught by it"), FALSE, TRUE, 0, 0, 0.125 },
};

/**
 * Work:
 * @in_float32: @model, or the same weights where it is in 8 bits: what is trained
 */
typedef struct
{
  const NumeralModel *model, *in_float32;
  NnDataset *train, *validation;
  const NumeralShrinkWatch *watch;
  double begin, share; /* of the progress */
  GCancellable *cancellable;
} Work;

static gboolean
trains (const Way *way)
{
  return way->weights > 0 || way->units > 0 || way->narrower > 0;
}

static double
effort (const Way *way)
{
  return trains (way) ? 1 : QUICK;
}

/* A model in 8 bits cannot be counted in other numbers. */
static gboolean
is_possible (const Way *way, const NumeralModel *model)
{
  return model->network->quantized == NULL || trains (way) || (!way->half && !way->int8);
}

static void
on_progress (double share, gpointer data)
{
  const Work *work = data;

  work->watch->progress (work->begin + share * work->share, work->watch->data);
}

/* (transfer full) (nullable): the hidden layers at a share of their widths; %NULL if there are
 * none. */
static GArray *
narrow_widths (const NnArchitecture *arch, double share)
{
  GArray *widths = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint l = 0; l < arch->n_layers; l++)
    if (arch->layers[l].kind == NN_LAYER_DENSE)
      {
        const guint width = MAX ((guint) (share * arch->layers[l].units), 16);

        g_array_append_val (widths, width);
      }
  /* The last one gives the classes. */
  g_array_set_size (widths, widths->len > 0 ? widths->len - 1 : 0);
  if (widths->len == 0)
    g_clear_pointer (&widths, g_array_unref);
  return widths;
}

/* (transfer full) (nullable): what training leaves of the model; a reference if there is none. */
static NumeralModel *
train (const Way *way, const NumeralCompressRequest *request, GError **error)
{
  const NnArchitecture *before = &request->model->network->arch;
  NumeralCompressRequest tuned = *request;
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (GArray) widths = NULL;

  tuned.epochs = NUMERAL_COMPRESS_TUNING_EPOCHS;
  if (way->weights > 0)
    return numeral_compress_weights (&tuned, way->weights, error);
  if (way->units > 0)
    return numeral_compress_units (&tuned, way->units, error);
  if (way->narrower <= 0)
    return numeral_model_ref ((NumeralModel *) request->model);
  widths = narrow_widths (before, way->narrower);
  if (widths == NULL)
    return numeral_compress_units (&tuned, 1 - way->narrower, error);
  tuned.epochs = NUMERAL_COMPRESS_DISTIL_EPOCHS;
  if (!numeral_compress_get_mlp (nn_architecture_n_inputs (before),
                                 (const guint *) (gpointer) widths->data, widths->len,
                                 nn_architecture_n_classes (before), arch, error))
    return NULL;
  return numeral_compress_distil (&tuned, arch, error);
}

static NumeralModel *
make (const Work *work, const Way *way, GError **error)
{
  const NumeralCompressRequest request = { .model = trains (way) ? work->in_float32 : work->model,
                                           .samples = work->train,
                                           .cancellable = work->cancellable,
                                           .progress = on_progress,
                                           .user_data = (gpointer) work };
  NumeralCompressRequest last = request;
  g_autoptr (NumeralModel) trained = train (way, &request, error);

  if (trained == NULL || !way->int8)
    return g_steal_pointer (&trained);
  last.model = trained;
  last.progress = NULL;
  return numeral_compress_int8 (&last, error);
}

/* (transfer full) (nullable): the file, with its own accuracy on the card. */
static GBytes *
write_model (const NumeralModel *model, gboolean half, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();

  if (numeral_model_formats ()[0]->save (model, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT,
                                         nn_write_to_array, bytes, error))
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  return NULL;
}

/* Measures the model that is read back from the file. */
static NumeralShrunk *
finish (const Work *work, const Way *way, const NumeralModel *made, GError **error)
{
  const gboolean half = way->half || way->int8;
  g_autoptr (GBytes) draft = write_model (made, half, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NumeralModel) read = draft != NULL ? numeral_model_parse (draft, NULL, error) : NULL;
  g_autoptr (NumeralModel) carded = NULL;
  g_autoptr (GHashTable) card = NULL;
  NumeralCompressFigures figures;
  char accuracy[G_ASCII_DTOSTR_BUF_SIZE];

  if (read == NULL || !numeral_compress_measure (read, work->validation, &figures, error))
    return NULL;
  card = numeral_model_copy_card (made);
  g_hash_table_replace (card, g_strdup ("validation_accuracy"),
                        g_strdup (g_ascii_dtostr (accuracy, sizeof accuracy, figures.accuracy)));
  carded = numeral_model_new (made->network, made->novelty, card);
  bytes = write_model (carded, half, error);
  return bytes != NULL ? numeral_shrunk_new (_ (way->title), bytes, &figures) : NULL;
}

/* (transfer full) */
static NumeralModel *
to_float32 (NumeralModel *model)
{
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;

  if (model->network->quantized == NULL)
    return numeral_model_ref (model);
  network = nn_network_copy (model->network);
  card = numeral_model_copy_card (model);
  return numeral_model_new (network, model->novelty, card);
}

/* (transfer full) (nullable) */
static NumeralRunData *
load (const NumeralModel *model,
      const NumeralRunConfig *config,
      gboolean *generated,
      GCancellable *cancellable,
      GError **error)
{
  const NumeralSourceRequest request = { .cancellable = cancellable };
  NumeralRunFeed feed = { .model = model };
  g_autoptr (NumeralRunConfig) stand_in = NULL;
  g_autoptr (GError) local = NULL;
  NumeralRunData *data = numeral_run_data_load_fed (config, &request, &feed, &local);

  *generated = data == NULL;
  if (data != NULL)
    return data;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      !numeral_digits_check (model->network, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  stand_in = numeral_run_config_new_for_source (NUMERAL_SOURCE_GENERATED);
  stand_in->generated = GENERATED;
  feed = (NumeralRunFeed){ .model = model };
  return numeral_run_data_load_fed (stand_in, &request, &feed, error);
}

static gboolean
go (Work *work, const Way *way, GError **error)
{
  g_autoptr (NumeralModel) made = NULL;
  g_autoptr (NumeralShrunk) shrunk = NULL;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  work->watch->doing (_ (way->title), work->watch->data);
  made = make (work, way, error);
  shrunk = made != NULL ? finish (work, way, made, error) : NULL;
  if (shrunk == NULL)
    return FALSE;
  work->begin += work->share;
  work->watch->progress (work->begin, work->watch->data);
  work->watch->made (shrunk, work->watch->data);
  return TRUE;
}

gboolean
numeral_shrink_run (GFile *folder,
                    const NumeralRunConfig *config,
                    const NumeralShrinkWatch *watch,
                    gboolean *generated,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (NumeralModel) model = NULL, in_float32 = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  Work work = { .watch = watch, .begin = LOADING, .cancellable = cancellable };
  double all = 0;

  watch->doing (_ ("Loading the samples"), watch->data);
  model = numeral_run_model_load (folder, cancellable, error);
  data = model != NULL ? load (model, config, generated, cancellable, error) : NULL;
  if (data == NULL)
    return FALSE;
  watch->progress (LOADING, watch->data);
  in_float32 = to_float32 (model);
  work.model = model;
  work.in_float32 = in_float32;
  work.train = data->train;
  work.validation = data->validation != NULL ? data->validation : data->train;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    all += is_possible (&ways[i], model) ? effort (&ways[i]) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (!is_possible (&ways[i], model))
        continue;
      work.share = (1 - LOADING) * effort (&ways[i]) / all;
      if (!go (&work, &ways[i], error))
        return FALSE;
    }
  return TRUE;
}
