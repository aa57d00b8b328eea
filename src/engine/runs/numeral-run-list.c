/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-list.h"

#include <string.h>

/* Up to this many scattered runs change one by one, so that the rows between them stay as they
 * are, and are still selected. */
#define MAX_SINGLE 16

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return numeral_run_compare (*(NumeralRun *const *) a, *(NumeralRun *const *) b);
}

void
numeral_run_list_sort (GPtrArray *runs)
{
  g_ptr_array_sort (runs, compare_pointers);
}

void
numeral_run_list_init (NumeralRunList *list, NumeralRunListFunc changed, gpointer data)
{
  list->runs = g_ptr_array_new ();
  list->changed = changed;
  list->data = data;
}

void
numeral_run_list_clear (NumeralRunList *list)
{
  g_ptr_array_foreach (list->runs, (GFunc) (void (*) (void)) g_object_unref, NULL);
  g_clear_pointer (&list->runs, g_ptr_array_unref);
}

gboolean
numeral_run_list_find (const NumeralRunList *list, NumeralRun *run, guint *at)
{
  guint first = 0, end = list->runs->len;

  while (first < end)
    {
      const guint middle = first + (end - first) / 2;

      if (numeral_run_compare (list->runs->pdata[middle], run) < 0)
        first = middle + 1;
      else
        end = middle;
    }
  if (at != NULL)
    *at = first;
  return first < list->runs->len && numeral_run_compare (list->runs->pdata[first], run) == 0;
}

/* Replaces @removed runs from @at on by all of @runs, whose references it takes. The references of
 * the runs before are the caller's. */
static void
splice (NumeralRunList *list, guint at, guint removed, GPtrArray *runs)
{
  const guint tail = list->runs->len - at - removed;
  const guint length = list->runs->len - removed + runs->len;
  gpointer *pdata;

  if (length > list->runs->len)
    g_ptr_array_set_size (list->runs, (int) length);
  pdata = list->runs->pdata;
  /* An empty array has no memory, whose address may not be copied from. */
  if (tail > 0)
    memmove (pdata + at + runs->len, pdata + at + removed, tail * sizeof *pdata);
  if (runs->len > 0)
    memcpy (pdata + at, runs->pdata, runs->len * sizeof *pdata);
  if (length < list->runs->len)
    g_ptr_array_set_size (list->runs, (int) length);
}

static void
add_some (NumeralRunList *list, guint at, guint end, GPtrArray *runs)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_sized_new (end - at + runs->len);
  guint i = at;

  for (guint j = 0; j < runs->len; j++)
    {
      while (i < end && numeral_run_compare (list->runs->pdata[i], runs->pdata[j]) < 0)
        g_ptr_array_add (merged, list->runs->pdata[i++]);
      g_ptr_array_add (merged, g_object_ref (runs->pdata[j]));
    }
  while (i < end)
    g_ptr_array_add (merged, list->runs->pdata[i++]);
  splice (list, at, end - at, merged);
  list->changed (at, end - at, merged->len, list->data);
}

void
numeral_run_list_add (NumeralRunList *list, GPtrArray *runs)
{
  guint at, end;

  if (runs->len == 0)
    return;
  numeral_run_list_find (list, runs->pdata[0], &at);
  numeral_run_list_find (list, runs->pdata[runs->len - 1], &end);
  if (at == end || runs->len > MAX_SINGLE)
    {
      add_some (list, at, end, runs);
      return;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      numeral_run_list_find (list, runs->pdata[i], &at);
      g_ptr_array_insert (list->runs, (int) at, g_object_ref (runs->pdata[i]));
      list->changed (at, 0, 1, list->data);
    }
}

static void
remove_some (NumeralRunList *list, guint at, guint end, GPtrArray *runs)
{
  g_autoptr (GPtrArray) left = g_ptr_array_sized_new (end - at - runs->len);
  guint j = 0;

  for (guint i = at; i < end; i++)
    if (j < runs->len && list->runs->pdata[i] == runs->pdata[j])
      j++;
    else
      g_ptr_array_add (left, list->runs->pdata[i]);
  splice (list, at, end - at, left);
  list->changed (at, end - at, left->len, list->data);
  /* The caller's array holds a reference of each as well. */
  for (guint i = 0; i < runs->len; i++)
    g_object_unref (runs->pdata[i]);
}

void
numeral_run_list_remove (NumeralRunList *list, GPtrArray *runs)
{
  guint at, end;

  if (runs->len == 0)
    return;
  numeral_run_list_find (list, runs->pdata[0], &at);
  numeral_run_list_find (list, runs->pdata[runs->len - 1], &end);
  end++;
  if (end - at == runs->len || runs->len > MAX_SINGLE)
    {
      remove_some (list, at, end, runs);
      return;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      numeral_run_list_find (list, runs->pdata[i], &at);
      g_ptr_array_remove_index (list->runs, at);
      list->changed (at, 1, 0, list->data);
      g_object_unref (runs->pdata[i]);
    }
}

static gboolean
is_in_order (const NumeralRunList *list, guint at)
{
  gpointer *runs = list->runs->pdata;

  return (at == 0 || numeral_run_compare (runs[at - 1], runs[at]) < 0) &&
         (at + 1 == list->runs->len || numeral_run_compare (runs[at], runs[at + 1]) < 0);
}

void
numeral_run_list_renumber (NumeralRunList *list, NumeralRun *run, guint64 number)
{
  guint at;

  numeral_run_list_find (list, run, &at);
  numeral_run_set_order (run, number);
  if (is_in_order (list, at))
    return;
  g_ptr_array_remove_index (list->runs, at);
  list->changed (at, 1, 0, list->data);
  numeral_run_list_find (list, run, &at);
  g_ptr_array_insert (list->runs, (int) at, run);
  list->changed (at, 0, 1, list->data);
}
