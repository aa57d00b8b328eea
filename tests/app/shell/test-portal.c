/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file chooser of the desktop, where there is one: a portal on the bus of the test. */

#include <glib/gstdio.h>

#include "desk.h"
#include "wait.h"

#define REQUEST "org.freedesktop.portal.Request"

static const char interfaces[] =
    "<node>"
    "<interface name='org.freedesktop.portal.FileChooser'>"
    "<method name='OpenFile'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "<method name='SaveFile'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "<property name='version' type='u' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.portal.Request'><method name='Close'/></interface>"
    "</node>";

static const double dash[][2] = { { 300, 500 }, { 500, 500 }, { 700, 500 } };

/**
 * Portal:
 * @asked: the method that was called last
 * @parent: @options: what it was called with
 * @handle: path of its request
 * @fails: whether it answers every question with an error
 * @n_closed: how often a request was closed by who had asked
 */
typedef struct
{
  GDBusConnection *bus;
  GDBusNodeInfo *info;
  guint name;
  gboolean owned, fails;
  char *asked, *parent, *handle, *client;
  GVariant *options;
  guint request, n_closed;
} Portal;

static void
on_close (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *method,
          GVariant *parameters,
          GDBusMethodInvocation *invocation,
          gpointer data)
{
  Portal *portal = data;

  portal->n_closed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static const GDBusInterfaceVTable request_calls = { on_close, NULL, NULL, { NULL } };

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  Portal *portal = data;
  g_autofree char *client = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *token;

  if (portal->fails)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.test.Broken", "it is broken");
      return;
    }
  g_clear_pointer (&portal->parent, g_free);
  g_clear_pointer (&portal->options, g_variant_unref);
  g_variant_get (parameters, "(ss@a{sv})", &portal->parent, NULL, &portal->options);
  g_assert_true (g_variant_lookup (portal->options, "handle_token", "&s", &token));
  g_free (portal->handle);
  portal->handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", client, token);
  g_free (portal->client);
  portal->client = g_strdup (sender);
  portal->request =
      g_dbus_connection_register_object (bus, portal->handle,
                                         g_dbus_node_info_lookup_interface (portal->info, REQUEST),
                                         &request_calls, portal, NULL, NULL);
  g_free (portal->asked);
  portal->asked = g_strdup (method);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", portal->handle));
}

static GVariant *
get_version (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *property,
             GError **error,
             gpointer data)
{
  return g_variant_new_uint32 (3);
}

static const GDBusInterfaceVTable chooser_calls = { on_call, get_version, NULL, { NULL } };

static void
on_owned (GDBusConnection *bus, const char *name, gpointer data)
{
  ((Portal *) data)->owned = TRUE;
}

static gboolean
is_owned (gpointer data)
{
  return ((Portal *) data)->owned;
}

static gboolean
is_asked (gpointer data)
{
  return ((Portal *) data)->asked != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return ((Portal *) data)->n_closed > 0;
}

static void
portal_init (Portal *portal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  *portal = (Portal){ 0 };
  portal->bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  portal->info = g_dbus_node_info_new_for_xml (interfaces, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (portal->bus, "/org/freedesktop/portal/desktop",
                                     portal->info->interfaces[0], &chooser_calls, portal, NULL,
                                     &error);
  g_assert_no_error (error);
  portal->name =
      g_bus_own_name_on_connection (portal->bus, "org.freedesktop.portal.Desktop",
                                    G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL, portal, NULL);
  assert_soon (is_owned, portal);
}

static void
portal_clear (Portal *portal)
{
  g_bus_unown_name (portal->name);
  g_dbus_connection_close_sync (portal->bus, NULL, NULL);
  g_object_unref (portal->bus);
  g_dbus_node_info_unref (portal->info);
  g_clear_pointer (&portal->options, g_variant_unref);
  g_free (portal->asked);
  g_free (portal->parent);
  g_free (portal->handle);
  g_free (portal->client);
}

/* Answers the question that was asked last. @path: (nullable): %NULL to cancel */
static void
portal_answer (Portal *portal, const char *path)
{
  g_autoptr (GError) error = NULL;
  GVariantBuilder results;

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  if (path)
    {
      g_autofree char *uri = g_filename_to_uri (path, NULL, &error);
      const char *uris[] = { uri, NULL };

      g_assert_no_error (error);
      g_variant_builder_add (&results, "{sv}", "uris", g_variant_new_strv (uris, -1));
    }
  g_dbus_connection_unregister_object (portal->bus, portal->request);
  g_dbus_connection_emit_signal (portal->bus, portal->client, portal->handle, REQUEST, "Response",
                                 g_variant_new ("(ua{sv})", path ? 0 : 1, &results), &error);
  g_assert_no_error (error);
  g_clear_pointer (&portal->asked, g_free);
}

static gboolean
has_gtk_dialog (gpointer data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      found |= GTK_IS_FILE_CHOOSER (toplevel) && gtk_widget_get_mapped (GTK_WIDGET (toplevel));
    }
  return found;
}

static void
draw (Desk *desk)
{
  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
}

/* A drawing is saved where the portal says, then opened from there. */
static void
test_save_and_open (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "portal.inkml", NULL);
  g_autoptr (GVariant) filters = NULL;
  const char *name;
  gboolean modal;
  Portal portal;

  portal_init (&portal);
  draw (desk);
  desk_key (desk, GDK_KEY_s, GDK_CONTROL_MASK);
  assert_soon (is_asked, &portal);
  g_assert_cmpstr (portal.asked, ==, "SaveFile");
  g_assert_true (g_str_has_prefix (portal.parent, "x11:"));
  g_assert_true (g_variant_lookup (portal.options, "modal", "b", &modal) && modal);
  g_assert_true (g_variant_lookup (portal.options, "current_name", "&s", &name));
  g_assert_cmpstr (name, !=, "");
  filters = g_variant_lookup_value (portal.options, "filters", G_VARIANT_TYPE ("a(sa(us))"));
  g_assert_nonnull (filters);
  g_assert_cmpuint (g_variant_n_children (filters), >, 0);
  portal_answer (&portal, path);
  desk_wait_toast (desk, "portal.inkml");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.clear", NULL));
  desk_wait_strokes (desk, 0);
  desk_key (desk, GDK_KEY_o, GDK_CONTROL_MASK);
  assert_soon (is_asked, &portal);
  g_assert_cmpstr (portal.asked, ==, "OpenFile");
  portal_answer (&portal, path);
  desk_wait_strokes (desk, 1);
  g_assert_false (has_gtk_dialog (NULL));
  portal_clear (&portal);
  g_unlink (path);
}

/* Nothing happens then, and the next question is asked. */
static void
test_cancel (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  Portal portal;

  portal_init (&portal);
  draw (desk);
  for (guint i = 0; i < 3; i++)
    {
      desk_key (desk, GDK_KEY_o, GDK_CONTROL_MASK);
      assert_soon (is_asked, &portal);
      portal_answer (&portal, NULL);
      wait_for (0.05);
    }
  g_assert_false (has_gtk_dialog (NULL));
  desk_wait_strokes (desk, 1);
  portal_clear (&portal);
}

/* Without a portal, and with one that cannot ask, GTK's own dialog comes. @data: whether there is
 * a portal */
static void
test_fallback (gconstpointer data)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  Portal portal;

  if (data)
    {
      portal_init (&portal);
      portal.fails = TRUE;
    }
  desk_key (desk, GDK_KEY_o, GDK_CONTROL_MASK);
  assert_soon (has_gtk_dialog, NULL);
  if (data)
    portal_clear (&portal);
}

/* The dialog of the portal goes with the window that asked. */
static void
test_window (void)
{
  Desk *desk = desk_new (720, 640);
  Portal portal;

  portal_init (&portal);
  desk_key (desk, GDK_KEY_o, GDK_CONTROL_MASK);
  assert_soon (is_asked, &portal);
  desk_free (desk);
  assert_soon (is_closed, &portal);
  portal_clear (&portal);
}

int
main (int argc, char **argv)
{
  /* The other tests ask GTK's own dialog. */
  g_unsetenv ("GTK_USE_PORTAL");
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/portal/save-and-open", test_save_and_open);
  g_test_add_func ("/app/portal/cancel", test_cancel);
  g_test_add_data_func ("/app/portal/none", NULL, test_fallback);
  g_test_add_data_func ("/app/portal/broken", "broken", test_fallback);
  g_test_add_func ("/app/portal/window", test_window);
  return g_test_run ();
}
