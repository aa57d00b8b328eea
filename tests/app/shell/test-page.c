/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-page-kind.h"
#include "numeral-page-slot.h"
#include "numeral-page.h"
#include "wait.h"

typedef struct
{
  NumeralPage parent_instance;
  guint n_labs;
  guint n_shows;
} TestPage;

typedef struct
{
  NumeralPageClass parent_class;
} TestPageClass;

GType test_page_get_type (void);
G_DEFINE_TYPE (TestPage, test_page, NUMERAL_TYPE_PAGE)

static void
test_page_set_lab (NumeralPage *page, NumeralLab *lab)
{
  g_assert_true (NUMERAL_IS_LAB (lab));
  ((TestPage *) page)->n_labs++;
}

static void
test_page_show (NumeralPage *page)
{
  g_assert_nonnull (numeral_page_get_lab (page));
  g_assert_true (numeral_page_get_shown (page));
  ((TestPage *) page)->n_shows++;
}

static void
test_page_class_init (TestPageClass *klass)
{
  NUMERAL_PAGE_CLASS (klass)->set_lab = test_page_set_lab;
  NUMERAL_PAGE_CLASS (klass)->show = test_page_show;
}

static void
test_page_init (TestPage *self)
{
}

static const NumeralPageKind test_kind = { "test", "Test", "view-grid-symbolic",
                                           test_page_get_type };

static void
count (guint *n)
{
  ++*n;
}

static void
keep_name (NumeralPage *page, const char *name, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (name);
}

typedef struct
{
  gconstpointer tensor, drawing;
} Activated;

static void
keep_sample (NumeralPage *page, gpointer tensor, gpointer drawing, Activated *kept)
{
  *kept = (Activated){ tensor, drawing };
}

/* In both orders of lab and window: show() runs when both exist, and again each time the page is
 * shown. */
static void
test_show (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();

  for (guint lab_first = 0; lab_first < 2; lab_first++)
    {
      GtkWindow *window = GTK_WINDOW (gtk_window_new ());
      NumeralPage *page = g_object_ref_sink (g_object_new (test_page_get_type (), NULL));
      const TestPage *counts = (TestPage *) page;
      guint n_notified = 0;

      g_signal_connect_swapped (page, "notify::shown", G_CALLBACK (count), &n_notified);
      g_assert_false (numeral_page_get_shown (page));
      if (lab_first)
        numeral_page_set_lab (page, lab);
      gtk_window_set_child (window, GTK_WIDGET (page));
      gtk_window_present (window);
      assert_soon ((WaitCondition) numeral_page_get_shown, page);
      g_assert_cmpuint (n_notified, ==, 1);
      g_assert_cmpuint (counts->n_shows, ==, lab_first);
      if (!lab_first)
        numeral_page_set_lab (page, lab);
      g_assert_cmpuint (counts->n_labs, ==, 1);
      g_assert_cmpuint (counts->n_shows, ==, 1);

      gtk_widget_set_visible (GTK_WIDGET (page), FALSE);
      g_assert_false (numeral_page_get_shown (page));
      gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
      g_assert_cmpuint (counts->n_shows, ==, 2);
      g_assert_cmpuint (counts->n_labs, ==, 1);
      g_assert_cmpuint (n_notified, ==, 3);
      gtk_window_destroy (window);
      g_assert_finalize_object (page);
    }
}

/* The page's model is the lab's, and each change of it is notified, once; a page that has been
 * disposed of follows no longer. */
static void
test_model (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (GError) error = NULL;

  for (guint model_first = 0; model_first < 2; model_first++)
    {
      NumeralPage *page = g_object_ref_sink (g_object_new (test_page_get_type (), NULL));
      g_autoptr (NumeralModel) bound = NULL;
      guint n_notified = 0;

      g_signal_connect_swapped (page, "notify::model", G_CALLBACK (count), &n_notified);
      g_assert_null (numeral_page_get_model (page));
      numeral_page_set_lab (page, lab);
      g_assert_cmpuint (n_notified, ==, model_first);
      g_assert_true (numeral_lab_use_shipped (lab, &error));
      g_assert_cmpuint (n_notified, ==, model_first + 1);
      g_assert_nonnull (numeral_page_get_model (page));
      g_assert_true (numeral_page_get_model (page) == numeral_lab_get_model (lab));
      g_object_get (page, "model", &bound, NULL);
      g_assert_true (bound == numeral_lab_get_model (lab));

      g_object_run_dispose (G_OBJECT (page));
      g_assert_null (numeral_page_get_model (page));
      g_assert_true (numeral_lab_use_shipped (lab, &error));
      g_assert_cmpuint (n_notified, ==, model_first + 1);
      g_assert_finalize_object (page);
    }
}

static void
test_signals (void)
{
  NumeralPage *page = g_object_ref_sink (g_object_new (test_page_get_type (), NULL));
  g_autofree char *name = NULL;
  Activated activated = { NULL, NULL };
  const float tensor[784] = { 0 };
  g_autoptr (InkDrawing) drawing = ink_drawing_new (NULL, 0);

  g_signal_connect (page, "page-requested", G_CALLBACK (keep_name), &name);
  g_signal_connect (page, "sample-activated", G_CALLBACK (keep_sample), &activated);
  numeral_page_request_page (page, "train");
  g_assert_cmpstr (name, ==, "train");
  numeral_page_activate_sample (page, tensor, drawing);
  g_assert_true (activated.tensor == tensor);
  g_assert_true (activated.drawing == drawing);
  g_assert_finalize_object (page);
}

/* Three steps: the page, its lab, its place. Not one more, and the page is announced once. */
static void
test_slot (void)
{
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  NumeralPageSlot *slot = g_object_ref_sink (numeral_page_slot_new (&test_kind));
  NumeralPage *page;
  guint n_created = 0;

  g_signal_connect_swapped (slot, "page-created", G_CALLBACK (count), &n_created);
  g_assert_true (numeral_page_slot_advance (slot, lab));
  g_assert_cmpuint (n_created, ==, 1);
  g_assert_null (numeral_page_slot_get_page (slot));
  g_assert_true (numeral_page_slot_advance (slot, lab));
  g_assert_null (numeral_page_slot_get_page (slot));
  g_assert_false (numeral_page_slot_advance (slot, lab));
  page = numeral_page_slot_get_page (slot);
  g_assert_nonnull (page);
  g_assert_true (numeral_page_get_lab (page) == lab);
  g_assert_false (numeral_page_slot_advance (slot, lab));
  g_assert_true (numeral_page_slot_get_page (slot) == page);
  g_assert_cmpuint (n_created, ==, 1);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_assert_finalize_object (slot);
  g_assert_null (page);
}

/* A slot that goes away half way takes its page along. */
static void
test_slot_unfinished (void)
{
  NumeralPageSlot *slot = g_object_ref_sink (numeral_page_slot_new (&test_kind));

  g_assert_true (numeral_page_slot_advance (slot, NULL));
  g_assert_finalize_object (slot);
}

static void
test_kinds (void)
{
  guint n_kinds;
  const NumeralPageKind *kinds = numeral_page_kinds_get (&n_kinds);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  g_assert_cmpuint (n_kinds, >, 0);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer) kinds[i].name));
      g_assert_true (g_type_is_a (kinds[i].get_type (), NUMERAL_TYPE_PAGE));
      g_assert_cmpstr (kinds[i].title, !=, "");
      g_assert_true (gtk_icon_theme_has_icon (icons, kinds[i].icon));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/page/show", test_show);
  g_test_add_func ("/app/page/model", test_model);
  g_test_add_func ("/app/page/signals", test_signals);
  g_test_add_func ("/app/page/slot", test_slot);
  g_test_add_func ("/app/page/slot/unfinished", test_slot_unfinished);
  g_test_add_func ("/app/page/kinds", test_kinds);
  return g_test_run ();
}
