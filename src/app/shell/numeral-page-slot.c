/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-page-slot.h"

struct _NumeralPageSlot
{
  AdwBin parent_instance;

  const NumeralPageKind *kind;
  NumeralPage *page; /* the page, before it becomes the child */
};

static guint page_created_signal;

G_DEFINE_FINAL_TYPE (NumeralPageSlot, numeral_page_slot, ADW_TYPE_BIN)

static void
numeral_page_slot_dispose (GObject *object)
{
  g_clear_object (&NUMERAL_PAGE_SLOT (object)->page);
  G_OBJECT_CLASS (numeral_page_slot_parent_class)->dispose (object);
}

static void
numeral_page_slot_class_init (NumeralPageSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_page_slot_dispose;

  page_created_signal = g_signal_new ("page-created", NUMERAL_TYPE_PAGE_SLOT, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, NUMERAL_TYPE_PAGE);
}

static void
numeral_page_slot_init (NumeralPageSlot *self)
{
}

NumeralPageSlot *
numeral_page_slot_new (const NumeralPageKind *kind)
{
  NumeralPageSlot *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (NUMERAL_TYPE_PAGE_SLOT, NULL);
  self->kind = kind;
  return self;
}

gboolean
numeral_page_slot_advance (NumeralPageSlot *self, NumeralLab *lab)
{
  g_return_val_if_fail (NUMERAL_IS_PAGE_SLOT (self), FALSE);

  if (numeral_page_slot_get_page (self))
    return FALSE;
  if (!self->page)
    {
      self->page = g_object_ref_sink (g_object_new (self->kind->get_type (), NULL));
      g_signal_emit (self, page_created_signal, 0, self->page);
      return TRUE;
    }
  if (numeral_page_get_lab (self->page) != lab)
    {
      numeral_page_set_lab (self->page, lab);
      return TRUE;
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
  g_clear_object (&self->page);
  return FALSE;
}

NumeralPage *
numeral_page_slot_get_page (NumeralPageSlot *self)
{
  GtkWidget *child;

  g_return_val_if_fail (NUMERAL_IS_PAGE_SLOT (self), NULL);

  child = adw_bin_get_child (ADW_BIN (self));
  return child ? NUMERAL_PAGE (child) : NULL;
}
