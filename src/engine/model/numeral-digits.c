/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-digits.h"

#include <glib/gi18n-lib.h>

#include "ink-tensor.h"
#include "numeral-fail.h"

gboolean
numeral_digits_check (const NnNetwork *network, GError **error)
{
  g_autofree char *shape = NULL;

  if (nn_architecture_n_inputs (&network->arch) == INK_TENSOR_SIZE &&
      nn_architecture_n_classes (&network->arch) == NUMERAL_N_DIGITS)
    return TRUE;
  shape = nn_architecture_to_string (&network->arch);
  return numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("a network of the form %s cannot read digits: it needs %u inputs and %u "
                          "classes"),
                       shape, INK_TENSOR_SIZE, NUMERAL_N_DIGITS);
}
