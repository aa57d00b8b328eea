/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For dladdr(). */

#include "numeral-model-file.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "numeral-draft.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "numeral-input-scale.h"
#include "numeral-model-format.h"
#include "numeral-model-resource.h"
#include "numeral-resource.h"

/* Formats of other programs that are named with a way out. PyTorch and Keras both write zip
 * archives: there the suffix decides. */
static const struct
{
  const char *magic;
  guint n_magic;
  const char *suffix; /* (nullable) */
  const char *advice;
} others[] = {
  { "GGUF", 4, NULL, N_ ("this is GGUF, a format of language models, which read no digits") },
  { "\x89HDF", 4, NULL,
    N_ ("this is a file of Keras (HDF5); save it in Python with "
        "safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, "
        "\"model.safetensors\")") },
  { "PK\3\4", 4, ".keras",
    N_ ("this is a file of Keras; save it in Python with "
        "safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, "
        "\"model.safetensors\")") },
  { "PK\3\4", 4, NULL,
    N_ ("this is a file of PyTorch; save it in Python with "
        "safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")") },
  { "\x80\2", 2, NULL,
    N_ ("this is a pickle, as of PyTorch or scikit-learn; save its weights in Python with "
        "safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")") },
};

/* (nullable) */
static const char *
find_advice (GBytes *bytes, const char *name)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (size >= others[i].n_magic && memcmp (data, others[i].magic, others[i].n_magic) == 0 &&
        (others[i].suffix == NULL || (name != NULL && g_str_has_suffix (name, others[i].suffix))))
      return _ (others[i].advice);
  return NULL;
}

static NumeralModel *
parse (GBytes *bytes, const char *name, GFile *folder, GError **error)
{
  const NumeralModelFormat *format = NULL;
  g_autofree char *known = NULL;

  if (g_bytes_get_size (bytes) > NUMERAL_MODEL_MAX_BYTES)
    {
      numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the model is too large"));
      return NULL;
    }
  format = numeral_model_format_for_bytes (bytes);
  /* A damaged file gets an error about the damage, and not about an unknown format. */
  if (format == NULL && name != NULL)
    format = numeral_model_format_for_name (name);
  if (format != NULL && format->load != NULL)
    return format->load (bytes, folder, error);
  if (format != NULL)
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    /* Translators: %s is the name of a format, such as "C" */
                    _ ("a model is only written as %s; open the model that this was made from"),
                    format->name);
      return NULL;
    }
  if (find_advice (bytes, name) != NULL)
    {
      numeral_fail (error, NN_ERROR_FORMAT, "%s", find_advice (bytes, name));
      return NULL;
    }
  known = numeral_model_format_dup_names (TRUE);
  numeral_fail (error, NN_ERROR_FORMAT,
                /* Translators: %s is a list of file formats such as "safetensors" */
                _ ("this is not a model in a format that Numeral reads (%s)"), known);
  return NULL;
}

NumeralModel *
numeral_model_parse (GBytes *bytes, const char *name, GError **error)
{
  return parse (bytes, name, NULL, error);
}

/* A network of another program may want its input scaled. @model is new: nobody has seen it. */
static void
scale_input (NumeralModel *model)
{
  const char *scale = NULL;

  if (numeral_model_get_metadata (model, "preprocessing") == NULL)
    scale = numeral_input_scale_find (&model->network);
  if (scale != NULL)
    g_hash_table_insert (model->metadata, g_strdup (NUMERAL_MODEL_INPUT), g_strdup (scale));
}

/* @architecture: (nullable) */
static NumeralModel *
parse_as (GBytes *bytes, const char *name, GFile *folder, const char *architecture, GError **error)
{
  const NumeralModelFormat *format = numeral_model_format_for_bytes (bytes);

  if (architecture == NULL)
    return parse (bytes, name, folder, error);
  if (format != NULL && format->load_as != NULL)
    return format->load_as (bytes, architecture, error);
  numeral_fail (error, NN_ERROR_CONFIG,
                _ ("an architecture can be named only for weights in safetensors or NumPy"));
  return NULL;
}

NumeralModel *
numeral_model_load_as (GFile *file,
                       const char *architecture,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GBytes) bytes = numeral_file_read (file, NUMERAL_MODEL_MAX_BYTES, cancellable, error);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *base = g_file_get_basename (file);
  NumeralModel *model;

  if (bytes == NULL)
    return NULL;
  model = parse_as (bytes, base, folder, architecture, error);
  if (model == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  scale_input (model);
  return model;
}

NumeralModel *
numeral_model_load (GFile *file, GCancellable *cancellable, GError **error)
{
  return numeral_model_load_as (file, NULL, cancellable, error);
}

/* A working model is never replaced by one whose weights diverged. */
static gboolean
check_finite (const NumeralModel *model, GError **error)
{
  return nn_network_check_finite (model->network, error) &&
         (model->novelty == NULL || nn_network_check_finite (model->novelty->network, error));
}

static gboolean
write_file (const NumeralModel *model,
            GFile *file,
            NumeralSaveFlags flags,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  const NumeralModelFormat *format = base != NULL ? numeral_model_format_for_name (base) : NULL;
  g_autoptr (NumeralDraft) draft = NULL;

  if (format == NULL)
    format = numeral_model_formats ()[0];
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_finite (model, error))
    return FALSE;
  draft = numeral_draft_new (file, error);
  return draft != NULL && format->save (model, flags, numeral_draft_write, draft, error) &&
         numeral_draft_commit (draft, cancellable, error);
}

gboolean
numeral_model_save (const NumeralModel *model,
                    GFile *file,
                    NumeralSaveFlags flags,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;

  if (write_file (model, file, flags, cancellable, &local))
    return TRUE;
  name = g_file_get_parse_name (file);
  /* An error of the model does not name the file. */
  if (local->domain == NN_ERROR)
    g_prefix_error (&local, _ ("%s: not written: "), name);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Releases the memory of a resource of several megabytes that is read once. The kernel reads it
 * from the program's file again if it is needed again. */
static void
drop_pages (GBytes *bytes)
{
#ifdef MADV_DONTNEED
  const guintptr page = (guintptr) sysconf (_SC_PAGESIZE);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  const guintptr start = ((guintptr) data + page - 1) / page * page;
  const guintptr end = ((guintptr) data + size) / page * page;
  Dl_info object;

  /* Only for data in the file of the program: this would lose writable data. */
  if (end > start && dladdr (data, &object) != 0)
    (void) madvise ((void *) start, end - start, MADV_DONTNEED);
#endif
}

NumeralModel *
numeral_model_load_shipped (GError **error)
{
  g_autoptr (GBytes) bytes =
      numeral_resource_read (numeral_model_get_resource, NUMERAL_MODEL_RESOURCE_PATH, error);
  NumeralModel *model;

  if (bytes == NULL)
    return NULL;
  model = numeral_model_parse (bytes, NUMERAL_MODEL_RESOURCE_PATH, error);
  drop_pages (bytes);
  if (model == NULL)
    g_prefix_error (error, "%s: ", NUMERAL_MODEL_RESOURCE_PATH);
  return model;
}
