/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-portal-chooser.h"

#include <gdk/gdk.h>
#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif
#include <string.h>

/* https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html:
 * the call gives the path of a request at once, and the answer is a signal of it. The path can be
 * told beforehand, so that no signal is missed. */

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_CHOOSER "org.freedesktop.portal.FileChooser"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"
/* The version that can choose folders. */
#define FOLDER_VERSION 3
/* In milliseconds: the portal may have to be started. The dialog itself may be open for hours. */
#define TIMEOUT 3000

struct _NumeralPortalChooser
{
  GtkWindow *parent;
  const NumeralFileRequest *request;
  NumeralPortalFunc func;
  gpointer user_data;
  GDBusConnection *bus;
  GCancellable *cancellable;
  char *handle;   /* path of the request */
  guint response; /* subscription */
  gboolean open;
  gboolean exported; /* the parent's handle, on Wayland */
};

static void
free_chooser (NumeralPortalChooser *self)
{
#ifdef GDK_WINDOWING_WAYLAND
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->parent));

  if (self->exported && GDK_IS_WAYLAND_TOPLEVEL (surface))
    gdk_wayland_toplevel_unexport_handle (GDK_TOPLEVEL (surface));
#endif
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response);
  g_object_unref (self->cancellable);
  g_object_unref (self->bus);
  g_free (self->handle);
  g_free (self);
}

void
numeral_portal_chooser_close (NumeralPortalChooser *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->open)
    g_dbus_connection_call (self->bus, PORTAL, self->handle, PORTAL_REQUEST, "Close", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  free_chooser (self);
}

static void
answer (NumeralPortalChooser *self, gboolean there, GFile *file, GtkFileFilter *filter)
{
  self->open = FALSE;
  self->func (there, file, filter, self->user_data);
}

/* (nullable): the filter of the request that the portal names */
static GtkFileFilter *
find_filter (NumeralPortalChooser *self, GVariant *results)
{
  GtkFileFilter *const *filters = self->request->filters;
  g_autoptr (GVariant) chosen =
      g_variant_lookup_value (results, "current_filter", G_VARIANT_TYPE ("(sa(us))"));
  const char *name;

  if (!chosen)
    return filters ? filters[0] : NULL;
  g_variant_get_child (chosen, 0, "&s", &name);
  for (guint i = 0; filters && filters[i]; i++)
    if (g_strcmp0 (gtk_file_filter_get_name (filters[i]), name) == 0)
      return filters[i];
  return NULL;
}

static void
on_answered (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  NumeralPortalChooser *self = user_data;
  g_autoptr (GVariant) results = NULL;
  g_autofree const char **uris = NULL;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0 && g_variant_lookup (results, "uris", "^a&s", &uris) && uris[0])
    answer (self, TRUE, g_file_new_for_uri (uris[0]), find_filter (self, results));
  else
    answer (self, TRUE, NULL, NULL);
}

static void
listen (NumeralPortalChooser *self, const char *handle)
{
  if (g_strcmp0 (self->handle, handle) == 0)
    return;
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response);
  g_free (self->handle);
  self->handle = g_strdup (handle);
  self->response =
      g_dbus_connection_signal_subscribe (self->bus, PORTAL, PORTAL_REQUEST, "Response", handle,
                                          NULL, G_DBUS_SIGNAL_FLAGS_NO_MATCH_RULE, on_answered,
                                          self, NULL);
}

/* The path of the request with this token, as the portal makes it. */
static char *
predict_handle (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender =
      g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');

  return g_strconcat (PORTAL_PATH "/request/", sender, "/", token, NULL);
}

static void
on_open (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  NumeralPortalChooser *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  const char *handle;

  /* It has been freed, or the answer was there first. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!reply)
    {
      answer (self, FALSE, NULL, NULL);
      return;
    }
  g_variant_get (reply, "(&o)", &handle);
  listen (self, handle);
}

static GVariant *
get_options (const NumeralFileRequest *request, const char *token)
{
  GVariantDict options;
  GVariantBuilder filters;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "handle_token", "s", token);
  g_variant_dict_insert (&options, "modal", "b", TRUE);
  if (request->accept)
    g_variant_dict_insert (&options, "accept_label", "s", request->accept);
  if (request->name)
    g_variant_dict_insert (&options, "current_name", "s", request->name);
  if (request->action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER)
    g_variant_dict_insert (&options, "directory", "b", TRUE);
  if (request->filters && request->filters[0])
    {
      g_variant_builder_init (&filters, G_VARIANT_TYPE ("a(sa(us))"));
      for (guint i = 0; request->filters[i]; i++)
        g_variant_builder_add_value (&filters, gtk_file_filter_to_gvariant (request->filters[i]));
      g_variant_dict_insert_value (&options, "filters", g_variant_builder_end (&filters));
      g_variant_dict_insert_value (&options, "current_filter",
                                   gtk_file_filter_to_gvariant (request->filters[0]));
    }
  return g_variant_dict_end (&options);
}

/* @parent: the window in the words of the portal, empty if it has no name */
static void
open_over (NumeralPortalChooser *self, const char *parent)
{
  const gboolean save = self->request->action == GTK_FILE_CHOOSER_ACTION_SAVE;
  g_autofree char *token = g_strdup_printf ("numeral%u", g_random_int ());
  g_autofree char *handle = predict_handle (self->bus, token);

  listen (self, handle);
  self->open = TRUE;
  g_dbus_connection_call (self->bus, PORTAL, PORTAL_PATH, PORTAL_CHOOSER,
                          save ? "SaveFile" : "OpenFile",
                          g_variant_new ("(ss@a{sv})", parent, self->request->title,
                                         get_options (self->request, token)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, TIMEOUT,
                          self->cancellable, on_open, self);
}

#ifdef GDK_WINDOWING_WAYLAND
static void
on_exported (GdkToplevel *toplevel, const char *handle, gpointer user_data)
{
  NumeralPortalChooser *self = user_data;
  g_autofree char *parent = g_strconcat ("wayland:", handle, NULL);

  open_over (self, parent);
}
#endif

static void
open_dialog (NumeralPortalChooser *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->parent));
  g_autofree char *parent = NULL;

#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_TOPLEVEL (surface))
    self->exported =
        gdk_wayland_toplevel_export_handle (GDK_TOPLEVEL (surface), on_exported, self, NULL);
  if (self->exported)
    return;
#endif
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_SURFACE (surface))
    parent = g_strdup_printf ("x11:%lx", gdk_x11_surface_get_xid (surface));
#endif
  open_over (self, parent ? parent : "");
}

static void
on_version (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  NumeralPortalChooser *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  g_autoptr (GVariant) version = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply)
    g_variant_get (reply, "(v)", &version);
  if (!version || !g_variant_is_of_type (version, G_VARIANT_TYPE_UINT32) ||
      (self->request->action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER &&
       g_variant_get_uint32 (version) < FOLDER_VERSION))
    answer (self, FALSE, NULL, NULL);
  else
    open_dialog (self);
}

NumeralPortalChooser *
numeral_portal_chooser_open (GtkWindow *parent,
                             const NumeralFileRequest *request,
                             NumeralPortalFunc func,
                             gpointer user_data)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application ? g_application_get_dbus_connection (application) : NULL;
  NumeralPortalChooser *self;

  if (!bus || g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "0") == 0)
    return NULL;
  self = g_new0 (NumeralPortalChooser, 1);
  self->parent = parent;
  self->request = request;
  self->func = func;
  self->user_data = user_data;
  self->bus = g_object_ref (bus);
  self->cancellable = g_cancellable_new ();
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", PORTAL_CHOOSER, "version"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, TIMEOUT, self->cancellable, on_version, self);
  return self;
}
