/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-mnist.h"
#include "numeral-samples-page-private.h"

/* The load that a callback belongs to. A stale callback no longer matches the page's cancellable.
 */
typedef struct
{
  NumeralSamplesPage *page;
  GCancellable *cancellable;
} Going;

static Going *
going_new (NumeralSamplesPage *self)
{
  Going *going = g_new (Going, 1);

  going->page = g_object_ref (self);
  going->cancellable = g_object_ref (self->loading);
  return going;
}

/* Returns whether the load is still wanted. */
static gboolean
going_end (Going *going)
{
  const gboolean wanted = going->page->loading == going->cancellable;

  if (wanted)
    g_clear_object (&going->page->loading);
  g_object_unref (going->cancellable);
  return wanted;
}

static void
going_free (Going *going)
{
  g_object_unref (going->page);
  g_free (going);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Going, going_free)

char *
numeral_samples_page_settings (NumeralSamplesPage *self)
{
  const NumeralRunConfig *config = numeral_lab_get_config (self->lab);

  return g_strdup_printf ("%d %u %" G_GUINT64_FORMAT " %.17g %s %s", (int) config->source,
                          config->generated, config->train.seed, config->train.validation,
                          config->path ? config->path : "",
                          config->left_out ? config->left_out : "");
}

static void
show_status (NumeralSamplesPage *self, const char *title, const char *text, gboolean retry)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (self->retry, retry);
  gtk_widget_set_visible (self->download, FALSE);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_missing (NumeralSamplesPage *self)
{
  const gboolean can = numeral_mnist_can_download ();

  show_status (self, _ ("MNIST Is Not Here"),
               can ? _ ("Download its 70,000 handwritten digits (11.6 MB), open a folder that has "
                        "them, or look at the handwriting that is built in.") :
                     _ ("There is no way to download it from here: open a folder that has it, or "
                        "look at the handwriting that is built in."),
               FALSE);
  gtk_widget_set_visible (self->download, can);
}

static void
show_busy (NumeralSamplesPage *self, const char *text, gboolean measured)
{
  gtk_label_set_text (self->busy_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), measured);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !measured);
  gtk_progress_bar_set_fraction (self->progress, 0);
  if (measured)
    gtk_spinner_stop (self->spinner);
  else
    gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

void
numeral_samples_page_stop (NumeralSamplesPage *self)
{
  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

void
numeral_samples_page_cancel (NumeralSamplesPage *self)
{
  if (!self->loading)
    return;
  numeral_samples_page_stop (self);
  show_status (self, _ ("Stopped"), _ ("Nothing was loaded."), TRUE);
}

static void
show_classes (NumeralSamplesPage *self, NnDataset *dataset)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  g_autofree gsize *counts = NULL;

  if (dataset)
    {
      g_autofree char *all = g_strdup_printf (_ ("All (%'zu)"), dataset->n);

      counts = g_new0 (gsize, dataset->n_classes);
      nn_dataset_count_classes (dataset, counts);
      g_strv_builder_add (builder, all);
      for (guint label = 0; label < dataset->n_classes; label++)
        {
          /* Translators: a digit, and how many samples of it there are */
          g_autofree char *text = g_strdup_printf (_ ("%u (%'zu)"), label, counts[label]);

          g_strv_builder_add (builder, text);
        }
    }
  texts = g_strv_builder_end (builder);
  self->showing = TRUE;
  gtk_string_list_splice (self->classes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->classes)),
                          (const char *const *) texts);
  gtk_drop_down_set_selected (self->filter, 0);
  self->showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter), dataset != NULL);
}

/* Takes ownership of the loaded data; NULL empties the grid. */
static void
show_dataset (NumeralSamplesPage *self, NnDataset *dataset)
{
  numeral_dataset_list_set_dataset (self->samples, dataset);
  show_classes (self, dataset);
  if (dataset)
    gtk_stack_set_visible_child_name (self->stack, "grid");
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Going) going = data;
  NumeralSamplesPage *self = going->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *remarks = NULL;
  g_autoptr (NnDataset) dataset = numeral_dataset_load_finish (result, &remarks, &error);

  if (!going_end (going))
    return;
  if (g_error_matches (error, NUMERAL_DATASET_ERROR, NUMERAL_DATASET_ERROR_NO_MNIST))
    {
      show_missing (self);
      return;
    }
  if (!dataset)
    {
      show_status (self, _ ("These Samples Cannot Be Shown"), error->message, TRUE);
      return;
    }
  gtk_spinner_stop (self->spinner);
  gtk_label_set_text (self->remarks, remarks ? remarks : "");
  gtk_widget_set_visible (self->remarks_box, remarks != NULL);
  show_dataset (self, dataset);
}

void
numeral_samples_page_load (NumeralSamplesPage *self)
{
  const NumeralRunConfig *config = numeral_lab_get_config (self->lab);

  numeral_samples_page_stop (self);
  show_dataset (self, NULL);
  g_free (self->seen);
  self->seen = numeral_samples_page_settings (self);
  if (self->what == NUMERAL_BROWSE_HANDWRITING)
    {
      numeral_samples_page_show_hand (self);
      return;
    }
  self->loading = g_cancellable_new ();
  show_busy (self, _ ("Loading…"), FALSE);
  numeral_dataset_load_async (self->what, config, self->path, self->loading, on_loaded,
                              going_new (self));
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Going *going = data;
  g_autofree char *have = g_format_size (done);
  g_autofree char *all = g_format_size (total);
  g_autofree char *text = NULL;

  if (going->page->loading != going->cancellable)
    return;
  /* Translators: bytes of a download that are there, and all of them */
  text = g_strdup_printf (_ ("Downloading MNIST: %s of %s"), have, all);
  gtk_label_set_text (going->page->busy_text, text);
  gtk_progress_bar_set_fraction (going->page->progress,
                                 total > 0 ? (double) done / (double) total : 0);
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Going) going = data;
  NumeralSamplesPage *self = going->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = numeral_mnist_download_finish (result, &error);

  if (!going_end (going))
    return;
  if (folder)
    {
      numeral_samples_page_load (self);
      return;
    }
  show_status (self, _ ("MNIST Was Not Downloaded"), error->message, FALSE);
  gtk_widget_set_visible (self->download, TRUE);
}

void
numeral_samples_page_download (NumeralSamplesPage *self)
{
  Going *going;

  numeral_samples_page_stop (self);
  self->loading = g_cancellable_new ();
  show_busy (self, _ ("Downloading MNIST…"), TRUE);
  going = going_new (self);
  numeral_mnist_download_async (NULL, self->loading, on_progress, going, on_downloaded, going);
}
