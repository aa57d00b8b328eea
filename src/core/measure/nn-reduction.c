/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-reduction.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-blas.h"

#define MAGIC "NUMREDUC"
#define VERSION 1

/* The header; the arrays follow. */
typedef struct
{
  char magic[8];
  guint32 version, n_features, n_components, reserved;
  double scale, total;
  guint8 digest[NN_REDUCTION_DIGEST];
} Header;

static void
digest_samples (const NnDataset *dataset, guint8 digest[NN_REDUCTION_DIGEST])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const gsize size = dataset->n * dataset->n_features;
  const guint64 shape[] = { dataset->n, dataset->n_features, dataset->n_classes };
  gsize length = NN_REDUCTION_DIGEST;

  g_checksum_update (checksum, (const guint8 *) shape, sizeof shape);
  if (dataset->pixels != NULL)
    g_checksum_update (checksum, dataset->pixels, (gssize) size);
  else
    g_checksum_update (checksum, (const guint8 *) dataset->values,
                       (gssize) (size * sizeof *dataset->values));
  g_checksum_update (checksum, dataset->labels, (gssize) dataset->n);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Coordinates that are all 0 stay so. */
static double
find_scale (const NnPca *pca)
{
  double sum = 0;

  for (guint i = 0; i < pca->n_components; i++)
    sum += pca->variance[i];
  return sum > 0 ? sqrt (pca->n_components / sum) : 1;
}

NnReduction *
nn_reduction_new (const NnDataset *train, guint n_components, const NnBulk *bulk, GError **error)
{
  const NnPcaRows rows = nn_pca_rows (train);
  NnPca *pca = nn_pca_new (&rows, n_components, bulk, error);
  NnReduction *reduction;

  if (pca == NULL)
    return NULL;
  reduction = g_new0 (NnReduction, 1);
  reduction->pca = pca;
  reduction->scale = find_scale (pca);
  digest_samples (train, reduction->digest);
  return reduction;
}

void
nn_reduction_free (NnReduction *reduction)
{
  nn_pca_free (reduction->pca);
  g_free (reduction);
}

double
nn_reduction_explained (const NnReduction *reduction)
{
  double sum = 0;

  for (guint i = 0; i < reduction->pca->n_components; i++)
    sum += nn_pca_ratio (reduction->pca, i);
  return MIN (sum, 1);
}

NnDataset *
nn_reduction_project (const NnReduction *reduction,
                      const NnDataset *dataset,
                      guint n_workers,
                      GError **error)
{
  const NnPcaRows rows = nn_pca_rows (dataset);
  const guint k = reduction->pca->n_components;
  const float scale = (float) reduction->scale;
  NnDataset *reduced = nn_dataset_new_values (dataset->n, k, dataset->n_classes, error);

  if (reduced == NULL)
    return NULL;
  nn_pca_project (reduction->pca, &rows, n_workers, reduced->values);
  for (gsize i = 0; i < dataset->n * k; i++)
    reduced->values[i] *= scale;
  memcpy (reduced->labels, dataset->labels, dataset->n);
  return reduced;
}

/* (transfer full): a network like @network with another number of inputs, without the weight of its
 * first layer. */
static NnNetwork *
copy_others (const NnNetwork *network, guint n_inputs)
{
  NnArchitecture arch = network->arch;
  NnNetwork *copy;
  gsize n_others;

  g_return_val_if_fail (network->n_weights > 0 && network->weights[0].layer == 0, NULL);
  g_return_val_if_fail (network->arch.layers[0].kind == NN_LAYER_DENSE, NULL);

  arch.input = (NnShape){ n_inputs, 1, 1 };
  copy = nn_network_new (&arch, NULL);
  g_return_val_if_fail (copy != NULL, NULL);
  n_others = network->n_params - (gsize) (network->weights[0].bias - network->params);
  memcpy (copy->weights[0].bias, network->weights[0].bias, n_others * sizeof (float));
  return copy;
}

/* Adds @factor times the product of the weight of @weights [n_out, n_features] and the mean to the
 * bias of @to. */
static void
add_mean (const NnReduction *reduction, const NnWeights *weights, double factor, NnWeights *to)
{
  for (guint i = 0; i < weights->n_out; i++)
    {
      const float *row = weights->weight + (gsize) i * weights->n_in;
      double sum = 0;

      for (guint j = 0; j < weights->n_in; j++)
        sum += (double) row[j] * (double) reduction->pca->mean[j];
      to->bias[i] = (float) ((double) to->bias[i] + factor * sum);
    }
}

NnNetwork *
nn_reduction_expand (const NnReduction *reduction, const NnNetwork *network)
{
  const NnPca *pca = reduction->pca;
  const gsize d = pca->n_features, k = pca->n_components;
  NnNetwork *whole = copy_others (network, pca->n_features);
  const NnWeights *from = &network->weights[0];
  NnWeights *to = &whole->weights[0];

  /* z = W r + b = (scale W components) x + b - (scale W components) mean */
  nn_sgemm (FALSE, FALSE, from->n_out, d, k, (float) reduction->scale, from->weight, k,
            pca->components, d, 0, to->weight, d);
  add_mean (reduction, to, -1, to);
  return whole;
}

NnNetwork *
nn_reduction_reduce (const NnReduction *reduction, const NnNetwork *network)
{
  const NnPca *pca = reduction->pca;
  const gsize d = pca->n_features, k = pca->n_components;
  NnNetwork *reduced = copy_others (network, pca->n_components);
  const NnWeights *from = &network->weights[0];
  NnWeights *to = &reduced->weights[0];

  /* x = mean + r components / scale; z = W x + b */
  nn_sgemm (FALSE, TRUE, from->n_out, k, d, (float) (1 / reduction->scale), from->weight, d,
            pca->components, d, 0, to->weight, k);
  add_mean (reduction, from, 1, to);
  return reduced;
}

gboolean
nn_reduction_is_in (const guint8 *bytes, gsize size)
{
  return size >= strlen (MAGIC) && memcmp (bytes, MAGIC, strlen (MAGIC)) == 0;
}

/* The arrays of @pca with their sizes in bytes, in the order in which they are written. */
typedef struct
{
  gpointer values;
  gsize size;
} Part;

#define N_PARTS 3

static gsize
list_parts (const NnPca *pca, Part parts[N_PARTS])
{
  const gsize d = pca->n_features, k = pca->n_components;

  parts[0] = (Part){ pca->mean, d * sizeof *pca->mean };
  parts[1] = (Part){ pca->components, k * d * sizeof *pca->components };
  parts[2] = (Part){ pca->variance, k * sizeof *pca->variance };
  return parts[0].size + parts[1].size + parts[2].size;
}

gboolean
nn_reduction_write (const NnReduction *reduction, NnWriteFunc write, gpointer data, GError **error)
{
  const NnPca *pca = reduction->pca;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[NN_REDUCTION_DIGEST];
  gsize length = sizeof digest;
  Header header;
  Part parts[N_PARTS];

  memset (&header, 0, sizeof header);
  memcpy (header.magic, MAGIC, sizeof header.magic);
  header.version = VERSION;
  header.n_features = pca->n_features;
  header.n_components = pca->n_components;
  header.scale = reduction->scale;
  header.total = pca->total;
  memcpy (header.digest, reduction->digest, sizeof header.digest);
  list_parts (pca, parts);
  g_checksum_update (checksum, (const guint8 *) &header, sizeof header);
  if (!write (data, &header, sizeof header, error))
    return FALSE;
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_checksum_update (checksum, parts[i].values, (gssize) parts[i].size);
      if (!write (data, parts[i].values, parts[i].size, error))
        return FALSE;
    }
  g_checksum_get_digest (checksum, digest, &length);
  return write (data, digest, sizeof digest, error);
}

/* Whether the arrays, which follow the header, and the checksum behind them are all there. */
static gboolean
check_body (const guint8 *bytes, gsize size, gsize n_arrays, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const gsize body = sizeof (Header) + n_arrays;
  guint8 digest[NN_REDUCTION_DIGEST];
  gsize length = sizeof digest;

  if (size < body + sizeof digest)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED,
                           _ ("the saved state ends inside its principal components"));
      return FALSE;
    }
  g_checksum_update (checksum, bytes, (gssize) body);
  g_checksum_get_digest (checksum, digest, &length);
  if (memcmp (digest, bytes + body, sizeof digest) == 0)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                       _ ("the saved state is damaged: its checksum does not agree"));
  return FALSE;
}

/* The header is that of components of @train. */
static gboolean
check_header (const Header *header, const NnDataset *train, guint n_components, GError **error)
{
  guint8 digest[NN_REDUCTION_DIGEST];

  if (header->n_features == train->n_features && header->n_components == n_components)
    {
      digest_samples (train, digest);
      if (memcmp (digest, header->digest, sizeof digest) == 0)
        return TRUE;
    }
  g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                       _ ("the saved state belongs to a run with other settings or other "
                          "data"));
  return FALSE;
}

NnReduction *
nn_reduction_read (const guint8 *bytes,
                   gsize size,
                   const NnDataset *train,
                   guint n_components,
                   gsize *length,
                   GError **error)
{
  g_autoptr (NnReduction) reduction = NULL;
  Header header = { .version = 0 };
  Part parts[N_PARTS];
  gsize at = sizeof header;
  NnPca sizes;

  if (size >= sizeof header)
    memcpy (&header, bytes, sizeof header);
  if (!nn_reduction_is_in (bytes, size) || header.version != VERSION)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("not a saved state of a run, or one of another version"));
      return NULL;
    }
  if (!check_header (&header, train, n_components, error))
    return NULL;
  sizes = (NnPca){ .n_features = header.n_features, .n_components = header.n_components };
  if (!check_body (bytes, size, list_parts (&sizes, parts), error))
    return NULL;
  reduction = g_new0 (NnReduction, 1);
  reduction->pca = nn_pca_alloc (header.n_features, header.n_components);
  list_parts (reduction->pca, parts);
  for (guint i = 0; i < N_PARTS; at += parts[i++].size)
    memcpy (parts[i].values, bytes + at, parts[i].size);
  reduction->pca->total = header.total;
  reduction->scale = header.scale;
  memcpy (reduction->digest, header.digest, sizeof header.digest);
  *length = at + NN_REDUCTION_DIGEST;
  return g_steal_pointer (&reduction);
}
