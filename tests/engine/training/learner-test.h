/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests that learn a person's hand. */

#include "numeral-hand-sample.h"
#include "numeral-model.h"

G_BEGIN_DECLS

/* (transfer full): a small model that learned generated digits; its name is "Before". */
NumeralModel *learner_test_model (void);

/* Writes some generated digits where MNIST is looked for, and nothing else is: (transfer full) the
 * folder, to be removed. */
char *learner_test_mnist (void);

/* (transfer full): digit @number % 10 in a hand that leans as the generator's hands do not. */
NumeralHandSample *learner_test_sample (guint number, int label);

G_END_DECLS
