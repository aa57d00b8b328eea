/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source-generator.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-generate.h"

#define N_CLASSES 10

struct _NumeralGeneratorSource
{
  NumeralSource parent_instance;

  guint n, version;
  guint64 seed;
  guint threads;
};

G_DEFINE_FINAL_TYPE (NumeralGeneratorSource, numeral_generator_source, NUMERAL_TYPE_SOURCE)

static NumeralSource *
create (const NumeralSourceOptions *options)
{
  NumeralGeneratorSource *self = g_object_new (NUMERAL_TYPE_GENERATOR_SOURCE, NULL);

  self->n = options->generated;
  self->version = options->generator;
  self->seed = options->seed;
  self->threads = options->threads;
  return NUMERAL_SOURCE (self);
}

static gboolean
check (NumeralSource *source, GError **error)
{
  const guint n = NUMERAL_GENERATOR_SOURCE (source)->n;

  if (n >= NUMERAL_GENERATED_MIN && n <= NUMERAL_GENERATED_MAX)
    return TRUE;
  return numeral_fail (error, NN_ERROR_CONFIG, _ ("from %d to %d digits can be generated, not %u"),
                       NUMERAL_GENERATED_MIN, NUMERAL_GENERATED_MAX, n);
}

static void
on_progress (gsize done, gsize total, gpointer user_data)
{
  const NumeralSourceRequest *request = user_data;

  if (request->progress != NULL && total > 0)
    request->progress ((double) done / (double) total, request->user_data);
}

static NnDataset *
load (NumeralSource *source, const NumeralSourceRequest *request, GError **error)
{
  const NumeralGeneratorSource *self = NUMERAL_GENERATOR_SOURCE (source);

  if (request->n_rejected != NULL)
    *request->n_rejected = 0;
  if (request->lazy)
    return numeral_generate_digits_lazily (self->n, self->version, self->seed, error);
  return numeral_generate_digits (self->n, self->version, self->seed, self->threads,
                                  request->cancellable, on_progress, (gpointer) request, error);
}

/* Sample i is the digit i % 10. */
static gsize *
count (NumeralSource *source, guint *n_classes)
{
  const NumeralGeneratorSource *self = NUMERAL_GENERATOR_SOURCE (source);
  gsize *counts = g_new (gsize, N_CLASSES);

  for (guint i = 0; i < N_CLASSES; i++)
    counts[i] = (self->n + N_CLASSES - 1 - i) / N_CLASSES;
  *n_classes = N_CLASSES;
  return counts;
}

static char *
dup_label (NumeralSource *source)
{
  return g_strdup ("generated digits");
}

static char *
describe (NumeralSource *source)
{
  /* Translators: %'u is how many digits the program writes by itself */
  return g_strdup_printf (_ ("%'u built-in digits"), NUMERAL_GENERATOR_SOURCE (source)->n);
}

static void
numeral_generator_source_class_init (NumeralGeneratorSourceClass *klass)
{
  NumeralSourceClass *source_class = NUMERAL_SOURCE_CLASS (klass);

  source_class->name = "generated";
  source_class->title = N_ ("Built-in Handwriting");
  source_class->setting = "generated";
  source_class->is_digits = TRUE;
  source_class->create = create;
  source_class->check = check;
  source_class->load = load;
  source_class->count = count;
  source_class->dup_label = dup_label;
  source_class->describe = describe;
}

static void
numeral_generator_source_init (NumeralGeneratorSource *self)
{
}
