/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/* Number of digits that can be generated for a run; the largest number takes 784 MB. */
#define NUMERAL_GENERATED_MIN 100
#define NUMERAL_GENERATED_MAX 1000000

/* The rows of the table of sources, for the setting that names one. What a source does is decided
 * by its class alone. */
typedef enum
{
  NUMERAL_SOURCE_MNIST,
  NUMERAL_SOURCE_GENERATED,
  NUMERAL_SOURCE_PATH,
  NUMERAL_SOURCE_HANDWRITING,
  NUMERAL_SOURCE_GAN,
  NUMERAL_N_SOURCES,
} NumeralSourceKind;

/**
 * NumeralSourceOptions:
 * @path: (nullable): the file or folder; of a trained generator its file
 * @generated: number of digits to generate
 * @generator: version of the generator, 1 to INK_GENERATOR_VERSION
 * @seed: seed of the generated digits
 * @counts: (nullable): how many samples of each class a trained generator makes, in the text form
 * of numeral-sample-counts.h; %NULL for @generated samples
 * @threads: number of threads that generate them; 0 for one per processor
 *
 * The options of all sources; each source reads its own.
 */
typedef struct
{
  const char *path;
  guint generated, generator;
  guint64 seed;
  const char *counts;
  guint threads;
} NumeralSourceOptions;

/* The samples to load from a source. */
typedef NumeralDataRequest NumeralSourceRequest;

#define NUMERAL_TYPE_SOURCE (numeral_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (NumeralSource, numeral_source, NUMERAL, SOURCE, GObject)

/**
 * NumeralSourceClass:
 * @name: in files and on the command line, "mnist"
 * @title: for people, to be translated: "MNIST"
 * @setting: (nullable): name of the run setting that it reads, "path"
 * @is_digits: whether its samples are always digits of 28 × 28 pixels; otherwise this is known
 *   only after they are loaded
 * @create: (transfer full): a source with its own options
 * @check: (nullable): whether the options are valid, without a look at files; NN_ERROR_CONFIG
 * @find: (nullable): whether the files exist, if the options are valid; NN_ERROR_CONFIG. %NULL if
 *   there are no files
 * @has_test: (nullable): whether there is a separate test split; %NULL for never
 * @load: (transfer full): as numeral_data_load()
 * @count: (nullable): (transfer full): number of samples of each class, if it is known without
 *   loading them
 * @dup_label: (transfer full): in training cards, never translated: "MNIST", or a path
 * @describe: (transfer full): for people, translated
 *
 * Where samples come from: a file for each kind of source, and a row in the table in
 * numeral-source.c. A source is immutable, and any thread may use it.
 */
struct _NumeralSourceClass
{
  GObjectClass parent_class;

  const char *name, *title, *setting;
  gboolean is_digits;
  NumeralSource *(*create) (const NumeralSourceOptions *options);
  gboolean (*check) (NumeralSource *self, GError **error);
  gboolean (*find) (NumeralSource *self, GError **error);
  gboolean (*has_test) (NumeralSource *self);
  NnDataset *(*load) (NumeralSource *self, const NumeralSourceRequest *request, GError **error);
  gsize *(*count) (NumeralSource *self, guint *n_classes);
  char *(*dup_label) (NumeralSource *self);
  char *(*describe) (NumeralSource *self);
};

/* (transfer none): the class of a row of the table; %NULL if there is no such row. */
const NumeralSourceClass *numeral_source_get_kind (guint kind);
/* (transfer full) */
NumeralSource *numeral_source_new (NumeralSourceKind kind, const NumeralSourceOptions *options);

/* Whether the options are valid; NN_ERROR_CONFIG. Touches no files. */
gboolean numeral_source_check (NumeralSource *self, GError **error);
/* Whether numeral_source_find() must look for files. */
gboolean numeral_source_has_files (NumeralSource *self);
/* Whether the options are valid and the files exist; NN_ERROR_CONFIG. Blocks, for minutes if they
 * are on a server that does not answer. */
gboolean numeral_source_find (NumeralSource *self, GError **error);
/* See NumeralSourceClass. */
gboolean numeral_source_has_test (NumeralSource *self);
char *numeral_source_dup_label (NumeralSource *self);
char *numeral_source_describe (NumeralSource *self);

/* (transfer full): blocks. NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*, G_IO_ERROR_CANCELLED */
NnDataset *
numeral_source_load (NumeralSource *self, const NumeralSourceRequest *request, GError **error);
/* (transfer full): [n_classes] number of samples of each class for training. Loads the samples if
 * it is not known otherwise. Blocks; errors as above. */
gsize *numeral_source_count (NumeralSource *self,
                             guint *n_classes,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
