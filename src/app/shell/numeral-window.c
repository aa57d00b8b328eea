/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-window-private.h"

#include "numeral-settings.h"
#include "numeral-unsaved-bar.h"

G_DEFINE_FINAL_TYPE (NumeralWindow, numeral_window, ADW_TYPE_APPLICATION_WINDOW)

static void
bind_settings (NumeralWindow *self)
{
  self->settings = numeral_settings_new ();
  if (!self->settings)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_settings_bind (self->settings, "pen-width", self->canvas, "pen-width", G_SETTINGS_BIND_DEFAULT);
}

static void
keep_size (NumeralWindow *self)
{
  int width, height;

  if (!self->settings)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static gboolean
numeral_window_close_request (GtkWindow *window)
{
  NumeralWindow *self = NUMERAL_WINDOW (window);

  keep_size (self);
  numeral_window_keep_now (self);
  /* Hide the window first: training may take a while to stop and to save its state. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gdk_display_flush (gtk_widget_get_display (GTK_WIDGET (self)));
  numeral_window_learn_close (self);
  if (numeral_window_unsaved_ask (self))
    return TRUE;
  return GTK_WINDOW_CLASS (numeral_window_parent_class)->close_request (window);
}

static void
numeral_window_dispose (GObject *object)
{
  NumeralWindow *self = NUMERAL_WINDOW (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_handle_id (&self->announcing, g_source_remove);
  g_clear_handle_id (&self->keeping, g_source_remove);
  if (self->cleared_toast)
    g_signal_handlers_disconnect_by_data (self->cleared_toast, self);
  g_clear_object (&self->cleared_toast);
  g_clear_object (&self->locked_toast);
  g_clear_pointer (&self->cleared, ink_drawing_unref);
  g_clear_pointer (&self->sample_drawing, ink_drawing_unref);
  numeral_window_orientation_clear (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->lab);
  g_clear_pointer (&self->unsaved_keys, g_ptr_array_unref);
  G_OBJECT_CLASS (numeral_window_parent_class)->dispose (object);
}

static void
on_sample_selected (NumeralWindow *self)
{
  numeral_window_show_sample (self);
}

static void
numeral_window_class_init (NumeralWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = numeral_window_close_request;

  g_type_ensure (NUMERAL_TYPE_READING_PANE);
  g_type_ensure (NUMERAL_TYPE_SAMPLES_BAR);
  g_type_ensure (NUMERAL_TYPE_UNSAVED_BAR);
  g_type_ensure (NUMERAL_TYPE_WORKBENCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/shell/numeral-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, workbench);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, samples_bar);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, file_menu);
  gtk_widget_class_bind_template_child (widget_class, NumeralWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_sample_selected);
  numeral_window_actions_class_init (widget_class);
  numeral_window_teach_class_init (widget_class);
}

static void
numeral_window_init (NumeralWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas = numeral_reading_pane_get_canvas (self->pane);
  numeral_window_actions_init (self);
  numeral_window_drop_init (self);
  bind_settings (self);
  numeral_window_keep_init (self);
  numeral_window_learn_init (self);
  numeral_window_teach_init (self);
  numeral_window_protect_init (self);
  numeral_window_unsaved_init (self);
  numeral_window_recent_init (self);
  numeral_window_announce_init (self);
  numeral_window_orientation_init (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->canvas));
}

NumeralWindow *
numeral_window_new (AdwApplication *application)
{
  return g_object_new (NUMERAL_TYPE_WINDOW, "application", application, NULL);
}

NumeralReadingPane *
numeral_window_get_pane (NumeralWindow *self)
{
  g_return_val_if_fail (NUMERAL_IS_WINDOW (self), NULL);

  return self->pane;
}

NumeralLab *
numeral_window_get_lab (NumeralWindow *self)
{
  g_return_val_if_fail (NUMERAL_IS_WINDOW (self), NULL);

  return self->lab;
}
