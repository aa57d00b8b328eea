/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-list.h"
#include "numeral-run-reader.h"
#include "numeral-run-root.h"
#include "numeral-run-store.h"

G_BEGIN_DECLS

/* Private to numeral-run-store*.c. */

struct _NumeralRunStore
{
  GObject parent_instance;
  NumeralRunRoot *root;
  NumeralRunList list, deleted;
  NumeralRunReader *reader; /* NULL when the runs are read */
  gboolean again;           /* whether the runs on one's own handwriting are read once more then */
  char *problem;
};

G_END_DECLS
