/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For dladdr(). */
#define _GNU_SOURCE

#include "numeral-model.h"

#include <dlfcn.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "numeral-draft.h"
#include "numeral-file.h"
#include "numeral-model-layers.h"
#include "numeral-model-novelty.h"
#include "numeral-model-resource.h"
#include "numeral-safetensors.h"

#define FORMAT "numeral-1"
#define PREPROCESSING_MNIST "mnist-20x20-centre-of-mass"
#define PREPROCESSING_NONE "none"
#define MNIST_INPUTS 784

/* What describes the architecture; written from the network, never from the card. */
static const char *const architecture_keys[] = { "format", "architecture", "activation", "loss" };

/* Names and values of all tensors of a file. */
typedef struct
{
  NumeralTensorValues tensors[4 * NN_MAX_LAYERS];
  char names[4 * NN_MAX_LAYERS][48];
  guint n;
} Tensors;

static gboolean
is_architecture_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (architecture_keys); i++)
    if (g_str_equal (key, architecture_keys[i]))
      return TRUE;
  return g_str_has_prefix (key, NUMERAL_NOVELTY_PREFIX);
}

NumeralModel *
numeral_model_new (NnNetwork *network, GHashTable *metadata)
{
  NumeralModel *model = g_new0 (NumeralModel, 1);

  model->network = nn_network_ref (network);
  model->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  model->ref_count = 1;
  if (metadata != NULL)
    {
      GHashTableIter iter;
      gpointer key, value;

      g_hash_table_iter_init (&iter, metadata);
      while (g_hash_table_iter_next (&iter, &key, &value))
        if (!is_architecture_key (key))
          g_hash_table_insert (model->metadata, g_utf8_make_valid (key, -1),
                               g_utf8_make_valid (value, -1));
    }
  return model;
}

void
numeral_model_set_novelty (NumeralModel *model, NumeralNovelty *novelty)
{
  NumeralNovelty *last = model->novelty;

  model->novelty = novelty != NULL ? numeral_novelty_ref (novelty) : NULL;
  g_clear_pointer (&last, numeral_novelty_unref);
}

NumeralModel *
numeral_model_ref (NumeralModel *model)
{
  g_atomic_int_inc (&model->ref_count);
  return model;
}

void
numeral_model_unref (NumeralModel *model)
{
  if (!g_atomic_int_dec_and_test (&model->ref_count))
    return;
  nn_network_unref (model->network);
  g_clear_pointer (&model->novelty, numeral_novelty_unref);
  g_hash_table_unref (model->metadata);
  g_free (model);
}

const char *
numeral_model_get_metadata (const NumeralModel *model, const char *key)
{
  return g_hash_table_lookup (model->metadata, key);
}

/* A model reads well only what was prepared as its training data were. */
static gboolean
check_metadata (GHashTable *metadata, GError **error)
{
  const char *format = g_hash_table_lookup (metadata, "format");
  const char *preprocessing = g_hash_table_lookup (metadata, "preprocessing");

  if (format != NULL && g_str_has_prefix (format, "numeral-") && !g_str_equal (format, FORMAT))
    {
      g_autofree char *quoted = numeral_tensor_quote (format);

      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                   _ ("the model has the format %s; a newer Numeral is needed to read it"), quoted);
      return FALSE;
    }
  if (preprocessing != NULL && !g_str_equal (preprocessing, PREPROCESSING_MNIST) &&
      !g_str_equal (preprocessing, PREPROCESSING_NONE))
    {
      g_autofree char *quoted = numeral_tensor_quote (preprocessing);

      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("the model wants its input prepared as %s; only “%s” and “%s” are known"),
                   quoted, PREPROCESSING_MNIST, PREPROCESSING_NONE);
      return FALSE;
    }
  return TRUE;
}

NumeralModel *
numeral_model_parse (GBytes *bytes, GError **error)
{
  g_autoptr (NumeralSafetensors) file = NULL;
  g_autoptr (NumeralNovelty) novelty = NULL;
  g_autoptr (NnNetwork) network = NULL;
  NumeralModel *model;

  if (g_bytes_get_size (bytes) > NUMERAL_MODEL_MAX_BYTES)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, _ ("the model is too large"));
      return NULL;
    }
  file = numeral_safetensors_parse (bytes, error);
  if (file == NULL || !check_metadata (file->metadata, error) ||
      !numeral_model_novelty_read (file, &novelty, error))
    return NULL;
  network = numeral_model_layers_read (file, error);
  if (network == NULL)
    return NULL;
  model = numeral_model_new (network, file->metadata);
  numeral_model_set_novelty (model, novelty);
  return model;
}

static void
add_network (Tensors *list, const NnNetwork *network, const char *prefix)
{
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnWeights *layer = &network->weights[i];
      const guint at = list->n;

      g_snprintf (list->names[at], sizeof list->names[0], "%s" NUMERAL_MODEL_WEIGHT, prefix, i);
      g_snprintf (list->names[at + 1], sizeof list->names[0], "%s" NUMERAL_MODEL_BIAS, prefix, i);
      list->tensors[at] = (NumeralTensorValues){
        .name = list->names[at],
        .values = layer->weight,
      };
      list->tensors[at].n_dims =
          numeral_model_weight_dims (&network->arch, layer, list->tensors[at].dims);
      list->tensors[at + 1] = (NumeralTensorValues){
        .name = list->names[at + 1],
        .n_dims = 1,
        .dims = { layer->n_out },
        .values = layer->bias,
      };
      list->n += 2;
    }
}

/* Returns the metadata of the file, and its tensors in @list. */
static GHashTable *
describe (const NumeralModel *model, Tensors *list)
{
  const NnNetwork *network = model->network;
  const NnArchitecture *arch = &network->arch;
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_insert (metadata, g_strdup ("preprocessing"),
                       g_strdup (nn_architecture_n_inputs (arch) == MNIST_INPUTS ?
                                     PREPROCESSING_MNIST :
                                     PREPROCESSING_NONE));
  g_hash_table_iter_init (&iter, model->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (metadata, g_strdup (key), g_strdup (value));
  g_hash_table_insert (metadata, g_strdup ("format"), g_strdup (FORMAT));
  g_hash_table_insert (metadata, g_strdup ("architecture"), nn_architecture_to_string (arch));
  g_hash_table_insert (metadata, g_strdup ("activation"),
                       g_strdup (nn_activation_name (nn_architecture_get_activation (arch))));
  g_hash_table_insert (metadata, g_strdup ("loss"), g_strdup (nn_loss_name (arch->loss)));

  list->n = 0;
  add_network (list, network, "");
  if (model->novelty != NULL)
    {
      add_network (list, model->novelty->network, NUMERAL_NOVELTY_PREFIX);
      numeral_model_novelty_describe (model->novelty, metadata);
    }
  return metadata;
}

GBytes *
numeral_model_format (const NumeralModel *model, gboolean half, GError **error)
{
  Tensors list;
  g_autoptr (GHashTable) metadata = describe (model, &list);

  return numeral_safetensors_format (list.tensors, list.n, metadata, half, error);
}

NumeralModel *
numeral_model_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, NUMERAL_MODEL_MAX_BYTES, cancellable, error);
  g_autofree char *name = NULL;
  NumeralModel *model;

  if (bytes == NULL)
    return NULL;
  model = numeral_model_parse (bytes, error);
  if (model == NULL)
    {
      name = g_file_get_parse_name (file);
      g_prefix_error (error, "%s: ", name);
    }
  return model;
}

/* Nothing is put in the place of a model that works which would not load again: weights that
 * diverged, a card beyond all bounds. */
static gboolean
check (const NumeralModel *model, GHashTable *metadata, GError **error)
{
  return nn_network_check_finite (model->network, error) &&
         (model->novelty == NULL || nn_network_check_finite (model->novelty->network, error)) &&
         check_metadata (metadata, error);
}

static gboolean
write_file (const NumeralModel *model,
            GFile *file,
            gboolean half,
            GCancellable *cancellable,
            GError **error)
{
  Tensors list;
  g_autoptr (GHashTable) metadata = describe (model, &list);
  g_autoptr (NumeralDraft) draft = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check (model, metadata, error))
    return FALSE;
  draft = numeral_draft_new (file, error);
  return draft != NULL &&
         numeral_safetensors_write (list.tensors, list.n, metadata, half, numeral_draft_write,
                                    draft, error) &&
         numeral_draft_commit (draft, cancellable, error);
}

gboolean
numeral_model_save (const NumeralModel *model,
                    GFile *file,
                    gboolean half,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;

  if (write_file (model, file, half, cancellable, &local))
    return TRUE;
  name = g_file_get_parse_name (file);
  /* What is wrong with the model says nothing of the file. */
  if (local->domain == NN_ERROR)
    g_prefix_error (&local, _ ("%s: not written: "), name);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Megabytes of the program's own file, which are read once and otherwise stay in its memory:
 * whoever wants them again has them read from the file again. */
static void
let_go (GBytes *bytes)
{
#ifdef MADV_DONTNEED
  const guintptr page = (guintptr) sysconf (_SC_PAGESIZE);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  const guintptr start = ((guintptr) data + page - 1) / page * page;
  const guintptr end = ((guintptr) data + size) / page * page;
  Dl_info object;

  /* Only where they are part of a file that was linked: what is written there would be lost. */
  if (end > start && dladdr (data, &object) != 0)
    (void) madvise ((void *) start, end - start, MADV_DONTNEED);
#endif
}

NumeralModel *
numeral_model_load_shipped (GError **error)
{
  /* Asked for by name rather than found among the registered resources: a linker drops from a
   * static library what nothing refers to, and its constructor with it. */
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (numeral_model_get_resource (), NUMERAL_MODEL_RESOURCE_PATH,
                              G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  NumeralModel *model;

  if (bytes == NULL)
    return NULL;
  model = numeral_model_parse (bytes, error);
  let_go (bytes);
  if (model == NULL)
    g_prefix_error (error, "%s: ", NUMERAL_MODEL_RESOURCE_PATH);
  return model;
}
