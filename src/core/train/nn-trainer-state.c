/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAGIC "NUMSTATE"
#define VERSION_MLP 2    /* as 0.1 writes and reads it */
#define VERSION_LAYERS 5 /* more than one bit away, so that no damaged bit makes one the other */
#define DIGEST_LENGTH 32

/* The header, before the arrays: all that must agree for the curve to go on. Host byte order: a
 * state is for the machine that wrote it, for only there is the curve the same. */
typedef struct
{
  char magic[8];
  guint32 version;
  guint32 n_layers;
  guint32 widths[NN_MAX_DENSE + 1]; /* of a multilayer perceptron; of other networks, and of
                                       private runs, the SHA-256 of format_network() and zeros */
  guint32 whole[NN_STATE_N_WHOLE];  /* by the places of NnStatePlace, as are the reals */
  guint64 seed;
  guint64 n_samples;
  guint64 n_params;
  double real[NN_STATE_N_REAL];
  double augment[NN_N_AUGMENT_FIELDS];
  guint64 step;
  double learning_rate_scale;
} Header;

/* The network as text; of a private run with the settings that its epsilon depends on. */
static char *
format_network (const NnTrainer *trainer)
{
  static const char *const private_settings[] = { "dp-noise", "dp-clip", "dp-delta" };
  g_autofree char *network = nn_architecture_to_string (&trainer->arch);
  GString *text = g_string_new (network);

  for (guint i = 0; i < G_N_ELEMENTS (private_settings) && trainer->config.dp_noise > 0; i++)
    {
      const double value =
          nn_setting_get_number (nn_train_setting (private_settings[i]), &trainer->config);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, " %s", g_ascii_dtostr (number, sizeof number, value));
    }
  return g_string_free (text, FALSE);
}

static void
set_network (const NnTrainer *trainer, Header *header)
{
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *text = NULL;
  gsize length = DIGEST_LENGTH;
  NnMlp mlp;

  if (trainer->config.dp_noise <= 0 && nn_architecture_get_mlp (&trainer->arch, &mlp))
    {
      header->version = VERSION_MLP;
      header->n_layers = mlp.n_layers;
      for (guint l = 0; l <= mlp.n_layers; l++)
        header->widths[l] = mlp.widths[l];
      return;
    }
  header->version = VERSION_LAYERS;
  header->n_layers = trainer->arch.n_layers;
  text = format_network (trainer);
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guint8 *) text, -1);
  g_checksum_get_digest (checksum, (guint8 *) header->widths, &length);
}

static void
put_setting (const NnSetting *setting, const NnTrainConfig *config, Header *header)
{
  const guint place = setting->state;

  if (place == NN_STATE_SEED)
    header->seed = config->seed;
  else if (place >= NN_STATE_REAL)
    header->real[place - NN_STATE_REAL] = nn_setting_get_number (setting, config);
  else if (place >= NN_STATE_WHOLE)
    header->whole[place - NN_STATE_WHOLE] = (guint32) nn_setting_get_number (setting, config);
}

static void
header_init (const NnTrainer *trainer, Header *header)
{
  memset (header, 0, sizeof *header); /* padding too: it is checksummed */
  memcpy (header->magic, MAGIC, sizeof header->magic);
  set_network (trainer, header);
  header->n_samples = trainer->train->n;
  header->n_params = nn_architecture_n_params (&trainer->arch);
  header->step = trainer->step;
  header->learning_rate_scale = trainer->learning_rate_scale;
  for (guint i = 0; i < NN_N_TRAIN_SETTINGS; i++)
    put_setting (&nn_train_settings[i], &trainer->config, header);
  for (guint i = 0; i < NN_N_AUGMENT_FIELDS; i++)
    header->augment[i] = nn_augment_get (&trainer->config.augment, i);
}

/* The blocks that a state holds, in order; absent moments are skipped. */
static guint
blocks (const NnTrainer *trainer, float *list[3])
{
  guint n = 0;

  list[n++] = trainer->params;
  if (trainer->first_moment != NULL)
    list[n++] = trainer->first_moment;
  if (trainer->second_moment != NULL)
    list[n++] = trainer->second_moment;
  return n;
}

static void
digest_of (const guint8 *data, gsize size, guint8 digest[DIGEST_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_LENGTH;

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Where a state goes, and the checksum of what has gone there. */
typedef struct
{
  NnWriteFunc write;
  gpointer data;
  GChecksum *checksum;
} Sink;

static gboolean
put (Sink *sink, gconstpointer bytes, gsize size, GError **error)
{
  g_checksum_update (sink->checksum, bytes, (gssize) size);
  return sink->write (sink->data, bytes, size, error);
}

/* One block in canonical order: layer after layer, weight [out, in] and bias [out]. */
static gboolean
put_block (const NnTrainer *trainer, const float *block, Sink *sink, GError **error)
{
  for (guint w = 0; w < trainer->n_weights; w++)
    {
      const gsize size = trainer->weights_size[w];
      float *buffer = nn_aligned_new0 (size);
      const float *values = trainer->plan->get_weights (trainer, block, w, buffer);
      const gboolean written = put (sink, values, size * sizeof (float), error);

      nn_aligned_free (buffer);
      if (!written)
        return FALSE;
    }
  return TRUE;
}

gboolean
nn_trainer_write_state (NnTrainer *trainer, NnWriteFunc write, gpointer data, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Sink sink = { write, data, checksum };
  float *list[3];
  guint n_blocks = blocks (trainer, list);
  guint8 digest[DIGEST_LENGTH];
  gsize length = sizeof digest;
  Header header;

  header_init (trainer, &header);
  if (!put (&sink, &header, sizeof header, error))
    return FALSE;
  for (guint b = 0; b < n_blocks; b++)
    if (!put_block (trainer, list[b], &sink, error))
      return FALSE;
  g_checksum_get_digest (checksum, digest, &length);
  return write (data, digest, sizeof digest, error);
}

gboolean
nn_trainer_restore_state (NnTrainer *trainer, GBytes *state, GError **error)
{
  float *list[3];
  guint n_blocks = blocks (trainer, list);
  gsize n_params = nn_architecture_n_params (&trainer->arch);
  gsize body = sizeof (Header) + n_blocks * n_params * sizeof (float);
  gsize size;
  const guint8 *data = g_bytes_get_data (state, &size);
  Header header, expected;
  guint8 digest[DIGEST_LENGTH];
  g_autofree float *canonical = NULL;

  if (size < sizeof header)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TRUNCATED,
                           _ ("the saved state ends inside its header"));
      return FALSE;
    }
  memcpy (&header, data, sizeof header);
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0 ||
      (header.version != VERSION_MLP && header.version != VERSION_LAYERS))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("not a saved state of a run, or one of another version"));
      return FALSE;
    }
  header_init (trainer, &expected);
  expected.step = header.step;
  expected.learning_rate_scale = header.learning_rate_scale;
  if (memcmp (&header, &expected, sizeof header) != 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("the saved state belongs to a run with other settings or other "
                              "data"));
      return FALSE;
    }
  if (size != body + DIGEST_LENGTH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TRUNCATED,
                   _ ("the saved state has %zu bytes where it needs %zu"), size,
                   body + DIGEST_LENGTH);
      return FALSE;
    }
  digest_of (data, body, digest);
  if (memcmp (digest, data + body, DIGEST_LENGTH) != 0 || !isfinite (header.learning_rate_scale))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT,
                           _ ("the saved state is damaged: its checksum does not agree"));
      return FALSE;
    }

  canonical = g_new (float, n_params);
  for (guint b = 0; b < n_blocks; b++)
    {
      memcpy (canonical, data + sizeof header + b * n_params * sizeof (float),
              n_params * sizeof (float));
      nn_trainer_pack (trainer, canonical, list[b]);
    }
  trainer->step = header.step;
  trainer->learning_rate_scale = header.learning_rate_scale;
  return TRUE;
}
