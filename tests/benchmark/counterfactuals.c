/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "numeral-counterfactual.h"
#include "numeral-data.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"

/* For how many of the first digits of MNIST's test split a deformation is found with which the
 * model that ships reads the runner-up, and does not refuse it.
 *
 *   counterfactuals [NUMBER]
 */

#define NUMBER 100

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mnist = numeral_data_find_mnist ();
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (&error);
  g_autoptr (NumeralReader) reader = NULL;
  g_autoptr (GArray) displacements = g_array_new (FALSE, FALSE, sizeof (double));
  const guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : NUMBER;
  gint64 start;

  g_assert_no_error (error);
  if (mnist == NULL)
    {
      g_printerr ("NUMERAL_DATA_DIR does not name a folder with MNIST\n");
      return 77;
    }
  dataset = numeral_data_load (mnist, NUMERAL_SPLIT_TEST, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, <=, dataset->n);
  reader = numeral_reader_new (model);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    {
      NumeralReading reading;
      g_autoptr (NumeralCounterfactual) found = NULL;

      nn_dataset_get (dataset, i, reading.tensor);
      numeral_reader_read (reader, &reading);
      found = numeral_counterfactual_find (model, reading.tensor, reading.runner_up, NULL, NULL,
                                           NULL, NULL);
      if (found != NULL)
        g_array_append_val (displacements, found->displacement);
      else
        g_print ("sample %u: no way from %u to %u\n", i, reading.digit, reading.runner_up);
    }
  g_array_sort (displacements, compare);
  g_print ("%u of %u found and accepted, %.2f s each", displacements->len, n,
           1e-6 * (double) (g_get_monotonic_time () - start) / n);
  if (displacements->len > 0)
    g_print (", mean displacement %.2f pixels (median; largest %.2f)",
             g_array_index (displacements, double, displacements->len / 2),
             g_array_index (displacements, double, displacements->len - 1));
  g_print ("\n");
  return 0;
}
