/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-toast.h"
#include "numeral-window-private.h"

/* Step of the keys for the pen width. */
#define PEN_STEP 10.0

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_canvas_undo (NUMERAL_WINDOW (data)->canvas);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_canvas_redo (NUMERAL_WINDOW (data)->canvas);
}

static void show_cleared (NumeralWindow *self);

/* Swap in the old drawing; undo still returns to strokes made since. */
static void
on_bring_back (NumeralWindow *self)
{
  self->cleared_again = FALSE;
  numeral_canvas_show_drawing (self->canvas, self->cleared);
}

static void
on_dismissed (NumeralWindow *self)
{
  g_clear_object (&self->cleared_toast);
  if (self->cleared_again)
    show_cleared (self);
  else
    g_clear_pointer (&self->cleared, ink_drawing_unref);
}

/* Show one toast at a time: toasts queue, and old ones would refer to drawings from long before. */
static void
show_cleared (NumeralWindow *self)
{
  self->cleared_again = self->cleared_toast != NULL;
  if (self->cleared_toast)
    return;
  self->cleared_toast = g_object_ref_sink (adw_toast_new (_ ("Drawing cleared")));
  adw_toast_set_button_label (self->cleared_toast, _ ("Undo"));
  g_signal_connect_object (self->cleared_toast, "button-clicked", G_CALLBACK (on_bring_back), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cleared_toast, "dismissed", G_CALLBACK (on_dismissed), self,
                           G_CONNECT_SWAPPED);
  numeral_toast_present (self->toasts, g_object_ref (self->cleared_toast));
}

static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *self = data;
  g_autoptr (InkDrawing) before = NULL;

  numeral_canvas_settle (self->canvas);
  before = ink_drawing_ref (numeral_canvas_get_drawing (self->canvas));
  if (!numeral_canvas_clear (self->canvas))
    return;
  g_clear_pointer (&self->cleared, ink_drawing_unref);
  self->cleared = g_steal_pointer (&before);
  show_cleared (self);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_open (data);
}

static void
on_open_recent (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  numeral_window_open_file (data, file);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_save (data);
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_copy (data);
}

static void
on_copy_csv (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_copy_csv (data);
}

static void
on_learn (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_learn (data);
}

static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_paste (data);
}

/* Makes the help overlay on demand: GTK would load it from its default resource path together
 * with the window, which delays the window. After the first time GTK's own action shows it. */
static void
on_explain (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_explain (data);
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource (NUMERAL_RESOURCES "/ui/shell/help-overlay.ui");
  GtkShortcutsWindow *help =
      GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_application_window_set_help_overlay (data, help);
  gtk_window_present (GTK_WINDOW (help));
}

static void
on_pen_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralCanvas *canvas = NUMERAL_WINDOW (data)->canvas;

  numeral_canvas_set_pen_width (canvas, numeral_canvas_get_pen_width (canvas) +
                                            g_variant_get_int32 (parameter) * PEN_STEP);
}

static void
on_turn (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_window_turn (data, g_variant_get_int32 (parameter) < 0 ? -90 : 90);
}

static void
on_zoom_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_canvas_zoom (NUMERAL_WINDOW (data)->canvas, NUMERAL_CANVAS_ZOOM_STEP);
}

static void
on_sample_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  numeral_samples_bar_move (NUMERAL_WINDOW (data)->samples_bar, g_variant_get_int32 (parameter));
}

static void
bind_enabled (NumeralWindow *self, const char *name, const char *property)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_object_bind_property (self->canvas, property, action, "enabled", G_BINDING_SYNC_CREATE);
}

static void
bind_disabled (NumeralWindow *self, const char *name, const char *property)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_object_bind_property (self->canvas, property, action, "enabled",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

/* A drawing can be copied, and the lines of a page. */
static void
update_copy (NumeralWindow *self)
{
  NumeralSheetChoice *numbers = numeral_reading_pane_get_numbers (self->pane);
  const gboolean paged = numeral_sheet_choice_get_sheet (numbers) != NULL;
  GAction *copy = g_action_map_lookup_action (G_ACTION_MAP (self), "copy");
  GAction *csv = g_action_map_lookup_action (G_ACTION_MAP (self), "copy-csv");
  gboolean ink;

  g_object_get (self->canvas, "has-ink", &ink, NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (copy), ink || paged);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (csv), paged);
}

void
numeral_window_actions_class_init (GtkWidgetClass *widget_class)
{
  const GdkModifierType control = GDK_CONTROL_MASK;

  /* Key bindings instead of accelerators, so that a focused text entry keeps these keys. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, control, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, control | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, control, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "win.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, control, "win.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, control, "win.paste", NULL);
  /* The keys of GNOME's image viewers. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, control, "win.turn", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, control | GDK_SHIFT_MASK,
                                       "win.turn", "i", -1);
  /* Those to zoom out and to show the whole picture are in numeral-window-teach.c. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, control, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, control, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, control, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "win.tool", "s", "pen");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, 0, "win.tool", "s", "eraser");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_bracketleft, 0, "win.pen-step", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_bracketright, 0, "win.pen-step", "i",
                                       1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "win.sample-step", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "win.sample-step", "i",
                                       1);
}

void
numeral_window_actions_init (NumeralWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = on_undo },
    { .name = "redo", .activate = on_redo },
    { .name = "clear", .activate = on_clear },
    { .name = "open", .activate = on_open },
    { .name = "open-recent", .activate = on_open_recent, .parameter_type = "s" },
    { .name = "save", .activate = on_save },
    { .name = "copy", .activate = on_copy },
    { .name = "copy-csv", .activate = on_copy_csv },
    { .name = "paste", .activate = on_paste },
    { .name = "learn", .activate = on_learn },
    { .name = "explain", .activate = on_explain },
    { .name = "show-help-overlay", .activate = on_help },
    { .name = "pen-step", .activate = on_pen_step, .parameter_type = "i" },
    { .name = "zoom-in", .activate = on_zoom_in },
    { .name = "turn", .activate = on_turn, .parameter_type = "i" },
    { .name = "sample-step", .activate = on_sample_step, .parameter_type = "i" },
  };
  g_autoptr (GPropertyAction) tool = g_property_action_new ("tool", self->canvas, "tool");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (tool));
  bind_enabled (self, "undo", "can-undo");
  bind_enabled (self, "redo", "can-redo");
  bind_enabled (self, "save", "has-ink");
  bind_enabled (self, "turn", "has-picture");
  bind_enabled (self, "zoom-in", "has-picture");
  g_signal_connect_object (self->canvas, "notify::has-ink", G_CALLBACK (update_copy), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (numeral_reading_pane_get_numbers (self->pane), "notify::sheet",
                           G_CALLBACK (update_copy), self, G_CONNECT_SWAPPED);
  update_copy (self);
  bind_disabled (self, "clear", "is-empty");
}
