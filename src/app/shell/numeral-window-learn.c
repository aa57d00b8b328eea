/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-toast.h"
#include "numeral-window-private.h"
#include "picture-tensor.h"

/* Side of a sample's picture on the canvas; a multiple of its cells. */
#define SAMPLE_SIDE (INK_TENSOR_SIDE * 20)

/* Connects the pages about learning to the reading pane. */

static void
on_model (NumeralWindow *self)
{
  NumeralModel *model = numeral_lab_get_model (self->lab);
  NumeralRecogniser *recogniser = numeral_reading_pane_get_recogniser (self->pane);
  g_autoptr (GError) error = NULL;

  if (recogniser && !numeral_recogniser_set_model (recogniser, model, &error))
    numeral_window_show_error (self, _ ("The drawing cannot be read with this network"), error);
}

static void
on_subject (NumeralWindow *self)
{
  if (self->lab)
    numeral_lab_set_subject (self->lab, numeral_reading_pane_get_subject (self->pane));
}

static GdkTexture *
texture_of (const float tensor[INK_TENSOR_SIZE])
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SAMPLE_SIDE, SAMPLE_SIDE);
  cairo_t *cr = cairo_create (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  picture_tensor (cr, SAMPLE_SIDE, SAMPLE_SIDE, tensor);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * SAMPLE_SIDE,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (SAMPLE_SIDE, SAMPLE_SIDE, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* A sample that is looked at is often one whose reading one would like to understand. */
static void
offer_explanation (NumeralWindow *self)
{
  AdwToast *toast = adw_toast_new (_ ("The sample is on the canvas"));

  adw_toast_set_button_label (toast, _ ("Explain"));
  adw_toast_set_action_name (toast, "win.explain");
  numeral_toast_present (self->toasts, toast);
}

static void
show_picture (NumeralWindow *self, const float tensor[INK_TENSOR_SIZE])
{
  g_autoptr (GdkTexture) texture = texture_of (tensor);

  numeral_canvas_show_image (self->canvas, texture, tensor);
}

/* As ink, if it was drawn: its strokes can be looked at one by one. Its label is known. */
static void
show_ink (NumeralWindow *self, InkDrawing *drawing)
{
  g_autoptr (InkDrawing) fitted =
      numeral_canvas_fit (drawing, numeral_canvas_get_pen_width (self->canvas));

  numeral_teach_set_known (numeral_reading_pane_get_teach (self->pane), fitted);
  numeral_canvas_show_drawing (self->canvas, fitted);
}

/* Shows a sample on the canvas like a file that is opened, so it can be undone. */
static void
on_sample_activated (NumeralWorkbench *workbench,
                     const float *tensor,
                     InkDrawing *drawing,
                     NumeralWindow *self)
{
  if (drawing)
    show_ink (self, drawing);
  else
    show_picture (self, tensor);
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  if (!numeral_workbench_shows_page (workbench, "explain"))
    offer_explanation (self);
}

static void
on_follow (NumeralWindow *self)
{
  if (self->lab)
    numeral_lab_follow (self->lab);
}

/* What has learned one's own hand reads, although a network is being trained. */
static void
on_unfollowed (NumeralWindow *self)
{
  AdwToast *toast = adw_toast_new (_ ("The network in training no longer reads"));

  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_follow), self,
                           G_CONNECT_SWAPPED);
  numeral_toast_present (self->toasts, toast);
}

static void
on_back (NumeralWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

void
numeral_window_learn (NumeralWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->workbench));
}

void
numeral_window_explain (NumeralWindow *self)
{
  numeral_workbench_show_page (self->workbench, "explain");
  numeral_window_learn (self);
}

void
numeral_window_learn_init (NumeralWindow *self)
{
  self->lab = numeral_lab_new ();
  /* The application goes on when the window is drawn. */
  numeral_run_store_set_paused (numeral_lab_get_store (self->lab), TRUE);
  g_signal_connect_object (self->lab, "notify::model", G_CALLBACK (on_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lab, "unfollowed", G_CALLBACK (on_unfollowed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "back", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "sample-activated", G_CALLBACK (on_sample_activated),
                           self, 0);
  g_signal_connect_object (self->pane, "notify::subject", G_CALLBACK (on_subject), self,
                           G_CONNECT_SWAPPED);
  numeral_workbench_set_lab (self->workbench, self->lab);
}

void
numeral_window_learn_close (NumeralWindow *self)
{
  if (self->lab)
    numeral_lab_close (self->lab);
}
