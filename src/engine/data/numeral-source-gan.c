/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source-gan.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-generator-file.h"
#include "numeral-sample-counts.h"

struct _NumeralGanSource
{
  NumeralSource parent_instance;

  char *path; /* (nullable): nothing has been chosen */
  char *counts;
  guint64 seed;
  guint threads;
};

G_DEFINE_FINAL_TYPE (NumeralGanSource, numeral_gan_source, NUMERAL_TYPE_SOURCE)

static NumeralSource *
create (const NumeralSourceOptions *options)
{
  NumeralGanSource *self = g_object_new (NUMERAL_TYPE_GAN_SOURCE, NULL);

  self->path = g_strdup (options->path);
  self->counts = options->counts != NULL ? g_strdup (options->counts) :
                                           g_strdup_printf ("%u", options->generated);
  self->seed = options->seed;
  self->threads = options->threads;
  return NUMERAL_SOURCE (self);
}

static gboolean
is_chosen (const NumeralGanSource *self)
{
  return self->path != NULL && *self->path != '\0';
}

static gboolean
check (NumeralSource *source, GError **error)
{
  const NumeralGanSource *self = NUMERAL_GAN_SOURCE (source);
  guint counts[NN_MAX_CLASSES];

  if (!is_chosen (self))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("choose the file of a generator"));
  /* Which classes there are is in the file. */
  return numeral_sample_counts_parse (self->counts, NN_MAX_CLASSES, counts, error);
}

static gboolean
find (NumeralSource *source, GError **error)
{
  const NumeralGanSource *self = NUMERAL_GAN_SOURCE (source);

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("%s: there is no such file of a generator"),
                         self->path);
  return TRUE;
}

static void
on_progress (double share, gpointer user_data)
{
  const NumeralSourceRequest *request = user_data;

  if (request->progress != NULL)
    request->progress (share, request->user_data);
}

static NnDataset *
load (NumeralSource *source, const NumeralSourceRequest *request, GError **error)
{
  const NumeralGanSource *self = NUMERAL_GAN_SOURCE (source);
  g_autoptr (GFile) file = NULL;
  g_autoptr (NumeralGenerator) generator = NULL;
  guint counts[NN_MAX_CLASSES];

  if (request->n_rejected != NULL)
    *request->n_rejected = 0;
  if (!numeral_source_find (source, error))
    return NULL;
  file = g_file_new_for_path (self->path);
  generator = numeral_generator_load (file, request->cancellable, error);
  if (generator == NULL)
    return NULL;
  if (!numeral_sample_counts_parse (self->counts, generator->n_classes, counts, error))
    {
      g_prefix_error (error, "%s: ", self->path);
      return NULL;
    }
  return numeral_generator_make (generator, counts, self->seed, self->threads, request->cancellable,
                                 on_progress, (gpointer) request, error);
}

/* In cards a path is shortened to its last component, and what is not a path is kept. */
static char *
dup_label (NumeralSource *source)
{
  const NumeralGanSource *self = NUMERAL_GAN_SOURCE (source);
  g_autofree char *base = is_chosen (self) ? g_path_get_basename (self->path) : g_strdup ("");

  return g_strdup_printf ("gan:%s:%s", base, self->counts);
}

static char *
describe (NumeralSource *source)
{
  const NumeralGanSource *self = NUMERAL_GAN_SOURCE (source);
  g_autofree char *base = NULL;

  if (!is_chosen (self))
    return g_strdup (_ ("nothing chosen"));
  base = g_filename_display_basename (self->path);
  /* Translators: %1$s is the number of digits, or "3=600,7=600"; %2$s the name of a file */
  return g_strdup_printf (_ ("%1$s digits by %2$s"), self->counts, base);
}

static void
numeral_gan_source_finalize (GObject *object)
{
  g_free (NUMERAL_GAN_SOURCE (object)->path);
  g_free (NUMERAL_GAN_SOURCE (object)->counts);
  G_OBJECT_CLASS (numeral_gan_source_parent_class)->finalize (object);
}

static void
numeral_gan_source_class_init (NumeralGanSourceClass *klass)
{
  NumeralSourceClass *source_class = NUMERAL_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_gan_source_finalize;
  source_class->name = "gan";
  source_class->title = N_ ("Trained Generator");
  source_class->setting = "path";
  source_class->create = create;
  source_class->check = check;
  source_class->find = find;
  source_class->load = load;
  source_class->dup_label = dup_label;
  source_class->describe = describe;
}

static void
numeral_gan_source_init (NumeralGanSource *self)
{
}
