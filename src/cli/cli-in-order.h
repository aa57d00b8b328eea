/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliInOrder:
 * @worker_new: makes what one thread works with; called in that thread
 * @worker_free: frees it
 * @work: gives the result of item @item; called in any of the threads
 * @take: (transfer full): takes the results on the calling thread, in the order of the items;
 *   %FALSE stops
 * @result_free: frees a result that is not taken, because @take stopped
 *
 * Work on a list of items whose results are wanted in order.
 */
typedef struct
{
  gpointer (*worker_new) (gpointer data);
  void (*worker_free) (gpointer worker);
  gpointer (*work) (gpointer worker, guint item, gpointer data);
  gboolean (*take) (gpointer result, gpointer data);
  void (*result_free) (gpointer result);
} CliInOrder;

/* Does the work on items 0 to @n - 1 in as many threads as there are processors; a single item is
 * worked on by the calling thread. Only a few results wait to be taken at any time. */
void cli_in_order (const CliInOrder *order, guint n, gpointer data);

G_END_DECLS
