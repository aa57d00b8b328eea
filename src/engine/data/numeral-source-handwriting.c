/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source-handwriting.h"

#include <glib/gi18n-lib.h>

#include "numeral-data-ink.h"
#include "numeral-fail.h"
#include "numeral-hand-digits.h"
#include "numeral-run-names.h"

struct _NumeralHandwritingSource
{
  NumeralSource parent_instance;
};

G_DEFINE_FINAL_TYPE (NumeralHandwritingSource, numeral_handwriting_source, NUMERAL_TYPE_SOURCE)

static NumeralSource *
create (const NumeralSourceOptions *options)
{
  return g_object_new (NUMERAL_TYPE_HANDWRITING_SOURCE, NULL);
}

static gboolean
fail_empty (GError **error)
{
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("you have not kept any digits of your handwriting yet; keep some, or "
                          "choose other data"));
}

/* Whether there are digits in the file is found out when it is loaded. */
static gboolean
find (NumeralSource *source, GError **error)
{
  g_autofree char *path = numeral_hand_default_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS) || fail_empty (error);
}

/* (transfer full) (element-type InkSample) (nullable): oldest first */
static GPtrArray *
read_digits (gsize *n_damaged, GCancellable *cancellable, GError **error)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GPtrArray) all = numeral_hand_db_read_all (db, cancellable, error);

  return all != NULL ? numeral_hand_select_digits (all, NULL, n_damaged) : NULL;
}

static NnDataset *
load (NumeralSource *source, const NumeralSourceRequest *request, GError **error)
{
  gsize n_damaged = 0, n_without_ink = 0;
  g_autoptr (GPtrArray) digits = read_digits (&n_damaged, request->cancellable, error);
  NnDataset *dataset;

  if (digits == NULL)
    return NULL;
  if (digits->len == 0)
    {
      fail_empty (error);
      return NULL;
    }
  dataset = numeral_data_from_ink (digits, FALSE, &n_without_ink, request->cancellable, error);
  if (request->n_rejected != NULL)
    *request->n_rejected = n_damaged + n_without_ink;
  return dataset;
}

static char *
dup_label (NumeralSource *source)
{
  return g_strdup ("my handwriting");
}

static char *
describe (NumeralSource *source)
{
  return g_strdup (_ ("My Handwriting"));
}

static void
numeral_handwriting_source_class_init (NumeralHandwritingSourceClass *klass)
{
  NumeralSourceClass *source_class = NUMERAL_SOURCE_CLASS (klass);

  source_class->name = NUMERAL_RUN_SOURCE_HANDWRITING;
  source_class->title = N_ ("My Handwriting");
  source_class->is_digits = TRUE;
  source_class->create = create;
  source_class->find = find;
  source_class->load = load;
  source_class->dup_label = dup_label;
  source_class->describe = describe;
}

static void
numeral_handwriting_source_init (NumeralHandwritingSource *self)
{
}
